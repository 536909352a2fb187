"""An edition put in force has its booklet printed before anybody asks for it, in the queue of all printing."""

import logging
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from departments.models import Edition, Transition
from departments.printing.tasks import warm

logger = logging.getLogger(__name__)


@receiver(post_save, sender=Transition)
def _warm(instance: Transition, *, created: bool, **_kwargs: Any) -> None:
    """Once the step is there for good, and whatever becomes of the warming: publishing neither waits for it nor fails by it."""
    if created and instance.after == Edition.Status.IN_FORCE and instance.before != instance.after:
        transaction.on_commit(lambda: enqueue_warming(instance.edition_id), robust=True)


def enqueue_warming(edition: int) -> None:
    """Let an edition's booklet be printed when the queue is empty. 1 query."""
    try:
        warm.enqueue(edition)
    except DatabaseError:
        logger.exception("The booklet of edition %s is not warmed.", edition)
