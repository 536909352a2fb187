"""Who holds a position: named beside the editions, logged, seen by those whom the company lets, counted where nothing is stated."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from departments.company.holders import Named, Staffing, held_by, holders, name_holders, staffing
from departments.models import Edition, Holder, HolderChange
from departments.models.headcount import Headcount
from departments.restructuring import Refused
from departments.restructuring.adopting import adopt
from departments.restructuring.transitions import begin
from tests.factories import create_org

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("zhang", first_name="张三")


@pytest.fixture
def head(editor):
    org = create_org(in_force=True)
    org.ours = adopt(org.edition, name="本院", slug="ours", by=editor)
    org.uid = org.ours.editions.get().nodes.get(code="MK-01").uid
    return org


def name(head, editor, *people):
    return name_holders(head.ours, head.uid, people, about="主任", by=editor)


def test_people_are_named_in_order_and_every_change_is_logged(head, editor):
    assert name(head, editor, Named("李明", editor), Named("王芳"))
    assert name(head, editor, Named("王芳"))
    assert not name(head, editor, Named("王芳"))
    assert holders(head.ours.editions.get()) == {head.uid: ["王芳"]}
    assert [(change.before, change.after, change.by_name) for change in HolderChange.objects.all()] == [
        ([], ["李明 @zhang", "王芳"], "张三"),
        (["李明 @zhang", "王芳"], ["王芳"], "张三"),
    ]


def test_a_new_edition_keeps_them_and_none_is_needed(head, editor):
    name(head, editor, Named("王芳"))
    edition = head.ours.editions.get()
    type(edition).objects.filter(pk=edition.pk).update(status="in_force", effective_on="2026-01-01")
    draft = begin(head.ours, by=editor)
    assert (draft.nodes.filter(uid=head.uid).exists(), draft.changes.count()) == (True, 0)
    assert holders(edition) == holders(draft) == {head.uid: ["王芳"]}


def test_a_superseded_edition_names_those_of_its_last_day(head, editor, django_assert_num_queries):
    name(head, editor, Named("李明", editor), Named("赵一"))
    name(head, editor, Named("王芳"))
    noon = datetime.time(12, tzinfo=timezone.get_current_timezone())
    days = [datetime.datetime.combine(datetime.date(2026, 5, day), noon) for day in (31, 1)]
    for change in HolderChange.objects.all():
        HolderChange.objects.filter(pk=change.pk).update(at=days.pop())
    Holder.objects.create(design=head.ours, uid=head.press.uid, name="钱二")  # nobody knows since when
    first = head.ours.editions.get()
    Edition.objects.filter(pk=first.pk).update(status="superseded", effective_on="2026-01-01")
    assert holders(Edition.objects.get(pk=first.pk)) == {}  # no day is known
    second = head.ours.editions.create(number=2, status="in_force", effective_on="2026-07-01")
    assert holders(second) == {head.uid: ["王芳"], head.press.uid: ["钱二"]}
    for day, held in (("2026-05-01", {}), ("2026-05-02", ["李明", "赵一"]), ("2026-06-01", ["王芳"])):
        Edition.objects.filter(pk=second.pk).update(effective_on=day)
        superseded = Edition.objects.get(pk=first.pk)
        with django_assert_num_queries(2):
            assert holders(superseded) == ({head.uid: held} if held else {})


def test_who_leaves_keeps_the_name(head, editor):
    li = User.objects.create_user("li")
    name(head, editor, Named("李明", li))
    assert [one.design for one in held_by(li)] == [head.ours]
    li.delete()
    assert Holder.objects.get().account is None
    assert holders(head.ours.editions.get()) == {head.uid: ["李明"]}


def test_a_reference_has_no_holders_and_nobody_holds_a_place_twice(head, editor):
    with pytest.raises(Refused):
        name_holders(head.design, head.head.uid, [Named("王芳")], about="主任", by=editor)
    with pytest.raises(Refused):
        name(head, editor, Named("张", editor), Named("三", editor))
    with pytest.raises(Refused):
        name(head, editor, *[Named("王芳")] * 100)
    assert not Holder.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "李", "order": 0}, {"name": "李", "order": 1, "account": True}]
)
def test_the_database_holds_to_it(head, editor, wrong):
    name(head, editor, Named("张三", editor))
    values = wrong | ({"account": editor} if wrong.get("account") else {})
    with pytest.raises(IntegrityError), transaction.atomic():
        Holder.objects.create(design=head.ours, uid=head.uid, **{"order": 2, **values})


@pytest.mark.parametrize(
    ("headcount", "named", "expected"),
    [
        (Headcount("number", 3, 3), 2, Staffing(2, 1, follows=True)),
        (Headcount("number", 3, 3, filled=1), 2, Staffing(1, 2, follows=False)),
        (Headcount("range", 2, 4), 3, Staffing(3, 0, follows=True)),
        (Headcount("as_needed"), 1, Staffing(1, None, follows=True)),
        (Headcount("number", 3, 3), 0, None),
        (Headcount("number", 3, 3, filled=0), 0, Staffing(0, 3, follows=False)),
    ],
)
def test_how_a_position_is_staffed(headcount, named, expected):
    assert staffing(headcount, named) == expected
