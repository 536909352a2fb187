"""manage.py import_workbook and import_design: a line a row, the total, an exit status; what is written is one change."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from departments.documents.files import to_yaml
from departments.documents.writing import document
from departments.formats.extracts import Extract
from departments.formats.workbook import workbook
from departments.models import Change, Design, Edition, Node
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.removing import remove_design
from tests.formats.extracts import bureau, extract
from tests.views.people import own_design

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db: None) -> Edition:
    return own_design(extract(bureau()).edition.design, in_force=False).editions.select_related("design").get()


def exported(draft: Edition) -> bytes:
    return workbook(Extract(draft, Outline(draft), ""))


@pytest.fixture
def file(draft: Edition, tmp_path: Path) -> Path:
    path = tmp_path / "ours.xlsx"
    path.write_bytes(exported(draft))
    return path


def run(command: str, *arguments: object) -> tuple[list[str], int]:
    """Return the lines printed and the exit status."""
    out = io.StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=io.StringIO())
    except CommandError as error:
        return out.getvalue().splitlines(), error.returncode
    return out.getvalue().splitlines(), 0


def edit(file: Path) -> None:
    book = load_workbook(file)
    book["部门"].cell(3, 2).value = "一组"
    book.save(file)


def test_an_unchanged_workbook_is_nothing_to_do_and_costs_six_queries(file, django_assert_num_queries):
    with django_assert_num_queries(6):
        lines, status = run("import_workbook", file, "--dry-run")
    assert (len(lines), status) == (1, 0)
    assert Change.objects.filter(edition__status="draft").count() == 0


def test_a_dry_run_says_each_cell_and_writes_nothing(file):
    edit(file)
    before = list(Node.tree.order_by("pk").values())
    lines, status = run("import_workbook", file, "--into", "ours", "--dry-run")
    assert status == 0
    assert lines[0].split("\t")[:2] == ["部门", "3"]
    assert "名称：第1组 → 一组" in lines[0]
    assert list(Node.tree.order_by("pk").values()) == before


def test_without_it_the_change_is_written(file, draft):
    edit(file)
    assert run("import_workbook", file, "--into", "ours")[1] == 0
    assert draft.nodes.filter(title="一组").count() == 1
    assert Change.objects.filter(edition=draft, group=None).count() == 1


def test_what_both_changed_is_kept_or_taken_by_its_key(file, draft):
    edit(file)
    with open_edition(draft) as room:
        room.edit(draft.nodes.get(code="G1").uid, {"title": "甲组"})
    lines, status = run("import_workbook", file)
    assert (lines[0], lines[1][:2], status) == ("部门:3\t保留草稿\t一组\t名称：甲组 → 一组", "新增", 0)
    assert draft.nodes.get(code="G1").title == "甲组"
    assert run("import_workbook", file, "--take", "部门:3")[1] == 0
    assert draft.nodes.get(code="G1").title == "一组"


def test_faults_are_exit_status_one_and_wrong_use_two(file, draft):
    book = load_workbook(file)
    book["岗位"].cell(3, 3).value = "NOWHERE"
    book.save(file)
    lines, status = run("import_workbook", file, "--into", "ours")
    assert (lines[0].split("\t")[:2], status) == (["岗位", "3"], 1)
    assert Change.objects.filter(edition=draft).count() == 0
    assert run("import_workbook", file, "--into", "none")[1] == 2
    assert run("import_workbook", file.parent / "none.xlsx", "--into", "ours")[1] == 2


def test_a_pipe_is_read_and_a_new_design_is_made(file, draft, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(file.read_bytes())))
    assert run("import_workbook", "-", "--into", "fresh", "--new", "新设计")[1] == 0
    made = Design.objects.get(slug="fresh").editions.get()
    said = ("kind", "code", "title", "text", "headcount_min", "lft", "rght")
    assert list(made.nodes.order_by("lft").values(*said)) == list(draft.nodes.order_by("lft").values(*said))
    assert made.relations.count() == draft.relations.count()


def test_a_design_document_goes_the_same_way(draft, tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(to_yaml(document(draft)).replace("第1组", "一组"), encoding="utf-8")
    lines, status = run("import_design", path, "--dry-run")
    assert (len(lines), status) == (2, 0)
    assert run("import_design", path)[1] == 0
    assert draft.nodes.filter(title="一组").count() == 1
    assert Change.objects.filter(edition=draft, group=None).count() == 1
    path.write_text("slug: [", encoding="utf-8")
    assert run("import_design", path, "--into", "ours")[1] == 1


@pytest.mark.parametrize("content", [b"", b"PK", b"text"])
def test_what_cannot_be_read_is_a_fault(draft, tmp_path, content):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    lines, status = run("import_workbook", path, "--into", "ours", "--dry-run")
    assert (len(lines), status) == (2, 1)


def test_a_design_goes_out_and_comes_in_with_all_its_editions(draft, tmp_path):
    path = tmp_path / "ours.yaml"
    assert run("export_design", "ours", "--all-editions", "--yaml", "-o", path)[1] == 0
    assert run("import_design", path)[1] == 1  # it is there
    remove_design(draft.design, confirm="ours")
    assert run("import_design", path)[1] == 0
    again = tmp_path / "again.yaml"
    run("export_design", "ours", "--all-editions", "--yaml", "-o", again)
    assert again.read_bytes() == path.read_bytes()
