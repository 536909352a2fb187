"""Moving a branch: what goes with it, what is refused, and what it leaves in the log."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from departments.restructuring import Room, Row, open_edition
from tests.factories import (
    WHOLE,
    drawn,
    rows_of,
)
from tests.restructuring.refusing import assert_refused

pytestmark = pytest.mark.usefixtures("whole_trees")


@pytest.mark.parametrize(
    ("node", "under", "before", "expected"),
    [
        pytest.param("sales", "pr", None, [*WHOLE[:9], "    营销科"], id="down"),
        pytest.param("sales", "root", "charge", [WHOLE[0], "  营销科", *WHOLE[1:9]], id="to the front"),
        pytest.param("sales", "root", "pr", [*WHOLE[:5], "  营销科", *WHOLE[5:9]], id="left"),
        pytest.param("pr", "root", None, [*WHOLE[:5], WHOLE[9], *WHOLE[5:9]], id="right, to the end"),
        pytest.param(
            "charge", "root", "sales", [WHOLE[0], *WHOLE[2:9], WHOLE[1], WHOLE[9]], id="right, before another"
        ),
        pytest.param(
            "officer", "root", None, [*WHOLE[:7], WHOLE[9], "  公关专员", "    联络媒体"], id="branch up and right"
        ),
        pytest.param(
            "officer",
            "root",
            "head",
            [*WHOLE[:2], "  公关专员", "    联络媒体", *WHOLE[2:7], WHOLE[9]],
            id="branch up and left",
        ),
        pytest.param(
            "pr_head",
            "sales",
            None,
            [*WHOLE[:6], "  营销科", *WHOLE[6:9]],
            id="branch across",
        ),
    ],
)
def test_move_takes_the_branch_and_keeps_the_rest(
    org: SimpleNamespace, node: str, under: str, before: str | None, expected: list[str]
) -> None:
    was = {row["uid"]: row["version"] for row in rows_of(org.edition)}
    with open_edition(org.edition) as tree:
        moved = tree.move(
            getattr(org, node).uid, under=getattr(org, under).uid, before=before and getattr(org, before).uid
        )
    assert moved.parent == getattr(org, under)
    assert drawn(org.edition) == expected
    assert {row["uid"]: row["version"] for row in rows_of(org.edition)} == was


def test_move_logs_both_places(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        tree.move(org.sales.uid, under=org.pr.uid, before=org.pr_head.uid)
    change = org.edition.changes.last()
    assert (change.verb, change.node_uid) == ("move", org.sales.uid)
    assert change.before == {"place": {"under": org.root.uid.hex, "before": "", "index": 3}}
    assert change.after == {"place": {"under": org.pr.uid.hex, "before": org.pr_head.uid.hex, "index": 0}}


@pytest.mark.parametrize(
    ("node", "under", "before"),
    [
        pytest.param("sales", "root", None, id="last already"),
        pytest.param("pr", "root", "sales", id="before its follower"),
        pytest.param("pr", "root", "pr", id="before itself"),
    ],
)
def test_move_to_where_it_stands_writes_nothing(
    org: SimpleNamespace, node: str, under: str, before: str | None
) -> None:
    with open_edition(org.edition) as tree:
        tree.move(getattr(org, node).uid, under=getattr(org, under).uid, before=before and getattr(org, before).uid)
    assert drawn(org.edition) == WHOLE
    assert org.edition.changes.count() == 1


def nested(tree: Room, org: SimpleNamespace) -> None:
    rows = [Row(depth, "department", {"title": f"第{depth}级"}) for depth in range(29)]
    tree.insert_branch(rows, under=org.root.uid)
    tree.move(org.pr.uid, under=rows[-1].uid)


REFUSED_MOVES: dict[str, tuple[Callable[[Room, SimpleNamespace], Any], str]] = {
    "root": (lambda tree, org: tree.move(org.root.uid, under=org.pr.uid), "The root stays where it is."),
    "under itself": (
        lambda tree, org: tree.move(org.pr.uid, under=org.pr.uid),
        "A branch cannot be moved into itself.",
    ),
    "into its own branch": (
        lambda tree, org: tree.move(org.pr_head.uid, under=org.officer.uid),
        "A branch cannot be moved into itself.",
    ),
    "department under position": (
        lambda tree, org: tree.move(org.sales.uid, under=org.head.uid),
        "A department cannot stand here.",
    ),
    "position under duty": (
        lambda tree, org: tree.move(org.officer.uid, under=org.charge.uid),
        "A position cannot stand here.",
    ),
    "neighbour elsewhere": (
        lambda tree, org: tree.move(org.sales.uid, under=org.pr.uid, before=org.head.uid),
        "The neighbour stands elsewhere now.",
    ),
    "deeper than readers walk": (nested, "The tree is deeper than 30 levels."),
}


@pytest.mark.parametrize("name", REFUSED_MOVES)
def test_move_is_refused_with_a_reason_and_writes_nothing(org: SimpleNamespace, name: str) -> None:
    assert_refused(org, *REFUSED_MOVES[name])
