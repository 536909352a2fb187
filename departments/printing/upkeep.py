"""What workers do between two jobs: take up what one left that died, and remove what nobody fetches any more."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks_db.models import DBTaskResult

from departments.models import PrintJob
from departments.printing.tasks import enqueue, print_paper
from departments.printing.work import ATTEMPTS, Interrupted

State = PrintJob.State
STALE_SECONDS = 60  # a worker says every half second that it goes on


def rescue() -> int:
    """Put the jobs of workers that died back into the queue, and give up what several died over; return how many.

    Several may do it at once. 2 queries where there is nothing to do.
    """
    long_ago = timezone.now() - datetime.timedelta(seconds=STALE_SECONDS)
    quiet = PrintJob.objects.filter(moved_at__lt=long_ago)
    given_up = quiet.filter(state=State.PRINTING, attempts__gte=ATTEMPTS)
    count = given_up.update(state=State.FAILED, error=Interrupted.__name__, details={}, moved_at=Now())
    for job in quiet.live():
        if job.state == State.WAITING and _is_queued(job):
            continue
        with transaction.atomic():
            if quiet.filter(pk=job.pk, state=job.state).update(state=State.WAITING, moved_at=Now()):
                enqueue(job)
                count += 1
    return count


def clean() -> int:
    """Remove jobs with their papers, and finished tasks, that are older than PRINT_KEPT_HOURS; return how many jobs."""
    long_ago = timezone.now() - datetime.timedelta(hours=settings.PRINT_KEPT_HOURS)
    DBTaskResult.objects.finished().filter(finished_at__lt=long_ago).delete()
    _rows, by_model = PrintJob.objects.filter(moved_at__lt=long_ago).exclude(state__in=PrintJob.LIVE).delete()
    return by_model.get(PrintJob._meta.label, 0)


def _is_queued(job: PrintJob) -> bool:
    """Whether a worker will still come to a waiting job: its task waits too."""
    try:
        return print_paper.get_result(job.task).status == TaskResultStatus.READY
    except TaskResultDoesNotExist:
        return False
