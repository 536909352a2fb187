"""What is to be sent is stored with the step itself, so none is lost; it is sent from the queue, again where that failed."""

import datetime
import json
import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from departments.models import Delivery, Edition, Transition, Webhook
from departments.webhooks.sending import NotSent, post

logger = logging.getLogger(__name__)
State = Delivery.State
PAUSES = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]  # after each attempt but the last
LEASE = datetime.timedelta(minutes=2)  # for which an attempt keeps others away


@receiver(post_save, sender=Transition)
def _store(instance: Transition, *, created: bool, **_kwargs: Any) -> None:
    """Store a delivery for every receiver in the transaction that puts an edition in force. 1 query, 2 with receivers."""
    if created and instance.after == Edition.Status.IN_FORCE and instance.before != instance.after:
        stored = [Delivery(webhook=one, edition_id=instance.edition_id) for one in Webhook.objects.all()]
        Delivery.objects.bulk_create(stored)
        for delivery in stored:
            queue(delivery.pk)


def queue(delivery: UUID, *, after: datetime.datetime | None = None) -> None:
    """Let a delivery be sent once the transaction is there for good. What the queue refuses, `send_webhooks` finds."""

    def enqueue() -> None:
        try:
            deliver.using(run_after=after).enqueue(str(delivery))
        except DatabaseError:
            logger.exception("Delivery %s is not in the queue.", delivery)

    transaction.on_commit(enqueue, robust=True)


@task()
def deliver(delivery: str) -> str:
    """Send one delivery, if it is due; return its state."""
    return send(UUID(delivery)) or ""


def send(pk: UUID) -> str | None:
    """Send a delivery and store what came of it; return its state, None where it was not due. Of two, one sends it."""
    now = timezone.now()
    mine = Delivery.objects.due().filter(pk=pk).update(due_at=now + LEASE, attempts=F("attempts") + 1)
    if not mine:
        return None
    delivery = Delivery.objects.select_related("webhook", "edition__design").get(pk=pk)
    hook = delivery.webhook
    try:
        with translation.override(settings.LANGUAGE_CODE):
            status = post(hook.url, body_of(delivery), secret=hook.secret, delivery=str(pk))
    except NotSent as error:
        return _failed(delivery, str(error))
    Delivery.objects.filter(pk=pk).update(state=State.SENT, answer=str(status))
    return State.SENT


def send_due() -> list[str]:
    """Send everything that is due; return the states."""
    return [state for pk in Delivery.objects.due().values_list("pk", flat=True) if (state := send(pk)) is not None]


def again(pk: UUID) -> bool:
    """Let what was given up be sent once more; return whether it had been."""
    given_up = Delivery.objects.filter(pk=pk, state=State.FAILED)
    if not given_up.update(state=State.WAITING, attempts=0, due_at=timezone.now()):
        return False
    queue(pk)
    return True


def body_of(delivery: Delivery) -> bytes:
    """Return what is sent: which edition of which design, since when, and where to read it. No query."""
    edition, design = delivery.edition, delivery.edition.design
    site = settings.SITE_URL.rstrip("/")
    read = f"{site}/api/v1/designs/{design.slug}/editions/{edition.number}"
    said = {
        "event": "edition.in_force",
        "delivery": str(delivery.pk),
        "design": {"slug": design.slug, "uid": str(design.uid), "name": design.name, "name_en": design.name_en},
        "edition": {
            "number": edition.number,
            "effective_on": edition.effective_on.isoformat() if edition.effective_on else None,
        },
        "links": {
            "page": f"{site}{reverse('design', args=[f'{design.slug}/editions/{edition.number}'])}",
            "api": read,
            "document": f"{read}/document",
        },
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _failed(delivery: Delivery, reason: str) -> str:
    """Let it be sent again later, or give it up after the last attempt."""
    row = Delivery.objects.filter(pk=delivery.pk)
    if delivery.attempts > len(PAUSES):
        row.update(state=State.FAILED, answer=reason)
        return State.FAILED
    due = timezone.now() + PAUSES[delivery.attempts - 1]
    row.update(due_at=due, answer=reason)
    queue(delivery.pk, after=due)
    return State.WAITING
