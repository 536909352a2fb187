"""/own/read/ and /own/read/<n>/: Word files and texts are read, looked over beside their source, and saved into a draft."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from departments.formats.recognition import Line, Part, Unreadable, recognise, text_lines
from departments.formats.recognition.files import file_lines
from departments.formats.recognition.notation import UNCERTAIN, Mistake, Reader, spread, write
from departments.formats.recognition.rows import brought
from departments.forms.reading_in import NEW, PlaceForm, TextsForm
from departments.models import Edition, SourceText
from departments.models.people import grants
from departments.permissions import account, can_adopt, can_bring_in, login_required, require
from departments.restructuring import NotADraft, Refused, open_edition
from departments.restructuring.adopting import adopt
from departments.restructuring.bringing_in import bring_in

FEW = 3  # sources that are called by all their names
WIDTH = 34  # characters of a line of the textareas, about


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest) -> HttpResponse:
    """Ask for files or a text, and read them; list what was read before and not saved yet. 1–2 queries."""
    require(can_bring_in(request.user), _("Only editors bring texts in."))
    form = TextsForm(request.POST, request.FILES) if request.method == "POST" else TextsForm()
    if form.is_valid():
        sources, problems = _read(form.cleaned_data)
        said = [f"{name}：{reason}" for name, reason in problems]
        if sources:  # what can be read is not lost over what cannot
            for one in said:
                messages.warning(request, _("Left out: %s") % one)
            SourceText.objects.forget()
            return redirect("read-review", _stored(request, sources).pk)
        for one in said:
            form.add_error(None, one)
    waiting = SourceText.objects.filter(user=account(request)).only("name", "changed_at")
    status = 422 if form.errors else 200
    return TemplateResponse(request, "reading_in/read.html", {"form": form, "waiting": waiting}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was recognised beside its source; take corrections, and save it all into a draft. Raises Http404."""
    require(can_bring_in(request.user), _("Only editors bring texts in."))
    stored = get_object_or_404(SourceText, pk=pk, user=account(request))
    if "remove" in request.POST:
        stored.delete()
        messages.success(request, _("“%s” was put away.") % stored.name)
        return redirect("read-in")
    if request.method != "POST":
        return _review(request, stored, _place(request), [])
    _keep(stored, request.POST)
    form = _place(request, request.POST)
    reader = Reader()
    parts = reader.read([block["text"] for block in stored.blocks])
    if "save" in request.POST and form.is_valid() and not reader.mistakes:
        try:
            return _saved(request, stored, parts, form.cleaned_data)
        except (Refused, NotADraft, IntegrityError) as error:
            form.add_error(None, _reason(error))
    elif "save" not in request.POST:
        form = _place(request, initial=request.POST.dict())
        messages.success(request, _("Kept. You find it again under “From Word or text”."))
    return _review(request, stored, form, reader.mistakes)


def _place(request: HttpRequest, *args: Any, **options: Any) -> PlaceForm:
    """Return the form that asks where to: in any draft or a new design, or in the branches that are one's own."""
    within = None if can_adopt(request.user) else grants(request.user)
    return PlaceForm(*args, within=within, **options)


def _read(given: dict[str, Any]) -> tuple[list[tuple[str, list[Line]]], list[tuple[str, Exception]]]:
    """Return the lines of each source, and what could not be read."""
    sources: list[tuple[str, list[Line]]] = []
    problems: list[tuple[str, Exception]] = []
    for file in given["documents"]:
        name = PurePath(file.name or "").name[:120]
        try:
            sources.append((name, file_lines(file.read())))
        except Unreadable as reason:
            problems.append((name, reason))
    if given["text"].strip():
        try:
            sources.append((_("pasted text"), text_lines(given["text"])))
        except Unreadable as reason:
            problems.append((_("pasted text"), reason))
    return sources, problems


def _stored(request: HttpRequest, sources: Sequence[tuple[str, list[Line]]]) -> SourceText:
    """Recognise the sources and keep what came of it."""
    blocks = []
    for at, (_name, lines) in enumerate(sources):
        found: Part = recognise(lines)
        written = write(found)
        spread(written, [line.number for line in lines])
        blocks += [{"source": at, "lines": block.lines, "text": block.text} for block in written]
    return SourceText.objects.create(
        user=account(request),
        name=_named([name for name, _lines in sources]),
        sources=[
            {"name": name, "lines": {str(line.number): _shown(line) for line in lines}} for name, lines in sources
        ],
        blocks=blocks,
    )


def _named(names: Sequence[str]) -> str:
    """Return what several sources are called together."""
    if len(names) <= FEW:
        return "、".join(names)[:200]
    return _("%(first)s and others, %(n)d in all") % {"first": names[0], "n": len(names)}


def _shown(line: Line) -> str:
    return f"{line.label} | {line.text}" if line.label else line.text


def _keep(stored: SourceText, data: Any) -> None:
    """Store what was typed, whatever comes of it."""
    for at, block in enumerate(stored.blocks):
        block["text"] = data.get(f"block-{at}", block["text"]).replace("\r\n", "\n").replace("\0", "")
    stored.save(update_fields=["blocks", "changed_at"])


def _saved(request: HttpRequest, stored: SourceText, parts: list[Part], given: dict[str, Any]) -> HttpResponse:
    """Put the parts into the draft, as one change, and show it. Raises Refused, NotADraft, IntegrityError."""
    by = account(request)
    with transaction.atomic():
        if given["into"] == NEW:
            design = adopt(None, name=given["name"], slug=given["slug"], by=by)
            edition = Edition.objects.select_related("design").get(design=design)
            root = edition.nodes.get(parent__isnull=True).uid
            if given["code"]:
                with open_edition(edition, by=by) as room:
                    room.edit(root, {"code": given["code"]})
        else:
            key, _colon, uid = given["into"].partition(":")
            edition, root = Edition.objects.select_related("design").get(pk=key), UUID(uid)
        number = bring_in(
            edition,
            lambda outline, above: brought(parts, outline, above),
            under=root,
            by=by,
            note=_("read from %s") % stored.name[:100],
        )
        stored.delete()
    said = ngettext(
        "%(n)d department or position saved. The history shows it as one change, which can be taken back.",
        "%(n)d departments and positions saved. The history shows it as one change, which can be taken back.",
        number,
    )
    messages.success(request, said % {"n": number})
    return redirect("design", f"{edition.design.slug}/draft")


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, NotADraft):
        return _("This is no longer a draft.")
    return _("A code or the address is in use. Nothing was saved.")


def _review(request: HttpRequest, stored: SourceText, form: PlaceForm, mistakes: Sequence[Mistake]) -> HttpResponse:
    blocks = []
    for at, block in enumerate(stored.blocks):
        source = stored.sources[block["source"]]
        lines = block["text"].split("\n")
        blocks.append(
            {
                "name": f"block-{at}",
                "text": block["text"],
                "rows": min(sum(len(line) // WIDTH + 1 for line in lines), 40),
                "source": source["name"],
                "lines": [(number, source["lines"].get(str(number), "")) for number in block["lines"]],
                "uncertain": sum(line.strip().startswith(UNCERTAIN) for line in lines),
                "left_out": all(line.strip().startswith("#") for line in lines if line.strip()),
                "mistakes": [one for one in mistakes if one.block == at + 1],
            }
        )
    context = {
        "stored": stored,
        "form": form,
        "blocks": blocks,
        "mistakes": mistakes,
        "uncertain": sum(block["uncertain"] for block in blocks),
        "several": len(stored.sources) > 1,
    }
    status = 422 if (mistakes and "save" in request.POST) or form.errors else 200
    return TemplateResponse(request, "reading_in/review.html", context, status=status)
