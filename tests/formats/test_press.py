"""What the press makes of pages: structure, heads and feet, fonts; and that WeasyPrint is still the one it knows."""

import hashlib
import io
import json
import re
import subprocess
import sys

import pikepdf
import pytest
from django.conf import settings
from fontTools.cffLib import CFFFontSet

from departments.formats.pdf import Book, Piece, Words, print_book, render_pdf
from departments.formats.press.heads import _line_end
from departments.formats.press.parts import Damaged, Page, Part
from tests.booklets.structure import elements, read_out, tree

STYLE = "<link rel=stylesheet href='static:departments/print/paper.css'>"
AROUND = (f"<!doctype html><html lang=zh-Hans><head><title>汇编</title>{STYLE}</head><body>", "</body></html>")
# Of WeasyPrint 70.0: what is replaced, and what that is built upon.
KNOWN = {
    "tags._build_box_tree": "f716251a83e7",
    "tags.add_tags": "f0e74575b0ba",
    "fonts.Font.__init__": "1f281166b103",
    "fonts.build_fonts_dictionary": "fc551bef35d0",
    "fonts.get_hb_object_data": "03040a623df0",
    "anchors.add_links": "262e8b9b2998",
}


def printed(*pieces: Piece, **more: object) -> bytes:
    """Print pieces as a book."""
    return print_book(Book(title="汇编", lang="zh-Hans", pieces=pieces, around=AROUND, **more))


def test_weasyprint_is_the_one_whose_inside_is_known() -> None:
    """Where this fails, a new version changed what press/cutting.py and press/tagging.py touch: read them anew."""
    code = (
        "import hashlib, inspect, json, sys\n"
        "from weasyprint.pdf import anchors, fonts, tags\n"
        "found = {name: eval(name) for name in json.loads(sys.argv[1])}\n"
        "print(json.dumps({name: inspect.getsource(one) for name, one in found.items()}))\n"
    )
    command = [sys.executable, "-c", code, json.dumps(list(KNOWN))]
    said = subprocess.run(command, check=True, capture_output=True, cwd=settings.BASE_DIR).stdout
    found = {name: hashlib.sha256(source.encode()).hexdigest()[:12] for name, source in json.loads(said).items()}
    assert found == KNOWN


def test_structure_has_what_says_something_and_nothing_else() -> None:
    body = (
        "<section id=a><header><h1>公关科主任</h1></header><div><p>编制 <span>公关</span> 计划</p></div>"
        "<table><thead><tr><th scope=col>编号<th scope=col>职责</thead><tbody><tr><th scope=row>一<td>拟稿 <a href='#a'>见上</a></table>"
        "<ul><li>甲<li>乙</ul></section>"
    )
    assert tree(render_pdf(f"{AROUND[0]}{body}{AROUND[1]}")) == [
        [
            "Sect",
            ["H1"],
            ["P"],
            ["Table", ["THead", ["TR", ["TH"], ["TH"]]], ["TBody", ["TR", ["TH"], ["TD", ["Link"]]]]],
            ["L", ["LI", ["Lbl"], ["LBody"]], ["LI", ["Lbl"], ["LBody"]]],
        ]
    ]


def test_headers_say_their_direction_and_other_languages_their_name() -> None:
    body = "<p lang=en>Head</p><table><tr><th scope=col>编号<th scope=col colspan=2>职责<tr><th scope=row>一<td>二<td>三</table>"
    pdf = render_pdf(f"{AROUND[0]}{body}{AROUND[1]}")
    assert elements(pdf, "TH") == [
        {"O": "Table", "Scope": "Column"},
        {"O": "Table", "Scope": "Column", "ColSpan": 2},
        {"O": "Table", "Scope": "Row"},
    ]
    assert elements(pdf, "P") == [{"Lang": "en"}]


def test_drawing_has_its_title_description_and_place() -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width=80 height=40><title>架构图</title><desc>市场部下设公关科</desc><text y=20>市场部</text></svg>"
    (figure,) = elements(render_pdf(f"{AROUND[0]}<div>{svg}</div>{AROUND[1]}"), "Figure")
    assert figure["Alt"] == "架构图. 市场部下设公关科"
    left, bottom, right, top = figure["BBox"]
    assert (round(right - left), round(top - bottom)) == (60, 30)
    assert 700 < bottom < top < 842


def test_links_lead_from_part_to_part_and_say_what_they_say_on_paper() -> None:
    one = Piece("<p id=first>甲 <a href='#second'>见 乙</a></p>")
    other = Piece("<p id=second>乙 <a href='#first'>见甲</a></p>")
    with pikepdf.open(io.BytesIO(printed(one, other))) as pdf:
        links = [page.Annots[0] for page in pdf.pages]
        assert [(str(link.Contents), str(link.Dest)) for link in links] == [("见 乙", "second"), ("见甲", "first")]
        names = pdf.Root.Names.Dests.Names
        assert {str(names[at]): names[at + 1][0].objgen for at in (0, 2)} == {
            "first": pdf.pages[0].objgen,
            "second": pdf.pages[1].objgen,
        }
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert list(parents)[::2] == list(range(4))
        assert [str(parents[2 * link.StructParent + 1].S) for link in links] == ["/Link", "/Link"]
        assert [page.StructParents for page in pdf.pages] == [0, 2]


@pytest.mark.parametrize(
    ("line", "following", "said"),
    [
        ("（华东、华中两大区", "）", "（华东、华中两大"),
        ("市场部（", "华", "市场部"),
        ("Edition 12", "3", "Edition "),
        ("市场部经理", "兼", "市场部经理"),
        ("Telecommunications", "s", "Telecommunications"),
    ],
)
def test_lines_of_heads_and_feet_end_where_they_may(line: str, following: str, said: str) -> None:
    assert line[: _line_end(line, following)] == said


def test_heads_and_feet_are_artifacts() -> None:
    words = Words("岗位说明书", "第 1 版", "第 {page} 页 共 {pages} 页")
    piece = Piece("<h1 id=a>公关科主任</h1><p>编制计划</p>", running=(("a", "公关科 · 主任"),))
    pdf = printed(piece, words=words)
    assert read_out(pdf) == [[("Document", "H1"), ("Document", "P")]]
    with pikepdf.open(io.BytesIO(pdf)) as read:
        _content, stamp = (stream.read_bytes() for stream in read.pages[0].Contents)
    assert re.findall(rb"/Artifact<</Type/Pagination/Subtype/(\w+)", stamp) == [b"Header", b"Footer"]
    assert (stamp.count(b"BDC"), stamp.count(b"EMC"), stamp.count(b"MCID")) == (2, 2, 0)


def test_every_font_program_has_the_widths_that_the_document_says() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(f"{AROUND[0]}<p>骨直曜 AV “引” <b>粗 W</b></p>{AROUND[1]}"))) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            descendant = font.DescendantFonts[0]
            said = list(descendant.W)
            widths = {int(said[at]): int(said[at + 1][0]) for at in range(0, len(said), 2)}
            program = CFFFontSet()
            program.decompile(io.BytesIO(descendant.FontDescriptor.FontFile3.read_bytes()), None)
            assert {glyph: _width(program[0], glyph) for glyph in widths} == widths


def _width(font, glyph: int) -> int:
    charstring = font.CharStrings[f"cid{glyph:05}"]
    charstring.decompile()
    outline = [one for one in charstring.program if not isinstance(one, bytes)]
    operator = next(at for at, one in enumerate(outline) if isinstance(one, str))
    takes = {"rmoveto": 2, "hmoveto": 1, "vmoveto": 1, "endchar": 0}
    hints = operator % 2 if outline[operator] not in takes else operator - takes[outline[operator]]
    private = charstring.private
    return private.nominalWidthX + outline[0] if hints else private.defaultWidthX


@pytest.mark.parametrize("at", [0, 20, 60, -1])
def test_damaged_part_is_told_from_a_whole_one(at: int) -> None:
    kept = Part([Page(0, 1, (10, 10), {})], [0], [[0]], {}, [b"<<>>", b"<<>>"], {1: b"drawn"}).to_bytes()
    assert Part.from_bytes(kept).streams == {1: b"drawn"}
    broken = bytearray(kept)
    broken[at] ^= 1
    with pytest.raises(Damaged):
        Part.from_bytes(bytes(broken))
