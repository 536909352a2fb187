"""What a worker does with a job: make it, say how far it is, keep what came of it. Each step is one conditional UPDATE."""

import threading
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from departments.booklets.options import OptionsError
from departments.formats import pdf
from departments.models import Edition, PrintedPaper, PrintJob
from departments.printing.orders import Order, order_of
from departments.printing.papers import Paper, WordFault

State = PrintJob.State
PULSE = 0.5  # seconds between two looks at a job that is being made
ATTEMPTS = 3  # of workers that died over it

stopping = threading.Event()  # set where this process is told to end: its job goes back to the queue


class Interrupted(pdf.PaperError):
    """The worker ended again and again while it was printed."""

    sentence = _("The printing was interrupted several times. Try again later.")


class Gone(pdf.PaperError):
    """What was to be printed is not there any more."""

    sentence = _("What was to be printed is not in the design any more.")


def carry_out(pk: str) -> str:
    """Make what a waiting job asks for, and return its state at the end; nothing is done where somebody else has it."""
    begun = PrintJob.objects.filter(pk=pk, state=State.WAITING)
    if not begun.update(state=State.PRINTING, attempts=F("attempts") + 1, moved_at=Now()):
        return ""
    job = PrintJob.objects.get(pk=pk)
    if job.form == PrintJob.Form.PDF:
        pdf.wake()  # they get ready while the book is put together
    try:
        with override(job.language):
            order = order_of(job)
            _keep_key(job, order)
            content, parts = _make(job, order.paper)
            order.keep(content)
    except pdf.Cancelled:
        if stopping.is_set():
            _give_back(job)
    except (OptionsError, Edition.DoesNotExist):
        _fail(job, Gone())
    except pdf.PaperError as error:
        _fail(job, error)
    except Exception:
        _fail(job, pdf.PaperError() if job.form == PrintJob.Form.PDF else WordFault())
        raise
    else:
        _finish(job, content, parts)
    return str(PrintJob.objects.values_list("state", flat=True).filter(pk=pk).first() or "")


def _make(job: PrintJob, paper: Paper) -> tuple[bytes, int]:
    """Return the file, and how many parts it has; the job is told how far it is, and all ends where it was stopped.

    The work itself is left to another thread, which does not know the database. Raises PaperError.
    """
    stop = threading.Event()
    counted = [0, 0]

    def count(done: int, total: int) -> None:
        counted[:] = done, total

    def cancelled() -> bool:
        return stop.is_set() or stopping.is_set()

    def make() -> bytes:
        with override(job.language):  # a thread begins with the site's
            return paper.make(progress=count, cancelled=cancelled)

    with ThreadPoolExecutor(1) as threads:
        future = threads.submit(make)
        try:
            while True:
                try:
                    return future.result(timeout=PULSE), counted[1]
                except TimeoutError:
                    if not _move(job, *counted):
                        stop.set()
        finally:
            stop.set()


def _own(job: PrintJob) -> Any:
    """Return the job as long as it is being printed, and by us: the attempt is still ours."""
    return PrintJob.objects.filter(pk=job.pk, state=State.PRINTING, attempts=job.attempts)


def _move(job: PrintJob, done: int, total: int) -> bool:
    return bool(_own(job).update(done=done, total=total, moved_at=Now()))


def _keep_key(job: PrintJob, order: Order) -> None:
    """Where the edition was edited since the job was asked for, let it answer to nobody who asks for that again. It is read
    by then: what is edited later is not in it."""
    if order.key != job.key or not order.is_settled:
        PrintJob.objects.filter(pk=job.pk).update(key=uuid.uuid4().hex)


def _finish(job: PrintJob, content: bytes, parts: int) -> None:
    with transaction.atomic():
        if _own(job).update(state=State.READY, done=parts, total=parts, moved_at=Now()):
            PrintedPaper.objects.update_or_create(job=job, defaults={"content": content})


def _fail(job: PrintJob, error: pdf.PaperError) -> None:
    details: Mapping[str, Any] = error.details
    if isinstance(error, pdf.MissingGlyph):
        details = {"missing": error.missing}
    _own(job).update(state=State.FAILED, error=type(error).__name__, details=details, moved_at=Now())


def _give_back(job: PrintJob) -> None:
    """Let another worker do a job that this process may not finish: it counts as no attempt."""
    _own(job).update(state=State.WAITING, attempts=F("attempts") - 1, moved_at=Now())
