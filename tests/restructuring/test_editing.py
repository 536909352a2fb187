"""Editing a node: what is written, what is refused, and whose version is stale."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError

from departments.restructuring import Refused, StaleVersion, open_edition
from tests.factories import (
    create_function,
    rows_of,
)

pytestmark = pytest.mark.usefixtures("whole_trees")


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
