"""The way of an edition as people went it: each step with its name and date, and what was remarked on the way."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.models.designs import Design, Edition

VERBS: dict[str, str | Promise] = {
    Edition.Status.IN_REVIEW: _("submitted"),
    Edition.Status.APPROVED: _("approved by"),
    Edition.Status.IN_FORCE: _("put in force"),
    Edition.Status.SUPERSEDED: _("superseded by the next"),
}


STAYED: dict[str, str | Promise] = {  # steps that change no status
    Edition.Status.IN_REVIEW: _("reviewed by"),
    Edition.Status.APPROVED: _("set the date"),
}


class Transition(models.Model):
    """One step of an edition: 编制, 审核, 批准 with name and date. `before` is empty where the edition was started.

    Where both are the same it is a signature: reviewed without objection (in review), or a date set (approved).
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="transitions")
    before = models.CharField(max_length=16, choices=Edition.Status, blank=True)
    after = models.CharField(max_length=16, choices=Edition.Status)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=150, blank=True, help_text="who it was, also when the account is gone")
    note = models.TextField(blank=True)
    alone = models.BooleanField(default=False, help_text="approved by who submitted: an office of one")

    class Meta:
        ordering = ("edition", "pk")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.before} → {self.after}"

    @property
    def verb(self) -> str | Promise:
        """What was done, in a word."""
        if self.before == self.after:
            return STAYED[self.after]
        if self.after == Edition.Status.DRAFT:
            return _("returned") if self.before else _("started")
        return VERBS[self.after]


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments."""

    def open(self) -> "CommentQuerySet":
        """Those that wait for an answer."""
        return self.filter(closed_at__isnull=True)

    def number_by_node(self) -> dict[UUID, int]:
        """Return how many there are on each node. 1 query."""
        return dict(self.order_by().values_list("uid").annotate(models.Count("pk")))


class Comment(models.Model):
    """A remark on a node of a design, whatever its edition; open until settled, or waived by who approves."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="comments")
    uid = models.UUIDField(help_text="the node's")
    about = models.CharField(max_length=120, help_text="what the node was called")
    text = models.TextField(_("comment"))
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=150)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_name = models.CharField(max_length=150, blank=True)
    waived = models.BooleanField(default=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("design", "uid")),)

    def __str__(self) -> str:
        return f"{self.about}: {self.text[:40]}"
