"""/designs/<slug>/raci/, matrix.pdf: who carries out, answers for, is asked and is told; a page a function to set it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from departments.comparison.coverage import function_set, single_functions
from departments.comparison.raci import LETTERS, MOST, Cell, FunctionLine, Raci, raci
from departments.comparison.raci_steps import ProcessRaci, process_raci
from departments.formats.matrix_paper import matrix_book
from departments.formats.raci_book import raci_book
from departments.models import Function
from departments.permissions import account, require
from departments.restructuring import NotADraft, Refused, Room, open_edition
from departments.views.downloads import send
from departments.views.health import number
from departments.views.paper import paper
from departments.views.reading import Reading, reading_or_404


@require_safe
def design_raci(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the matrix, its findings and the processes; ?most= sets how many functions are too many. 7 queries."""
    reading = reading_or_404(slug, request.user)
    most = number(request, "most", MOST)
    functions = single_functions()
    found = raci(reading.outline, functions, most=most)
    context = {
        "reading": reading,
        "raci": found,
        "function_set": function_set(functions),
        "processes": _processes(reading),
        "most": most,
    }
    return TemplateResponse(request, "raci/raci.html", context)


@require_safe
def raci_xlsx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the matrix, its findings and the processes as a workbook. 7 queries."""
    reading = reading_or_404(slug, request.user)
    most = number(request, "most", MOST)
    found = raci(reading.outline, single_functions(), most=most)
    content, media_type = raci_book(reading.design.name, found, _processes(reading))
    return send(request, content, media_type, f"{reading.design.name} RACI.xlsx")


@require_safe
def matrix_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the matrix on A3. 5 queries. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    book = matrix_book(reading.edition, raci(reading.outline, single_functions()))
    return paper(request, book, f"{reading.design.name} {_('Responsibility matrix')}")


@require_http_methods(["GET", "HEAD", "POST"])
def raci_function(request: HttpRequest, slug: str, function: str) -> HttpResponse:
    """Show one function with the duties behind every letter; in a draft set the letters. 5 queries. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    line = _line_or_404(raci(reading.outline, single_functions()), function)
    rows = [Seat(cell, reading.may_edit_entry(cell.place)) for cell in line.cells]
    status = 200
    if request.method == "POST":
        require(reading.may_edit, _("Only the draft of an own design is edited, and only by editors."))
        if _save(request, reading, line, rows):
            return redirect(request.path)
        status = 409
    context = {"reading": reading, "line": line, "rows": rows, "letters": LETTERS, "may_set": reading.may_edit}
    return TemplateResponse(request, "raci/function.html", context, status=status)


@dataclass
class Seat:
    """A position on a function's page: its cell, whether it may be set, and what was chosen but not stored."""

    cell: Cell
    may_set: bool
    chosen: str | None = None
    now: str | None = None  # what somebody else set meanwhile

    @property
    def key(self) -> str:
        """The name of its boxes in the form."""
        return f"seat-{self.cell.place.uid.hex}"

    @property
    def shown(self) -> str:
        """The letters ticked."""
        return self.cell.text if self.chosen is None else self.chosen

    @property
    def seen(self) -> str:
        """What is stored of it, as the page shows it and sends it back: the letters set, or "derived"."""
        return self.cell.text if self.cell.is_set else "derived"


def _line_or_404(found: Raci, slug: str) -> FunctionLine:
    for line in found.lines:
        if line.function.slug == slug:
            return line
    raise Http404


def _processes(reading: Reading) -> list[ProcessRaci]:
    """Return the matrices of the edition's processes. 2 queries, 1 without processes."""
    processes = reading.edition.processes.prefetch_related("steps")
    return process_raci(reading.outline, [(process, list(process.steps.all())) for process in processes])


def _save(request: HttpRequest, reading: Reading, line: FunctionLine, rows: list[Seat]) -> bool:
    """Store what was ticked; what is ticked as it is derived is not, unless confirmed. Returns whether it was stored."""
    do = request.POST.get("do", "save")
    for row in rows:
        if row.may_set and f"{row.key}-seen" in request.POST:
            ticked = request.POST.getlist(row.key)
            row.chosen = "".join(letter for letter in LETTERS if letter in ticked)
    try:
        with (
            open_edition(reading.edition, by=account(request)) as room,
            room.together(_("RACI of %(function)s") % {"function": line.function.name}),
        ):
            seen = {row.key: request.POST.get(f"{row.key}-seen", "") for row in rows}
            _write(room, [row for row in rows if row.chosen is not None], line.function, seen, do=do)
    except (Refused, NotADraft) as refusal:
        messages.error(request, str(refusal) if isinstance(refusal, Refused) else _("This is no longer a draft."))
        return False
    messages.success(request, _("Saved."))
    return True


def _write(room: Room, rows: list[Seat], function: Function, seen: dict[str, str], *, do: str) -> None:
    """Store the cells. Raises Refused where one was set meanwhile: then none is stored."""
    for row in rows:
        _set(room, row, function, seen[row.key], do=do)
    if any(row.now is not None for row in rows):
        raise Refused(_("Somebody else has set this meanwhile. Look at the marked lines, then save again."))


def _set(room: Room, row: Seat, function: Function, seen: str, *, do: str) -> None:
    """Store one cell where it was changed; where it was changed by somebody else too, say so in the row."""
    uid, slug = row.cell.place.uid, function.slug
    stored: dict[str, Any] = room.node(uid).raci
    now = stored.get(slug, "derived")
    kept = {name: letters for name, letters in stored.items() if name != slug}
    wanted = "" if do == "derive" else row.chosen or ""
    stays = do == "save" and row.cell.is_set and wanted == row.cell.text
    if do != "derive" and (stays or wanted != row.cell.derived or (do == "confirm" and wanted)):
        kept[slug] = wanted
    if kept == stored:
        return
    if now != seen and now != kept.get(slug, "derived"):
        row.now = now
        return
    room.edit(uid, {"raci": kept})
