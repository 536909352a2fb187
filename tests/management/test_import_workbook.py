"""manage.py import_workbook FILE --dry-run: a line a row, the total, and an exit status."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from departments.formats.workbook import workbook
from departments.models import Node
from tests.formats.extracts import bureau, extract


@pytest.fixture
def file(db: None, tmp_path: Path) -> Path:
    path = tmp_path / "office.xlsx"
    path.write_bytes(workbook(extract(bureau())))
    return path


def run(*arguments: object) -> tuple[list[str], str]:
    """Return the lines printed and the error it ends with."""
    out = io.StringIO()
    try:
        call_command("import_workbook", *map(str, arguments), stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def test_an_unchanged_workbook_is_nothing_to_do_and_costs_four_queries(file, django_assert_num_queries):
    with django_assert_num_queries(4):
        lines, error = run(file, "--dry-run")
    assert (len(lines), error) == (1, "")
    assert [number for number in lines[0].split() if number.isdigit()] or "0" in lines[0]


def test_changes_and_faults_are_lines_and_nothing_is_written(file):
    before = list(Node.tree.order_by("pk").values())
    book = load_workbook(file)
    book["部门"].cell(3, 2).value = "一组"
    book["岗位"].cell(3, 3).value = "NOWHERE"
    book.save(file)
    lines, error = run(file, "--dry-run")
    assert error
    assert [line.split("\t")[:2] for line in lines[:-1]] == [["岗位", "3"], ["部门", "3"], ["岗位", "3"]]
    assert "NOWHERE" in lines[0]
    assert "名称" in lines[1]
    assert list(Node.tree.order_by("pk").values()) == before


def test_the_design_is_the_one_named(file):
    assert "none" in run(file, "--dry-run", "--design", "none")[1]


def test_only_the_dry_run_is_there(file):
    assert "--dry-run" in run(file)[1]


@pytest.mark.parametrize("content", [None, b"text"])
def test_what_cannot_be_read_is_said(db, tmp_path, content):
    path = tmp_path / "file.xlsx"
    if content is not None:
        path.write_bytes(content)
    lines, error = run(path, "--dry-run")
    assert error
    assert "Traceback" not in "\n".join(lines) + error
