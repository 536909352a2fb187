"""Who may do what: the roles, one predicate a question, and what a view says to those who may not.

What one may not see is 404; what one may see but not do is 403 in plain words; a stranger is sent to sign in. Reading is
public or for everybody who is signed in (PUBLIC_READING). Reference designs are read and never edited.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group
from django.contrib.auth.models import User as Account
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from departments.models import Design, Edition

__all__ = [
    "Account",
    "ReadingMiddleware",
    "Role",
    "User",
    "account",
    "can_administer",
    "can_adopt",
    "can_approve",
    "can_edit",
    "can_open_draft",
    "can_read",
    "can_review",
    "can_see_drafts",
    "give",
    "login_required",
    "require",
    "roles",
]

User = AbstractBaseUser | AnonymousUser


class Role(TextChoices):
    """What people are here for: Django groups of these names. An account may have several."""

    READER = "reader", _("reader")
    EDITOR = "editor", _("editor")
    REVIEWER = "reviewer", _("reviewer")
    APPROVER = "approver", _("approver")
    ADMINISTRATOR = "administrator", _("administrator")


def roles(user: User) -> frozenset[str]:
    """Return the account's roles; a superuser has all. 1 query the first time, none for strangers."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if getattr(user, "is_superuser", False):
        return frozenset(Role.values)
    known: frozenset[str] | None = user.__dict__.get("known_roles")
    if known is None:
        known = frozenset(Group.objects.filter(user=user.pk, name__in=Role.values).values_list("name", flat=True))
        user.__dict__["known_roles"] = known  # lives as long as the request
    return known


def give(user: AbstractBaseUser, *wanted: str) -> None:
    """Give an account these roles and no others."""
    groups = [Group.objects.get_or_create(name=Role(role))[0] for role in wanted]
    user.groups.set([*user.groups.exclude(name__in=Role.values), *groups])  # type: ignore[attr-defined]
    user.__dict__.pop("known_roles", None)


def can_read(user: User, design: Design) -> bool:  # noqa: ARG001  # one answer for every design, so far
    """Whether the editions of the design that are or were in force may be read."""
    return settings.PUBLIC_READING or user.is_authenticated


def can_see_drafts(user: User, design: Design) -> bool:
    """Whether an edition of the design on its way may be seen: its draft, what is in review or approved."""
    return design.origin == Design.Origin.OWN and bool(roles(user) - {Role.READER})


def can_edit(user: User, edition: Edition) -> bool:
    """Whether the edition may be written: the draft of an own design, by an editor."""
    own = edition.design.origin == Design.Origin.OWN
    return own and edition.status == Edition.Status.DRAFT and can_open_draft(user, edition.design)


def can_open_draft(user: User, design: Design) -> bool:
    """Whether a revision of the design may be started and submitted."""
    return design.origin == Design.Origin.OWN and bool(roles(user) & {Role.EDITOR, Role.ADMINISTRATOR})


def can_review(user: User, edition: Edition) -> bool:
    """Whether what changed may be commented on and the edition returned."""
    reviewing = {Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR}
    return edition.design.origin == Design.Origin.OWN and bool(roles(user) & reviewing)


def can_approve(user: User, edition: Edition) -> bool:
    """Whether the edition may be approved and put in force. That it is not one's own work, the room sees to."""
    approving = {Role.APPROVER, Role.ADMINISTRATOR}
    return edition.design.origin == Design.Origin.OWN and bool(roles(user) & approving)


def can_adopt(user: User) -> bool:
    """Whether own designs may be made."""
    return bool(roles(user) & {Role.EDITOR, Role.ADMINISTRATOR})


def can_administer(user: User) -> bool:
    """Whether accounts, functions and sources may be looked after."""
    return Role.ADMINISTRATOR in roles(user)


def require(permitted: bool, reason: Any) -> None:  # noqa: FBT001  # reads as a sentence: require(can_edit(…), _("…"))
    """Raise PermissionDenied with a sentence for the reader unless permitted."""
    if not permitted:
        raise PermissionDenied(str(reason))


def account(request: HttpRequest) -> Account:
    """Return who is signed in. Raises PermissionDenied, which sends a stranger to sign in."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


class ReadingMiddleware(LoginRequiredMiddleware):
    """Where reading is not public every page asks strangers to sign in, unless its view says `login_not_required`."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Let everybody pass where reading is public."""
        if settings.PUBLIC_READING:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
