"""Several changes as one: said as one, taken back whole or not at all, done again whole; and cheap to log."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from departments.models import Change, Edition
from departments.restructuring import Refused, Room, open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.undoing import undo
from tests.factories import create_edition, create_flat, create_org, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def org() -> SimpleNamespace:
    return create_org()


def last(edition: Edition) -> Change:
    """Return the last change that is no part of another."""
    return edition.changes.filter(group=None).latest("number")


def content(edition: Edition) -> list[dict[str, Any]]:
    """Return the rows of the tree without their versions: an undo is a change too."""
    return [{name: value for name, value in row.items() if name != "version"} for row in rows_of(edition)]


def reorganise(tree: Room, org: SimpleNamespace) -> None:
    """Use every verb, each on what another has touched."""
    desk = tree.insert("position", under=org.sales.uid, title="内勤", code="SA-01")
    tree.insert("duty", under=desk.uid, text="整理合同")
    tree.edit(desk.uid, {"title": "销售内勤", "code": "SA-02"})
    tree.move(org.press.uid, under=desk.uid)
    tree.edit(org.press.uid, {"text": "联络客户"})
    removed = tree.remove(org.pr.uid)
    tree.restore(removed)
    tree.remove(org.officer.uid)
    tree.move(org.sales.uid, under=org.root.uid, before=org.pr.uid)


def abandon(tree: Room, org: SimpleNamespace) -> None:
    """Begin to reorganise, and want what is refused."""
    reorganise(tree, org)
    tree.remove(org.root.uid)


def test_a_group_is_one_change_with_its_parts(org):
    begun = org.edition.changes.count()
    with open_edition(org.edition) as tree, tree.together("重组销售", about=org.sales.uid):
        reorganise(tree, org)
    group, *parts = org.edition.changes.filter(number__gt=begun)
    assert (group.verb, group.note, group.node_uid, group.after) == ("group", "重组销售", org.sales.uid, {"parts": 9})
    assert [part.verb for part in parts] == [
        *("insert", "insert", "edit", "move", "edit", "remove", "restore", "remove", "move"),
    ]
    assert {part.group for part in parts} == {group}
    assert [change.number for change in (group, *parts)] == list(range(begun + 1, begun + 11))
    assert parts[6].undoes == parts[5]
    assert breaches() == []


def test_it_is_taken_back_done_again_and_taken_back_again(org):
    before = content(org.edition)
    with open_edition(org.edition) as tree, tree.together("重组销售"):
        reorganise(tree, org)
    after = content(org.edition)
    assert after != before
    for expected in (before, after, before):
        group = last(org.edition)
        with open_edition(org.edition) as tree:
            undo(tree, group)
        assert content(org.edition) == expected
        assert breaches() == []
        undone = last(org.edition)
        assert (undone.undoes, undone.note) == (group, "重组销售")
        assert [part.undoes for part in undone.parts.all()] == list(group.parts.order_by("-number"))


def test_what_was_changed_since_refuses_the_whole_with_its_reason(org):
    with open_edition(org.edition) as tree:
        with tree.together("换词"):
            tree.edit(org.budget.uid, {"text": "编制年度预算"})
            tree.edit(org.press.uid, {"text": "联络各媒体"})
        tree.edit(org.budget.uid, {"text": "编制季度预算"})
    before, changes = rows_of(org.edition), org.edition.changes.count()
    group = org.edition.changes.get(verb="group")
    with (
        open_edition(org.edition) as tree,
        translation.override("en"),
    ):  # inside the room, where nothing else rolls back
        with pytest.raises(Refused) as refused:
            undo(tree, group)
        assert str(refused.value) == "Nothing was taken back. “编制季度预算”: It was changed again since."
        tree.edit(org.head.uid, {"grade": "M3"})
    assert org.edition.changes.count() == changes + 1
    with open_edition(org.edition) as tree:
        undo(tree, last(org.edition))
    assert [{**row, "version": 0} for row in rows_of(org.edition)] == [{**row, "version": 0} for row in before]


def test_a_code_in_use_by_now_refuses_the_whole(org):
    with open_edition(org.edition) as tree:
        with tree.together("换编号"):
            tree.edit(org.budget.uid, {"text": "编制年度预算"})
            tree.edit(org.officer.uid, {"code": "PR-20"})
        tree.insert("position", under=org.pr.uid, title="媒介专员", code="PR-02")
    before = rows_of(org.edition)
    with open_edition(org.edition) as tree, translation.override("en"):
        with pytest.raises(Refused) as refused:
            undo(tree, org.edition.changes.get(verb="group"))
        assert str(refused.value) == "Nothing was taken back. “公关专员”: Its code is in use by now."
    assert rows_of(org.edition) == before


def test_a_part_is_not_taken_back_alone_and_nothing_twice(org):
    with open_edition(org.edition) as tree:
        with tree.together("换词"):
            tree.edit(org.budget.uid, {"text": "编制年度预算"})
        group = last(org.edition)
        with translation.override("en"), pytest.raises(Refused) as refused:
            undo(tree, group.parts.get())
        assert str(refused.value) == f"This is a part of change {group.number}. Take that back as a whole."
        undo(tree, group)
        with translation.override("en"), pytest.raises(Refused) as refused:
            undo(tree, group)
        assert str(refused.value) == "This change has been taken back already."


def test_a_block_that_raises_leaves_nothing_behind(org):
    before, changes = rows_of(org.edition), org.edition.changes.count()
    with open_edition(org.edition) as tree:
        with pytest.raises(Refused), tree.together("重组销售"):
            abandon(tree, org)
        tree.edit(org.head.uid, {"grade": "M3"})
    assert [change.number for change in org.edition.changes.all()] == list(range(1, changes + 2))
    assert last(org.edition).group is None
    with open_edition(org.edition) as tree:
        tree.edit(org.head.uid, {"grade": ""})
    assert [{**row, "version": 0} for row in rows_of(org.edition)] == [{**row, "version": 0} for row in before]


def test_a_block_that_changes_nothing_is_no_change(org):
    changes = org.edition.changes.count()
    with open_edition(org.edition) as tree, tree.together("换词"):
        tree.edit(org.budget.uid, {"text": "编制预算"})
    assert org.edition.changes.count() == changes


def test_a_group_inside_a_group_joins_it(org):
    with open_edition(org.edition) as tree, tree.together("合并"):
        tree.edit(org.budget.uid, {"text": "编制年度预算"})
        with tree.together("换词"):
            tree.edit(org.press.uid, {"text": "联络各媒体"})
    group = last(org.edition)
    assert (group.note, group.parts.count()) == ("合并", 2)


@pytest.mark.parametrize("parts", [1, 300])
def test_logging_parts_costs_next_to_nothing(parts):
    edition = create_edition()
    create_flat(edition, positions=300)
    uids = list(edition.nodes.filter(kind="position").values_list("uid", flat=True)[:parts])
    with open_edition(edition) as tree, CaptureQueriesContext(connection) as queries, tree.together("职级"):
        for uid in uids:
            tree.edit(uid, {"grade": "P5"})
    asked = [query["sql"] for query in queries if "departments_change" in query["sql"]]
    inserts = [sql for sql in asked if sql.startswith("INSERT")]
    rows = connection.features.max_query_params  # of one statement, in values
    assert len(asked) - len(inserts) == 1  # the last number
    assert len(inserts) <= 1 + (1 if not rows else -(-parts // (rows // 15)))
