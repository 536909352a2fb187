"""/designs/<slug>/booklet.pdf and /designs/<slug>/positions/<ref>.pdf: a design on paper, at once or as a job."""

import threading
import time
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from departments.booklets.options import PARTS, Options, OptionsError
from departments.formats.paper import blank_book
from departments.formats.pdf import Book, Cancelled, PackageMissing, PaperError, fingerprint, print_book
from departments.models import Kind, PrintJob
from departments.printing.jobs import QueueFull, ask, error_of
from departments.printing.orders import Order
from departments.views.reading import Reading, reading_or_404

AT_ONCE_SECONDS = 20  # what a page gives to what should take one
LOOK_SECONDS = 0.5
ASKED = "printing"  # in a visitor's session: the jobs they asked for
MOST_ASKED = 50

_waiting = threading.BoundedSemaphore(settings.PRINT_WAITING)


@require_safe
def position_pdf(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Send a position's form; with ?blank=1 the empty form for filling in by hand. 5 queries. Raises Http404.

    ?style=reading and ?without=holder are as in the booklet.
    """
    reading = reading_or_404(slug, request.user)
    if (renumbered := reading.renumbered(Kind.POSITION, ref)) is not None:
        return HttpResponseRedirect(reading.url("position-pdf", renumbered.ref))
    entry = reading.entry_or_404(Kind.POSITION, ref)
    if request.GET.get("blank"):
        book = blank_book(reading.edition, reading.outline, entry)
        blank = _("blank job description")
        return paper(request, book, f"{entry.title} {blank}")
    reading.outline.holders = reading.holders_carried
    said = {key: request.GET.getlist(key) for key in ("style", "without")}
    try:
        options = Options.read(said | {"position": [entry.ref]})
        return deliver(request, Order(reading.edition, reading.outline, options))
    except OptionsError as error:
        return _choosing(request, reading, error)


@require_safe
def booklet_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the booklet of a design; see `booklets.options` for what else, ?branch=CODE a department's. 7 queries, or a job's.

    What cannot be ready at once becomes a job: a browser is sent to its page, a program that takes nothing but PDF waits.
    Raises Http404.
    """
    reading = reading_or_404(slug, request.user)
    reading.outline.holders = reading.holders_carried
    try:
        options = Options.read(dict(request.GET.lists()))
        return deliver(request, Order(reading.edition, reading.outline, options))
    except OptionsError as error:
        return _choosing(request, reading, error)


@require_safe
def booklet_options(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the reader choose what the booklet is to contain; the address may choose already. 4 queries. Raises Http404."""
    return _choosing(request, reading_or_404(slug, request.user))


def _choosing(request: HttpRequest, reading: Reading, error: OptionsError | None = None) -> HttpResponse:
    """Show the options with those that the address names chosen, and what is wrong with them."""
    said = request.GET
    outline = reading.outline
    context = {
        "reading": reading,
        "error": error,
        "branches": [
            (entry, "\u3000" * sum(above.is_department for above in entry.trail)) for entry in outline.departments
        ],
        "branch": outline.find(said.get("branch", "")),
        "positions": [
            (entry, list(entries))
            for entry, entries in groupby(outline.positions, key=lambda position: position.department)
        ],
        "chosen": [outline.find(ref) for ref in said.getlist("position")],
        "parts": PARTS.items(),
        "without": said.getlist("without"),
        "mirrored": said.get("margins") == "mirrored",
        "style": said.get("style", ""),
        "charts": [("", _("one, or as many as can be read")), *page_rules()],
        "chosen_charts": said.get("charts", ""),
    }
    status = 200 if error is None else 404 if error.missing else 400
    return TemplateResponse(request, "printing/options.html", context, status=status)


def page_rules() -> list[tuple[str, str]]:
    """Return how a chart may be parted, with words."""
    levels = [(str(n), _("%(n)d levels a sheet") % {"n": n}) for n in (2, 3, 4)]
    return [("fit", _("all on one sheet")), ("departments", _("one sheet a department")), *levels]


def deliver(request: HttpRequest, order: Order) -> HttpResponse:
    """Answer with the PDF where it can be had at once, else with what becomes of it. Raises OptionsError."""
    try:
        etag = f'"{fingerprint(order.book)}"'
        if request.headers.get("If-None-Match") == etag:
            return HttpResponse(status=304, headers={"ETag": etag})
        if order.is_quick:
            end = time.monotonic() + AT_ONCE_SECONDS
            try:
                return pdf_response(print_book(order.book, cancelled=lambda: time.monotonic() > end), order.name, etag)
            except Cancelled:
                pass  # it was not so quick
        job = ask(order, by=request.user, mine=request.session.get(ASKED, ()))
    except QueueFull as full:
        return queue_full(request, full)
    except PaperError as error:
        return failed(request, error)
    remember(request, job)
    if not request.accepts("text/html"):
        job = wait(job)
    if job.state == PrintJob.State.READY:
        return pdf_response(bytes(job.paper.content), job.name, etag)
    if request.accepts("text/html"):
        return HttpResponseRedirect(reverse("print-job", args=[job.pk]), status=303)
    text = error_of(job) or _("It is not ready yet. Ask again in a minute.")
    headers = {"Retry-After": "60"} if job.is_live else {}
    return HttpResponse(f"{text}\n", status=503, content_type="text/plain; charset=utf-8", headers=headers)


def wait(job: PrintJob) -> PrintJob:
    """Return the job when it is done, or as it is when waiting has taken its time, or too many wait already."""
    if _waiting.acquire(blocking=False):
        try:
            end = time.monotonic() + settings.PRINT_WAIT_SECONDS
            while job.is_live and time.monotonic() < end:
                time.sleep(LOOK_SECONDS)
                job.refresh_from_db(fields=["state", "error", "details"])
        finally:
            _waiting.release()
    return job


def asked_for(request: HttpRequest, job: PrintJob) -> bool:
    """Whether this visitor has asked for a job. No query for who has no session."""
    return str(job.pk) in request.session.get(ASKED, ())


def remember(request: HttpRequest, job: PrintJob) -> None:
    """Let the visitor be known as one who asked for it, until they sign out."""
    if not asked_for(request, job):
        request.session[ASKED] = [*request.session.get(ASKED, ()), str(job.pk)][-MOST_ASKED:]


def forget(request: HttpRequest, job: PrintJob) -> None:
    """Let the visitor not wait for it any more."""
    request.session[ASKED] = [pk for pk in request.session.get(ASKED, ()) if pk != str(job.pk)]


def queue_full(request: HttpRequest, full: QueueFull) -> HttpResponse:
    """Answer with the page that says that too many wait: 429 where all are the account's own."""
    headers = {"Retry-After": "60"}
    return TemplateResponse(
        request, "printing/full.html", {"own": full.own}, status=429 if full.own else 503, headers=headers
    )


def paper(request: HttpRequest, book: Book, name: str) -> HttpResponse:
    """Answer with a short PDF, 304 where the browser has it already, or a page that says why there is none."""
    try:
        etag = f'"{fingerprint(book)}"'
        if request.headers.get("If-None-Match") == etag:
            return HttpResponse(status=304, headers={"ETag": etag})
        return pdf_response(print_book(book), name, etag)
    except PaperError as error:
        return failed(request, error)


def failed(request: HttpRequest, error: PaperError) -> HttpResponse:
    """Answer with the page that says why there is no PDF."""
    context = {"error": error, "package": error.details.get("package") if isinstance(error, PackageMissing) else ""}
    return TemplateResponse(request, "booklets/failed.html", context, status=503)


def pdf_response(content: bytes, name: str, etag: str = "") -> HttpResponse:
    """Answer with a PDF that the browser shows."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=False, filename=f"{name}.pdf"),
        "Cache-Control": "no-cache",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers | ({"ETag": etag} if etag else {}))
