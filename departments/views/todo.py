"""/todo/: what waits for whoever is signed in."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.models import Comment, Design, Edition, Transition
from departments.permissions import can_administer, login_required
from departments.waiting import TASKS, task


@login_required
@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """Show the editions that wait for the account's next step, and the open comments. 4 queries."""
    steps = Prefetch("transitions", Transition.objects.select_related("by").order_by("pk"))
    waiting = Edition.objects.open().filter(design__origin=Design.Origin.OWN).select_related("design")
    rows: list[dict[str, Any]] = []
    for edition in waiting.prefetch_related(steps).order_by("design__name"):
        if kind := task(request.user, edition):
            steps_taken = list(edition.transitions.all())
            rows.append({"edition": edition, "task": TASKS[kind], "last": steps_taken[-1] if steps_taken else None})
    mine = [row["edition"].design_id for row in rows]
    found = Comment.objects.open().filter(design__in=mine).select_related("design").order_by("-pk")
    return TemplateResponse(
        request, "todo/todo.html", {"rows": rows, "comments": list(found), "administers": can_administer(request.user)}
    )
