"""The way of an own edition, step by step: started, submitted, returned, approved, put in force; each step recorded.

Every step is one conditional UPDATE: of two people who click at once one takes it, the other is told who was faster.
"""

import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.models import Comment, Design, Edition, Transition
from departments.models.guard import require_no_room
from departments.restructuring.editions import copy, open_draft, put_in_force, start_edition
from departments.restructuring.refusals import NotADraft
from departments.restructuring.rows import Refused

Status = Edition.Status


def name_of(user: User | None) -> str:
    """Return what a step is signed with."""
    return (user.get_full_name() or user.get_username()) if user else ""


def record(
    edition: Edition,
    before: str,
    after: str,
    *,
    by: User | None,
    note: str = "",
    alone: bool = False,
    name: str = "",
) -> Transition:
    """Store one step, signed with the account's name, or with `name` where the account may be gone."""
    return Transition.objects.create(
        edition=edition, before=before, after=after, by=by, name=name or name_of(by), note=note, alone=alone
    )


def begin(design: Design, *, by: User | None) -> Edition:
    """Return the design's open draft, copied from the edition in force where there is none yet. Raises Refused."""
    _require_own(design)
    with transaction.atomic():
        Design.objects.select_for_update(no_key=True).get(pk=design.pk)
        if not design.editions.open().exists() and not design.editions.in_force().exists():
            raise Refused(_("There is no edition in force to revise."))
        draft = open_draft(design)
        if not draft.transitions.exists():
            record(draft, "", Status.DRAFT, by=by)
        return draft


def begin_from(past: Edition, *, by: User | None) -> Edition:
    """Return a new draft that is a copy of a past edition, same uids. Raises Refused where a draft is open already."""
    design = past.design
    _require_own(design)
    require_no_room()
    with transaction.atomic():
        Design.objects.select_for_update(no_key=True).get(pk=design.pk)
        if design.editions.open().exists():
            raise Refused(_("Another edition is on its way already. Finish it first."))
        if past.status not in (Status.IN_FORCE, Status.SUPERSEDED):
            raise Refused(_("Only an edition that was in force can be brought back."))
        draft = start_edition(design)
        copy(past, draft)
        note = _("brought back from edition %(number)s") % {"number": past.number}
        record(draft, "", Status.DRAFT, by=by, note=note)
        return draft


def submit(edition: Edition, *, by: User | None, note: str = "") -> None:
    """Hand a draft in for review: from now on nobody writes it. Raises Refused."""
    with transaction.atomic():
        if not edition.nodes.exists():
            raise Refused(_("The edition is empty."))
        _step(edition, (Status.DRAFT,), Status.IN_REVIEW, by=by, note=note)


def send_back(edition: Edition, *, by: User | None, note: str) -> None:
    """Return an edition to its editors, with a word why. Raises Refused."""
    if not note.strip():
        raise Refused(_("Say what should be changed."))
    with transaction.atomic():
        _step(edition, (Status.IN_REVIEW, Status.APPROVED), Status.DRAFT, by=by, note=note.strip())


def endorse(edition: Edition, *, by: User, note: str = "") -> None:
    """Sign what is in review as reviewed (审核); it stays in review. Raises Refused for one's own work, and twice."""
    require_no_room()
    with transaction.atomic():
        if not Edition.objects.select_for_update(no_key=True).filter(pk=edition.pk, status=Status.IN_REVIEW):
            raise Refused(_overtaken(edition))
        alone = submitted_by(edition) == by
        if alone and not settings.ONE_PERSON_OFFICE:
            raise Refused(_("Who submitted an edition cannot review it. Somebody else has to."))
        if reviewed_by(edition, by):
            raise Refused(_("You signed it as reviewed already."))
        record(edition, Status.IN_REVIEW, Status.IN_REVIEW, by=by, note=note, alone=alone)


def approve(edition: Edition, *, by: User, note: str = "", waive: bool = False) -> None:
    """Approve what is in review. Raises Refused for one's own work, and while comments are open unless `waive`.

    In an office of one (setting) who submitted may approve; that stands in the record. Waived comments keep the name.
    """
    alone = submitted_by(edition) == by
    if alone and not settings.ONE_PERSON_OFFICE:
        raise Refused(_("Who submitted an edition cannot approve it. Somebody else has to."))
    with transaction.atomic():
        # The step first: it takes the edition's lock, so that of two approvals one waits and then finds it done.
        step = _step(edition, (Status.IN_REVIEW,), Status.APPROVED, by=by, note=note, alone=alone)
        waiting = Comment.objects.filter(design=edition.design_id).open()
        if not waive and waiting.exists():
            raise Refused(_("There are open comments. Settle them, or say that you approve all the same."))
        waived = waiting.update(closed_at=timezone.now(), closed_by=by, closed_name=name_of(by), waived=True)
        if waived:
            said = ngettext("with %(n)d comment open", "with %(n)d comments open", waived) % {"n": waived}
            step.note = _("; ").join(filter(None, (note, said)))
            step.save(update_fields=["note"])


def publish(edition: Edition, *, by: User | None, on: datetime.date) -> None:
    """Put an approved edition in force from a date; the one before is superseded. Raises Refused.

    A date ahead is only set: the edition stays approved, and `put_due_in_force` puts it in force on that day.
    """
    with transaction.atomic():
        Design.objects.select_for_update(no_key=True).get(pk=edition.design_id)
        before = edition.design.editions.in_force().first()
        if before is not None and before.effective_on and on < before.effective_on:
            raise Refused(_("The date lies before that of the edition in force."))
        if on > timezone.localdate():
            _set_date(edition, on, by=by)
        else:
            _supersede(edition, before, on, by=by, name=name_of(by))


def put_due_in_force(today: datetime.date | None = None) -> list[Edition]:
    """Put every edition in force whose date has come, signed by who set the date; return them.

    Run as often as wanted, by several at once: each edition is looked at again under its design's lock. 1 query where
    nothing is due. Without `today`: today.
    """
    today = today or timezone.localdate()
    done = []
    for edition in Edition.objects.due(today).select_related("design"):
        with transaction.atomic():
            Design.objects.select_for_update(no_key=True).get(pk=edition.design_id)
            due = Edition.objects.due(today).select_related("design").filter(pk=edition.pk).first()
            if due is None or due.effective_on is None:
                continue  # somebody was faster, or it was returned or given another date
            last = due.transitions.filter(before=Status.APPROVED, after=Status.APPROVED).select_related("by").last()
            by, name = (last.by, last.name) if last else (None, "")
            before = due.design.editions.in_force().first()
            _supersede(due, before, due.effective_on, by=by, name=name)
            done.append(due)
    return done


def submitted_by(edition: Edition) -> User | None:
    """Return who handed the edition in last."""
    last = edition.transitions.filter(after=Status.IN_REVIEW).exclude(before=Status.IN_REVIEW)
    step = last.select_related("by").last()
    return step.by if step else None


def reviewed_by(edition: Edition, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether the account has signed as reviewed what was handed in last. 1–2 queries."""
    signed = edition.transitions.filter(before=Status.IN_REVIEW, after=Status.IN_REVIEW, by=user.pk).last()
    if signed is None:
        return False
    return not edition.transitions.filter(after=Status.IN_REVIEW, pk__gt=signed.pk).exclude(before=Status.IN_REVIEW)


def _set_date(edition: Edition, on: datetime.date, *, by: User | None) -> None:
    require_no_room()
    _require_own(edition.design)
    approved = Edition.objects.filter(pk=edition.pk, status=Status.APPROVED).exclude(effective_on=on)
    if not approved.update(effective_on=on):
        raise Refused(_overtaken(edition))
    record(edition, Status.APPROVED, Status.APPROVED, by=by, note=on.isoformat())
    edition.effective_on = on


def _supersede(edition: Edition, before: Edition | None, on: datetime.date, *, by: User | None, name: str) -> None:
    """Put the edition in force instead of the one before; both steps are recorded. Raises Refused."""
    try:
        put_in_force(edition, on=on)
    except NotADraft as error:
        raise Refused(_overtaken(edition)) from error
    if before is not None:
        record(before, Status.IN_FORCE, Status.SUPERSEDED, by=by, name=name)
    record(edition, Status.APPROVED, Status.IN_FORCE, by=by, name=name)


def _step(
    edition: Edition, before: tuple[str, ...], after: str, *, by: User | None, note: str, alone: bool = False
) -> Transition:
    require_no_room()
    _require_own(edition.design)
    for status in before:
        # A date that was set ends with the approval.
        date = {"effective_on": None} if after == Status.DRAFT else {}
        if Edition.objects.filter(pk=edition.pk, status=status).update(status=after, **date):
            step = record(edition, status, after, by=by, note=note, alone=alone)
            edition.status = after
            return step
    raise Refused(_overtaken(edition))


def _require_own(design: Design) -> None:
    if design.origin != Design.Origin.OWN:
        raise Refused(_("Reference designs are not edited. Adopt the design first."))


def _overtaken(edition: Edition) -> str:
    edition.refresh_from_db()
    last = edition.transitions.last()
    return _("The edition is %(status)s by now (%(name)s). Nothing was done.") % {
        "status": edition.get_status_display(),
        "name": last.name if last and last.name else "–",
    }
