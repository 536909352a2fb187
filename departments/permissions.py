"""Who may do what: one rule a question, made of predicates, and what a view says to those who may not.

What one may not see is 404; what one may see but not do is 403 in plain words; a stranger is sent to sign in. Reading is
public or for everybody who is signed in (PUBLIC_READING). Reference designs are read and never edited. Rights are a role for
the whole house, or a grant in one branch of a design (models/people.py); the room asks for the branch again, under its lock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group
from django.contrib.auth.models import User as Account
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from rules.permissions import add_perm, perm_exists
from rules.predicates import Predicate

from departments.models import Design, Edition, Kind, Node, Organisation
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.models.people import Role, branches, grants, roles

__all__ = [
    "Account",
    "Reach",
    "ReadingMiddleware",
    "Role",
    "User",
    "account",
    "can_administer",
    "can_adopt",
    "can_approve",
    "can_begin",
    "can_bring_in",
    "can_comment",
    "can_edit",
    "can_edit_entry",
    "can_name_holders",
    "can_name_holders_of",
    "can_open_draft",
    "can_read",
    "can_review",
    "can_see_drafts",
    "can_see_holders",
    "can_submit",
    "give",
    "login_required",
    "reach",
    "require",
    "roles",
]

User = AbstractBaseUser | AnonymousUser


class Spot(NamedTuple):
    """A node as the rules are asked about it: with the edition around it."""

    outline: Outline
    entry: Entry

    @property
    def edition(self) -> Edition:
        """The edition it stands in."""
        return self.outline.edition


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an account's right goes in an edition: everywhere, or in the branches between these edges."""

    everywhere: bool
    ranges: tuple[tuple[int, int], ...] = ()

    def covers(self, entry: Entry | None) -> bool:
        """Whether the entry stands in it; None is the place of the root."""
        if self.everywhere or entry is None:
            return self.everywhere
        return any(left <= entry.lft and entry.rght <= right for left, right in self.ranges)


def reach(user: User, outline: Outline, *wanted: str) -> Reach:
    """Return how far one of the roles reaches, by role or by grant. Costs what `roles` and `grants` do, however large."""
    if roles(user) & {*wanted, Role.ADMINISTRATOR}:
        return Reach(everywhere=True)
    granted = branches(user, outline.edition.design_id, *wanted)
    found = [entry for uid in granted if (entry := outline.by_uid.get(uid)) is not None and entry.is_department]
    return Reach(everywhere=False, ranges=tuple((entry.lft, entry.rght) for entry in found))


def give(user: AbstractBaseUser, *wanted: str) -> None:
    """Give an account these roles and no others."""
    groups = [Group.objects.get_or_create(name=Role(role))[0] for role in wanted]
    user.groups.set([*user.groups.exclude(name__in=Role.values), *groups])  # type: ignore[attr-defined]
    user.__dict__.pop("known_roles", None)


# The predicates the rules are made of. Each takes the account and what is asked about: a design, an edition or a spot.


def _edition(thing: Any) -> Edition:
    return thing if isinstance(thing, Edition) else thing.edition


def _design(thing: Any) -> Design:
    return thing if isinstance(thing, Design) else _edition(thing).design


def _is_own(_user: User, thing: Any) -> bool:
    """Whether the design is a company's own."""
    return thing is not None and _design(thing).origin == Design.Origin.OWN


def _is_draft(_user: User, thing: Any) -> bool:
    """Whether the edition may still be written."""
    return _edition(thing).status == Edition.Status.DRAFT


def has_role(*wanted: str) -> Predicate:
    """Return the predicate: whether the account has one of the roles for the whole house."""
    return Predicate(lambda user: bool(roles(user) & set(wanted)), name=f"has_role:{','.join(wanted)}")


def has_grant(*wanted: str) -> Predicate:
    """Return the predicate: whether the account has one of the roles somewhere in the design."""
    return Predicate(
        lambda user, thing: bool(branches(user, _design(thing).pk, *wanted)), name=f"has_grant:{','.join(wanted)}"
    )


def reaches(*wanted: str) -> Predicate:
    """Return the predicate: whether the account has one of the roles, by role or by grant, where the spot is."""
    return Predicate(
        lambda user, spot: reach(user, spot.outline, *wanted).covers(spot.entry), name=f"reaches:{','.join(wanted)}"
    )


def _stands_within(user: User, node: Node) -> bool:
    """Whether the account edits a branch in which a node stands. 1 query where it edits any."""
    granted = branches(user, node.edition.design_id, Role.EDITOR)
    above = Node.tree.filter(tree_id=node.tree_id, lft__lte=node.lft, rght__gte=node.rght, kind=Kind.DEPARTMENT)
    return bool(granted) and above.filter(uid__in=granted).exists()


def has_grant_anywhere(*wanted: str) -> Predicate:
    """Return the predicate: whether the account has one of the roles somewhere in some design."""
    return Predicate(
        lambda user: any(role in wanted for _design, _department, role in grants(user)),
        name=f"has_grant_anywhere:{','.join(wanted)}",
    )


is_own = Predicate(_is_own)
is_draft = Predicate(_is_draft)
writes = has_role(Role.EDITOR, Role.ADMINISTRATOR)
stands_within = Predicate(_stands_within)
writes_somewhere = writes | has_grant(Role.EDITOR)
works_here = has_role(Role.EDITOR, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR)

RULES = {
    "see_drafts": is_own & (works_here | has_grant(Role.EDITOR, Role.REVIEWER)),
    "begin": is_own & writes_somewhere,
    "open_draft": is_own & writes,
    "edit": is_own & is_draft & writes_somewhere,
    "edit_entry": is_own & is_draft & reaches(Role.EDITOR),
    "submit": is_own & is_draft & writes,
    "comment": is_own & (works_here | reaches(Role.EDITOR, Role.REVIEWER)),
    "review": is_own & has_role(Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR),
    "approve": is_own & has_role(Role.APPROVER, Role.ADMINISTRATOR),
    "name_holders": is_own & writes,
    "name_holders_here": is_own & (writes | stands_within),
    "adopt": writes,
    "bring_in": writes | has_grant_anywhere(Role.EDITOR),
    "administer": has_role(Role.ADMINISTRATOR),
}
for name, rule in RULES.items():
    if not perm_exists(f"departments.{name}"):
        add_perm(f"departments.{name}", rule)  # so that account.has_perm("departments.edit", edition) knows it too


def _may(name: str, user: User, thing: Any = None) -> bool:
    return bool(RULES[name].test(user, thing))


def can_read(user: User, design: Design) -> bool:  # noqa: ARG001  # one answer for every design, so far
    """Whether the editions of the design that are or were in force may be read."""
    return settings.PUBLIC_READING or user.is_authenticated


def can_see_drafts(user: User, design: Design) -> bool:
    """Whether an edition of the design on its way may be seen: its draft, what is in review or approved."""
    return _may("see_drafts", user, design)


def can_begin(user: User, design: Design) -> bool:
    """Whether a revision of the design may be started, to write all of it or a branch."""
    return _may("begin", user, design)


def can_open_draft(user: User, design: Design) -> bool:
    """Whether the account looks after the drafts of the design: submits them, brings past editions back."""
    return _may("open_draft", user, design)


def can_edit(user: User, edition: Edition) -> bool:
    """Whether the edition may be written, all of it or a branch: the draft of an own design, by an editor."""
    return _may("edit", user, edition)


def can_edit_entry(user: User, outline: Outline, entry: Entry) -> bool:
    """Whether this department, position or duty may be written."""
    return _may("edit_entry", user, Spot(outline, entry))


def can_submit(user: User, edition: Edition) -> bool:
    """Whether the draft may be handed in: by who edits all of it."""
    return _may("submit", user, edition)


def can_comment(user: User, outline: Outline, entry: Entry) -> bool:
    """Whether this department, position or duty may be commented on, and comments on it settled."""
    return _may("comment", user, Spot(outline, entry))


def can_review(user: User, edition: Edition) -> bool:
    """Whether the edition may be returned, and signed as reviewed."""
    return _may("review", user, edition)


def can_approve(user: User, edition: Edition) -> bool:
    """Whether the edition may be approved and put in force. That it is not one's own work, the room sees to."""
    return _may("approve", user, edition)


def can_name_holders(user: User, design: Design) -> bool:
    """Whether the holders of every position may be named, and so be seen whatever the setting."""
    return _may("name_holders", user, design)


def can_name_holders_of(user: User, node: Node) -> bool:
    """Whether the holders of this position may be named: also by who edits the branch it stands in. 0–1 query."""
    return _may("name_holders_here", user, node)


def can_see_holders(user: User, design: Design, seen_by: str) -> bool:
    """Whether the holders of positions may be seen: by those whom the company's setting `seen_by` lets."""
    if seen_by == Organisation.Seen.EVERYBODY or (seen_by == Organisation.Seen.SIGNED_IN and user.is_authenticated):
        return can_read(user, design)
    return can_name_holders(user, design)


def can_adopt(user: User) -> bool:
    """Whether own designs may be made."""
    return _may("adopt", user)


def can_bring_in(user: User) -> bool:
    """Whether texts may be read into a draft: any, or a branch of one."""
    return _may("bring_in", user)


def can_administer(user: User) -> bool:
    """Whether accounts, rights, functions and sources may be looked after."""
    return _may("administer", user)


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
