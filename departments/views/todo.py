"""/todo/: what waits for whoever is signed in."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from departments.models import Comment, Design, Edition, Transition
from departments.permissions import User, can_administer, can_approve, can_edit, can_review, can_submit, login_required

TASKS = {
    "returned": gettext_lazy("Returned: mend it and submit it again"),
    "draft": gettext_lazy("A draft: finish it and submit it"),
    "branch": gettext_lazy("A draft: finish what is yours in it"),
    "review": gettext_lazy("Submitted: read what changed"),
    "approve": gettext_lazy("Submitted: approve it or return it"),
    "publish": gettext_lazy("Approved: put it in force"),
}


@login_required
@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """Show the editions that wait for the account's next step, and the open comments. 4 queries."""
    steps = Prefetch("transitions", Transition.objects.select_related("by").order_by("pk"))
    waiting = Edition.objects.open().filter(design__origin=Design.Origin.OWN).select_related("design")
    rows: list[dict[str, Any]] = []
    for edition in waiting.prefetch_related(steps).order_by("design__name"):
        if task := _task(request.user, edition):
            steps_taken = list(edition.transitions.all())
            rows.append({"edition": edition, "task": TASKS[task], "last": steps_taken[-1] if steps_taken else None})
    mine = [row["edition"].design_id for row in rows]
    found = Comment.objects.open().filter(design__in=mine).select_related("design").order_by("-pk")
    return TemplateResponse(
        request, "todo/todo.html", {"rows": rows, "comments": list(found), "administers": can_administer(request.user)}
    )


def _task(user: User, edition: Edition) -> str:
    """Return which step of the edition waits for the account; nothing where it is somebody else's."""
    steps = list(edition.transitions.all())
    if can_edit(user, edition):
        if not can_submit(user, edition):
            return "branch"
        return "returned" if steps and steps[-1].before in Edition.OPEN else "draft"
    if edition.status == Edition.Status.IN_REVIEW:
        submitted = next((step.by for step in reversed(steps) if step.after == Edition.Status.IN_REVIEW), None)
        if can_approve(user, edition) and (submitted != user or settings.ONE_PERSON_OFFICE):
            return "approve"
        return "review" if can_review(user, edition) and submitted != user else ""
    return "publish" if edition.status == Edition.Status.APPROVED and can_approve(user, edition) else ""
