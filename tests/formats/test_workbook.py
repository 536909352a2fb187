"""The workbook and the tables: what stands in them, that nothing in them runs, and that the bytes stay the same."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from departments.documents import files, vocabulary
from departments.formats import sheets
from departments.formats.tables import restored
from departments.formats.workbook import csv_tables, workbook
from departments.models import Section
from departments.models.facets import Aspect
from departments.models.headcount import Form
from departments.models.relations import Relation
from tests.formats.extracts import HOSTILE, bureau, extract, framed, hostile

pytestmark = pytest.mark.django_db


def opened(made):
    return load_workbook(io.BytesIO(workbook(made)))


def column(page, name):
    head = [cell.value for cell in page[1]]
    return [row[head.index(name)].value for row in page.iter_rows(min_row=2)]


def table(made, name):
    text = csv_tables(made)[name]
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_five_sheets_say_who_is_where_and_does_what():
    book = opened(extract(bureau()))
    assert book.sheetnames == ["部门", "岗位", "职责", "关系", "说明", "标记"]
    assert [page.title for page in book if page.sheet_state != "visible"] == ["标记"]
    assert column(book["部门"], "编码") == ["MKT", "G1", "G2"]
    assert column(book["部门"], "上级部门编码") == [None, "MKT", "MKT"]
    assert column(book["岗位"], "岗位名称") == ["市场部经理", "专员1", "专员2"]
    assert column(book["岗位"], "直接上级") == ["总经理", "市场部经理", "市场部经理（推断）、专员1"]
    assert column(book["岗位"], "负责人") == ["是", None, None]
    assert column(book["职责"], "序号") == ["1", "1", "1", "2", "1", "2", "3", "4", "4.1", "4.2", "5"]
    assert column(book["职责"], "内容")[-4:] == ["传播", "写稿件", "发稿件", "大学本科"]
    assert column(book["职责"], "栏目")[-1] == "任职资格"
    assert column(book["关系"], "终点编码") == [None, "HEAD", "HEAD", "G1-STAFF", "G2", None]
    assert column(book["关系"], "外部方") == ["总经理", None, None, None, None, "广告公司"]


def test_headcount_is_empty_where_it_is_not_stated():
    book = opened(extract(bureau()))
    assert column(book["岗位"], "定员形式") == [None, "人数", "视情况"]
    assert column(book["岗位"], "定员下限") == [None, 2, None]
    assert column(book["岗位"], "定员依据") == [None, "原文写明", "原文写明"]


def test_a_frame_is_marked_and_its_tree_can_be_put_together_again():
    page = opened(extract(framed()))["部门"]
    assert list(zip(column(page, "编码"), column(page, "上级部门编码"), column(page, "框架"), strict=True)) == [
        ("ALL", None, "是"), ("A", "ALL", None), ("B", "ALL", None),
    ]  # fmt: skip


def test_pages_are_a4_with_fixed_heads_and_the_fonts_of_paper():
    book = opened(extract(bureau())).worksheets[:-1]  # the last is hidden
    assert {page.page_setup.paperSize for page in book} == {"9"} or {page.page_setup.paperSize for page in book} == {9}
    assert [page.freeze_panes for page in book] == ["C2", "C2", "A2", "A2", "A3"]
    assert [page.page_setup.orientation for page in book] == ["landscape"] * 4 + ["portrait"]
    assert {page.sheet_properties.pageSetUpPr.fitToPage for page in book} == {True}
    fonts = {(page["A1"].font.name, page["A2"].font.name) for page in book[:4]}
    assert fonts == {("黑体", "宋体")}
    assert [len(page.data_validations.dataValidation) for page in book] == [8, 9, 5, 4, 0]


def test_codes_in_rows_that_are_added_are_texts_too():
    page = opened(extract(bureau()))["岗位"]
    below = {cell.value: page.column_dimensions[cell.column_letter].number_format for cell in page[1]}
    assert {name for name, form in below.items() if form != "@"} == {"定员下限", "定员上限", "在岗"}


def test_no_cell_runs_and_every_text_is_whole():
    made = extract(hostile())
    book = opened(made)
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert column(book["职责"], "内容") == [text.replace("\r\n", "\n") for text in HOSTILE]
    (formula,) = [row[5] for row in book["职责"].iter_rows(min_row=2) if row[5].value == "=1+1"]
    assert (formula.data_type, formula.number_format, formula.quotePrefix) == ("s", "@", True)


def test_control_characters_and_over_long_texts_do_not_break_the_file():
    made = extract(bureau())
    made.outline.find("HEAD").summary = "\x00\x0b甲" + "长" * 40_000
    made.outline.find("HEAD").title = "经理\x1b & <人>"
    page = opened(made)["岗位"]
    assert len(column(page, "概述")[0]) == 32767
    assert column(page, "岗位名称")[0] == "经理 & <人>"


@pytest.mark.parametrize("document", [bureau, framed, hostile])
def test_the_same_edition_gives_the_same_bytes(document, monkeypatch):
    made = extract(document())
    first = workbook(made)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert workbook(made) == first
    with ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


def test_csv_has_the_columns_of_the_workbook():
    made = extract(bureau())
    book = opened(made)
    names = {"部门": "departments.csv", "岗位": "positions.csv", "职责": "duties.csv", "关系": "relations.csv"}
    for name, file in names.items():
        rows = table(made, file)
        assert list(rows[0]) == [cell.value for cell in book[name][1]]
        for head in rows[0]:
            assert [row[head] or None for row in rows] == [
                None if value is None else str(value) for value in column(book[name], head)
            ]


def test_csv_is_defused_and_comes_back():
    rows = table(extract(hostile()), "duties.csv")
    assert [restored(row["内容"]) for row in rows] == HOSTILE
    assert [row["内容"] for row in rows if row["内容"][0] in "=+-@＝＋－＠"] == []


def test_a_branch_has_its_own_rows_only():
    made = extract(bureau(), "G2")
    assert [row["编码"] for row in table(made, "departments.csv")] == ["G2"]
    assert [row["编码"] for row in table(made, "positions.csv")] == ["G2-STAFF"]
    assert {row["起点编码"] for row in table(made, "relations.csv")} == {"G2-STAFF"}


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (sheets.SECTIONS, Section.values),
        (sheets.ASPECTS, Aspect.values),
        (sheets.FORMS, Form.values),
        (sheets.KINDS, Relation.Kind.values),
        (sheets.LINES, Relation.Line.values),
    ],
)
def test_every_closed_value_has_one_word(words, values):
    assert list(words) == list(values)
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize("path", vocabulary.design_files()[::6], ids=lambda path: path.stem)
def test_reference_designs_have_a_row_a_node(path):
    made = extract(files.read(path).model_dump(mode="json", by_alias=True) | {"variant_of": None})
    book = opened(made)
    kinds = [sum(entry.kind == kind for entry in made.outline.entries) for kind in ("department", "position", "duty")]
    assert [page.max_row - 1 for page in book.worksheets[:3]] == kinds
    assert json.dumps(column(book["职责"], "内容"), ensure_ascii=False) == json.dumps(
        [entry.text for entry in made.statements], ensure_ascii=False
    )
