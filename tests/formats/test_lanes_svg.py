"""The swim lanes as SVG: well-formed, named for those who do not see it, the same in the dark and on paper."""

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.utils import translation

from departments.formats.lanes_svg import LOOKS, PAPER, STATIC, lanes_figure
from tests.charts.outlines import Org

SVG = "{http://www.w3.org/2000/svg}"
ORG = Org("市场部", "经理", ["公关科"], ["设计科"])


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def step(number, *who, **words):
    """Return a step of the process 活动 <一>; actors by title in ORG, else parties outside."""
    inside = {entry.title for entry in ORG.entries}
    actors = [{"node": str(ORG[name].uid)} if name in inside else {"text": name} for name in who]
    own = {"number": number, "who": actors, "name": "", "action": "做", "lead_time": "", "who_basis": "stated"}
    return SimpleNamespace(**own | words)


def process(*steps, ordered=True):
    """Give the steps their process."""
    whole = SimpleNamespace(name="活动 <一>", number=3, ordered=ordered)
    for one in steps:
        one.process = whole
    return list(steps)


def drawings(steps, *, paper=False):
    """Return the SVG elements of a figure."""
    figure = ElementTree.fromstring(f"<body>{lanes_figure(steps, ORG.outline, paper=paper)}</body>")  # noqa: S314  # our own
    return list(figure.iter(f"{SVG}svg"))


def texts(svg, name=""):
    return [text.text for text in svg.iter(f"{SVG}text") if name in text.get("class").split() or not name]


def named(svg, name):
    return [shape for shape in svg.iter() if name in shape.get("class", "").split()]


THREE = process(
    step(1, "经理", name="策划", lead_time="提前 50 天"),
    step(2, "公关科", "设计科", "加盟商"),
    step(3, who_basis="inferred"),
)


def test_a_process_without_steps_is_not_drawn():
    assert lanes_figure([], ORG.outline) == lanes_figure([], ORG.outline, paper=True) == ""


def test_the_page_has_a_drawing_for_a_desk_and_one_for_a_phone():
    assert [svg.get("class") for svg in drawings(THREE)] == ["lanes desk", "lanes phone"]


def test_one_drawing_does_where_both_are_the_same():
    single = process(step(1, "经理"))
    assert [svg.get("class") for svg in drawings(single)] == ["lanes"]


def test_the_figure_can_be_reached_and_scrolled_with_the_keyboard():
    region = '<figure class="lanes-figure"><div class="scroll" tabindex="0" role="region" aria-label="Swim lanes"><svg'
    assert lanes_figure(THREE, ORG.outline).startswith(region)


def test_every_drawing_has_a_name_and_a_description_of_its_own():
    labels = [svg.get("aria-labelledby").split() for svg in drawings(THREE)]
    assert len({label for pair in labels for label in pair}) == 4
    for svg, pair in zip(drawings(THREE), labels, strict=True):
        assert svg.get("role") == "img"
        said = {one.get("id"): one.text for one in svg if one.tag in (f"{SVG}title", f"{SVG}desc")}
        assert said[pair[0]] == "Swim lanes: 活动 <一>"
        assert said[pair[1]] == (
            "3 steps · A lane for each who acts: 经理, 公关科, 设计科, 加盟商, actor not stated. "
            "The table below says the same in words."
        )


def test_what_a_step_says_is_written():
    desk = drawings(THREE)[0]
    assert texts(desk, "head") == ["经理", "公关科", "设计科", "加盟商", "actor not stated"]
    assert (texts(desk, "name"), texts(desk, "when")) == (["策划"], ["提前 50 天"])
    assert texts(desk, "figure-number") == ["1", "2", "3"]
    assert texts(desk, "figure-mark") == ["2", "2", "n"]


def test_departments_have_their_bar_and_others_stand_back():
    desk = drawings(THREE)[0]
    assert len(named(desk, "bar")) == 2
    assert texts(desk, "other") == ["加盟商", "actor not stated"]


def test_an_inferred_actor_is_marked_and_the_legend_says_so():
    desk = drawings(THREE)[0]
    assert texts(desk, "figure-sign") == ["推", "推"]
    assert texts(desk, "note") == ["takes part in the step of that number", "who acts is inferred"]


def test_the_legend_explains_only_what_is_drawn():
    assert texts(drawings(process(step(1, "经理"), step(2, "经理")))[0], "note") == []


@pytest.mark.parametrize(("ordered", "arrows"), [(True, 2), (False, 0)])
def test_arrows_only_where_the_order_is_stated(ordered, arrows):
    steps = process(*(step(number, "经理") for number in (1, 2, 3)), ordered=ordered)
    assert len(named(drawings(steps)[0], "arrow")) == len(named(drawings(steps)[0], "tip")) == arrows


def test_words_that_have_no_room_are_told_by_pointing():
    cut = process(step(1, "经理", name="策划", action="调研市场" * 300))
    told = [title.text for title in drawings(cut)[0].iter(f"{SVG}title") if not title.get("id")]
    assert told == ["1 策划 · " + "调研市场" * 300]


def test_texts_are_escaped():
    bad = process(step(1, "<b>", name="<script>", action='"&', lead_time="<i>"))
    assert "<script>" not in lanes_figure(bad, ORG.outline)
    assert texts(drawings(bad)[0], "name") == ["<script>"]


@pytest.mark.parametrize("paper", [False, True])
def test_nothing_is_styled_within_the_markup(paper):
    markup = str(lanes_figure(THREE, ORG.outline, paper=paper))
    assert "style" not in markup


def test_every_shape_has_its_light_colours_and_a_rule_for_the_page():
    rules = (STATIC / "lanes.css").read_text(encoding="utf-8")
    coloured = {
        name for name, look in LOOKS.items() if {"fill", "stroke"} & {k for k, v in look.items() if v != "none"}
    }
    assert {name for name in coloured if f".lanes .{name}" not in rules} == set()
    for svg in drawings(THREE):
        shapes = [
            one
            for one in svg.iter()
            if one.get("class") and one.tag.split("}")[1] in ("text", "path", "rect", "circle")
        ]
        assert [
            one.get("class")
            for one in shapes
            if not (one.get("fill", "").startswith("#") or one.get("stroke", "").startswith("#"))
        ] == []


def test_paper_has_a_drawing_for_each_part_no_wider_than_the_page():
    long = process(*(step(number, "经理", action="调研市场" * 9) for number in range(1, 13)))
    svgs = drawings(long, paper=True)
    assert len(svgs) > 1
    assert len({svg.get("aria-labelledby") for svg in svgs}) == len(svgs)
    assert all(float(svg.get("width")) <= PAPER["room"] + 3 for svg in svgs)


def test_paper_has_one_legend_for_all_pieces_below_the_last():
    long = process(*(step(number, "经理", action="调研市场" * 9) for number in range(2, 13)))
    long[0].who_basis = "inferred"
    *before, last = drawings(long, paper=True)
    assert [texts(svg, "note") for svg in before] == [[]] * len(before)
    assert texts(last, "note") == ["who acts is inferred"]


def test_on_paper_a_crowd_of_actors_is_drawn_smaller():
    crowd = process(step(1, *(f"第{n}方" for n in range(9))))
    (svg,) = drawings(crowd, paper=True)
    assert float(svg.get("width")) < float(svg.get("viewBox").split()[2])
