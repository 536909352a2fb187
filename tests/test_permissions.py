"""Who may do what: every predicate asked for every role."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import PermissionDenied

from departments.models import Design, Edition
from departments.permissions import (
    Role,
    can_administer,
    can_adopt,
    can_approve,
    can_edit,
    can_open_draft,
    can_read,
    can_review,
    can_see_drafts,
    give,
    require,
    roles,
)

pytestmark = pytest.mark.django_db
EVERYBODY = ["reader", "editor", "reviewer", "approver", "administrator"]


def _account(*wanted: str) -> User:
    user = User.objects.create_user("-".join(wanted) or "nobody")
    give(user, *wanted)
    return user


def _edition(origin: str = "own", status: str = "draft") -> Edition:
    design = Design.objects.create(slug=f"{origin}-{status}", name="设计", origin=origin)
    return Edition.objects.create(design=design, number=1, status=status)


def _who(question) -> list[str]:
    return [role for role in EVERYBODY if question(_account(role))]


def test_the_migration_makes_a_group_for_every_role():
    for role in Role.values:
        Group.objects.get_or_create(name=role)  # a test with real transactions may have swept them away
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(EVERYBODY)


def test_who_may_do_what_with_an_own_draft():
    draft = _edition()
    answers = {
        "see": lambda user: can_see_drafts(user, draft.design),
        "edit": lambda user: can_edit(user, draft),
        "open": lambda user: can_open_draft(user, draft.design),
        "review": lambda user: can_review(user, draft),
        "approve": lambda user: can_approve(user, draft),
        "adopt": can_adopt,
        "administer": can_administer,
    }
    found = {}
    for name, question in answers.items():
        found[name] = _who(question)
        User.objects.all().delete()
    assert found == {
        "see": EVERYBODY[1:],
        "edit": ["editor", "administrator"],
        "open": ["editor", "administrator"],
        "review": ["reviewer", "approver", "administrator"],
        "approve": ["approver", "administrator"],
        "adopt": ["editor", "administrator"],
        "administer": ["administrator"],
    }


@pytest.mark.parametrize("status", ["in_review", "approved"])
def test_what_is_on_its_way_is_not_edited(status):
    assert _who(lambda user: can_edit(user, Edition.objects.first() or _edition(status=status))) == []


def test_reference_designs_are_never_edited_by_anybody():
    edition = _edition(origin="reference")
    boss = User.objects.create_superuser("boss")
    questions = [can_edit(boss, edition), can_review(boss, edition), can_approve(boss, edition)]
    assert [*questions, can_open_draft(boss, edition.design), can_see_drafts(boss, edition.design)] == [False] * 5


def test_a_superuser_has_every_role_and_who_was_let_go_has_none():
    gone = _account("administrator")
    gone.is_active = False
    assert (roles(User.objects.create_superuser("boss")), roles(gone)) == (frozenset(EVERYBODY), frozenset())


def test_an_account_may_have_several_roles_and_they_are_asked_for_once(django_assert_num_queries):
    user = User.objects.get(pk=_account("editor", "reviewer").pk)
    with django_assert_num_queries(1):
        assert [roles(user), roles(user)] == [frozenset({"editor", "reviewer"})] * 2
    with django_assert_num_queries(0):
        assert roles(AnonymousUser()) == frozenset()


def test_giving_roles_takes_the_others_and_leaves_other_groups():
    user = _account("editor")
    user.groups.add(Group.objects.create(name="choir"))
    give(user, "reader")
    assert (sorted(user.groups.values_list("name", flat=True)), roles(user)) == (["choir", "reader"], {"reader"})


def test_reading_is_public_unless_the_setting_says_otherwise(settings):
    design = _edition().design
    assert can_read(AnonymousUser(), design) is True
    settings.PUBLIC_READING = False
    assert (can_read(AnonymousUser(), design), can_read(_account(), design)) == (False, True)


def test_a_refusal_is_a_sentence():
    require(can_read(AnonymousUser(), Design()), "…")
    with pytest.raises(PermissionDenied, match="只有编辑"):
        require(can_adopt(AnonymousUser()), "只有编辑可以修改草稿。")
