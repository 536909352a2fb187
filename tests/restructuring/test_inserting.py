"""Inserting: where each node goes, what is refused, and what it leaves in the log."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from departments.models import Change, Node
from departments.restructuring import Room, Row, open_edition
from tests.factories import (
    WHOLE,
    create_edition,
    create_flat,
    create_function,
    create_org,
    drawn,
    rows_of,
)
from tests.restructuring.refusing import assert_refused

pytestmark = pytest.mark.usefixtures("whole_trees")


def test_insert_puts_each_node_last_under_its_parent(org: SimpleNamespace) -> None:
    assert drawn(org.edition) == WHOLE


def test_insert_before_a_sibling_pushes_it_down(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        tree.insert("department", under=org.root.uid, before=org.pr.uid, title="调研科")
    assert drawn(org.edition) == [*WHOLE[:5], "  调研科", *WHOLE[5:]]


def test_insert_gives_a_duty_its_section_and_weight(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        plain = tree.insert("duty", under=org.head.uid, text="主持例会")
        other = tree.insert("duty", under=org.head.uid, text="审批费用", section="authority", weight="auxiliary")
    assert [(plain.section, plain.weight), (other.section, other.weight)] == [
        ("responsibility", "primary"),
        ("authority", "auxiliary"),
    ]


def test_insert_logs_who_did_it_and_where_it_stands(org: SimpleNamespace) -> None:
    user = User.objects.create_user("hr")
    with open_edition(org.edition, by=user) as tree:
        node = tree.insert("department", under=org.root.uid, before=org.pr.uid, title="调研科", code="RE")
    change = Change.objects.filter(edition=org.edition).last()
    row = change.after.pop("rows")[0]
    assert (change.number, change.by, change.by_name, change.verb) == (2, user, "hr", "insert")
    assert (change.node_uid, change.version, change.before) == (node.uid, 1, {})
    assert change.after == {"place": {"under": org.root.uid.hex, "before": org.pr.uid.hex, "index": 2}}
    assert (row["kind"], row["uid"], row["content"]) == ("department", node.uid.hex, {"title": "调研科", "code": "RE"})


def test_insert_branch_writes_rows_in_document_order(org: SimpleNamespace) -> None:
    create_function(slug="brand")
    rows = [
        Row(0, "department", {"title": "品牌科"}, ["brand"]),
        Row(1, "position", {"title": "品牌主管"}),
        Row(2, "duty", {"text": "管理品牌", "section": "responsibility", "weight": "primary"}),
        Row(1, "position", {"title": "品牌专员"}),
    ]
    with open_edition(org.edition) as tree:
        tree.insert_branch(rows, under=org.root.uid, before=org.sales.uid)
        brand = tree.node(rows[0].uid)
    assert drawn(org.edition) == [*WHOLE[:9], "  品牌科", "    品牌主管", "      管理品牌", "    品牌专员", WHOLE[9]]
    assert list(brand.functions.values_list("slug", flat=True)) == ["brand"]


def test_insert_branch_without_rows_writes_nothing(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        tree.insert_branch([], under=org.root.uid)
    assert org.edition.changes.count() == 1


@pytest.mark.parametrize("positions", [1, 30])
def test_insert_branch_costs_the_same_queries_for_any_width(
    db: None, django_assert_num_queries: Any, positions: int
) -> None:
    edition = create_edition()
    # savepoint, lock; keys, nodes; the branch's top; place (2) and log (2); release
    with django_assert_num_queries(10):
        create_flat(edition, positions=positions)


REFUSED_INSERTS: dict[str, tuple[Callable[[Room, SimpleNamespace], Any], str]] = {
    "department under position": (
        lambda tree, org: tree.insert("department", under=org.head.uid, title="科"),
        "A department cannot stand here.",
    ),
    "department under duty": (
        lambda tree, org: tree.insert("department", under=org.charge.uid, title="科"),
        "A department cannot stand here.",
    ),
    "position under duty": (
        lambda tree, org: tree.insert("position", under=org.charge.uid, title="岗"),
        "A position cannot stand here.",
    ),
    "position as the root": (lambda tree, _org: tree.insert("position", title="岗"), "A position cannot stand here."),
    "duty as the root": (lambda tree, _org: tree.insert("duty", text="做事"), "A duty cannot stand here."),
    "neighbour elsewhere": (
        lambda tree, org: tree.insert("department", under=org.root.uid, before=org.officer.uid, title="科"),
        "The neighbour stands elsewhere now.",
    ),
    "neighbour of the root": (
        lambda tree, org: tree.insert("department", before=org.root.uid, title="科"),
        "The neighbour stands elsewhere now.",
    ),
    "kind out of place inside the branch": (
        lambda tree, org: tree.insert_branch(
            [Row(0, "position", {"title": "岗"}), Row(1, "department", {"title": "科"})], under=org.root.uid
        ),
        "A department cannot stand here.",
    ),
    "unknown function": (
        lambda tree, org: tree.insert("department", under=org.root.uid, title="科", functions=["nothing"]),
        "nothing",
    ),
    "columns of the structure": (
        lambda tree, org: tree.insert("department", under=org.root.uid, title="科", lft=1, rght=99),
        "lft, rght",
    ),
    "a primary key": (
        lambda tree, org: tree.insert("department", under=org.root.uid, title="科", pk=org.sales.pk),
        "pk",
    ),
    "deeper than readers walk": (
        lambda tree, org: tree.insert_branch(
            [Row(depth, "department", {"title": f"第{depth}级"}) for depth in range(30)], under=org.root.uid
        ),
        "The tree is deeper than 30 levels.",
    ),
}


@pytest.mark.parametrize("name", REFUSED_INSERTS)
def test_insert_is_refused_with_a_reason_and_writes_nothing(org: SimpleNamespace, name: str) -> None:
    assert_refused(org, *REFUSED_INSERTS[name])


def test_insert_of_a_second_root_is_stopped_by_the_database(org: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), open_edition(org.edition) as tree:
        tree.insert("department", title="第二个根")
    assert drawn(org.edition) == WHOLE


def test_insert_under_a_node_of_another_edition_finds_nothing(org: SimpleNamespace) -> None:
    other = create_org(slug="other")
    with pytest.raises(Node.DoesNotExist), open_edition(org.edition) as tree:
        tree.insert("department", under=other.root.uid, title="科")


def test_insert_reaches_the_deepest_level_allowed(org: SimpleNamespace) -> None:
    rows = [Row(depth, "department", {"title": f"第{depth}级"}) for depth in range(29)]
    with open_edition(org.edition) as tree:
        tree.insert_branch(rows, under=org.root.uid)
    assert max(row["level"] for row in rows_of(org.edition)) == 29


@pytest.mark.parametrize(
    "depths", [(0, 2), (0, 0), (0, 1, 0), (1,)], ids=["jump", "two roots", "two roots apart", "no root"]
)
def test_insert_branch_rejects_rows_that_are_no_branch(org: SimpleNamespace, depths: tuple[int, ...]) -> None:
    rows = [Row(depth, "department", {"title": "科"}) for depth in depths]
    with pytest.raises(ValueError, match="has depth"), open_edition(org.edition) as tree:
        tree.insert_branch(rows, under=org.root.uid)
    assert drawn(org.edition) == WHOLE
