"""What the importer is for: 150 positions in 12 departments, ten planted faults, each named by row; then clean, then undone."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from departments.documents import schema, vocabulary
from departments.documents.loading import load
from departments.formats.extracts import Extract
from departments.formats.importing import Stale, carry_out, look, make
from departments.formats.reports import gathered
from departments.formats.workbook import csv_tables, workbook
from departments.models import Change, Design, Edition
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.undoing import undo
from tests.factories import rows_of
from tests.views.conftest import department, duty, office, position

pytestmark = pytest.mark.django_db
Book = Any


def company() -> dict[str, Any]:
    """Return a document of 12 departments and 150 positions."""
    units = [
        department(
            f"U-{unit}",
            f"部门{unit}",
            *[
                position(f"P-{unit}-{n}", f"岗位{unit}-{n}", duty(f"做第{n}件事"), superiors=[{"code": "HEAD"}])
                for n in range(13 + (unit < 6))
            ],
        )
        for unit in range(11)
    ]
    return office("company") | {"tree": department("TOP", "公司", position("HEAD", "经理", head=True), *units)}


def exported() -> Book:
    vocabulary.load()
    load(schema.Design.model_validate(company()))
    edition = Edition.objects.in_force().select_related("design").get(design__slug="company")
    outline = Outline(edition)
    assert (outline.counts.departments, outline.counts.positions) == (12, 150)
    return load_workbook(io.BytesIO(workbook(Extract(edition, outline, ""))))


def saved(book: Book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(page: Any, row: int, head: str, value: Any) -> None:
    page.cell(row, [one.value for one in page[1]].index(head) + 1).value = value


# What is planted → where it is found, and by what it is known there.
PLANTED: dict[str, tuple[Callable[[Book], None], dict[tuple[str, int], str]]] = {
    "duplicate code": (
        lambda book: cell(book["部门"], 4, "编码", "U-9"),
        {("部门", 4): "编码：“U-9”重复", ("部门", 12): "编码：“U-9”重复"},
    ),
    "unknown superior": (lambda book: cell(book["关系"], 40, "终点编码", "NOBODY"), {("关系", 40): "终点编码：没有编码为“NOBODY”"}),
    "cycle": (
        lambda book: [cell(book["部门"], row, "上级部门编码", above) for row, above in ((5, "U-4"), (7, "U-2"))],
        {("部门", 5): "自己", ("部门", 7): "自己"},
    ),
    "formula cell": (lambda book: cell(book["岗位"], 21, "概述", "=1+1"), {("岗位", 21): "概述：单元格是公式"}),
    "merged cells": (lambda book: book["岗位"].merge_cells("L30:L31"), {("岗位", 30): "L30:L31"}),
    "missing sheet": (lambda book: book.remove(book["职责"]), {("职责", 0): "缺少"}),
    "over-long cell": (lambda book: cell(book["岗位"], 22, "概述", "长" * 4001), {("岗位", 22): "4001"}),
    "code with spaces": (lambda book: cell(book["岗位"], 20, "编码", "P 1"), {("岗位", 20): "编码：“P 1”"}),
    "two roots": (lambda book: cell(book["部门"], 9, "上级部门编码", None), {("部门", 9): "第 2 行"}),
}  # fmt: skip


def test_ten_faults_are_named_by_row_then_it_is_clean_then_one_undo_takes_it_back():
    book = exported()
    clean, table = saved(book), csv_tables(Extract(edition := Edition.objects.get(), Outline(edition), ""))
    for plant, _places in PLANTED.values():
        plant(book)
    faulty = look(saved(book), "company.xlsx", Outline(edition))
    expected = {place: words for _plant, found in PLANTED.values() for place, words in found.items()}
    said = {(fault.sheet, fault.row): fault.message for fault in faulty.report.faults}
    assert (len(said), len(faulty.report.faults), faulty.found) == (len(expected), len(expected), None)
    assert {place: words for place, words in expected.items() if words not in said.get(place, "")} == {}
    # Without codes of the draft to fall back on, a wrong code makes those who name it faulty too: that is said once.
    fresh = look(saved(book), "company.xlsx", Outline.blank("新公司"), fresh=True).report
    assert {(one.sheet, one.rows) for one in gathered(fresh.faults)} == {
        ("部门", "4、12"), ("部门", "5、7"), ("部门", "9"),
        ("岗位", "17–30"), ("岗位", "20"), ("岗位", "21"), ("岗位", "22"), ("岗位", "30"),
        ("职责", ""), ("关系", "19"), ("关系", "40"),
    }  # fmt: skip
    # The tenth: a table as a Chinese spreadsheet writes it. It is no fault: that it was not UTF-8, and from which row on, is
    # said beside what is found in it.
    told = table["positions.csv"].lstrip("\ufeff")
    chinese = look(told.encode("gb18030"), "positions.csv", Outline(edition)).report
    assert (chinese.faults, chinese.notes) == ([], ["文件第 1 行起不是 UTF-8 编码，已按 GB18030 读取。"])
    assert chinese.empty
    broken = look(told.replace("P-3-4,", "P 3,").encode("gb18030"), "positions.csv", Outline(edition)).report
    assert {(fault.sheet, fault.row) for fault in broken.faults} == {("岗位", 2 + 1 + 3 * 14 + 4)}
    # Nothing faulty was written; the clean one is.
    with pytest.raises(Stale):
        make(saved(book), "company.xlsx", title="新公司", slug="new", sign=None, by=None)
    assert Design.objects.filter(slug="new").count() == 0
    design = make(clean, "company.xlsx", title="新公司", slug="new", sign=None, by=None)
    draft = design.editions.get()
    counts = Outline(draft).counts
    assert (counts.departments, counts.positions, counts.duties) == (12, 150, 149)
    assert (draft.relations.count(), breaches(draft)) == (149, [])
    with open_edition(draft) as room:
        undo(room, Change.objects.get(edition=draft, verb="group"))
    assert [(row["title"], row["code"]) for row in rows_of(draft)] == [("新公司", "")]
    assert (draft.relations.count(), breaches(draft)) == (0, [])


def test_an_import_of_everything_into_a_draft_is_taken_back_uids_and_all():
    book = exported()
    design = make(saved(book), "company.xlsx", title="新公司", slug="new", sign=None, by=None)
    draft = design.editions.select_related("design").get()
    before = [{key: value for key, value in row.items() if key != "version"} for row in rows_of(draft)]
    mine = load_workbook(io.BytesIO(workbook(Extract(draft, Outline(draft), ""))))
    cell(mine["部门"], 3, "上级部门编码", "U-5")
    cell(mine["岗位"], 30, "岗位名称", "新名")
    mine["部门"].delete_rows(12)
    mine["岗位"].delete_rows(126, 13)
    mine["职责"].delete_rows(125, 13)
    mine["关系"].delete_rows(125, 13)
    done = carry_out(saved(mine), "company.xlsx", draft, sign=None, by=None, remove=True)
    assert (len(done.report.moved), len(done.report.changed)) == (1, 1)
    assert (Outline(draft).counts.departments, Outline(draft).counts.positions) == (11, 137)
    assert breaches(draft) == []
    with open_edition(draft) as room:
        undo(room, Change.objects.filter(edition=draft, verb="group").latest("number"))
    assert [{key: value for key, value in row.items() if key != "version"} for row in rows_of(draft)] == before
    assert (draft.relations.count(), breaches(draft)) == (149, [])
