"""The verbs: what each writes, what each refuses, and what each leaves in the log."""

import uuid
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import translation

from departments.models import Change, Edition, Node, Relation
from departments.models.guard import OutsideTheRoom
from departments.restructuring import NotADraft, Refused, Room, Row, StaleVersion, open_edition
from departments.restructuring.checking import breaches
from tests.factories import (
    create_design,
    create_edition,
    create_flat,
    create_function,
    create_org,
    create_relation,
    drawn,
    rows_of,
)

WHOLE = [
    "市场部",
    "  统管市场营销",
    "  市场部主任",
    "    编制预算",
    "    审批方案",
    "  公关科",
    "    公关科主任",
    "      公关专员",
    "        联络媒体",
    "  营销科",
]


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    return create_org()


@pytest.fixture(autouse=True)
def _whole(db: None) -> Iterator[None]:
    """Whatever a test did, every tree is whole afterwards."""
    yield
    assert breaches() == []


# insert


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
    write, reason = REFUSED_INSERTS[name]
    before = rows_of(org.edition)
    with translation.override("en"), pytest.raises(Refused) as refused, open_edition(org.edition) as tree:
        write(tree, org)
    assert str(refused.value) == reason
    assert rows_of(org.edition) == before
    assert org.edition.changes.count() == 1


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


# move


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
    write, reason = REFUSED_MOVES[name]
    before = rows_of(org.edition)
    with translation.override("en"), pytest.raises(Refused) as refused, open_edition(org.edition) as tree:
        write(tree, org)
    assert str(refused.value) == reason
    assert rows_of(org.edition) == before
    assert org.edition.changes.count() == 1


# edit


def test_edit_writes_the_columns_named_and_counts_the_version(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        edited = tree.edit(org.sales.uid, {"title": "销售科", "code": "SA"}, version=1)
    change = org.edition.changes.last()
    assert (edited.title, edited.code, edited.version) == ("销售科", "SA", 2)
    assert (change.verb, change.version, change.before, change.after) == (
        "edit",
        2,
        {"title": "营销科"},
        {"title": "销售科"},
    )


def test_edit_with_equal_values_writes_nothing(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        same = tree.edit(org.sales.uid, {"title": "营销科", "aliases": [], "functions": []})
    assert same.version == 1
    assert org.edition.changes.count() == 1


def test_edit_replaces_the_functions_in_order(org: SimpleNamespace) -> None:
    for order, slug in enumerate(("brand", "research", "channel")):
        create_function(slug=slug, order=order)
    with open_edition(org.edition) as tree:
        tree.edit(org.sales.uid, {"functions": ["brand", "research"]})
        edited = tree.edit(org.sales.uid, {"functions": ["channel", "brand"]})
    change = org.edition.changes.last()
    links = edited.function_links.order_by("order")
    assert list(links.values_list("function__slug", "order")) == [("channel", 0), ("brand", 1)]
    assert (edited.version, change.before, change.after) == (
        3,
        {"functions": ["brand", "research"]},
        {"functions": ["channel", "brand"]},
    )


def test_edit_from_an_older_version_is_stale_and_shows_what_is_there(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        tree.edit(org.sales.uid, {"title": "销售科"})
    with pytest.raises(StaleVersion) as stale, open_edition(org.edition) as tree:
        tree.edit(org.sales.uid, {"title": "业务科"}, version=1)
    assert (stale.value.node.title, stale.value.node.version) == ("销售科", 2)


def test_edit_after_a_move_is_not_stale(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        tree.move(org.sales.uid, under=org.pr.uid)
        assert tree.edit(org.sales.uid, {"title": "销售科"}, version=1).version == 2


@pytest.mark.parametrize(
    ("node", "changes"),
    [
        ("sales", {"parent": None}),
        ("sales", {"lft": 1}),
        ("sales", {"kind": "position"}),
        ("sales", {"uid": uuid.UUID(int=1)}),
        ("sales", {"version": 9}),
        ("sales", {"nonsense": 1}),
        ("sales", {"head": True}),
        ("sales", {"text": "做事"}),
        ("head", {"frame": True}),
        ("head", {"measure": "按月"}),
        ("budget", {"title": "预算"}),
        ("budget", {"headcount_min": 1}),
    ],
)
def test_edit_of_a_column_that_is_not_content_of_the_kind_is_refused(
    org: SimpleNamespace, node: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match=next(iter(changes))), open_edition(org.edition) as tree:
        tree.edit(getattr(org, node).uid, {"inferred": True, **changes})
    assert org.edition.changes.count() == 1


@pytest.mark.parametrize(
    ("node", "changes"),
    [
        ("sales", {"title": ""}),
        ("sales", {"code": "PR"}),
        ("budget", {"text": ""}),
        ("budget", {"section": "hobbies"}),
        ("sales", {"headcount_form": "unstated", "headcount_min": 3}),
    ],
)
def test_edit_against_a_constraint_is_stopped_by_the_database(
    org: SimpleNamespace, node: str, changes: dict[str, Any]
) -> None:
    before = rows_of(org.edition)
    with pytest.raises(IntegrityError), open_edition(org.edition) as tree:
        tree.edit(getattr(org, node).uid, changes)
    assert rows_of(org.edition) == before
    assert org.edition.changes.count() == 1


def test_edit_with_an_unknown_function_is_refused(org: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="nothing"), open_edition(org.edition) as tree:
        tree.edit(org.sales.uid, {"functions": ["nothing"]})


# the room


@pytest.mark.parametrize("status", ["in_review", "approved", "in_force", "superseded"])
def test_only_a_draft_is_written(org: SimpleNamespace, status: str) -> None:
    Edition.objects.filter(pk=org.edition.pk).update(status=status, effective_on="2026-11-22")
    with pytest.raises(NotADraft), open_edition(org.edition):  # the instance still says draft
        pass


def test_an_edition_that_is_gone_has_no_room(db: None) -> None:
    with pytest.raises(Edition.DoesNotExist), open_edition(Edition(pk=99, design=create_design(), number=1)):
        pass


def test_an_error_undoes_all_that_was_written_in_the_room(org: SimpleNamespace) -> None:

    def fail() -> None:
        with open_edition(org.edition) as tree:
            tree.remove(org.pr.uid)
            tree.edit(org.sales.uid, {"title": "销售科"})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert drawn(org.edition) == WHOLE
    assert org.edition.changes.count() == 1


LATE: dict[str, Callable[[Room, SimpleNamespace], Any]] = {
    "insert": lambda tree, org: tree.insert("department", under=org.root.uid, title="科"),
    "insert root": lambda tree, _org: tree.insert("department", title="科"),
    "move": lambda tree, org: tree.move(org.sales.uid, under=org.pr.uid),
    "edit": lambda tree, org: tree.edit(org.sales.uid, {"title": "销售科"}),
    "edit functions": lambda tree, org: tree.edit(org.sales.uid, {"functions": ["brand"]}),
    "remove": lambda tree, org: tree.remove(org.sales.uid),
    "restore": lambda tree, org: tree.restore(org.removal),
    "node": lambda tree, org: tree.node(org.sales.uid),
}


@pytest.mark.parametrize("verb", LATE)
def test_a_room_kept_after_it_closed_writes_nothing(org: SimpleNamespace, verb: str) -> None:
    with open_edition(org.edition) as tree:
        org.removal = tree.remove(org.pr.uid)
    before, changes = rows_of(org.edition), org.edition.changes.count()
    with pytest.raises(OutsideTheRoom):
        LATE[verb](tree, org)
    other = create_org(slug="other")
    with open_edition(other.edition), pytest.raises(OutsideTheRoom):
        LATE[verb](tree, org)
    assert (rows_of(org.edition), org.edition.changes.count()) == (before, changes)


def test_changes_are_numbered_in_order_within_their_edition(org: SimpleNamespace) -> None:
    create_org(slug="other")
    with open_edition(org.edition) as tree:
        tree.edit(org.sales.uid, {"title": "销售科"})
        tree.edit(org.pr.uid, {"title": "媒体科"})
    assert list(org.edition.changes.values_list("number", flat=True)) == [1, 2, 3]


def test_relations_follow_their_nodes_when_they_move(org: SimpleNamespace) -> None:
    create_relation(edition=org.edition, kind="assists", start=org.officer, end=org.head)
    with open_edition(org.edition) as tree:
        tree.move(org.pr_head.uid, under=org.sales.uid)
    relation = Relation.objects.get()
    assert (relation.start, relation.end) == (org.officer, org.head)
