"""A workbook that comes back: nothing changed is nothing to do, three cells are three changes, every fault is named by row."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from departments.documents import files, vocabulary
from departments.formats import workbook_reading
from departments.formats.workbook import workbook
from departments.formats.workbook_import import dry_run, examine, known_functions
from departments.formats.workbook_reading import read_workbook
from tests.formats.extracts import bureau, extract, framed, hostile

pytestmark = pytest.mark.django_db


def edited(made, *edits, drop=()):
    """Return the report on the exported workbook after `edits`: (sheet, row, head, value); `drop`: (sheet, row)."""
    book = load_workbook(io.BytesIO(workbook(made)))
    for sheet, row, head, value in edits:
        page = book[sheet]
        heads = [cell.value for cell in page[1]]
        page.cell(row, heads.index(head) + 1).value = value
    for sheet, row in drop:
        book[sheet].delete_rows(row)
    return dry_run(read_workbook(saved(book)), made)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def places(faults):
    return [(fault.sheet, fault.row) for fault in faults]


def nothing(report):
    return (report.added, report.changed, report.removed, report.faults) == ([], [], [], [])


@pytest.mark.parametrize("document", [bureau, framed])
def test_what_was_exported_changes_nothing(document):
    assert nothing(edited(extract(document())))


def test_texts_like_formulas_are_texts_and_change_nothing():
    made = extract(hostile())
    report = dry_run(read_workbook(workbook(made)), made)
    assert (report.added, report.removed) == ([], [])
    assert [fault for fault in report.faults if "公式" in fault.message or "formula" in fault.message] == []


@pytest.mark.parametrize("path", vocabulary.design_files()[::8], ids=lambda path: path.stem)
def test_reference_designs_come_back_unchanged(path):
    assert nothing(edited(extract(files.read(path).model_dump(mode="json", by_alias=True) | {"variant_of": None})))


def test_a_branch_comes_back_unchanged():
    assert nothing(edited(extract(bureau(), "G2")))


def test_three_cells_are_exactly_three_changes():
    report = edited(
        extract(bureau()),
        ("部门", 3, "名称", "一组"),
        ("岗位", 3, "定员下限", 3),
        ("职责", 2, "内容", "研究市场与客户"),
    )
    assert [(change.sheet, change.row, change.heads) for change in report.changed] == [
        ("部门", 3, ("名称",)), ("岗位", 3, ("定员下限",)), ("职责", 2, ("内容",)),
    ]  # fmt: skip
    assert (report.added, report.removed, report.faults) == ([], [], [])


def test_headcounts_of_levels_and_remarks_are_lines_of_a_cell():
    made = extract(bureau())
    book = load_workbook(io.BytesIO(workbook(made)))
    page = book["部门"]
    heads = [cell.value for cell in page[1]]
    said = {
        "各级定员": "主管级：7 人（推断）\n专员级：视情况",
        "备注": "预算：较少",
        "类别": "中心",
        "位置依据": "推断",
    }
    for head, text in said.items():
        page.cell(3, heads.index(head) + 1).value = text
    found = examine(read_workbook(saved(book)), made, known_functions()).found
    (columns,) = found.edited.values()
    levels = [(one["level"], one["headcount"]["form"], one["headcount"]["basis"]) for one in columns.pop("levels")]
    assert levels == [("主管级", "number", "inferred"), ("专员级", "as_needed", "stated")]
    remarks = [{"label": "预算", "text": "较少"}]
    assert columns == {"remarks": remarks, "unit_type": "center", "place_basis": "inferred"}
    assert [one.row for one in edited(made, ("部门", 3, "各级定员", "主管级：很多")).faults] == [3]


def test_columns_that_only_repeat_a_code_are_not_compared():
    report = edited(
        extract(bureau()), ("岗位", 3, "所在", "别处"), ("岗位", 3, "直接上级", "谁"), ("关系", 3, "起点", "谁")
    )
    assert nothing(report)


def test_an_empty_cell_of_closed_words_says_what_it_stands_for():
    emptied = [("部门", 3, "位置依据", None), ("职责", 2, "栏目", None), ("职责", 2, "主辅", None)]
    assert nothing(edited(extract(bureau()), *emptied))


def test_new_rows_are_added_and_missing_ones_removed():
    report = edited(
        extract(bureau()),
        ("岗位", 5, "编码", "NEW"), ("岗位", 5, "岗位名称", "新岗"), ("岗位", 5, "所在编码", "G1"),
        drop=[("职责", 2)],
    )  # fmt: skip
    assert [(change.sheet, change.row, change.title) for change in report.added] == [("岗位", 5, "新岗")]
    assert [(change.sheet, change.row, change.title) for change in report.removed] == [("职责", 0, "研究市场")]
    assert report.faults == []


def test_a_row_without_its_mark_is_known_by_its_code():
    report = edited(
        extract(bureau()), ("岗位", 3, "标识", None), ("岗位", 3, "岗位名称", "拓展员"), ("职责", 2, "标识", None)
    )
    assert [(change.sheet, change.row, change.heads) for change in report.changed] == [("岗位", 3, ("岗位名称",))]
    assert (report.added, report.removed) == ([], [])


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("部门", 3, "编码", "HEAD")], {("部门", 3), ("岗位", 2)}),
        ([("部门", 4, "编码", "G 2")], {("部门", 4)}),
        ([("部门", 3, "上级部门编码", "NONE")], {("部门", 3)}),
        ([("部门", 3, "上级部门编码", "HEAD")], {("部门", 3)}),
        ([("部门", 3, "上级部门编码", None)], {("部门", 3)}),
        ([("部门", 3, "上级部门编码", "G2"), ("部门", 4, "上级部门编码", "G1")], {("部门", 3), ("部门", 4)}),
        ([("岗位", 3, "所在编码", None)], {("岗位", 3)}),
        ([("岗位", 3, "岗位名称", None)], {("岗位", 3)}),
        ([("岗位", 3, "岗位名称", "长" * 121)], {("岗位", 3)}),
        ([("岗位", 3, "概述", "长" * 4001)], {("岗位", 3)}),
        ([("岗位", 3, "概述", "=1+1")], {("岗位", 3)}),
        ([("岗位", 3, "定员下限", "两")], {("岗位", 3)}),
        ([("岗位", 3, "定员下限", -1)], {("岗位", 3)}),
        ([("岗位", 3, "定员下限", 1.5)], {("岗位", 3)}),
        ([("岗位", 3, "定员形式", "很多")], {("岗位", 3)}),
        ([("岗位", 3, "标识", "0" * 32)], {("岗位", 3)}),
        ([("职责", 3, "所属编码", "NONE")], {("职责", 3)}),
        ([("职责", 3, "栏目", "杂项")], {("职责", 3)}),
        ([("关系", 3, "终点编码", "NONE")], {("关系", 3)}),
        ([("关系", 3, "终点编码", None)], {("关系", 3)}),
        ([("关系", 3, "外部方", "某人")], {("关系", 3)}),
        ([("关系", 2, "外部方", None), ("关系", 2, "终点编码", "G1-STAFF")], {("关系", 2), ("关系", 3)}),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_sheet_and_row(edits, expected):
    report = edited(extract(bureau()), *edits)
    assert {*places(report.faults)} == expected


def test_merged_cells_missing_sheets_and_columns_are_named():
    made = extract(bureau())
    book = load_workbook(io.BytesIO(workbook(made)))
    book.remove(book["关系"])
    book["岗位"].merge_cells("A3:A4")
    book["职责"].cell(1, 6).value = "正文"
    report = dry_run(read_workbook(saved(book)), made)
    assert {("关系", 0), ("岗位", 3), ("职责", 1)} <= {*places(report.faults)}


def test_numbers_a_spreadsheet_made_of_codes_are_texts():
    book = load_workbook(io.BytesIO(workbook(extract(bureau()))))
    book["部门"].cell(3, 1).value = 101.0
    assert next(row["编码"] for row in read_workbook(saved(book)).rows["部门"] if row.number == 3) == "101"


def test_a_fault_of_every_kind_at_once_is_each_named():
    report = edited(
        extract(bureau()),
        ("部门", 3, "上级部门编码", None),
        ("部门", 4, "编码", "MKT"),
        ("岗位", 2, "概述", "=SUM(A1)"),
        ("岗位", 3, "所在编码", "NOWHERE"),
        ("职责", 2, "内容", "长" * 4001),
        ("关系", 2, "外部方", None),
    )
    assert {("部门", 3), ("部门", 2), ("部门", 4), ("岗位", 2), ("岗位", 3), ("职责", 2), ("关系", 2)} <= {
        *places(report.faults)
    }


def doctype():
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return file.getvalue()


def bomb():
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (workbook_reading.UNPACKED + 1))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"not a workbook", saved(Workbook())[:500], doctype(), bomb(), b"\xd0\xcf\x11\xe0" + b"\x00" * 100],
    ids=["empty", "half", "text", "cut", "doctype", "bomb", "xls"],
)  # fmt: skip
def test_what_is_no_workbook_is_one_clear_fault(content):
    book = read_workbook(content)
    assert (places(book.faults), book.rows) == ([("", 0)], {})


def test_too_many_rows_are_not_read(monkeypatch):
    monkeypatch.setattr(workbook_reading, "ROWS", 2)
    book = read_workbook(workbook(extract(bureau())))
    assert ("职责", 0) in places(book.faults)
    assert book.rows["职责"] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_gives_faults_and_never_an_error(data):
    content = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_workbook(bytes(content[: data.draw(st.integers(1, len(content)))]))


def plain():
    book = Workbook()
    book.active.title = "部门"
    book.active.append(["编码", "名称", "上级部门编码"])
    book.active.append(["A", "甲", None])
    return saved(book)


PLAIN = plain()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.lists(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.sampled_from(["A", "a", "B", "=1", "x" * 5000, "是"])), max_size=8),
        max_size=6,
    )
)  # fmt: skip
def test_any_cells_give_faults_and_never_an_error(made, rows):
    book = load_workbook(io.BytesIO(workbook(made)))
    for page in book.worksheets[:4]:
        for row in rows:
            page.append(row)
    dry_run(read_workbook(saved(book)), made)


@pytest.fixture
def made(db):
    return extract(bureau())
