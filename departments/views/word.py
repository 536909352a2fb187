"""/designs/<slug>/booklet.docx and /designs/<slug>/positions/<ref>.docx: a design in Word."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from departments.formats import docx
from departments.models import Kind
from departments.views.downloads import send
from departments.views.reading import reading_or_404


@require_safe
def position_docx(request: HttpRequest, slug: str, ref: str) -> HttpResponseBase:
    """Send a position's form. 5 queries, 10 of an own design. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    if (renumbered := reading.renumbered(Kind.POSITION, ref)) is not None:
        return HttpResponseRedirect(reading.url("position-docx", renumbered.ref))
    entry = reading.entry_or_404(Kind.POSITION, ref)
    reading.outline.holders = reading.holders_carried
    name = f"{entry.title} {_('Job description')}"
    return _file(request, name, lambda: docx.position_docx(reading.edition, reading.outline, entry))


@require_safe
def booklet_docx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the booklet of a design; ?branch=CODE and ?position=CODE choose as they do for booklet.pdf.

    7 queries, 12 of an own design. Raises Http404.
    """
    reading = reading_or_404(slug, request.user)
    reading.outline.holders = reading.holders_carried
    if refs := request.GET.getlist("position"):
        entries = {entry.uid: entry for entry in (reading.entry_or_404(Kind.POSITION, ref) for ref in refs)}
        chosen = sorted(entries.values(), key=lambda entry: entry.lft)
        name = f"{reading.design.name} {_('Job descriptions')}"
        return _file(request, name, lambda: docx.chosen_docx(reading.edition, reading.outline, chosen))
    branch = reading.entry_or_404(Kind.DEPARTMENT, ref) if (ref := request.GET.get("branch")) else None
    name = f"{branch.title if branch else reading.design.name} {_('Collected job descriptions')}"
    return _file(request, name, lambda: docx.booklet_docx(reading.edition, reading.outline, branch))


def _file(request: HttpRequest, name: str, make: Callable[[], bytes]) -> HttpResponseBase:
    """Answer with the file, 304 where the browser has it already, or a page that says why there is none."""
    try:
        content = make()
    except (docx.BadTemplate, docx.TooLong) as error:
        return TemplateResponse(request, "word/failed.html", {"error": error}, status=503)
    return send(request, content, docx.MEDIA_TYPE, f"{name}.docx")
