"""manage.py read_document: a design document on the way out, and an exit status."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from departments.documents import checks
from departments.documents.files import parse
from departments.restructuring.adopting import adopt
from tests.factories import drawn

TEXT = "采购部组织架构\n岗位职责：\n1. 采购主管：负责审核订单。\n2. 采购专员：负责询价。"


def run(*arguments: object) -> tuple[str, str, int]:
    """Return what is printed, the error it ends with and its exit status."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("read_document", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), str(error), error.returncode
    return out.getvalue(), err.getvalue(), 0


def test_a_text_becomes_a_design_document(tmp_path: Path):
    path = tmp_path / "采购.txt"
    path.write_text(TEXT, encoding="gb18030")
    printed, said, status = run(path, "--slug", "buying")
    design = parse(printed)
    checks.check(design)
    assert (design.slug, design.name, design.origin, design.tree.title, status) == (
        "buying",
        "采购",
        "own",
        "采购部",
        0,
    )
    assert [child.title for child in design.tree.children] == ["采购主管", "采购专员"]
    assert "3" in said


def test_files_together_are_one_design_as_json(tmp_path: Path):
    for name, title in (("a.txt", "采购部"), ("b.txt", "仓储部")):
        (tmp_path / name).write_text(f"{title}职责：\n1、登记", encoding="utf-8")
    target = tmp_path / "made.json"
    assert run(tmp_path / "a.txt", tmp_path / "b.txt", "--json", "--name", "公司", "-o", target)[2] == 0
    design = parse(target.read_text("utf-8"))
    assert (design.tree.title, [child.title for child in design.tree.children]) == ("公司", ["采购部", "仓储部"])


@pytest.mark.parametrize(("content", "status"), [(b"\0\0", 1), (b"%PDF", 1), ("今天下雨".encode(), 1)])
def test_what_cannot_be_read_or_says_nothing_has_a_status_of_its_own(tmp_path: Path, content, status):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert (run(path)[0], run(path)[2]) == ("", status)


def test_a_file_that_is_not_there(tmp_path: Path):
    assert run(tmp_path / "none")[2] == 2


@pytest.mark.django_db
def test_it_is_saved_below_a_department_of_a_draft_as_one_change(tmp_path: Path):
    design = adopt(None, name="本公司", slug="ours", by=None)
    path = tmp_path / "采购.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run(path, "--into", "ours")[2] == 0
    draft = design.editions.get()
    assert drawn(draft) == [
        "本公司",
        "  采购部",
        "    采购主管",
        "      负责审核订单",
        "    采购专员",
        "      负责询价",
    ]
    assert draft.changes.filter(group=None).count() == 1


@pytest.mark.django_db
def test_where_it_cannot_be_saved_nothing_is(tmp_path: Path):
    design = adopt(None, name="本公司", slug="ours", by=None)
    path = tmp_path / "采购.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert [run(path, "--into", "none")[2], run(path, "--into", "ours", "--under", "NONE")[2]] == [2, 2]
    assert drawn(design.editions.get()) == ["本公司"]
