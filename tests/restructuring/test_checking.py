"""Each invariant has a name; each is broken here alone, or with what it cannot be broken without."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from departments.models import Edition, Node
from departments.restructuring.checking import Breach, breaches, repair
from tests.factories import create_edition, create_org, create_relation, drawn, rows_of


@pytest.fixture
def org(db: None) -> Iterator[SimpleNamespace]:
    """Two organisations whose rows may be broken: the checks of the node table are off, and all is undone afterwards.

    The edges: 市场部 1–20, 统管 2–3, 主任 4–9 (预算 5–6, 审批 7–8), 公关科 10–17 (主任 11–16, 专员 12–15, 媒体 13–14), 营销科 18–19.
    """
    with transaction.atomic():
        org = create_org()
        org.other = create_org(slug="other")
        _drop_constraints()
        yield org
        transaction.set_rollback(True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def _drop_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_root_an_edition")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for constraint in ("tree_is_edition", "root_is_the_first_department", "edges_open_before_they_close"):
                cursor.execute(f"ALTER TABLE departments_node DROP CONSTRAINT {constraint}")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def put(node: Node, **columns: Any) -> None:
    """Write a row past every guard."""
    with connection.cursor() as cursor:
        pairs = ", ".join(f"{name} = %s" for name in columns)
        cursor.execute(f"UPDATE departments_node SET {pairs} WHERE id = %s", [*columns.values(), node.pk])  # noqa: S608


def two_roots(org: SimpleNamespace) -> None:
    put(org.sales, parent_id=None, level=0)


def no_root(org: SimpleNamespace) -> None:
    put(org.root, parent_id=org.sales.pk)


def cycle(org: SimpleNamespace) -> None:
    put(org.pr_head, parent_id=org.officer.pk)


def crossing(org: SimpleNamespace) -> None:
    create_relation(edition=org.edition, kind="assists", start=org.officer, end=org.other.head)


def crossing_start(org: SimpleNamespace) -> None:
    create_relation(edition=org.edition, kind="assists", start=org.other.head, outside="院长")


def overlapping(org: SimpleNamespace) -> None:
    put(org.approval, lft=5, rght=6)


def swallowed(org: SimpleNamespace) -> None:
    put(org.budget, lft=5, rght=8)
    put(org.approval, lft=6, rght=7)


EVERYONE = ["root", "charge", "head", "budget", "approval", "pr", "pr_head", "officer", "press", "sales"]

CIRCLE = [
    *((name, "cycle") for name in ("pr_head", "officer", "press")),
    *(("pr_head", name) for name in ("level", "nesting")),
    ("press", "sibling_order"),
]

# what is done: which nodes then break which invariant, and what of it repair leaves
BROKEN: dict[str, tuple[Callable[[SimpleNamespace], Any], list[tuple[str, str]], list[tuple[str, str]]]] = {
    "edition": (lambda org: put(org.charge, tree_id=org.other.edition.pk), [("charge", "edition")], []),
    "edition that is none": (lambda org: put(org.charge, tree_id=99999), [("charge", "edition")], []),
    "two roots": (two_roots, [("root", "roots")], [("root", "roots")]),
    "no root": (
        no_root,
        [("root", "level"), ("root", "nesting"), ("root", "roots"), *((name, "cycle") for name in EVERYONE)],
        [("root", "level"), ("root", "nesting"), ("root", "roots"), *((name, "cycle") for name in EVERYONE)],
    ),
    "root kind": (
        lambda org: put(org.root, kind="position"),
        [("root", "root_kind"), ("pr", "kind"), ("sales", "kind")],
        [("root", "root_kind"), ("pr", "kind"), ("sales", "kind")],
    ),
    "parent missing": (
        lambda org: put(org.officer, parent_id=99999),
        [("officer", "parent_missing")],
        [("officer", "parent_missing")],
    ),
    "parent in another tree": (
        lambda org: put(org.officer, parent_id=org.other.pr_head.pk),
        [("officer", "parent_tree")],
        [("officer", "parent_tree")],
    ),
    "cycle": (
        cycle,
        CIRCLE,
        CIRCLE,
    ),
    "own parent": (
        lambda org: put(org.press, parent_id=org.press.pk),
        [("press", "cycle"), ("press", "level"), ("press", "nesting")],
        [("press", "cycle"), ("press", "level"), ("press", "nesting")],
    ),
    "level": (lambda org: put(org.press, level=9), [("press", "level")], []),
    "level of the root": (
        lambda org: put(org.root, level=7),
        [(name, "level") for name in ("root", "charge", "head", "pr", "sales")],
        [],
    ),
    "nesting": (lambda org: put(org.charge, lft=30, rght=31), [("charge", "nesting")], []),
    "width": (lambda org: put(org.root, rght=24), [("root", "width")], []),
    "edges the wrong way": (
        lambda org: put(org.press, lft=14, rght=13),
        [("press", "nesting"), ("press", "width")],
        [],
    ),
    "edge twice": (overlapping, [("approval", "edge_twice"), ("approval", "sibling_order")], []),
    "sibling order": (swallowed, [("approval", "sibling_order"), ("budget", "width")], []),
    "kind": (lambda org: put(org.officer, kind="department"), [("officer", "kind")], [("officer", "kind")]),
    "relation to another tree": (crossing, [("officer", "relation_tree")], [("officer", "relation_tree")]),
}


def named(org: SimpleNamespace, found: list[Breach]) -> list[tuple[str, str]]:
    names = {value.pk: name for name, value in vars(org).items() if isinstance(value, Node)}
    assert {breach.tree for breach in found} <= {org.edition.pk}
    return sorted((names[breach.node], breach.invariant) for breach in found)


def test_whole_trees_break_nothing(org: SimpleNamespace) -> None:
    assert breaches() == []
    assert breaches(org.edition) == []


@pytest.mark.parametrize("name", BROKEN)
def test_breach_is_named(org: SimpleNamespace, name: str) -> None:
    damage, expected, _left = BROKEN[name]
    damage(org)
    assert named(org, breaches()) == sorted(expected)
    assert breaches(org.other.edition) == []


@pytest.mark.parametrize("name", [name for name in BROKEN if not name.startswith("edition")])
def test_breach_is_named_in_the_edition_asked_about(org: SimpleNamespace, name: str) -> None:
    damage, expected, _left = BROKEN[name]
    damage(org)
    assert named(org, breaches(org.edition)) == sorted(expected)


@pytest.mark.parametrize("name", BROKEN)
def test_repair_mends_edges_and_leaves_what_only_a_person_can(org: SimpleNamespace, name: str) -> None:
    damage, _expected, left = BROKEN[name]
    damage(org)
    assert named(org, repair(org.edition)) == sorted(left)
    assert named(org, breaches()) == sorted(left)


@pytest.mark.parametrize("name", [name for name, (_damage, _expected, left) in BROKEN.items() if not left])
def test_repair_gives_back_the_tree_that_was(org: SimpleNamespace, name: str) -> None:
    before, shape = rows_of(org.edition), drawn(org.edition)
    BROKEN[name][0](org)
    repair(org.edition)
    if name in ("nesting", "edge twice"):  # the edges no longer say which sibling came first
        assert sorted(drawn(org.edition)) == sorted(shape)
    else:
        assert rows_of(org.edition) == before


def test_repair_mends_edges_beside_a_kind_out_of_place(org: SimpleNamespace) -> None:
    put(org.officer, kind="department")
    put(org.root, rght=24)
    assert named(org, repair(org.edition)) == [("officer", "kind")]


def test_repair_of_edges_that_are_all_lost_keeps_every_parent(org: SimpleNamespace) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE departments_node SET lft = 5, rght = 4, level = 3")
    assert repair(org.edition) == []
    parents = {row["uid"]: row["parent__uid"] for row in rows_of(org.edition)}
    assert parents[org.press.uid] == org.officer.uid
    assert parents[org.root.uid] is None


def test_relation_from_another_tree_is_named_under_the_relations_edition(org: SimpleNamespace) -> None:
    crossing_start(org)
    assert breaches() == [Breach(org.edition.pk, org.other.head.pk, "relation_tree")]


@pytest.mark.parametrize("status", ["in_force", "superseded"])
def test_published_edition_without_nodes_has_no_root(org: SimpleNamespace, status: str) -> None:
    empty = create_edition(design=org.design.__class__.objects.create(slug="empty", name="空"))
    assert breaches() == []
    Edition.objects.filter(pk=empty.pk).update(status=status, effective_on="2026-11-22")
    assert breaches() == breaches(empty) == [Breach(empty.pk, 0, "roots")]


@pytest.mark.parametrize("editions", [1, 3])
def test_breaches_cost_three_queries_for_any_number_of_whole_trees(
    db: None, django_assert_num_queries: Any, editions: int
) -> None:
    for number in range(editions):
        create_org(slug=f"design-{number}")
    with django_assert_num_queries(3):
        assert breaches() == []


def test_every_name_is_broken_somewhere() -> None:
    promised = (
        "edition roots root_kind parent_missing parent_tree cycle level nesting width edge_twice sibling_order kind"
    )
    broken = {invariant for _damage, expected, _left in BROKEN.values() for _name, invariant in expected}
    assert broken == {*promised.split(), "relation_tree"}
    assert all(name in (breaches.__doc__ or "") for name in broken)
