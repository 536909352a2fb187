"""An edition put in force has its booklet printed before anybody asks for it, in the queue of all printing."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from departments.models import Edition, Transition
from departments.printing.tasks import warm


@receiver(post_save, sender=Transition)
def _warm(instance: Transition, *, created: bool, **_kwargs: Any) -> None:
    """Once the step is there for good: publishing neither waits for it nor fails by it, what goes wrong is logged. 1 query."""
    if created and instance.after == Edition.Status.IN_FORCE and instance.before != instance.after:
        transaction.on_commit(lambda: warm.enqueue(instance.edition_id), robust=True)
