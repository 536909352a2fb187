"""/designs/<slug>/draft/edit/<ref>/…: a department, position or duty statement of a draft, edited on its own page.

`edit` takes buttons, `edit_part` shows and takes the form of one part. Both work in place (htmx) and without JavaScript.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from departments.forms.nodes import PARTS
from departments.views.editing.additions import add_heading, add_place, add_statements
from departments.views.editing.desk import Desk, desk_or_404, edit_ref
from departments.views.editing.fields import fields
from departments.views.editing.keeping import keeps_what_was_typed, typed_before
from departments.views.editing.lines import heads, line, superiors
from departments.views.editing.moves import act, merge_into, move
from departments.views.editing.processes import edit_process, edit_step
from departments.views.tree import sheet

__all__ = ["edit", "edit_part", "edit_process", "edit_step"]

FIELDS = {part for parts in PARTS.values() for part in parts}  # what asks only the entry: see `desk_or_404`
ACTS = ("up", "down", "in", "out", "drop", "remove", "undo")
OTHER_PARTS: dict[str, tuple[Callable[[Desk, Any], HttpResponse], tuple[str, ...]]] = {
    "statements": (add_statements, ("department", "position", "duty")),
    "heading": (add_heading, ("department", "position")),
    "place": (add_place, ("department", "position")),
    "move": (move, ("department", "position", "duty")),
    "merge": (merge_into, ("department", "position")),
    "heads": (heads, ("department",)),
    "superiors": (superiors, ("department", "position")),
    "line": (line, ("department", "position")),
}


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Do what a button says; on GET lead to the page of the entry. Raises Http404, PermissionDenied.

    A frame, which readers never see, is shown here. 6 queries.
    """
    desk = desk_or_404(request, slug, ref)
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in ACTS:
            raise Http404
        return act(desk, do)
    if desk.entry.frame:
        return TemplateResponse(request, "editing/place.html", sheet(desk.reading, desk.entry))
    if desk.entry.is_duty:
        return HttpResponseRedirect(desk.reading.url("edit-part", edit_ref(desk.entry), "statement"))
    return HttpResponseRedirect(desk.reading.page_url(desk.entry))


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def edit_part(request: HttpRequest, slug: str, ref: str, part: str) -> HttpResponse:
    """Show the form of a part, or take what was typed into it. Raises Http404, PermissionDenied."""
    alone = request.method == "POST" or request.htmx  # type: ignore[attr-defined]  # else the page shows the tree too
    near = bool(alone) and (part in FIELDS or part == "statements")
    desk = desk_or_404(request, slug, ref, near=near)
    data = request.POST if request.method == "POST" else typed_before(desk)
    if part in PARTS[desk.entry.kind]:
        return fields(desk, part, data)
    if part in OTHER_PARTS and desk.entry.kind in OTHER_PARTS[part][1]:
        return OTHER_PARTS[part][0](desk, data)
    raise Http404
