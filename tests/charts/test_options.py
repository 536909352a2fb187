"""What an address asks of a chart, what opens without asking, and what happens to nonsense."""

from dataclasses import replace

import pytest

from departments.charts import Options, read_options, usual
from tests.charts.outlines import Org, make_entry, make_outline

TEAM = Org("市场部", ("主任", {"head": True}), ["公关科", ("专员", {})]).outline


def wide(departments: int, positions: int = 0) -> Org:
    """A root with so many departments, and positions in the first of them."""
    entries = [make_entry(0, None, "department")]
    entries += [make_entry(number, entries[0], "department") for number in range(1, departments)]
    entries += [make_entry(departments + number, entries[-1], "position") for number in range(positions)]
    return make_outline(entries)


@pytest.mark.parametrize(
    ("outline", "opens"),
    [
        (TEAM, Options("positions", compact=False, english=True)),
        (wide(5), Options("departments", compact=False, english=True)),
        (wide(5, 20), Options("positions", compact=True, english=True)),
        (wide(5, 100), Options("positions", compact=True, english=False)),
        (wide(20, 200), Options("departments", compact=True, english=True)),
        (wide(200, 5), Options("departments", compact=True, english=False, levels=2)),
    ],
)
def test_a_chart_opens_with_what_the_eye_can_take_in(outline, opens):
    assert usual(outline) == opens


def test_an_address_says_everything():
    query = {
        "show": "reporting",
        "direction": "right",
        "compact": "1",
        "leaves": "upright",
        "rows": "several",
        "headcount": "0",
        "english": "0",
        "from": "n2",
        "levels": "3",
        "closed": "N2,N3",
        "open": "N0,gone",
    }
    wanted = Options(
        show="reporting",
        direction="right",
        compact=True,
        leaves="upright",
        rows="several",
        headcount=False,
        english=False,
        start="N2",
        levels=3,
        closed=frozenset(["N2", "N3"]),
        opened=frozenset(["N0"]),
    )
    assert read_options(query, TEAM) == (wanted, [])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("show", "everything"),
        ("direction", "up"),
        ("compact", "yes"),
        ("leaves", "up"),
        ("headcount", "2"),
        ("english", "-1"),
        ("from", "N9"),
        ("levels", "-1"),
        ("levels", "1000"),
        ("levels", "²"),
        ("levels", "9" * 5000),
    ],
)
def test_nonsense_is_named_and_the_usual_stands(key, value):
    assert read_options({key: value}, TEAM) == (usual(TEAM), [(key, value)])


def test_a_frame_is_no_start():
    org = Org("营销架构", ["市场部"], frame=True)
    assert read_options({"from": org["营销架构"].ref}, org.outline)[1] == [("from", "N0")]


def test_an_address_says_only_what_is_not_usual_and_is_read_back():
    opens = usual(TEAM)
    assert opens.query(opens) == ""
    wanted = replace(opens, show="departments", compact=True, closed=frozenset(["N2", "N0"]))
    assert wanted.query(opens) == "?show=departments&compact=1&closed=N0,N2"
    assert wanted.query(opens, closed=frozenset(), levels=2) == "?show=departments&compact=1&levels=2"


def test_a_layout_that_is_chosen_is_said_though_it_is_the_usual():
    opens = usual(TEAM)
    assert opens.query(opens, direction="down") == "?direction=down"
    chosen, _refused = read_options({"direction": "down", "show": "positions"}, TEAM)
    assert (chosen, chosen.asked) == (opens, {"direction"})
    assert chosen.query(opens, levels=2) == "?direction=down&levels=2"
