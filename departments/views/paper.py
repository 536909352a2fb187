"""/designs/<slug>/booklet.pdf and /designs/<slug>/positions/<ref>.pdf, or .docx: a design on paper, at once or as a job."""

import contextlib
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
from departments.formats import docx, pdf
from departments.formats.paper import blank_book
from departments.formats.pdf import Book, Cancelled, PackageMissing, PaperError
from departments.models import Kind, PrintJob
from departments.models.outlines import Outline
from departments.printing.jobs import QueueFull, ask, error_of
from departments.printing.orders import Order
from departments.views.downloads import file_name
from departments.views.reading import Reading, reading_or_404

AT_ONCE_SECONDS = 20  # what a page gives to what should take one
LOOK_SECONDS = 0.5
ASKED = "printing"  # in a visitor's session: the jobs they asked for
MOST_ASKED = 50

_waiting = threading.BoundedSemaphore(settings.PRINT_WAITING)


@require_safe
def position_paper(request: HttpRequest, slug: str, ref: str, form: str) -> HttpResponse:
    """Send a position's form, as PDF or for Word; with ?blank=1 a PDF of the empty form for filling in by hand.

    ?style=reading and ?without=holder are as in the booklet. What is kept costs 6 queries, what is made at once 9 more;
    of an own design 4 more, or 9; for Word 1 more, or 3. Raises Http404.
    """
    reading = reading_or_404(slug, request.user, outline=Outline.near)
    if (renumbered := reading.renumbered(Kind.POSITION, ref)) is not None:
        return HttpResponseRedirect(reading.url(f"position-{form}", renumbered.ref))
    entry = reading.entry_or_404(Kind.POSITION, ref)
    if form == PrintJob.Form.PDF and request.GET.get("blank"):
        book = blank_book(reading.edition, reading.outline, entry)
        blank = _("blank job description")
        return paper(request, book, f"{entry.title} {blank}")
    said = {key: request.GET.getlist(key) for key in ("style", "without")}
    return _ordered(request, reading, said | {"position": [entry.ref]}, form)


@require_safe
def booklet(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send the booklet of a design, as PDF or for Word; see `booklets.options` for what else, ?branch=CODE a department's.

    What is kept costs 3 queries, of an own design 7, of a draft 4 more, for Word 1 more. What cannot be ready at once becomes
    a job: a browser is sent to its page, a program that takes nothing but the file waits. Raises Http404.
    """
    reading = reading_or_404(slug, request.user, outline=Outline.later)
    return _ordered(request, reading, dict(request.GET.lists()), form)


def _ordered(request: HttpRequest, reading: Reading, said: dict[str, list[str]], form: str) -> HttpResponse:
    """Answer with what an address says of the edition read, or with the page on which to choose something that is there."""
    try:
        options = Options.read(said)
        return deliver(request, Order(reading.edition, options, reading.holders_carried, form))
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
    """Answer with the paper where it is kept or can be made at once, else with what becomes of it. Raises OptionsError."""
    try:
        etag = f'"{order.key}"'
        if request.headers.get("If-None-Match") == etag:
            return HttpResponse(status=304, headers={"ETag": etag})
        if order.kept and (content := order.kept.read()) is not None:
            return sent(content, order.form, order.kept.name, etag)
        on_its_way = PrintJob.objects.filter(key=order.key).exclude(state__in=PrintJob.ENDED_BADLY).exists()
        if not on_its_way and order.is_quick:
            with contextlib.suppress(Cancelled):  # it was not so quick
                return sent(_made(order), order.form, order.name, etag)
        job = ask(order, by=request.user, mine=request.session.get(ASKED, ()))
    except QueueFull as full:
        return queue_full(request, full)
    except PaperError as error:
        return failed(request, error, order.form)
    remember(request, job)
    if not request.accepts("text/html"):
        job = wait(job)
    if job.state == PrintJob.State.READY:
        return sent(bytes(job.paper.content), job.form, job.name, etag)
    if request.accepts("text/html"):
        return HttpResponseRedirect(reverse("print-job", args=[job.pk]), status=303)
    text = error_of(job) or _("It is not ready yet. Ask again in a minute.")
    headers = {"Retry-After": "60"} if job.is_live else {}
    return HttpResponse(f"{text}\n", status=503, content_type="text/plain; charset=utf-8", headers=headers)


def _made(order: Order) -> bytes:
    """Make a paper here and now, and keep it. Raises PaperError, Cancelled where it takes too long."""
    end = time.monotonic() + AT_ONCE_SECONDS
    content = order.paper.make(progress=lambda _done, _total: None, cancelled=lambda: time.monotonic() > end)
    order.keep(content)
    return content


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
        etag = f'"{pdf.fingerprint(book)}"'
        if request.headers.get("If-None-Match") == etag:
            return HttpResponse(status=304, headers={"ETag": etag})
        return sent(pdf.print_book(book), PrintJob.Form.PDF, name, etag)
    except PaperError as error:
        return failed(request, error)


def failed(request: HttpRequest, error: PaperError, form: str = PrintJob.Form.PDF) -> HttpResponse:
    """Answer with the page that says why there is no paper."""
    if form == PrintJob.Form.WORD:
        return TemplateResponse(request, "word/failed.html", {"error": error}, status=503)
    context = {"error": error, "package": error.details.get("package") if isinstance(error, PackageMissing) else ""}
    return TemplateResponse(request, "booklets/failed.html", context, status=503)


def sent(content: bytes, form: str, name: str, etag: str = "") -> HttpResponse:
    """Answer with a paper: a PDF the browser shows, a Word file it saves."""
    word = form == PrintJob.Form.WORD
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=word, filename=file_name(f"{name}.{form}")),
        "Cache-Control": "no-cache",
    }
    media_type = docx.MEDIA_TYPE if word else "application/pdf"
    return HttpResponse(content, content_type=media_type, headers=headers | ({"ETag": etag} if etag else {}))
