"""/designs/<slug>/draft/register/change/: one change to chosen positions: choose it, look at what it comes to, write it.

Three steps of one page, all of them sent, none of them kept: the selection travels with the forms.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from departments.changes.parts import marked
from departments.forms.bulk import TASKS, TaskForm
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.permissions import Role, account, login_required, reach, require
from departments.restructuring import NotADraft, Refused
from departments.restructuring.bulk import Stale, Step, carry_out, plan
from departments.views.reading import Reading, reading_or_404
from departments.views.register import matching, reading_rows

PRINTABLE = 150  # positions that go into the address of a booklet


@login_required
@require_POST
def bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what can be done with the positions chosen, a preview of it, or do it. Raises Http404, PermissionDenied."""
    reading = reading_or_404(slug, request.user)
    require(reading.may_edit, _("Only the draft of an own design is edited, and only by editors."))
    refs = _refs(request, reading)
    chosen = [entry for entry in reading.outline.positions if {entry.ref, entry.uid.hex} & set(refs)]
    if not chosen:
        messages.error(request, _("Choose positions first."))
        return redirect(reading.url("register"))
    name = request.POST.get("task", "")
    forms = {key: form(request.POST if key == name else None, outline=reading.outline) for key, form in TASKS.items()}
    context: dict[str, Any] = {"reading": reading, "chosen": chosen, "forms": forms, "opened": name}
    context |= {"everything": len(chosen) == len(reading.outline.positions), "printable": len(chosen) <= PRINTABLE}
    if name in forms and forms[name].is_valid():
        form = forms[name]
        steps = plan(reading.outline, refs, form.task(), reading.may_edit_entry)
        if "write" in request.POST:
            try:
                return _written(request, reading, refs, form)
            except Stale as stale:
                messages.error(request, _("The draft was changed meanwhile. Nothing was written: look again."))
                steps, context["seen"] = stale.plan, _signs(request)
        context["preview"] = _preview(steps, context.get("seen"))
        context |= {"form": form, "signs": " ".join(step.sign for step in steps)}
    return TemplateResponse(request, "register/bulk.html", context)


def _written(request: HttpRequest, reading: Reading, refs: Sequence[str], form: TaskForm) -> HttpResponse:
    """Write the task and return to the register, with a word of what came of it. Raises Stale."""

    def may(outline: Outline) -> Any:
        return reach(request.user, outline, Role.EDITOR).covers

    try:
        number = carry_out(reading.edition, refs, form.task(), may=may, signs=_signs(request), by=account(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    except NotADraft:
        messages.error(request, _("This is no longer a draft."))
    except IntegrityError:
        messages.error(request, _("This code is in use. Nothing was changed."))
    else:
        said = ngettext(
            "%(n)d place changed. The history shows it as one change, which can be taken back.",
            "%(n)d places changed. The history shows it as one change, which can be taken back.",
            number,
        )
        messages.success(request, said % {"n": number})
    return redirect(reading.url("register"))


def _refs(request: HttpRequest, reading: Reading) -> list[str]:
    """Return the positions chosen: one a box, all that fit the filters, or all in one field where a form sends them on.

    4 queries where the filters are asked, for what they ask about.
    """
    if "matching" in request.POST:
        rows = matching(reading, reading_rows(reading), QueryDict(request.POST["matching"]))
        return [row.entry.uid.hex for row in rows]
    return [*request.POST.getlist("position"), *request.POST.get("positions", "").split()]


def _signs(request: HttpRequest) -> set[str]:
    return set(request.POST.get("signs", "").split())


def _preview(steps: Sequence[Step], seen: set[str] | None) -> list[dict[str, Any]]:
    """Return the steps by position, what differs marked; `seen`: the signs of the plan that was shown before."""
    shown: dict[Entry, list[dict[str, Any]]] = {}
    for step in steps:
        before, after = marked(step.before, step.after) if step.verb == "edit" else ([], [])
        said = {"step": step, "before": before, "after": after, "new": seen is not None and step.sign not in seen}
        shown.setdefault(step.position, []).append(said)
    return [{"position": position, "steps": said} for position, said in shown.items()]
