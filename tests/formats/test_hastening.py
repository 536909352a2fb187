"""What is faster than WeasyPrint gives WeasyPrint's pages, and it is still the WeasyPrint whose inside is known."""

import hashlib
import json
import subprocess
import sys

import pytest
from django.conf import settings

from departments.formats.press.sight import Sight

# Of WeasyPrint 70.0: what press/hastening.py replaces, and what that is built upon.
KNOWN = {
    "css.StyleFor": "dac5a1326168",
    "css.ComputedStyle": "4ff0512c0af1",
    "css.AnonymousStyle": "414bbf41061e",
    "css.find_stylesheets": "ac92dbb80c3f",
    "css.find_style_attributes": "c5b4eb4d3c00",
    "draw.border.draw_border": "8ba918f30893",
    "draw.border.clip_border_segment": "624eca4b7d45",
    "draw.border.draw_rounded_border": "a211edc980cb",
    "draw.text.draw_text": "ebaf96239c6c",
    "draw.text.draw_first_line": "1bb8eae6d88e",
    "layout.page.make_margin_boxes": "4a2d2e301eb3",
    "layout.background.layout_box_backgrounds": "617a870678c8",
    "layout.percent.resolve_percentages": "71673078096f",
    "layout.percent.resolve_one_percentage": "4cfaa9ad134e",
    "layout.percent.adjust_box_sizing": "88f3351db028",
    "pdf.stream.Stream": "624257224db6",
    "text.fonts.get_font_description": "85734b8947b9",
    "text.line_break.Layout": "681b737d1ba5",
    "svg.text": "67a30c3e181b",
    "text.line_break.create_layout": "6587192cc0ab",
    "text.line_break.first_line_metrics": "55ec5d0b58b2",
    "text.line_break.split_first_line": "39ad1016863c",
    "text.line_break._font_style_cache_key": "d6b09d54b825",
}
# Twice plain, then twice hastened: what is kept of one document must not show in the next.
BOTH = """
import json, os, sys, tempfile
from departments.formats.press.fonts import find_fonts, fontconfig
fonts = tuple(find_fonts())
config = tempfile.NamedTemporaryFile("w", suffix=".conf")
config.write(fontconfig(list(fonts)))
config.flush()
os.environ["FONTCONFIG_FILE"] = config.name
from departments.formats.press import worker
from departments.formats.press.hastening import hasten
known = worker.known_characters(fonts)
jobs = json.load(sys.stdin)
def printed():
    done = [worker.work(job, known, fonts) for job in jobs]
    return [(said, [part.hex() for part in parts]) for said, parts in done]
plain = printed()
hasten()
print(json.dumps([plain, printed(), printed()]))
"""
LINKS = "".join(
    f"<link rel='stylesheet' href='static:departments/print/{name}.css'>" for name in ("paper", "form", "booklet")
)
AROUND = (f"<!doctype html><html lang='zh-Hans'><head><title>汇编</title>{LINKS}</head><body>", "</body></html>")
FORM = """
<article class="form" data-running="公关科 · 公关专员"><header id="a"><h1 class="title level-1">公关专员</h1><p class="english" lang="en">PR</p></header>
<div class="frame"><table class="facts"><colgroup><col class="label"><col></colgroup><tbody>
<tr><th scope="row">所属部门</th><td>公关科<span class="mark">推</span></td></tr></tbody></table>
<table class="part"><colgroup><col class="number"><col></colgroup><thead><tr><th scope="col" colspan="2">职责</th></tr></thead>
<tbody><tr class="heading"><th scope="rowgroup" colspan="2">一、媒体 &amp; 公众</th></tr>
<tr><td class="number">1</td><td>根据公司年度目标，编制 2026 年的公关计划，经上级批准后组织落实，并与各大媒体保持良好关系，每月提交一份总结<p class="note">衡量标准：95%</p></td></tr>
<tr class="long"><td class="number">2</td><td>见 <a href="#a">上文</a><br>另起一行</td></tr></tbody></table>
<table class="signatures"><thead><tr><th scope="col">编制</th><th scope="col">审核</th></tr></thead><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table></div></article>
"""
OTHER = """
<section class="index"><h1 class="part-title" id="index">索引</h1><div class="columns"><p class="first" data-letter="G"><a href="#a">公关专员</a></p></div></section>
<p style="color: #a8321f; text-decoration: underline">下划线</p><ul><li>甲</li><li>乙</li></ul>
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><style>text { fill: #23507a }</style><text x="2" y="12">图 2</text>
<text x="2" y="18" font-family="Noto Sans CJK SC" font-weight="bold">图 22</text></svg>
<p style="width: 5em; overflow: hidden; white-space: nowrap; text-overflow: ellipsis"><b>公关部媒体公关部媒体公关部媒体</b></p>
<p style="width: 5em; overflow: hidden; white-space: nowrap"><b>公关部媒体公关部媒体公关部媒体</b></p>
"""


def _run(code: str, given: object, *more: str) -> object:
    command = [sys.executable, "-c", code, *more]
    done = subprocess.run(
        command, input=json.dumps(given), check=True, capture_output=True, text=True, cwd=settings.BASE_DIR
    )
    return json.loads(done.stdout)


def test_weasyprint_is_the_one_whose_inside_is_known() -> None:
    """Where this fails, a new version changed what press/hastening.py replaces: read it anew."""
    code = (
        "import inspect, json, sys, weasyprint\n"
        "from weasyprint import css, draw, layout, pdf, svg, text\n"
        "print(json.dumps({name: inspect.getsource(eval(name)) for name in json.load(sys.stdin)}))\n"
    )
    sources = _run(code, list(KNOWN))
    assert {name: hashlib.sha256(source.encode()).hexdigest()[:12] for name, source in sources.items()} == KNOWN


def test_pages_are_the_very_same() -> None:
    """A worker of some seconds: bytes of the parts, plain against hastened, first document against second."""
    pieces = [f'<div class="piece" data-piece="piece-{n}">{one}</div>' for n, one in enumerate((FORM, FORM))]
    style = "<style>p { color: #23507a } @page { @top-center { content: '草稿' } }</style>"
    stamped = f"{AROUND[0].replace('</head>', f'{style}</head>')}{FORM}{AROUND[1]}"
    jobs = [
        {"before": AROUND[0], "pieces": pieces, "after": AROUND[1]},
        {"before": AROUND[0], "pieces": [OTHER], "after": AROUND[1]},
        {"before": "", "pieces": [stamped], "after": ""},
    ]
    plain, first, second = _run(BOTH, jobs)
    assert [len(parts) for _said, parts in plain] == [1, 1, 1]
    assert first == plain
    assert second == plain


@pytest.mark.parametrize(
    ("selector", "beyond", "everywhere"),
    [
        ("tbody tr:first-child:not(:last-child) > th + td", set(), False),
        ("p[hidden], .a::after, q:before", set(), False),
        (".a ~ p", {"p"}, False),
        ("#a b:nth-child(2)", {"b"}, False),
        (".a + .b + .c", set(), True),
        ("p:not(.a ~ .b)", {"p"}, False),
        ("ul :empty", set(), True),
    ],
)
def test_selectors_that_look_further_are_found(selector: str, beyond: set[str], everywhere: bool) -> None:
    sight = Sight([f"{selector} {{ color: red }}"])
    assert (sight.beyond, sight.everywhere) == (beyond, everywhere)


def test_rules_for_some_media_and_lengths_of_the_page_are_found() -> None:
    assert Sight(["@media print { p { color: red } }"]).everywhere
    assert Sight(["p { width: 3vw }"]).everywhere
    assert Sight(["@page { margin: 0 } p { width: 3mm }"]).covers({"p", "svg"})
