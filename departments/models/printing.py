"""What is printed in the background: one job for everybody who asks for the same paper, and the paper that came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from departments.models.designs import Edition


class PrintJobQuerySet(models.QuerySet["PrintJob"]):
    """Questions about jobs."""

    def live(self) -> "PrintJobQuerySet":
        """Those that wait or are being printed."""
        return self.filter(state__in=PrintJob.LIVE)


class PrintJob(models.Model):
    """A paper that takes longer than a page may: what it is, how far it is, what came of it.

    `key` is the hash of all that determines it, so that there is one job for equal papers. `form`, `options`, `language`
    and `holders` (whether holders of positions are named) are what it is built from. `error` and `details` say which
    PaperError it was: its sentence is written in the language of who reads it.
    """

    class State(models.TextChoices):
        """How far a job is."""

        WAITING = "waiting", _("waits for its turn")
        PRINTING = "printing", _("is being printed")
        READY = "ready", _("is ready")
        FAILED = "failed", _("could not be printed")
        CANCELLED = "cancelled", _("was stopped")

    class Form(models.TextChoices):
        """What is made; its value is the ending of the file's name."""

        PDF = "pdf", "PDF"
        WORD = "docx", "Word"

    LIVE = (State.WAITING, State.PRINTING)
    ENDED_BADLY = (State.FAILED, State.CANCELLED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="print_jobs")
    options = models.JSONField(default=dict)
    form = models.CharField(max_length=4, choices=Form, default=Form.PDF)
    language = models.CharField(max_length=12)
    holders = models.BooleanField()
    name = models.CharField(max_length=250, help_text="of the file, without its suffix")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="how often a worker began")
    askers = models.PositiveIntegerField(default=1, help_text="how many people wait for it")
    requested_at = models.DateTimeField(db_default=Now())
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    task = models.CharField(max_length=64, blank=True, help_text="the id of its task in the queue")
    moved_at = models.DateTimeField(db_default=Now(), help_text="when it last was known to go on")
    error = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        ordering = ("requested_at", "pk")
        indexes = (models.Index(fields=("state", "moved_at")),)

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"

    @property
    def is_live(self) -> bool:
        """Whether it waits or is being printed."""
        return self.state in self.LIVE

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return 100 * self.done // self.total if self.total else 0


class PrintedPaper(models.Model):
    """The file of a job, in a row of its own: it is read only when somebody takes it.

    It lies in the database because that is the one place that every web process and every worker, on whatever machine,
    can reach without a folder having to be shared between them.
    """

    job = models.OneToOneField(PrintJob, primary_key=True, on_delete=models.CASCADE, related_name="paper")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.job_id}: file"
