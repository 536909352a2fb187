"""/designs/<slug>/booklet.pdf and /designs/<slug>/positions/<ref>.pdf: a design on paper."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from departments.formats.paper import blank_book, booklet_book, chosen_book, position_book
from departments.formats.pdf import Book, PackageMissing, PaperError, fingerprint, print_book
from departments.models import Kind
from departments.views.reading import reading_or_404


@require_safe
def position_pdf(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Send a position's form; with ?blank=1 the empty form for filling in by hand. 5 queries. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    if (renumbered := reading.renumbered(Kind.POSITION, ref)) is not None:
        return HttpResponseRedirect(reading.url("position-pdf", renumbered.ref))
    entry = reading.entry_or_404(Kind.POSITION, ref)
    if request.GET.get("blank"):
        book = blank_book(reading.edition, reading.outline, entry)
        return paper(request, book, f"{entry.title} {_('blank job description')}")
    reading.outline.holders = reading.holders_carried
    book = position_book(reading.edition, reading.outline, entry)
    return paper(request, book, f"{entry.title} {_('Job description')}")


@require_safe
def booklet_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the booklet of a design; with ?branch=CODE that of a department, with ?position=CODE&position=… those forms.

    7 queries. Raises Http404.
    """
    reading = reading_or_404(slug, request.user)
    if refs := request.GET.getlist("position"):
        entries = {entry.uid: entry for entry in (reading.entry_or_404(Kind.POSITION, ref) for ref in refs)}
        chosen = sorted(entries.values(), key=lambda entry: entry.lft)
        book = chosen_book(reading.edition, reading.outline, chosen)
        return paper(request, book, f"{reading.design.name} {_('Job descriptions')}")
    branch = None
    if ref := request.GET.get("branch"):
        branch = reading.entry_or_404(Kind.DEPARTMENT, ref)
    name = branch.title if branch else reading.design.name
    reading.outline.holders = reading.holders_carried
    book = booklet_book(reading.edition, reading.outline, branch)
    return paper(request, book, f"{name} {_('Collected job descriptions')}")


def paper(request: HttpRequest, book: Book, name: str) -> HttpResponse:
    """Answer with the PDF, 304 where the browser has it already, or a page that says why there is none."""
    try:
        etag = f'"{fingerprint(book)}"'
        if request.headers.get("If-None-Match") == etag:
            return HttpResponse(status=304, headers={"ETag": etag})
        pdf = print_book(book)
    except PaperError as error:
        context = {"error": error, "package": error.details.get("package") if isinstance(error, PackageMissing) else ""}
        return TemplateResponse(request, "booklets/failed.html", context, status=503)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=False, filename=f"{name}.pdf"),
        "Cache-Control": "no-cache",
        "ETag": etag,
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
