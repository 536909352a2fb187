"""Who holds a position of an own design: named beside the editions, for people come and go without a new one."""

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.models import Design, Edition, Holder, HolderChange, Organisation
from departments.models.headcount import Headcount
from departments.restructuring import Refused

MOST = 99  # of one position
ACCOUNT = re.compile(r" @\S+$")  # what `Named` puts after a name


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is to hold a position."""

    name: str
    account: User | None = None

    def __str__(self) -> str:
        """Return the name as it is typed: with the account after @, where one is linked."""
        return f"{self.name} @{self.account.get_username()}" if self.account else self.name


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many are there (在岗) and how many are missing (缺编); `follows`: counted from the holders, not stated."""

    filled: int
    vacant: int | None
    follows: bool


def name_holders(design: Design, uid: UUID, people: Sequence[Named], *, about: str, by: User) -> bool:
    """Let these people, and no others, hold a position; return whether that is a change. It is logged. 5 queries.

    `about`: what the position is called. Raises Refused for a reference design, too many, and the same account twice.
    """
    if design.origin != Design.Origin.OWN:
        raise Refused(_("Only positions of an own design have holders."))
    if len(people) > MOST:
        raise Refused(_("A position has at most %(most)d holders.") % {"most": MOST})
    accounts = [one.account.pk for one in people if one.account]
    if len(accounts) != len(set(accounts)):
        raise Refused(_("The same account is named twice."))
    with transaction.atomic():
        Design.objects.select_for_update(no_key=True).get(pk=design.pk)
        held = Holder.objects.filter(design=design, uid=uid).select_related("account")
        before = [str(Named(one.name, one.account)) for one in held]
        after = [str(one) for one in people]
        if before == after:
            return False
        Holder.objects.filter(design=design, uid=uid).delete()
        Holder.objects.bulk_create(
            Holder(design=design, uid=uid, name=one.name, account=one.account, order=order)
            for order, one in enumerate(people)
        )
        HolderChange.objects.create(
            design=design,
            uid=uid,
            about=about,
            by=by,
            by_name=by.get_full_name() or by.get_username(),
            before=before,
            after=after,
        )
    return True


def holders(edition: Edition) -> dict[UUID, list[str]]:
    """Return the names of the holders by position, in order, whoever may see them: ask `permissions` first. 1 query.

    Today's, for an edition that is in force or on its way. A superseded one names those of the last day it was in force, as
    the log has them, and nobody of whom it says nothing: 2 queries.
    """
    if edition.status == Edition.Status.SUPERSEDED:
        return _as_of(edition.design_id, edition.until) if edition.until else {}
    found: dict[UUID, list[str]] = defaultdict(list)
    for uid, name in Holder.objects.filter(design=edition.design_id).values_list("uid", "name"):
        found[uid].append(name)
    return dict(found)


def _as_of(design: int, day: datetime.date) -> dict[UUID, list[str]]:
    """Return who was named at the end of that day. 1 query."""
    midnight = timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min))
    logged = HolderChange.objects.filter(design=design, at__lt=midnight).values_list("uid", "after")
    last = dict(logged.order_by("pk"))
    return {uid: [ACCOUNT.sub("", name) for name in named] for uid, named in last.items() if named}


def staffing(headcount: Headcount, named: int) -> Staffing | None:
    """Return how a position is staffed: as stated, else as its holders are counted; None where neither says anything.

    Missing is what the least of a number or range exceeds those who are there.
    """
    filled = headcount.filled if headcount.filled is not None else named
    if headcount.filled is None and not named:
        return None
    counted = headcount.form in ("number", "range") and headcount.min is not None
    vacant = max(headcount.min - filled, 0) if counted and headcount.min is not None else None
    return Staffing(filled, vacant, follows=headcount.filled is None)


def held_by(user: User) -> list[Holder]:
    """Return the places where an account is named, with their designs. 1 query."""
    return list(Holder.objects.filter(account=user).select_related("design").order_by("design__name", "pk"))


def said_of_holders() -> tuple[str, bool]:
    """Return who sees holders, and whether paper, exports and the API carry them. 1 query."""
    said = Organisation.objects.values_list("holders_seen_by", "holders_carried").first()
    return said or (Organisation.Seen.NOBODY, False)
