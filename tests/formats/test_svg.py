"""The SVG of a chart: well-formed, escaped, the same on the page and alone; its legend, its words, its sheet of paper."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from departments.charts import Options, compose
from departments.formats.chart_text import text_twin
from departments.formats.mini_tree import mini_tree
from departments.formats.svg import STATIC, chart_figure, draw, style
from departments.formats.svg_legend import legend
from tests.charts.outlines import Org

SVG = "{http://www.w3.org/2000/svg}"
HEAD = {"head": True}


@pytest.fixture(autouse=True)
def english():
    """Speak English: msgids are what the tests say."""
    with translation.override("en"):
        yield


def org() -> Org:
    """A department with everything a chart can show."""
    made = Org(
        "市场部",
        ("市场部主任", HEAD | {"head_form": "part_time"}),
        ["公关科", ("公关专员", {"inferred": True, "title_en": "PR officer"})],
        ["营销科 <A&B>", ("营销专员", {"headcount_form": "number", "headcount_min": 2, "headcount_max": 2})],
    )
    made.line("公关科", "营销科 <A&B>", line="dotted")
    made.line("公关专员", "营销专员", "assists")
    made.line("市场部主任", "院长")
    return made


def parse(svg: str) -> ET.Element:
    """Return our own SVG as a tree."""
    return ET.fromstring(svg)  # noqa: S314  # made here


def texts(svg: str) -> list[str]:
    """Return what is written, element by element."""
    return ["".join(element.itertext()) for element in parse(svg).iter(f"{SVG}text")]


def href(entry) -> str:
    """Return an address for an entry."""
    return f"/{entry.kind}/{entry.ref}/"


def test_everything_is_written_and_escaped():
    assert texts(draw(compose(org().outline, Options()), label="市场部")) == [
        "at least 2 people",
        "市场部",
        "市场部主任兼",
        "公关科",
        "公关专员推",
        "PR officer",
        "营销科 <A&B>",
        "2 people",
        "营销专员",
        "2 people",
        "院长",
    ]


def test_boxes_that_stand_upright_are_copied_as_words_and_read_out_by_name():
    made = Org("市场部", ("品牌（KOL）总监 SEO、A", {}), ("秘书", {}))
    svg = draw(compose(made.outline, Options(leaves="upright")), label="", href=href)
    assert texts(svg) == ["市场部", "品牌", "（", "KOL", "）", "总监", "SEO", "、", "A", "秘书"]
    assert [link.get("aria-label") for link in parse(svg).iter(f"{SVG}a")][1:] == ["品牌（KOL）总监 SEO、A", "秘书"]


def test_what_is_our_conclusion_and_what_stands_for_several_is_marked_with_a_legend():
    made = Org("市场部", ["大区", ("大区经理", HEAD | {"repeats": "每个大区一个"})], ("秘书", {}))
    made["大区"].place_basis, made["大区"].repeats = "inferred", "有多个大区"
    picture = compose(made.outline, Options())
    assert [name for name, _text in legend(picture)] == ["place", "derived", "inferred", "several", "times"]
    svg = draw(picture, label="")
    assert "大区经理×n" in texts(svg)
    assert svg.count('class="frame behind"') == 1
    (line,) = (stroke for stroke in picture.strokes if stroke.mark)
    assert line.start.name == "大区"
    assert "有多个大区" in text_twin(picture, href=href, fold=lambda _box: "?")


def test_options_leave_out_headcounts_and_english_titles():
    options = Options(headcount=False, english=False)
    assert texts(draw(compose(org().outline, options), label=""))[:4] == [
        "市场部",
        "市场部主任兼",
        "公关科",
        "公关专员推",
    ]


def test_boxes_and_heads_are_links_side_by_side():
    svg = parse(draw(compose(org().outline, Options()), label="", href=href))
    links = [(link.get("class"), link.get("href")) for link in svg.iter(f"{SVG}a")]
    assert links == [
        ("department", "/department/N0/"),
        ("leader", "/position/N1/"),
        ("department", "/department/N2/"),
        ("position inferred", "/position/N3/"),
        ("department", "/department/N4/"),
        ("position", "/position/N5/"),
    ]
    assert [link for link in svg.iter(f"{SVG}a") if link.find(f".//{SVG}a") is not None] == []
    assert svg.get("role") == "group"


def test_a_picture_without_links_is_an_image_with_a_name():
    svg = parse(draw(compose(org().outline, Options()), label="市场部 “图”"))
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "市场部 “图”")
    assert list(svg.iter(f"{SVG}a")) == []


def test_no_style_attribute_and_no_style_element_on_the_page():
    """A strict content security policy forbids both."""
    svg = draw(compose(org().outline, Options(levels=1)), label="", href=href, fold=lambda _box: "?closed=N0")
    assert re.findall(r"style|script|on\w+=", svg) == []


def test_branches_fold_on_the_page_and_are_counted_elsewhere():
    picture = compose(org().outline, Options(levels=2))
    page = parse(draw(picture, label="", href=href, fold=lambda box: f"?{box.name}"))
    folds = [link for link in page.iter(f"{SVG}a") if link.get("class") == "fold"]
    assert [(link.get("href"), link.get("aria-label"), "".join(link.itertext())) for link in folds] == [
        ("?市场部", "Close the branch 市场部", ""),
        ("?公关科", "Open the branch 公关科", "1"),
        ("?营销科 <A&B>", "Open the branch 营销科 <A&B>", "1"),
    ]
    alone = parse(draw(picture, label=""))
    assert ["".join(group.itertext()) for group in alone.iter(f"{SVG}g") if group.get("class") == "fold"] == ["1", "1"]


def test_dotted_lines_and_assists_differ_in_dash_and_colour():
    rules = dict(re.findall(r"\.orgchart \.lines path\.(\w+)\{([^}]*)\}", style()))
    dashes = {name: re.search(r"stroke-dasharray:([^;]+)", rules[name])[1] for name in ("dotted", "assists")}
    colours = {name: re.search(r"stroke:([^;]+)", rules[name])[1] for name in ("dotted", "assists")}
    assert dashes == {"dotted": "2 4", "assists": "9 4"}
    assert colours == {"dotted": "#23507a", "assists": "#8a6116"}


def test_the_legend_lists_only_what_is_drawn():
    assert [name for name, _text in legend(compose(org().outline, Options()))] == [
        "place",
        "stated",
        "derived",
        "dotted",
        "assists",
        "inferred",
        "part-time",
        "outside",
    ]
    assert legend(compose(Org("市场部").outline, Options())) == []
    levels = Options("departments", levels=1)
    assert [name for name, _text in legend(compose(Org("市场部", ["公关科"]).outline, levels))] == ["closed"]


def test_a_picture_alone_carries_style_legend_and_light_colours():
    svg = chart_figure(org().outline, Options(), label="市场部")
    assert "var(" not in svg
    assert "@media" not in svg
    assert '"Noto Sans CJK SC"' in svg
    words = [text for _name, text in legend(compose(org().outline, Options()))]
    assert [text for text in texts(svg) if text in words] == words
    root = parse(svg)
    picture = compose(org().outline, Options())
    assert float(root.get("height")) > picture.height
    assert float(root.get("width")) >= picture.width


def test_the_rules_use_only_the_tokens_there_are():
    known = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "chart.css"))
    used = set(re.findall(r"var\(--([\w-]+)\)", (STATIC / "chart.css").read_text(encoding="utf-8")))
    assert used - set(re.findall(r"--([\w-]+):", known)) == set()


def test_the_text_twin_says_what_the_lines_say():
    twin = text_twin(compose(org().outline, Options()), href=href, fold=lambda _box: "?")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "|", twin))
    assert re.sub(r"[| ]+", " ", words).strip() == (
        "市场部 市场部主任 at least 2 people · reports to 院长 公关科 dotted line to 营销科 &lt;A&amp;B&gt;"
        " 公关专员 推 assists 营销专员 营销科 &lt;A&amp;B&gt; 2 people 营销专员 2 people"
    )
    assert parse(f"<div>{twin}</div>").find("ul/li/ul/li/ul/li") is not None


def test_the_text_twin_opens_closed_branches():
    twin = text_twin(
        compose(org().outline, replace(Options(), levels=1)), href=href, fold=lambda box: f"?open={box.name}"
    )
    assert '<a href="?open=市场部">4 below</a>' in twin


def test_a_chain_of_a_thousand_levels_has_a_text_twin():
    nested: list = ["底"]
    for number in range(300):
        nested = [f"{number}", nested]
    twin = text_twin(compose(Org(*nested).outline, Options()), href=href, fold=lambda _box: "?")
    assert twin.count("<ul>") == twin.count("</ul>") == 301


def test_a_thumbnail_draws_each_kind_once_and_frames_not_at_all():
    svg = parse(mini_tree([(0, "frame"), (1, "department"), (2, "position"), (2, "duty"), (1, "department")]))
    shapes = {path.get("class"): path.get("d").count("M") for path in svg.iter(f"{SVG}path")}
    assert shapes == {"mini-line": 1, "mini-department": 2, "mini-position": 1}
    assert (svg.get("width"), svg.get("height")) == ("120", "60")


@pytest.mark.parametrize("rows", [[], [(0, "department")], [(depth, "department") for depth in range(1000)]])
def test_a_thumbnail_stays_within_its_edges(rows):
    numbers = [float(n) for n in re.findall(r"M([\d.-]+)", mini_tree(rows))]
    assert all(0 <= number <= 120 for number in numbers)


def test_a_dense_thumbnail_leaves_the_positions_out():
    rows = [(0, "department"), *[(1, "department")] * 3, *[(2, "position")] * 60]
    assert "mini-position" not in mini_tree(rows)
