"""Which layout is proposed: pictures made by hand whose lines cross so often, and trees that ask for one layout."""

from types import SimpleNamespace

import pytest

from departments.charts import Options
from departments.charts.crossings import crossings
from departments.charts.picture import ASSISTS, PLACE, Box, Picture, Stroke
from departments.charts.proposal import as_asked, propose
from departments.charts.sheets import PX_PER_MM, SHEETS, better_way, scale, smallest_size
from tests.charts.outlines import Org, make_entry, make_outline

BOX = Box("outside", None, "")


def picture(*ways: list[tuple[int, int]], beside: int = 1) -> Picture:
    """Return a picture of lines, the last `beside` of them beside the tree."""
    strokes = [Stroke(PLACE, way, BOX, BOX) for way in ways[: len(ways) - beside]]
    strokes += [Stroke(ASSISTS, way, BOX, BOX, dot=way[-1]) for way in ways[len(ways) - beside :]]
    return Picture(100, 100, "down", [], [], strokes)


@pytest.mark.parametrize(
    ("ways", "times"),
    [
        ([[(0, 10), (50, 10)], [(20, 0), (20, 30)]], 1),
        ([[(0, 10), (50, 10)], [(20, 10), (20, 30)]], 0),  # it begins on the other
        ([[(0, 10), (20, 10)], [(20, 0), (20, 30)]], 0),  # the other ends on it
        ([[(0, 10), (50, 10)], [(0, 20), (50, 20)], [(20, 0), (20, 30), (60, 30), (60, 5), (40, 5), (40, 25)]], 4),
        ([[(10, 20), (10, 10), (30, 10), (30, 0)], [(50, 20), (50, 10), (30, 10), (30, 0)], [(0, 5), (40, 5)]], 1),
    ],
)
def test_crossings_are_points_where_lines_pass_through_each_other(ways, times):
    """The last: the stem that brothers share is crossed once, though each of their lines runs along it."""
    assert crossings(picture(*ways)) == times


def test_a_tree_alone_has_no_crossings():
    assert crossings(picture([(0, 10), (50, 10)], [(20, 0), (20, 30)], beside=0)) == 0


def team(leaves: int, **columns) -> Org:
    """Return a department with so many positions."""
    return Org("市场部", *((f"市场专员{number}", columns) for number in range(leaves)))


def layout(options: Options) -> tuple[str, bool, str]:
    """Return what decides where the boxes stand."""
    return options.direction, options.compact, options.leaves


def test_what_is_readable_at_once_stays_as_it_is():
    found = propose(team(2).outline, Options())
    assert (layout(found.options), found.size, found.crossings) == (("down", False, "across"), "a4", 0)
    assert found.points == pytest.approx(1.2 * 14 * 0.75)


def test_a_broad_chart_is_proposed_narrow_and_never_smaller_than_as_asked():
    outline = team(16).outline
    found, asked = propose(outline, Options()), as_asked(outline, Options())
    assert layout(found.options) != layout(asked.options)
    assert (found.size, found.points > asked.points) == ("a4", True)


def test_fewer_crossings_come_before_larger_type():
    org = Org("市场部", *([f"{name}科", *((f"{name}{n}", {}) for n in range(3))] for name in "甲乙丙丁"))
    org.line("甲0", "丁2", "assists")
    org.line("乙0", "丁0", line="dotted")
    org.line("甲2", "丙1", "assists")
    found = propose(org.outline, Options())
    others = [
        as_asked(org.outline, Options(direction=way, compact=compact))
        for way in ("down", "right")
        for compact in (False, True)
    ]
    assert all(found.crossings <= other.crossings for other in others if other.size == found.size)


def test_what_somebody_chose_is_kept():
    asked = Options(asked=frozenset(["direction"]))
    assert propose(team(16).outline, asked).options.direction == "down"
    asked = Options(direction="right", leaves="upright", asked=frozenset(["direction", "leaves"]))
    assert layout(propose(team(16).outline, asked).options) == ("right", False, "upright")


def test_rows_fill_the_sheet_where_one_row_would_leave_it_empty():
    found, asked = propose(team(60).outline, Options()), as_asked(team(60).outline, Options())
    assert (found.options.rows, found.size, asked.size) == ("several", "a4", "a1")
    assert propose(team(60).outline, Options(asked=frozenset(["rows"]))).options.rows == "one"
    assert propose(team(6).outline, Options(rows="several")).options.rows == "one", "where they change nothing"


def test_a_sheet_that_is_chosen_is_taken_and_filled():
    found = propose(team(2).outline, Options(sheet="a1"))
    assert (found.size, found.points > 30) == ("a1", True)


def test_a_thousand_boxes_are_proposed_for_in_five_passes(monkeypatch):
    entries = [make_entry(0, None, "department")]
    for number in range(1, 1000):
        entries.append(make_entry(number, entries[(number - 1) // 6], "department"))
    outline = make_outline(entries)
    calls = []
    from departments.charts import proposal  # to count what it calls

    counted = proposal.compose_pages
    monkeypatch.setattr(proposal, "compose_pages", lambda *said: calls.append(said) or counted(*said))
    propose(outline, Options(pages="departments"))
    assert len(calls) == 5
    monkeypatch.setattr(proposal, "MOST", 999)
    propose(outline, Options(pages="departments"))
    assert len(calls) == 6


def drawn(width: int, height: int) -> SimpleNamespace:
    """Return what a picture of that size is to a sheet."""
    return SimpleNamespace(width=width, height=height, boxes=[])


@pytest.mark.parametrize(
    ("width", "height", "sheet"),
    [
        (500, 700, "a4-portrait"),
        (1000, 450, "a4-landscape"),
        (1700, 900, "a3-landscape"),
        (900, 1400, "a3-portrait"),
        (2400, 1200, "a2-landscape"),
        (2300, 3400, "a1-portrait"),
        (20000, 900, "a1-landscape"),
    ],
)
def test_a_chart_takes_the_smallest_sheet_on_which_it_can_be_read(width, height, sheet):
    picture = drawn(width, height)
    size = smallest_size([picture])
    assert better_way(size, picture).name == sheet
    assert scale("a1", drawn(10, 10)) == 3.4


def test_what_surrounds_a_chart_is_larger_on_larger_sheets():
    around = [sheet.height - 24 - sheet.free[1] / PX_PER_MM for pair in SHEETS for sheet in pair[:1]]
    assert around == pytest.approx([37, 37 * 1.2, 37 * 1.6, 37 * 2.2])


def test_what_was_found_is_remembered_until_the_chart_is_another(monkeypatch):
    org = team(16)
    calls = []
    from departments.charts import proposal  # to count what it calls

    counted = proposal.compose_pages
    monkeypatch.setattr(proposal, "compose_pages", lambda *said: calls.append(said) or counted(*said))
    monkeypatch.setattr(proposal, "_found", proposal.Remembered())
    first = propose(org.outline, Options())
    tried = len(calls)
    again = propose(team(16).outline, Options())
    assert (layout(again.options), again.size, again.scale, len(calls)) == (
        layout(first.options),
        first.size,
        first.scale,
        tried + 1,
    )
    org.outline.entries[-1].title = "市场专员，兼管展会与活动"
    propose(org.outline, Options())
    assert len(calls) > tried + 2
