"""A job that is asked for, joined, left. Each step is one conditional UPDATE: of two who click at once, one takes it."""

from collections.abc import Container

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from departments.formats import pdf, pdf_errors
from departments.models import PrintJob
from departments.printing.orders import Order
from departments.printing.papers import NotWritten, WordFault
from departments.printing.tasks import enqueue
from departments.printing.work import Gone, Interrupted

State = PrintJob.State


class QueueFull(Exception):
    """So many wait already that nobody else may; `own`: all of them for the same account."""

    def __init__(self, *, own: bool):
        super().__init__()
        self.own = own


def ask(order: Order, *, by: AbstractBaseUser | AnonymousUser, mine: Container[str] = ()) -> PrintJob:
    """Return the job of an order: the one there is, or a new one that waits. `mine`: ids of those asked for before.

    2 queries for a job that is there, 6 for a new one and what its name costs. Raises QueueFull, OptionsError,
    PackageMissing.
    """
    job = PrintJob.objects.filter(key=order.key).first()
    if job is None:
        _require_room(by)
        account = by.pk if by.is_authenticated else None
        try:
            with transaction.atomic():
                job = PrintJob.objects.create(**order.columns, requested_by_id=account)
                enqueue(job)
            return job
        except IntegrityError:  # somebody was faster
            job = PrintJob.objects.get(key=order.key)
    if job.state == State.CANCELLED:
        again(job, by=by)
    elif job.is_live and str(job.pk) not in mine and (job.requested_by_id is None or job.requested_by_id != by.pk):
        PrintJob.objects.filter(pk=job.pk).update(askers=F("askers") + 1)
    return job


def again(job: PrintJob, *, by: AbstractBaseUser | AnonymousUser) -> None:
    """Let a job that failed or was stopped wait once more. 1 query, 5 where it was. Raises QueueFull."""
    ended = PrintJob.objects.filter(pk=job.pk, state__in=PrintJob.ENDED_BADLY)
    if not ended.exists():
        return
    _require_room(by)
    with transaction.atomic():
        account = by.pk if by.is_authenticated else None
        fresh = {"done": 0, "total": 0, "attempts": 0, "askers": 1, "error": "", "details": {}}
        if ended.update(state=State.WAITING, requested_by=account, requested_at=Now(), moved_at=Now(), **fresh):
            enqueue(job)
    job.refresh_from_db()


def leave(job: PrintJob, *, by: AbstractBaseUser | AnonymousUser, anyway: bool = False) -> bool:
    """Let one of those who asked go, and stop the job where nobody else waits, or `anyway`; return whether it is stopped."""
    live = PrintJob.objects.live().filter(pk=job.pk)
    others = live.filter(askers__gt=1)
    if not anyway and others.update(askers=F("askers") - 1):
        live.filter(requested_by=by.pk).update(requested_by=None)
        return False
    return bool(live.update(state=State.CANCELLED, moved_at=Now()))


def in_front(job: PrintJob) -> int:
    """Return how many live jobs were asked for before. 1 query."""
    return PrintJob.objects.live().filter(requested_at__lt=job.requested_at).exclude(pk=job.pk).count()


def error_of(job: PrintJob) -> pdf.PaperError | None:
    """Return why a job failed, a sentence for whoever reads it."""
    if job.state != State.FAILED:
        return None
    ours = (Interrupted, Gone, NotWritten, WordFault)
    kinds = {kind.__name__: kind for kind in (*vars(pdf_errors).values(), *ours) if isinstance(kind, type)}
    kind = kinds.get(job.error, pdf.PaperError)
    if kind is pdf.MissingGlyph:
        return pdf.MissingGlyph(job.details["missing"])
    return kind(**job.details) if issubclass(kind, pdf.PaperError) else pdf.PaperError()


def _require_room(by: AbstractBaseUser | AnonymousUser) -> None:
    """Raise QueueFull where as many wait as may. Two who ask at the same moment may both find the last place free."""
    live = PrintJob.objects.live().filter(requested_by=by.pk)
    own = by.is_authenticated
    if live.count() >= (settings.PRINT_QUEUE_ACCOUNT if own else settings.PRINT_QUEUE):
        raise QueueFull(own=own)
