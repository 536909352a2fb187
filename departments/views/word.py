"""/designs/<slug>/positions/<ref>.docx: a position in Word; the booklet is in `paper`, since it may become a job."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from departments.formats import docx
from departments.models import Kind, WordTemplate
from departments.views.downloads import send
from departments.views.reading import reading_or_404


@require_safe
def position_docx(request: HttpRequest, slug: str, ref: str) -> HttpResponseBase:
    """Send a position's form. 6 queries, 9 of an own design. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    if (renumbered := reading.renumbered(Kind.POSITION, ref)) is not None:
        return HttpResponseRedirect(reading.url("position-docx", renumbered.ref))
    entry = reading.entry_or_404(Kind.POSITION, ref)
    reading.outline.holders = reading.holders_carried
    template = WordTemplate.objects.content_in_use()
    name = f"{entry.title} {_('Job description')}"
    return word_file(request, name, lambda: docx.position_docx(reading.edition, reading.outline, entry, template))


def word_file(request: HttpRequest, name: str, make: Callable[[], bytes]) -> HttpResponseBase:
    """Answer with the file, 304 where the browser has it already, or a page that says why there is none."""
    try:
        content = make()
    except (docx.BadTemplate, docx.TooLong) as error:
        return TemplateResponse(request, "word/failed.html", {"error": error}, status=503)
    return send(request, content, docx.MEDIA_TYPE, f"{name}.docx")
