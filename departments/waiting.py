"""What waits for whom: the one answer behind the page 待办 and the mails that say the same."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.models import Edition
from departments.permissions import User, can_approve, can_edit, can_review, can_submit

TASKS: dict[str, str | Promise] = {
    "returned": _("Returned: mend it and submit it again"),
    "draft": _("A draft: finish it and submit it"),
    "branch": _("A draft: finish what is yours in it"),
    "review": _("Submitted: read what changed"),
    "approve": _("Submitted: approve it or return it"),
    "publish": _("Approved: put it in force"),
}


def task(user: User, edition: Edition) -> str:
    """Return the key of the step of an edition on its way that waits for the account; nothing where it is somebody else's.

    Reads the edition's transitions (prefetch them for a list). Otherwise it costs what `roles` and `grants` do.
    """
    steps = sorted(edition.transitions.all(), key=lambda step: step.pk)
    if can_edit(user, edition):
        if not can_submit(user, edition):
            return "branch"
        return "returned" if steps and steps[-1].before in Edition.OPEN else "draft"
    if edition.status == Edition.Status.IN_REVIEW:
        last = max((at for at, step in enumerate(steps) if step.after == edition.status != step.before), default=-1)
        submitted = steps[last].by if last >= 0 else None
        if can_approve(user, edition) and (submitted != user or settings.ONE_PERSON_OFFICE):
            return "approve"
        signed = {step.by for step in steps[last + 1 :]}
        return "review" if can_review(user, edition) and submitted != user and user not in signed else ""
    if edition.effective_on is not None:
        return ""  # it comes in force by itself
    return "publish" if edition.status == Edition.Status.APPROVED and can_approve(user, edition) else ""
