"""The room: what it lets in, and that it is one change, closed afterwards."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from departments.models import Edition, Relation
from departments.models.guard import OutsideTheRoom
from departments.restructuring import NotADraft, Room, open_edition
from tests.factories import (
    WHOLE,
    create_design,
    create_org,
    create_relation,
    drawn,
    rows_of,
)

pytestmark = pytest.mark.usefixtures("whole_trees")


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
