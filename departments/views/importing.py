"""/designs/<slug>/draft/import/ and /own/import/: a file comes in: sent, looked at row by row, and only then written.

Between the steps the file is kept for a day, for its sender alone. The confirmation carries the sign of what was shown.
"""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.changes.parts import marked
from departments.formats.importing import Covers, Import, Stale, carry_out, look, make
from departments.formats.reports import Change, Report, gathered
from departments.forms.importing import ImportForm, NewFromFile
from departments.models import ImportFile
from departments.models.imports import keep
from departments.models.outlines import Outline
from departments.permissions import Role, account, can_administer, can_adopt, login_required, reach, require
from departments.restructuring import NotADraft, Refused
from departments.views.reading import Reading, reading_or_404

SHOWN = 300  # rows of each list on the page
TAKE = "take:"  # begins the name of a field in which the file's is chosen


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a file for the draft, and keep it. Raises Http404, PermissionDenied."""
    reading = _draft(request, slug)
    form = ImportForm(*_sent(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        keep(account(request), reading.design, remove=form.cleaned_data["remove"], **_file(file))
        return redirect(reading.url("import-check"))
    return TemplateResponse(request, "importing/file.html", {"reading": reading, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_check(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the file would do; on POST do it, if that is still so. Raises Http404, PermissionDenied."""
    reading = _draft(request, slug)
    kept = ImportFile.objects.of(account(request), reading.design).first()
    if kept is None:
        return redirect(reading.url("import"))
    if "again" in request.POST:
        ImportFile.objects.filter(pk=kept.pk).update(remove="remove" in request.POST)
        return redirect(reading.url("import-check"))
    if request.method == "POST":
        if done := _write(request, reading, kept):
            return done
        reading = _draft(request, slug)
    take, covers = frozenset(kept.take), _covers(request)
    found = look(
        bytes(kept.content),
        kept.name,
        reading.outline,
        remove=kept.remove,
        covers=covers,
        take=take,
        by=account(request),
    )
    return _checked(request, kept, found, {"reading": reading, "home": reading.url("import")})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Ask for a file and for the name of the design that is to be made of it."""
    require(can_adopt(request.user), _("Only editors make designs."))
    form = NewFromFile(*_sent(request))
    if form.is_valid():
        names = {"title": form.cleaned_data["name"], "slug": form.cleaned_data["slug"]}
        keep(account(request), None, **names, **_file(form.cleaned_data["file"]))
        return redirect("import-new-check")
    context = {"reading": None, "form": form, "administers": can_administer(request.user)}
    return TemplateResponse(request, "importing/file.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new_check(request: HttpRequest) -> HttpResponse:
    """Say what the design would hold; on POST make it."""
    require(can_adopt(request.user), _("Only editors make designs."))
    kept = ImportFile.objects.of(account(request), None).exclude(title="").first()
    if kept is None:
        return redirect("import-new")
    if request.method == "POST" and (done := _make(request, kept)):
        return done
    found = look(bytes(kept.content), kept.name, Outline.blank(kept.title), fresh=True)
    return _checked(request, kept, found, {"reading": None, "home": "/own/import/"})


def _draft(request: HttpRequest, slug: str) -> Reading:
    reading = reading_or_404(slug, request.user)
    require(reading.may_edit, _("Only the draft of an own design is edited, and only by editors."))
    return reading


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """Return what was sent, nothing where the form is only asked for; a form without words still sends its file."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _file(file: Any) -> dict[str, Any]:
    return {"name": str(file.name)[-200:], "content": file.read()}


def _covers(request: HttpRequest) -> Covers:
    return lambda outline: reach(request.user, outline, Role.EDITOR).covers


def _write(request: HttpRequest, reading: Reading, kept: ImportFile) -> HttpResponse | None:
    """Write what was shown, and what was chosen, and go to the history; None where it has to be looked at again."""
    kept.take = [name.removeprefix(TAKE) for name, value in request.POST.items() if name.startswith(TAKE) and value]
    kept.save(update_fields=["take"])
    try:
        done = carry_out(
            bytes(kept.content),
            kept.name,
            reading.edition,
            sign=request.POST.get("sign", ""),
            by=account(request),
            remove=kept.remove,
            covers=_covers(request),
            take=frozenset(kept.take),
        )
    except Stale as stale:
        if stale.now.refused:
            messages.error(request, _("What you chose does not go together. Nothing was written."))
        else:
            messages.error(request, _("The draft was changed meanwhile. Nothing was written: look again."))
    except NotADraft:
        messages.error(request, _("This is no longer a draft."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        kept.delete()
        if done.found is None or done.found.empty:
            messages.success(request, _("The draft stays as it is."))
        else:
            messages.success(request, _("Imported. The history shows it as one change, which can be taken back."))
        return redirect(reading.url("history"))
    return None


def _make(request: HttpRequest, kept: ImportFile) -> HttpResponse | None:
    try:
        design = make(
            bytes(kept.content),
            kept.name,
            title=kept.title,
            slug=kept.slug,
            sign=request.POST.get("sign", ""),
            by=account(request),
        )
    except Stale:
        messages.error(request, _("Something was changed meanwhile. Nothing was written: look again."))
    except IntegrityError:
        messages.error(request, _("This address is in use. Choose another."))
        return redirect("import-new")
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        kept.delete()
        messages.success(request, _("This is your own first draft. Change what differs, then submit it for review."))
        return redirect("design", f"{design.slug}/draft")
    return None


def _checked(request: HttpRequest, kept: ImportFile, found: Import, context: dict[str, Any]) -> HttpResponse:
    report = found.report
    faults = gathered(report.faults)
    context |= {
        "kept": kept,
        "report": report,
        "lists": _lists(report),
        "conflicts": [_row(row) for row in report.conflicts[:SHOWN]],
        "faults": faults[:SHOWN],
        "more_faults": len(faults) > SHOWN,
        "refused": gathered(found.refused)[:SHOWN],
        "may_write": not report.faults and bool(report.conflicts or not report.empty),
    }
    return TemplateResponse(request, "importing/check.html", context)


def _lists(report: Report) -> list[dict[str, Any]]:
    """Return the lists of the page: what is changed first, since that is what somebody has to look at."""
    lists = (
        ("changed", _("Changed"), report.changed),
        ("moved", _("Moved"), report.moved),
        ("removed", _("Removed"), report.removed),
        ("added", _("Added"), report.added),
    )
    return [
        {"verdict": verdict, "title": title, "count": len(rows), "rows": [_row(row) for row in rows[:SHOWN]]}
        for verdict, title, rows in lists
    ]


def _row(row: Change) -> dict[str, Any]:
    cells = [(cell.head, *marked(cell.before, cell.after)) for cell in row.cells]
    return {"row": row, "cells": cells}
