"""The way of an own edition: every step, who may not take it, what is recorded."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from departments.booklets import signatures
from departments.models import Comment, Edition
from departments.restructuring import NotADraft, Refused, open_edition
from departments.restructuring.transitions import (
    approve,
    begin,
    begin_from,
    endorse,
    name_of,
    publish,
    put_due_in_force,
    send_back,
    submit,
    submitted_by,
)
from tests.factories import create_design, create_edition, create_org, drawn

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@pytest.fixture
def zhang() -> User:
    return User.objects.create_user("zhang", first_name="张三")


@pytest.fixture
def li() -> User:
    return User.objects.create_user("li", first_name="李四")


@pytest.fixture
def org():
    return create_org(origin="own")


def _steps(edition: Edition) -> list[tuple[str, str, str]]:
    return list(edition.transitions.values_list("before", "after", "name"))


def _in_force(org, zhang, li, on=TODAY) -> Edition:
    edition = org.design.editions.open().get()
    submit(edition, by=zhang)
    approve(edition, by=li)
    publish(edition, by=li, on=on)
    return edition


def test_the_whole_way_is_recorded_with_names(org, zhang, li):
    edition = org.edition
    submit(edition, by=zhang, note="请审")
    send_back(edition, by=li, note="补职责")
    submit(edition, by=zhang)
    approve(edition, by=li)
    publish(edition, by=li, on=TODAY)
    edition.refresh_from_db()
    assert (edition.status, edition.effective_on) == ("in_force", TODAY)
    assert _steps(edition) == [
        ("draft", "in_review", "张三"),
        ("in_review", "draft", "李四"),
        ("draft", "in_review", "张三"),
        ("in_review", "approved", "李四"),
        ("approved", "in_force", "李四"),
    ]
    assert list(edition.transitions.values_list("note", flat=True)) == ["请审", "补职责", "", "", ""]


def test_the_next_edition_supersedes_the_one_before(org, zhang, li):
    first = _in_force(org, zhang, li)
    draft = begin(org.design, by=zhang)
    assert (draft.number, drawn(draft)) == (2, drawn(first))
    _in_force(org, zhang, li)
    first.refresh_from_db()
    assert (first.status, _steps(first)[-1]) == ("superseded", ("in_force", "superseded", "李四"))
    assert _steps(draft)[0] == ("", "draft", "张三")


def test_beginning_twice_gives_the_same_draft_recorded_once(org, zhang, li):
    _in_force(org, zhang, li)
    assert begin(org.design, by=zhang) == begin(org.design, by=li)
    assert _steps(begin(org.design, by=zhang)) == [("", "draft", "张三")]


def test_what_is_handed_in_is_written_by_nobody(org, zhang):
    submit(org.edition, by=zhang)
    with pytest.raises(NotADraft), open_edition(org.edition):
        pass
    send_back(org.edition, by=zhang, note="再改")
    with open_edition(org.edition) as tree:
        tree.edit(org.root.uid, {"title": "市场中心"})


@pytest.mark.parametrize(
    ("status", "permitted"),
    [
        ("draft", ["submit"]),
        ("in_review", ["send_back", "approve"]),
        ("approved", ["send_back", "publish"]),
        ("in_force", []),
        ("superseded", []),
    ],
)
def test_every_step_starts_from_its_own_status_only(org, zhang, li, status, permitted):
    steps = {
        "submit": lambda: submit(org.edition, by=zhang),
        "send_back": lambda: send_back(org.edition, by=li, note="…"),
        "approve": lambda: approve(org.edition, by=li),
        "publish": lambda: publish(org.edition, by=li, on=TODAY),
    }
    done = []
    for name, step in steps.items():
        Edition.objects.filter(pk=org.edition.pk).update(status=status, effective_on=TODAY)
        try:
            step()
            done.append(name)
        except Refused:
            org.edition.refresh_from_db()
            assert org.edition.status == status
    assert (done, org.edition.transitions.count()) == (permitted, len(permitted))


def test_an_empty_edition_is_not_handed_in(zhang):
    with pytest.raises(Refused):
        submit(create_edition(design=create_design(origin="own")), by=zhang)


def test_reference_designs_go_no_way(zhang):
    org = create_org(in_force=True)
    for step in (lambda: begin(org.design, by=zhang), lambda: begin_from(org.edition, by=zhang)):
        with pytest.raises(Refused):
            step()
    draft = create_org(slug="other").edition
    with pytest.raises(Refused):
        submit(draft, by=zhang)


def test_who_submitted_cannot_approve_unless_the_office_is_of_one(org, zhang, settings):
    submit(org.edition, by=zhang)
    with pytest.raises(Refused):
        approve(org.edition, by=zhang)
    settings.ONE_PERSON_OFFICE = True
    approve(org.edition, by=zhang)
    assert list(org.edition.transitions.values_list("after", "alone")) == [("in_review", False), ("approved", True)]


def test_it_is_the_last_submission_that_counts(org, zhang, li):
    submit(org.edition, by=zhang)
    send_back(org.edition, by=li, note="…")
    submit(org.edition, by=li)
    assert submitted_by(org.edition) == li
    approve(org.edition, by=zhang)


def test_open_comments_stop_approval_unless_waived_by_name(org, zhang, li):
    Comment.objects.create(design=org.design, uid=org.press.uid, about="联络媒体", text="含糊", by=li, name="李四")
    submit(org.edition, by=zhang)
    with pytest.raises(Refused):
        approve(org.edition, by=li)
    assert Edition.objects.get(pk=org.edition.pk).status == "in_review"
    approve(org.edition, by=li, waive=True)
    comment = Comment.objects.get()
    assert (comment.waived, comment.closed_name, comment.closed_by) == (True, "李四", li)
    assert org.edition.transitions.last().note == "带 1 条未解决的批注"


def test_a_return_says_why(org, zhang, li):
    submit(org.edition, by=zhang)
    with pytest.raises(Refused):
        send_back(org.edition, by=li, note="  ")


def test_no_edition_comes_into_force_ahead_of_its_day_or_before_the_last(org, zhang, li):
    edition = _in_force(org, zhang, li, on=TODAY + DAY)
    edition.refresh_from_db()
    assert (edition.status, edition.effective_on, put_due_in_force()) == ("approved", TODAY + DAY, [])
    publish(org.edition, by=li, on=TODAY)
    begin(org.design, by=zhang)
    with pytest.raises(Refused):
        _in_force(org, zhang, li, on=TODAY - datetime.timedelta(days=1))


def test_what_is_due_comes_in_force_once_signed_by_who_set_the_date(org, zhang, li):
    first = _in_force(org, zhang, li)
    begin(org.design, by=zhang)
    second = _in_force(org, zhang, li, on=TODAY + 3 * DAY)
    assert put_due_in_force(TODAY + 2 * DAY) == []
    li.delete()
    assert put_due_in_force(TODAY + 5 * DAY) == [second]
    assert put_due_in_force(TODAY + 5 * DAY) == []
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status, second.effective_on) == ("superseded", "in_force", TODAY + 3 * DAY)
    assert _steps(second)[-2:] == [("approved", "approved", "李四"), ("approved", "in_force", "李四")]
    on = {day: org.design.editions.in_force_on(TODAY + day * DAY).first() for day in (-1, 0, 2, 3)}
    assert on == {-1: None, 0: first, 2: first, 3: second}


def test_a_date_is_changed_until_it_comes_and_ends_with_the_approval(org, zhang, li):
    edition = _in_force(org, zhang, li, on=TODAY + DAY)
    with pytest.raises(Refused):
        publish(edition, by=li, on=TODAY + DAY)
    publish(edition, by=li, on=TODAY + 2 * DAY)
    assert put_due_in_force(TODAY + DAY) == []
    send_back(edition, by=li, note="再改")
    edition.refresh_from_db()
    assert (edition.status, edition.effective_on, put_due_in_force(TODAY + 2 * DAY)) == ("draft", None, [])


def test_review_is_signed_once_by_somebody_else(org, zhang, li, settings):
    with pytest.raises(Refused):
        endorse(org.edition, by=li)
    submit(org.edition, by=zhang)
    with pytest.raises(Refused):
        endorse(org.edition, by=zhang)
    endorse(org.edition, by=li)
    with pytest.raises(Refused):
        endorse(org.edition, by=li)
    assert submitted_by(org.edition) == zhang
    send_back(org.edition, by=li, note="补")
    submit(org.edition, by=zhang)
    endorse(org.edition, by=li)
    settings.ONE_PERSON_OFFICE = True
    endorse(org.edition, by=zhang)
    assert org.edition.transitions.last().alone is True


def test_paper_is_signed_by_who_took_the_last_steps(org, zhang, li):
    def signed() -> list[str]:
        return [one.name for one in signatures(Edition.objects.get(pk=org.edition.pk))]

    wang = User.objects.create_user("wang", first_name="王五")
    submit(org.edition, by=li)
    endorse(org.edition, by=wang)
    send_back(org.edition, by=wang, note="补")
    assert signed() == ["", "", "", ""]
    submit(org.edition, by=zhang)
    assert signed() == ["张三", "", "", ""]
    endorse(org.edition, by=wang)
    approve(org.edition, by=li)
    publish(org.edition, by=wang, on=TODAY)
    assert signed() == ["张三", "王五", "李四", ""]
    assert {one.on for one in signatures(org.edition)[:3]} == {timezone.localtime().date()}


def test_a_past_edition_is_brought_back_as_a_draft(org, zhang, li):
    first = _in_force(org, zhang, li)
    draft = begin(org.design, by=zhang)
    with pytest.raises(Refused):
        begin_from(first, by=zhang)
    with open_edition(draft) as tree:
        tree.remove(org.pr.uid)
    _in_force(org, zhang, li)
    first.refresh_from_db()
    third = begin_from(first, by=zhang)
    assert (third.number, drawn(third)) == (3, drawn(first))
    assert set(third.nodes.values_list("uid")) == set(first.nodes.values_list("uid"))


def test_a_step_is_signed_with_the_name_else_the_account(zhang):
    assert [name_of(user) for user in (zhang, User(username="li"), None)] == ["张三", "li", ""]
