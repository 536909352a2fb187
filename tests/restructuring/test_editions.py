"""Drafts are copies that keep every uid; putting in force copies nothing and happens once."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import translation

from departments.models import Edition, NodeFunction, Relation, Step
from departments.restructuring import (
    NotADraft,
    Refused,
    open_draft,
    open_edition,
    put_in_force,
    start_edition,
)
from departments.restructuring.checking import breaches
from tests.factories import (
    TODAY,
    create_design,
    create_edition,
    create_flat,
    create_function,
    create_org,
    create_process,
    create_relation,
    create_step,
    publish,
    rows_of,
)


def content(edition: Edition) -> list[Any]:
    """Return all that an edition holds, without primary keys and without its own."""
    relation = [field.attname for field in Relation._meta.concrete_fields if field.attname[-3:] != "_id"][1:]
    step = [field.attname for field in Step._meta.concrete_fields if field.attname not in ("id", "process_id")]
    links = NodeFunction.objects.filter(node__edition=edition).order_by("node__lft", "order")
    return [
        [{**row, "edition_id": 0, "tree_id": 0} for row in rows_of(edition)],
        list(links.values_list("node__uid", "function__slug", "order")),
        list(Relation.objects.filter(edition=edition).order_by("order").values(*relation, "start__uid", "end__uid")),
        list(
            edition.processes.values("number", "name", "name_en", "owner", "summary", "lead_time", "basis", "ordered")
        ),
        list(Step.objects.filter(process__edition=edition).values(*step, "process__number")),
    ]


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    """An organisation with everything an edition can hold, in force."""
    org = create_org()
    create_function(slug="brand")
    with open_edition(org.edition) as tree:
        tree.edit(org.pr.uid, {"functions": ["brand"], "remarks": [{"label": "备注", "text": "兼"}]})
    create_relation(edition=org.edition, order=1, kind="works_with", start=org.head, end=org.officer)
    create_relation(edition=org.edition, order=2, kind="reports_to", start=org.head, outside="院长", superior=True)
    process = create_process(edition=org.edition, number=1, name="投诉处理", basis="inferred")
    create_step(process=process, number=1, who=[{"node": org.officer.uid.hex}], action="受理")
    publish(org.edition)
    return org


def test_open_draft_copies_the_edition_in_force_with_every_uid(org: SimpleNamespace) -> None:
    draft = open_draft(org.design)
    assert (draft.number, draft.status, draft.design) == (2, "draft", org.design)
    assert content(draft) == content(org.edition)
    assert set(draft.nodes.values_list("pk")) & set(org.edition.nodes.values_list("pk")) == set()
    assert breaches() == []


def test_open_draft_gives_the_one_that_is_open(org: SimpleNamespace) -> None:
    draft = open_draft(org.design)
    with open_edition(draft) as tree:
        tree.remove(org.pr.uid)
    assert open_draft(org.design) == draft
    assert draft.nodes.count() == 6


def test_open_draft_of_a_design_with_nothing_in_force_finds_nothing_to_copy(db: None) -> None:
    with pytest.raises(Edition.DoesNotExist):
        open_draft(create_design())


def test_a_draft_is_written_without_touching_the_edition_in_force(org: SimpleNamespace) -> None:
    before = content(org.edition)
    draft = open_draft(org.design)
    with open_edition(draft) as tree:
        tree.remove(org.pr.uid)
        tree.edit(org.head.uid, {"title": "市场总监"})
        tree.move(org.sales.uid, under=org.root.uid, before=org.charge.uid)
    assert content(org.edition) == before


@pytest.mark.parametrize("positions", [1, 3])
def test_open_draft_copies_in_bulk(db: None, django_assert_num_queries: Any, positions: int) -> None:
    design = create_design()
    edition = create_edition(design=design)
    create_flat(edition, positions=positions)
    publish(edition)
    # Savepoint, design; open? in force; number; edition; root, branch, functions; keys, nodes; relations; ends; processes,
    # steps; release.
    with django_assert_num_queries(15):
        open_draft(design)


def test_open_draft_of_1000_positions_costs_no_more_queries(db: None, django_assert_num_queries: Any) -> None:
    design = create_design()
    edition = create_edition(design=design)
    create_flat(edition, positions=1000)
    publish(edition)
    with django_assert_num_queries(15):
        draft = open_draft(design)
    assert content(draft) == content(edition)


def test_start_edition_beside_an_open_one_is_stopped_by_the_database(org: SimpleNamespace) -> None:
    open_draft(org.design)
    with pytest.raises(IntegrityError):
        start_edition(org.design)


def test_put_in_force_supersedes_the_edition_before(org: SimpleNamespace) -> None:
    draft = open_draft(org.design)
    later = TODAY + datetime.timedelta(days=1)
    assert put_in_force(draft, on=later).status == "in_force"
    assert list(org.design.editions.values_list("number", "status", "effective_on")) == [
        (1, "superseded", TODAY),
        (2, "in_force", later),
    ]


def test_put_in_force_keeps_the_rows_that_were_written(org: SimpleNamespace, django_assert_num_queries: Any) -> None:
    draft = open_draft(org.design)
    pks = list(draft.nodes.values_list("pk", flat=True))
    # savepoint, design, old, new, empty?; what the search finds: rows before, 3 for the outline, away, anew; release, refresh
    with django_assert_num_queries(13):
        put_in_force(draft, on=TODAY)
    assert list(draft.nodes.values_list("pk", flat=True)) == pks


def test_put_in_force_twice_says_so_and_leaves_it_in_force(org: SimpleNamespace) -> None:
    with pytest.raises(NotADraft):
        put_in_force(org.edition, on=TODAY + datetime.timedelta(days=9))
    org.edition.refresh_from_db()
    assert (org.edition.status, org.edition.effective_on) == ("in_force", TODAY)


def test_put_in_force_of_a_superseded_edition_leaves_the_newer_in_force(org: SimpleNamespace) -> None:
    draft = open_draft(org.design)
    publish(draft)
    with pytest.raises(NotADraft):
        publish(org.edition)
    assert list(org.design.editions.values_list("number", "status")) == [(1, "superseded"), (2, "in_force")]


@pytest.mark.parametrize(
    ("origin", "status", "goes"),
    [
        ("reference", "draft", True),
        ("reference", "in_review", False),
        ("reference", "approved", False),
        ("own", "draft", False),
        ("own", "in_review", False),
        ("own", "approved", True),
    ],
)
def test_put_in_force_of_an_own_design_needs_approval(db: None, origin: str, status: str, goes: bool) -> None:
    org = create_org(origin=origin)
    Edition.objects.filter(pk=org.edition.pk).update(status=status)
    if goes:
        assert publish(org.edition).status == "in_force"
    else:
        with pytest.raises(NotADraft):
            publish(org.edition)
        org.edition.refresh_from_db()
        assert org.edition.status == status


def test_put_in_force_of_an_empty_edition_is_refused(db: None) -> None:
    edition = create_edition()
    with translation.override("en"), pytest.raises(Refused, match=r"^The edition is empty\.$"):
        publish(edition)
    edition.refresh_from_db()
    assert edition.status == "draft"


@pytest.mark.parametrize("act", [lambda org: publish(org.edition), lambda org: open_draft(org.design)])
def test_statuses_change_outside_the_room_only(db: None, act: Any) -> None:
    org = create_org()
    with pytest.raises(RuntimeError, match="Leave"), open_edition(org.edition):
        act(org)


def test_what_is_in_force_is_not_written(org: SimpleNamespace) -> None:
    with pytest.raises(NotADraft), open_edition(org.edition):
        pass
