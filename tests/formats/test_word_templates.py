"""Templates of Word files: what is accepted, what is refused and in which words, and what comes out of one's own."""

import io
import re
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from departments.formats.archives import archive
from departments.formats.docx import BadTemplate, our_template, position_docx
from departments.formats.word import accepting, filling, ours
from departments.formats.word.accepting import accept, sample
from departments.formats.word.fields import field_list
from departments.formats.word.filling import TooLong, fill
from tests.booklets.conftest import Read, chinese, library

__all__ = ["chinese", "library"]  # fixtures

LOOP, END = "{%p for form in forms %}", "{%p endfor %}"


def own(*paragraphs: str, rows: tuple[str, ...] = (), foot: str = "") -> bytes:
    """Return a template with these paragraphs, a table of one column, and a foot."""
    document = Document()
    for text in (LOOP, *paragraphs):
        document.add_paragraph(text)
    if rows:
        table: Table = document.add_table(0, 1)
        for text in rows:
            table.add_row().cells[0].text = text
    document.add_paragraph(END)
    document.sections[0].footer.paragraphs[0].text = foot
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a file with parts added or put in the place of others."""
    with ZipFile(io.BytesIO(content)) as before:
        return archive({name: before.read(name) for name in before.namelist()} | parts)


def test_our_own_is_accepted_and_always_the_same() -> None:
    accept(before := our_template())
    ours.written.cache_clear()
    assert our_template() == before


def test_a_template_of_ones_own_is_filled_in(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    rows = ("{%tr for row in form.responsibilities %}", "{{ row.number }}、{{ row.text }}", "{%tr endfor %}")
    template = own("{{ form.title }}（{{ form.code }}）{{ form.superior }}", rows=rows, foot="{{ document.edition }}")
    accept(template)
    made = Document(io.BytesIO(position_docx(edition, outline, outline.find("MKT-PR-HEAD"), template)))
    assert made.paragraphs[0].text == "公关科主任（MKT-PR-HEAD）市场部主任 由所处位置得出"
    texts = [row.cells[0].text for row in made.tables[0].rows]
    assert (len(texts), texts[0]) == (6, "1、编制公关计划，组织开展公关活动")
    assert made.sections[0].footer.paragraphs[0].text == "第 1 版，2026年11月22日起现行"


def test_a_mark_that_word_scattered_over_runs_is_one_mark() -> None:
    document = Document(io.BytesIO(own("{{ form.title }}")))
    paragraph = document.paragraphs[1]
    paragraph.clear()
    for piece in ("{", "{ form.", "title }", "}"):
        paragraph.add_run(piece)
    file = io.BytesIO()
    document.save(file)
    accept(file.getvalue())


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ("{{ form.tilte }}", "没有“form.tilte”这个字段"),
        ("{{ form.parts }}", "“form.parts”包含多项内容"),
        ("{{ form.title.upper() }}", "不能计算"),
        ("{{ form['title'] }}", "不能计算"),
        ("{{ 1 + 1 }}", "不能计算"),
        ("{{ form.title|upper }}", "不能计算"),
        ("{{ form.__class__ }}", "没有“form.__class__”这个字段"),
        ("{{ cycler }}", "没有“cycler”这个字段"),
        ("{% set x = 1 %}", "不能做其他事情"),
        ("{% include 'x' %}", "不能做其他事情"),
        ("{% macro m() %}{% endmacro %}", "不能做其他事情"),
        ("{% for x in form.parts if x %}{% endfor %}", "不能做其他事情"),
        ("{% for x in form.title %}{% endfor %}", "不是列表"),
        ("{% for x in range(9) %}{% endfor %}", "不能计算"),
        ("{% for x in forms %}{{ x.title }}{% endfor %}", "这里只能循环“form”自己的列表"),
        ("{% if form.title %}", "标记不成对"),
    ],
)
def test_what_a_template_may_not_say_is_named(marks: str, words: str) -> None:
    with pytest.raises(BadTemplate, match=re.escape(words)):
        accept(own("{{ form.title }}", marks))


def test_each_position_must_be_shown() -> None:
    with pytest.raises(BadTemplate, match="没有列出每个岗位"):
        accept(own("没有字段"))


def test_loops_must_stay_in_their_rows() -> None:
    with pytest.raises(BadTemplate, match="单独占一行"):
        accept(own("{{ form.title }}{% for row in form.responsibilities %}", rows=("{{ row.text }}{% endfor %}",)))


EXTERNAL = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
    b' Target="http://example.org/x.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04broken", "这不是 .docx 文件"),
        (archive({"a.txt": b"x"}), "这不是 .docx 文件"),
        (with_parts(own(), {"word/vbaProject.bin": b"x"}), "宏或嵌入对象"),
        (with_parts(own(), {"word/_rels/settings.xml.rels": EXTERNAL}), "引用了外部内容"),
        (with_parts(own(), {"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "实体"),
        (with_parts(own(), {"word/document.xml": b"<w:document"}), "无法作为 Word 文档读取"),
        (with_parts(own(), {"word/document.xml": b" " * 1_100_000}), "模板本身太大"),
        (archive({f"{number}.xml": b"" for number in range(201)}), "解压后过大"),
        (archive({"word/document.xml": b" " * 21_000_000}), "解压后过大"),
        (b" " * 2_200_000, "文件大于 2 MB"),
    ],
)
def test_files_that_are_no_plain_word_files_are_refused_unread(content: bytes, words: str) -> None:
    with pytest.raises(BadTemplate, match=words):
        accept(content)


def test_a_paper_that_grows_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "MOST", 20_000)
    with pytest.raises(TooLong, match="按部门"):
        fill(our_template(), sample(booklet=True))


def test_every_field_that_the_page_lists_can_be_used() -> None:
    groups = [[one.mark for one in fields] for _title, fields in field_list()]
    document, form, (responsibilities, *_others), signed = groups
    rows = [mark for mark in groups[2] if "row." in mark]
    accept(
        own(
            *document,
            *form,
            rows=(
                responsibilities,
                *rows,
                "{%tr endfor %}",
                "{%tr for one in form.signatures %}",
                *signed,
                "{%tr endfor %}",
            ),
        )
    )
    for mark in _others[:3]:
        accept(own("{{ form.title }}", rows=(mark, "{{ row.text }}", "{%tr endfor %}")))


def test_the_contents_of_a_template_are_filled_where_word_put_the_field() -> None:
    document = Document(io.BytesIO(own("{{ form.title }}")))
    document.paragraphs[1].style = document.styles["Heading 2"]
    before = document.paragraphs[0].insert_paragraph_before()
    for kind, text in (("begin", ""), ("", 'TOC \\o "2-2"'), ("separate", ""), ("", ""), ("end", "")):
        run = before.add_run()._r
        mark = run.makeelement(qn("w:fldChar" if kind else "w:instrText"), {qn("w:fldCharType"): kind} if kind else {})
        mark.text = text or None
        run.append(mark)
    file = io.BytesIO()
    document.save(file)
    made = Document(io.BytesIO(fill(file.getvalue(), sample(booklet=True))))
    assert [p.hyperlinks[0].text for p in made.paragraphs if p.hyperlinks] == list(accepting.TITLES)
