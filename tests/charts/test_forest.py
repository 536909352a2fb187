"""Which boxes a chart has and which line holds each."""

from dataclasses import replace

from django.utils import translation

from departments.charts import Options
from departments.charts.forest import Forest, headcounts, plant
from tests.charts.outlines import Org

PLAIN = Options()
DEPARTMENTS = replace(PLAIN, show="departments")
REPORTING = replace(PLAIN, show="reporting")
HEAD = {"head": True}


def drawn(forest: Forest) -> list[str]:
    """Return the boxes as indented lines with their heads in brackets and the style of the line that holds them."""
    return [
        "  " * (box.depth - 1)
        + box.name
        + "".join(f" [{head.entry.title}]" for head in box.heads)
        + (f" · {box.basis}" if box.parent else "")
        for box in forest.boxes
    ]


def ties(forest: Forest) -> list[tuple[str, str, str]]:
    """Return the lines beside the tree."""
    return [(tie.start.name, tie.style, tie.end.name) for tie in forest.ties]


def hospital() -> Org:
    """市场部 with its head and an 助理, 公关科 with its head and a 专员."""
    return Org(
        "市场部",
        ("市场部主任", HEAD),
        ("助理", {"assistant": True}),
        ["公关科", ("公关科主任", HEAD), ("公关专员", {})],
        ["营销科", ("营销专员", {})],
    )


def test_heads_stand_in_their_departments_box():
    assert drawn(plant(hospital().outline, PLAIN)) == [
        "市场部 [市场部主任]",
        "  助理 · derived",
        "  公关科 [公关科主任] · place",
        "    公关专员 · derived",
        "  营销科 · place",
        "    营销专员 · derived",
    ]


def test_departments_alone_keep_their_heads():
    assert drawn(plant(hospital().outline, DEPARTMENTS)) == [
        "市场部 [市场部主任]",
        "  公关科 [公关科主任] · place",
        "  营销科 · place",
    ]


def test_a_position_hangs_at_its_superior_in_the_same_department():
    org = hospital()
    org.line("公关专员", "公关科主任")
    org.line("助理", "营销专员")  # elsewhere: counted, not drawn
    forest = plant(org.outline, PLAIN)
    assert drawn(forest)[3] == "    公关专员 · stated"
    assert drawn(forest)[1] == "  助理 · derived"
    assert forest.departing == 1
    assert ties(forest) == []


def test_reporting_lines_lead_to_superiors_wherever_they_stand():
    org = hospital()
    org.line("营销科", "公关科主任")
    org.line("营销专员", "市场部主任")
    org.line("营销专员", "公关科主任")
    forest = plant(org.outline, REPORTING)
    assert drawn(forest) == [
        "市场部 [市场部主任]",
        "  助理 · derived",
        "  公关科 [公关科主任] · derived",
        "    公关专员 · derived",
        "    营销科 · stated",
        "  营销专员 · stated",
    ]
    assert ties(forest) == [("营销专员", "beside", "公关科")]


def test_superiors_in_a_ring_fall_back_to_their_places():
    org = hospital()
    org.line("公关科", "营销科")
    org.line("营销科", "公关科")
    forest = plant(org.outline, REPORTING)
    assert drawn(forest)[2:4] == ["  公关科 [公关科主任] · derived", "    公关专员 · derived"]
    assert drawn(forest)[4] == "    营销科 · stated"
    assert ties(forest) == [("公关科", "beside", "营销科")]


def test_a_root_that_reports_to_its_own_position_stays_a_root():
    org = hospital()
    org.line("市场部", "公关专员")
    assert drawn(plant(org.outline, REPORTING))[0] == "市场部 [市场部主任]"


def test_frames_are_not_drawn_and_their_children_are_roots():
    org = Org("营销架构", ["市场部", ["公关科"]], ["销售部"], ("总监", {}), frame=True)
    assert drawn(plant(org.outline, PLAIN)) == ["市场部", "  公关科 · place", "销售部", "总监"]


def test_what_stands_in_a_frame_hangs_at_its_stated_superior():
    org = Org("营销架构", ("总经理", {}), ["市场部"], ["销售部"], frame=True)
    org.line("市场部", "总经理")
    org.line("销售部", "总经理", basis="inferred")
    forest = plant(org.outline, PLAIN)
    assert drawn(forest) == ["总经理", "  市场部 · stated", "  销售部 · stated"]
    assert [box.line_inferred for box in forest.boxes] == [False, False, True]


def test_parties_outside_are_apart_and_each_is_drawn_once():
    org = hospital()
    org.line("市场部主任", "院长")
    org.line("市场部", "院长")
    org.line("公关科", "院长", line="dotted")
    org.line("公关专员", "院长")
    forest = plant(org.outline, PLAIN)
    assert [party.name for party in forest.parties] == ["院长"]
    assert ties(forest) == [("市场部", "stated", "院长"), ("公关科", "dotted", "院长"), ("公关专员", "beside", "院长")]


def test_dotted_lines_and_assists_run_beside_the_tree_in_every_chart():
    org = hospital()
    org.line("营销科", "公关科主任", line="dotted")
    org.line("公关专员", "营销科", "assists")
    org.line("公关科", "营销科", "works_with")
    both = [("公关专员", "assists", "营销科"), ("营销科", "dotted", "公关科")]
    assert ties(plant(org.outline, PLAIN)) == both
    assert ties(plant(org.outline, REPORTING)) == both
    assert ties(plant(org.outline, DEPARTMENTS)) == both[1:]


def test_a_head_who_reports_to_nobody_makes_a_root():
    org = hospital()
    org.line("公关科主任", "", basis="top")
    forest = plant(org.outline, REPORTING)
    assert [box.name for box in forest.roots] == ["市场部", "公关科"]


def test_levels_end_in_counts_and_a_branch_can_be_opened_or_closed():
    org = hospital()
    two = plant(org.outline, replace(PLAIN, levels=2))
    assert [(box.name, box.hidden) for box in two.boxes if box.closed] == [("公关科", 1), ("营销科", 1)]
    opened = plant(org.outline, replace(PLAIN, levels=2, opened=frozenset([org["公关科"].ref])))
    assert [(box.name, box.hidden) for box in opened.boxes if box.closed] == [("营销科", 1)]
    closed = plant(org.outline, replace(PLAIN, closed=frozenset([org["市场部"].ref])))
    assert [(box.name, box.hidden) for box in closed.boxes] == [("市场部", 5)]


def test_a_chart_may_start_anywhere():
    org = hospital()
    org.line("公关专员", "市场部主任")
    start = replace(PLAIN, start=org["公关科主任"].ref)
    assert drawn(plant(org.outline, start)) == ["公关科 [公关科主任]", "  公关专员 · derived"]
    assert drawn(plant(org.outline, replace(start, show="reporting"))) == ["公关科 [公关科主任]"]


def test_headcounts_add_up_without_inventing_any():
    one = {"headcount_form": "number", "headcount_min": 2, "headcount_max": 2}
    several = {"headcount_form": "range", "headcount_min": 1, "headcount_max": None}
    org = Org("市场部", ("主任", one), ["公关科", ("专员", several), ("助理", {})], ["营销科", ("员", {})])
    sums = headcounts(org.outline)
    with translation.override("en"):
        said = sorted((entry.title, str(total)) for entry, total in sums.items())
    assert said == [
        ("公关科", "at least 1 person, besides 1 position not stated"),
        ("市场部", "at least 3 people, besides 2 positions not stated"),
    ]
