"""A company's own design from a reference one: new uids, origins remembered, nothing lost, the reference untouched."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from departments.models import Classification, Design, Edition, Node, Step
from departments.restructuring import Refused
from departments.restructuring.adopting import adopt, recoded
from departments.restructuring.checking import breaches
from departments.restructuring.transitions import begin
from tests.factories import (
    create_design,
    create_org,
    create_process,
    create_relation,
    create_step,
    drawn,
    entries,
    rows_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhang() -> User:
    return User.objects.create_user("zhang", first_name="张三")


@pytest.fixture
def org(zhang):
    org = create_org()
    design = org.design
    design.summary, design.strengths, design.kind = "概要", ["清楚"], Design.Kind.COMPLETE
    design.save()
    Classification.objects.create(design=design, facet="sizes", value="small")
    create_relation(edition=org.edition, kind="works_with", start=org.officer, end=org.head, about="对接", order=1)
    create_relation(edition=org.edition, kind="works_with", start=org.officer, outside="媒体", about="供稿", order=2)
    create_relation(edition=org.edition, kind="assists", start=org.head, end=org.officer, about="指导", order=3)
    process = create_process(edition=org.edition, number=1, name="发稿")
    who = [{"node": org.officer.uid.hex}, {"node": org.head.uid.hex}, {"text": "总经理"}]
    create_step(process=process, number=1, who=who, action="写")
    other = create_process(edition=org.edition, number=2, name="预算")
    create_step(process=other, number=1, who=[{"node": org.head.uid.hex}], action="编")
    Edition.objects.filter(pk=org.edition.pk).update(status="in_force", effective_on="2026-01-01")
    org.edition.refresh_from_db()
    return org


def _adopt(org, zhang, **more) -> Edition:
    design = adopt(org.edition, name="本院市场部", slug="ours", by=zhang, **more)
    return design.editions.get()


def test_the_whole_is_copied_under_a_name_of_its_own(org, zhang):
    before = rows_of(org.edition)
    draft = _adopt(org, zhang)
    design = draft.design
    assert (design.name, design.slug, design.origin, design.kind) == ("本院市场部", "ours", "own", "complete")
    assert (design.summary, design.strengths, design.adopted_from) == ("概要", ["清楚"], org.edition)
    assert list(design.classifications.values_list("facet", "value")) == [("sizes", "small")]
    assert (draft.number, draft.status, drawn(draft)) == (1, "draft", drawn(org.edition))
    assert (rows_of(org.edition), breaches()) == (before, [])


def test_uids_are_new_and_origins_are_remembered(org, zhang):
    draft = _adopt(org, zhang)
    ours = {node.title or node.text: node for node in draft.nodes.all()}
    theirs = {node.title or node.text: node for node in org.edition.nodes.all()}
    assert {name: node.origin_uid for name, node in ours.items()} == {
        name: node.uid.hex for name, node in theirs.items()
    }
    assert {node.origin_edition_id for node in ours.values()} == {org.edition.pk}
    assert not {node.uid for node in ours.values()} & {node.uid for node in theirs.values()}
    assert {name: node.code for name, node in ours.items()} == {name: node.code for name, node in theirs.items()}


def test_origins_stay_when_a_draft_is_opened(org, zhang):
    first = _adopt(org, zhang)
    Edition.objects.filter(pk=first.pk).update(status="in_force", effective_on="2026-01-01")
    second = begin(first.design, by=zhang)
    assert rows_of_content(second) == rows_of_content(first)


def test_relations_and_processes_speak_of_the_copies(org, zhang):
    draft = _adopt(org, zhang)
    lines = [
        (str(relation.start), str(relation.end or relation.outside), relation.about, relation.start.edition_id)
        for relation in draft.relations.select_related("start", "end")
    ]
    assert lines == [
        ("公关专员", "市场部主任", "对接", draft.pk),
        ("公关专员", "媒体", "供稿", draft.pk),
        ("市场部主任", "公关专员", "指导", draft.pk),
    ]
    assert _who(draft) == [["公关专员", "市场部主任", "总经理"], ["市场部主任"]]


def test_a_branch_becomes_a_design_and_who_stays_behind_a_party_outside(org, zhang):
    draft = _adopt(org, zhang, branch=org.pr.uid)
    assert drawn(draft) == ["公关科", "  公关科主任", "    公关专员", "      联络媒体"]
    lines = [(str(relation.start), str(relation.end or ""), relation.outside) for relation in draft.relations.all()]
    assert lines == [("公关专员", "", "市场部主任"), ("公关专员", "", "媒体")]
    assert _who(draft) == [["公关专员", "=市场部主任", "总经理"]]
    design = draft.design
    assert (design.kind, design.summary, design.classifications.count()) == ("single_department", "", 0)


def test_own_codes_begin_with_the_companys_prefix(org, zhang):
    draft = _adopt(org, zhang, prefix="GX")
    codes = draft.nodes.exclude(code="").order_by("lft").values_list("code", flat=True)
    assert list(codes) == ["GX", "GX-01", "GX-PR", "GX-PR-01", "GX-PR-02", "GX-SA"]


@pytest.mark.parametrize(
    ("codes", "own"),
    [
        (["MK", "MK-PR", "MKT"], ["GX", "GX-PR", "GX-MKT"]),
        (["MK", "MK-PR", "PR"], ["GX-MK", "GX-MK-PR", "GX-PR"]),
        ([], []),
    ],
)
def test_two_codes_never_become_one(codes, own):
    assert list(recoded(codes, "GX").values()) == own


def test_a_code_that_becomes_too_long_is_refused_and_nothing_is_left(org, zhang):
    with pytest.raises(Refused):
        recoded(["MK", "X" * 30], "G" * 10)


def test_only_a_department_becomes_a_design(org, zhang):
    with pytest.raises(Refused):
        _adopt(org, zhang, branch=org.head.uid)
    assert Design.objects.count() == 1


def test_empty_is_one_department_to_begin_with(zhang):
    design = adopt(None, name="新公司", slug="new", by=zhang)
    assert (drawn(design.editions.get()), design.origin, design.adopted_from) == (["新公司"], "own", None)


def test_adopting_twice_gives_two_designs(org, zhang):
    first = _adopt(org, zhang)
    second = adopt(org.edition, name="另一个", slug="other", by=zhang).editions.get()
    assert not set(first.nodes.values_list("uid")) & set(second.nodes.values_list("uid"))


def test_a_slug_in_use_leaves_nothing_behind(org, zhang):
    create_design(slug="ours")
    nodes = Node.tree.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        _adopt(org, zhang)
    assert (Node.tree.count(), Design.objects.count()) == (nodes, 2)


def test_who_adopted_stands_in_the_record(org, zhang):
    step = _adopt(org, zhang).transitions.get()
    assert (step.before, step.after, step.by, step.name) == ("", "draft", zhang, "张三")
    assert "医院市场部" in step.note


def _who(edition: Edition) -> list[list[str]]:
    """Return who acts in every step; a name that is now text only, though it was a node, with = before it."""
    titles = {entry.uid.hex: title for title, entry in entries(edition).items()}
    titled = ("市场部主任", "公关专员")
    return [
        [
            titles[one["node"]] if "node" in one else f"={one['text']}" if one["text"] in titled else one["text"]
            for one in step.who
        ]
        for step in Step.objects.filter(process__edition=edition).order_by("process__number", "number")
    ]


def rows_of_content(edition: Edition) -> list[tuple]:
    return list(edition.nodes.order_by("lft").values_list("uid", "title", "text", "origin_uid", "origin_edition_id"))
