"""What was changed in an edition: one row a change, enough to say it in words and to take it back."""

import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from departments.models.designs import Edition


class ChangeQuerySet(models.QuerySet["Change"]):
    """Questions about changes."""

    def last_by_node(self) -> dict[UUID, datetime.datetime]:
        """Return when each node was last changed, or something put, moved or removed right under it. 1 query."""
        places = ("before__place__under", "after__place__under")
        asked = self.order_by().values_list("node_uid", *places).annotate(last=models.Max("at"))
        found: dict[UUID, datetime.datetime] = {}
        for node, *under, at in asked:
            for uid in filter(None, (node, *under)):
                key = uid if isinstance(uid, UUID) else UUID(uid)
                found[key] = max(at, found.get(key, at))
        return found


class Change(models.Model):
    """One change. `before` and `after` hold what the verb needs to be said and undone; a removal holds its whole branch.

    Changes that belong together are the parts of a group, which is said, and taken back, as one; their numbers follow
    the group's.
    """

    class Verb(models.TextChoices):
        """What was done."""

        INSERT = "insert", _("inserted")
        MOVE = "move", _("moved")
        EDIT = "edit", _("edited")
        REMOVE = "remove", _("removed")
        RESTORE = "restore", _("restored")
        LOAD = "load", _("loaded")
        RELATE = "relate", _("changed a line")
        PROCESS = "process", _("changed a process")
        GROUP = "group", _("changed together")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    by_name = models.CharField(max_length=150, blank=True)
    verb = models.CharField(max_length=10, choices=Verb)
    node_uid = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="the node's version after the change")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undoes = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="undone_by")
    group = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    note = models.CharField(max_length=200, blank=True, help_text="what a group of changes was for")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("edition", "number")
        constraints = (models.UniqueConstraint(fields=("edition", "number"), name="one_change_a_number"),)
        indexes = (models.Index(fields=("node_uid",)),)

    def __str__(self) -> str:
        return f"{self.edition_id}#{self.number} {self.verb}"
