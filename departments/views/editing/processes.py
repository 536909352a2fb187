"""/designs/<slug>/draft/processes/<n>/edit/…: a process of a draft and its steps, each change one of the history."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.forms.processes import ProcessForm, StepForm
from departments.permissions import account, require
from departments.restructuring import Refused, Room, open_edition
from departments.restructuring.procedures import Overtaken, procedure_as_json, remove_procedure, write_procedure
from departments.views.editing.desk import CANNOT, reason_of
from departments.views.editing.keeping import keeps_what_was_typed
from departments.views.editing.lines import parties
from departments.views.keeping import typed_at
from departments.views.reading import Reading, reading_or_404

NEW = {"steps": [], "name_en": "", "owner": "", "summary": "", "lead_time": "", "basis": "stated", "ordered": True}


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def edit_process(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show or take the facts of a process (0: a new one), or remove it. Raises Http404, PermissionDenied."""
    reading = _reading_or_403(request, slug)
    now = _process_or_404(reading, number) if number else None
    if request.method == "POST" and request.POST.get("do") == "remove" and number:
        return _write(request, reading, lambda room: remove_procedure(room, number), home=reading.home)
    data = request.POST if request.method == "POST" else typed_at(request)
    form = ProcessForm(data, seen=now)
    if request.method == "POST" and form.is_valid():
        wanted: dict[str, Any] = {"number": number, **form.wanted()} if number else {**NEW, **form.cleaned_data}
        seen = {"number": number, **form.seen()} if number else None
        try:
            return _write(request, reading, lambda room: write_procedure(room, wanted, seen=seen))
        except Overtaken as overtaken:
            _say_both(form, overtaken.now)
    return _form(request, reading, form, number=number, removable=bool(number))


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def edit_step(request: HttpRequest, slug: str, number: int, step: int) -> HttpResponse:
    """Show or take a step of a process (0: a new one at the end), shift or remove it. Raises Http404, PermissionDenied."""
    reading = _reading_or_403(request, slug)
    process = _process_or_404(reading, number)
    shown = next((one for one in process["steps"] if one["number"] == step), None)
    if shown is None and step:
        raise Http404
    data = request.POST if request.method == "POST" else typed_at(request)
    form = StepForm(data, outline=reading.outline, step=shown, seen=_told(shown))
    do = request.POST.get("do", "save")
    if request.method == "POST" and (do in ("up", "down", "remove") or form.is_valid()):
        seen = request.POST.get("seen", "")
        wanted = form.wanted() if do == "save" else None
        try:
            return _write(request, reading, lambda room: _step(room, number, seen, do, wanted))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _form(request, reading, form, number=number, removable=bool(step), listed=parties(reading.outline))


def _step(room: Room, number: int, seen: str, do: str, wanted: dict[str, Any] | None) -> dict[str, Any]:
    """Change one step, found by what the editor saw of it. Raises Refused where it says something else by now."""
    process = _now(room, number)
    steps = process["steps"]
    if not seen:
        return write_procedure(room, {"number": number, "steps": [*steps, {**EMPTY, **(wanted or {})}]})
    at = next((place for place, one in enumerate(steps) if _told(one) == seen), None)
    if at is None:
        raise Refused(_("Somebody changed this step meanwhile. Look at the process again; your words stand below."))
    if do == "remove":
        del steps[at]
    elif do in ("up", "down"):
        other = at - 1 if do == "up" else at + 1
        if 0 <= other < len(steps):
            steps[at], steps[other] = steps[other], steps[at]
    else:
        steps[at] = {**steps[at], **(wanted or {})}
    return write_procedure(room, {"number": number, "steps": steps})


EMPTY = {"name": "", "who": [], "who_basis": "stated", "action": "", "output": "", "lead_time": "", "approval": ""}


def _now(room: Room, number: int) -> dict[str, Any]:
    process = room.edition.processes.filter(number=number).first()
    if process is None:
        raise Refused(_("This process is no longer there."))
    return procedure_as_json(process)


def _told(step: dict[str, Any] | None) -> str:
    """Return what a step says, wherever it stands, in one text that it is found by again."""
    if step is None:
        return ""
    return json.dumps({name: step[name] for name in EMPTY}, ensure_ascii=False, sort_keys=True)


def _write(request: HttpRequest, reading: Reading, write: Any, *, home: str = "") -> HttpResponse:
    try:
        with open_edition(reading.edition, by=account(request)) as room:
            written = write(room)
    except Refused:
        raise
    except CANNOT as error:
        messages.error(request, reason_of(error))
        return HttpResponseRedirect(reading.home)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(home or reading.url("process", written["number"]))


def _form(
    request: HttpRequest, reading: Reading, form: Any, *, number: int, removable: bool, listed: list[str] | None = None
) -> HttpResponse:
    back = reading.url("process", number) if number else reading.home
    context = {
        "reading": reading,
        "form": form,
        "back": back,
        "removable": removable,
        "parties": listed or [],
        "step": isinstance(form, StepForm),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "editing/process.html", context, status=status)


def _say_both(form: ProcessForm, now: dict[str, Any]) -> None:
    """Say beside each field that clashed what it says now; the form goes on from that."""
    data = form.data.copy()  # type: ignore[attr-defined]  # what was sent, a QueryDict
    for name, mine in form.wanted().items():
        if now[name] != form.seen()[name] and now[name] != mine:
            form.add_error(name, _("Somebody changed this meanwhile. Now it says: %(now)s") % {"now": now[name]})
            data[form.add_initial_prefix(name)] = now[name]
    form.data = data


def _reading_or_403(request: HttpRequest, slug: str) -> Reading:
    reading = reading_or_404(slug, request.user)
    require(reading.may_edit_entry(reading.outline.root), _("Only who edits the whole draft edits its processes."))
    return reading


def _process_or_404(reading: Reading, number: int) -> dict[str, Any]:
    return procedure_as_json(get_object_or_404(reading.edition.processes, number=number))
