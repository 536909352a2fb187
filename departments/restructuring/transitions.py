"""The way of an own edition, step by step: started, submitted, returned, approved, put in force; each step recorded.

Every step is one conditional UPDATE: of two people who click at once one takes it, the other is told who was faster.
"""

import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.models import Comment, Design, Edition, Transition
from departments.models.guard import require_no_room
from departments.restructuring.editions import copy, open_draft, put_in_force, start_edition
from departments.restructuring.room import NotADraft, Refused

Status = Edition.Status


def name_of(user: User | None) -> str:
    """Return what a step is signed with."""
    return (user.get_full_name() or user.get_username()) if user else ""


def record(
    edition: Edition, before: str, after: str, *, by: User | None, note: str = "", alone: bool = False
) -> Transition:
    """Store one step."""
    return Transition.objects.create(
        edition=edition, before=before, after=after, by=by, name=name_of(by), note=note, alone=alone
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


def approve(edition: Edition, *, by: User, note: str = "", waive: bool = False) -> None:
    """Approve what is in review. Raises Refused for one's own work, and while comments are open unless `waive`.

    In an office of one (setting) who submitted may approve; that stands in the record. Waived comments keep the name.
    """
    alone = submitted_by(edition) == by
    if alone and not settings.ONE_PERSON_OFFICE:
        raise Refused(_("Who submitted an edition cannot approve it. Somebody else has to."))
    with transaction.atomic():
        # The step first: it takes the edition's lock, so that of two approvals one waits and then finds it done.
        _step(edition, (Status.IN_REVIEW,), Status.APPROVED, by=by, note=note, alone=alone)
        waiting = Comment.objects.filter(design=edition.design_id).open()
        if not waive and waiting.exists():
            raise Refused(_("There are open comments. Settle them, or say that you approve all the same."))
        waiting.update(closed_at=timezone.now(), closed_by=by, closed_name=name_of(by), waived=True)


def publish(edition: Edition, *, by: User | None, on: datetime.date) -> None:
    """Put an approved edition in force from a date; the one before is superseded. Raises Refused."""
    if on > timezone.localdate():
        raise Refused(_("The date lies ahead. Put the edition in force on that day."))
    with transaction.atomic():
        Design.objects.select_for_update(no_key=True).get(pk=edition.design_id)
        before = edition.design.editions.in_force().first()
        if before is not None and before.effective_on and on < before.effective_on:
            raise Refused(_("The date lies before that of the edition in force."))
        try:
            put_in_force(edition, on=on)
        except NotADraft as error:
            raise Refused(_overtaken(edition)) from error
        if before is not None:
            record(before, Status.IN_FORCE, Status.SUPERSEDED, by=by)
        record(edition, Status.APPROVED, Status.IN_FORCE, by=by)


def submitted_by(edition: Edition) -> User | None:
    """Return who handed the edition in last."""
    last = edition.transitions.filter(after=Status.IN_REVIEW).select_related("by").last()
    return last.by if last else None


def _step(
    edition: Edition, before: tuple[str, ...], after: str, *, by: User | None, note: str, alone: bool = False
) -> None:
    require_no_room()
    _require_own(edition.design)
    for status in before:
        if Edition.objects.filter(pk=edition.pk, status=status).update(status=after):
            record(edition, status, after, by=by, note=note, alone=alone)
            edition.status = after
            return
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
