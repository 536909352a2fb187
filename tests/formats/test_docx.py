"""Word files: what they say, in which order and form, and that nothing in a text is more than text."""

import datetime
import io
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.table import Table
from PIL import Image

from departments.booklets.options import Options
from departments.formats.docx import ordered, position_docx
from departments.models import Edition
from departments.models.outlines import Outline
from tests import factories
from tests.booklets.conftest import Read, chinese, library

__all__ = ["chinese", "library"]  # fixtures

A4 = (11906, 16838)  # in twentieths of a point


def opened(content: bytes) -> Opened:
    """Return a file as python-docx reads it."""
    return Document(io.BytesIO(content))


def made(edition: Edition, outline: Outline, **options: Any) -> bytes:
    """Return what is asked for as a Word file."""
    return ordered(edition, outline, Options(**options)).write()


def cells(table: Table) -> list[list[str]]:
    """Return the texts of a table's rows; a cell over several columns once."""
    return [[_text(cell) for cell in row._tr.tc_lst] for row in table.rows]


def _text(element: Any) -> str:
    paragraphs = ("".join(one.text or "" for one in p.iter(qn("w:t"))) for p in element.iter(qn("w:p")))
    return "\n".join(text for text in paragraphs if text)


def text_of(document: Opened) -> str:
    """Return all text of the body."""
    return _text(document.element.body)


def headings(document: Opened) -> list[tuple[str, str]]:
    """Return the headings in order with their styles."""
    return [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading") and p.text]


def fields(element: Any) -> list[str]:
    """Return the fields of a head, foot or body."""
    simple = [one.get(qn("w:instr")).strip() for one in element.iter(qn("w:fldSimple"))]
    return simple + [(one.text or "").strip() for one in element.iter(qn("w:instrText"))]


def test_form_has_the_fields_in_the_order_of_hr(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    document = opened(position_docx(edition, outline, outline.find("MKT-PR-HEAD")))
    assert headings(document) == [("Heading 1", "公关科主任")]
    facts, purpose, duties, deliverables, outside, signed = map(cells, document.tables)
    assert [row[::2] for row in facts] == [
        ["岗位名称", "英文名称"],
        ["岗位编号", "所属部门"],
        ["直接上级", "定员"],
        ["版本"],
    ]
    assert facts[2][1] == "市场部主任\u00a0由所处位置得出"
    assert purpose == [["岗位概述"], ["主持公关科工作"]]
    assert (duties[0], duties[1], len(duties)) == (["职责"], ["1", "编制公关计划，组织开展公关活动"], 7)
    assert [deliverables[0], outside[0]] == [["工作成果"], ["工作关系 · 外部"]]
    assert signed[0] == ["编制", "审核", "批准", "任职人"]
    assert next(p.text for p in document.paragraphs[::-1] if p.text) == "来源未列明：职级、权限、任职资格、考核指标"


def test_page_is_a4_with_number_edition_and_pages_at_its_foot(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    (section,) = opened(position_docx(edition, outline, outline.find("MKT-PR-HEAD"))).sections
    assert (section.page_width.twips, section.page_height.twips) == A4
    assert _text(section.header._element) == "岗位说明书医院市场部（公关科+营销科）"
    assert _text(section.footer._element) == "第 1 版，2026年11月22日起现行第 1 页\u3000共 1 页"
    assert fields(section.footer._element) == ["PAGE", "NUMPAGES"]


def test_booklet_has_headings_and_a_filled_field_of_contents(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    document = opened(made(edition, outline))
    assert headings(document) == [
        ("Heading 1", "组织架构图"),
        ("Heading 1", "部门与职责"),
        ("Heading 2", "市场部"),
        ("Heading 3", "公关科"),
        ("Heading 3", "营销科"),
        ("Heading 1", "岗位说明书"),
        ("Heading 2", "市场部主任"),
        ("Heading 2", "公关科主任"),
        ("Heading 2", "营销科主任"),
        ("Heading 1", "来源说明"),
        ("Heading 1", "岗位索引"),
        ("Heading 1", "岗位编号索引"),
    ]
    assert cells(document.tables[-1]) == [
        ["岗位编号", "岗位名称", "所属部门"],
        ["MKT-HEAD", "市场部主任", "市场部"],
        ["MKT-MS-HEAD", "营销科主任", "营销科"],
        ["MKT-PR-HEAD", "公关科主任", "公关科"],
    ]
    entries = [p for p in document.paragraphs if p.style.name.lower().startswith("toc ") and p.hyperlinks]
    assert [p.hyperlinks[0].text for p in entries] == [text for _style, text in headings(document)]
    listed = [p for p in document.paragraphs if p.style.name == "table of figures"]
    assert [p.hyperlinks[0].text for p in listed] == ["图 1\u2002组织架构图"]
    marks = {one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))}
    assert {p.hyperlinks[0].fragment for p in entries + listed} == marks
    assert fields(document.element.body) == [r"SEQ 图 \* ARABIC", r'TOC \o "1-4" \h \z \u', r'TOC \h \z \c "图"']
    assert document.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_booklet_shows_what_is_drawn_with_captions_and_words_for_who_does_not_see_it(library: Read) -> None:
    edition, outline = library("real-estate-agency-marketing-dept")
    document = opened(made(edition, outline))
    names = ["组织架构图", *(process.name for process in edition.processes.all())]
    captions = [_text(p._p) for p in document.paragraphs if p.style.name == "Caption"]
    assert captions == [f"图 {number}\u2002{name}" for number, name in enumerate(names, start=1)]
    said = [one._inline.docPr.get("descr") for one in document.inline_shapes]
    assert said[0].startswith("组织架构图：")
    assert [words for words in said[1:] if not words.startswith("泳道图：")] == []
    section, chart = document.sections[-1], document.inline_shapes[0]
    assert chart.width <= section.page_width - section.left_margin - section.right_margin
    picture = document.part.related_parts[chart._inline.graphic.graphicData.pic.blipFill.blip.embed].blob
    assert round(Image.open(io.BytesIO(picture)).info["dpi"][0]) == 300


def test_branch_and_chosen_positions(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    branch = opened(made(edition, outline, branch="MKT-PR", without=("sources", "index")))
    assert [text for _style, text in headings(branch)] == ["部门与职责", "公关科", "岗位说明书", "公关科主任"]
    chosen = opened(made(edition, outline, positions=("MKT-PR-HEAD", "MKT-MS-HEAD")))
    assert headings(chosen) == [("Heading 1", "公关科主任"), ("Heading 1", "营销科主任")]


def test_every_text_names_its_east_asian_font(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    document = opened(made(edition, outline))
    fonts = {}
    for style in document.styles.element.iter(qn("w:style")):
        named = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        fonts[style.get(qn("w:styleId"))] = named.get(qn("w:eastAsia")) if named is not None else None
    used = {one.get(qn("w:val")) for mark in ("w:pStyle", "w:rStyle") for one in document.element.iter(qn(mark))}
    assert {fonts[style] for style in used} == {"宋体", "黑体"}
    assert [fonts[style] for style in ("Normal", "FormText", "Heading1", "FormLabel")] == [
        "宋体",
        "宋体",
        "黑体",
        "黑体",
    ]
    assert not list(document.element.iter(qn("w:rFonts")))  # no run departs from its style
    assert all(p.find(qn("w:pPr")) is not None for p in document.element.body.iter(qn("w:p")))
    default = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert default.get(qn("w:eastAsia")) == "宋体"


def test_heads_of_parts_are_repeated_and_long_rows_may_break(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    duties = opened(position_docx(edition, outline, outline.find("MKT-PR-HEAD"))).tables[2]
    kinds = [(row._tr.find(f".//{qn('w:tblHeader')}"), row._tr.find(f".//{qn('w:cantSplit')}")) for row in duties.rows]
    assert [(head is not None, whole is not None) for head, whole in kinds] == [(True, True)] + [(False, False)] * 6


def test_equal_content_gives_equal_bytes(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    entry = outline.find("MKT-PR-HEAD")
    first = position_docx(edition, outline, entry)
    assert first == position_docx(edition, Outline(edition), entry)
    properties = opened(first).core_properties
    assert (properties.title, properties.created.date()) == ("公关科主任 岗位说明书", datetime.date(2026, 11, 22))


HOSTILE = [
    "{{ document.name }} {% for x in forms %} {_{ x }_} {# c #}",
    "</w:t></w:r></w:p><w:p/> & <b> \" ' &amp;",
    "一\u0000二\u0007三\u000c四\u202e五\ufffe六",
    "=1+1",
]


@pytest.fixture
def hostile(db: None) -> tuple[Edition, Outline]:
    org = factories.create_org()
    with factories.open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": " ".join(HOSTILE).replace("\0", "")}, version=1)
    edition = factories.publish(org.edition)
    return edition, Outline(edition)


def test_what_a_text_says_is_text(hostile: tuple[Edition, Outline]) -> None:
    edition, outline = hostile
    document = opened(position_docx(edition, outline, outline.find("MK-01")))
    text = text_of(document)
    assert [one in text for one in (HOSTILE[0], HOSTILE[1].replace("\u000c", " "), HOSTILE[3])] == [True] * 3
    assert "一二 三 四 五 六" in text


@pytest.mark.parametrize(("status", "mark"), [("draft", "草稿"), ("in_force", ""), ("superseded", "作废")])
def test_what_is_not_in_force_bears_a_stamp(db: None, status: str, mark: str) -> None:
    org = factories.create_org(in_force=True)
    Edition.objects.filter(pk=org.edition.pk).update(status=status)
    edition = Edition.objects.select_related("design").get(pk=org.edition.pk)
    outline = Outline(edition)
    head = opened(position_docx(edition, outline, outline.find("MK-01"))).sections[0].header._element
    assert "".join(run.text for run in head.iter(qn("w:r")) if run.style == "Stamp").strip() == mark
