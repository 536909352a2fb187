"""Whom to tell when an edition comes in force, and what became of telling them."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from departments.models.designs import Edition


def new_secret() -> str:
    """Return what the messages to one receiver are signed with."""
    return secrets.token_urlsafe(32)


class Webhook(models.Model):
    """An address of another system that is told. `secret` signs what is sent, so it is kept as it is."""

    url = models.CharField(_("Address"), max_length=500, unique=True)
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.url


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about deliveries."""

    def due(self) -> "DeliveryQuerySet":
        """Those that wait, and whose time has come."""
        return self.filter(state=Delivery.State.WAITING, due_at__lte=timezone.now())


class Delivery(models.Model):
    """One message to one receiver, stored with the step it tells of: sent now, or again later."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("is being sent")
        SENT = "sent", _("was received")
        FAILED = "failed", _("was given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    answer = models.CharField(max_length=200, blank=True, help_text="what came back last, or why nothing did")
    created_at = models.DateTimeField(db_default=Now())

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("state", "due_at")),)

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.edition_id} {self.state}"
