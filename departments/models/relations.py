"""What the tree cannot say: who reports to whom beside the place, who assists whom, who works with whom."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from departments.models.designs import Edition
from departments.models.guarded import Guarded
from departments.models.nodes import Node


class Relation(Guarded):
    """A line from one node to another, or to a party outside the design."""

    class Kind(models.TextChoices):
        """What the line says."""

        REPORTS_TO = "reports_to", _("reports to")
        ASSISTS = "assists", _("assists")
        WORKS_WITH = "works_with", _("works with")

    class Basis(models.TextChoices):
        """How we know. A superior that follows from the place alone (derived) is computed and never stored."""

        STATED = "stated", _("stated")
        INFERRED = "inferred", _("inferred")
        TOP = "top", _("nobody above")

    class Line(models.TextChoices):
        """How it is drawn."""

        SOLID = "solid", _("solid line")
        DOTTED = "dotted", _("dotted line")
        UNSTATED = "unstated", _("solid or dotted not stated")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="relations")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=Kind)
    start = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="relations_out")
    end = models.ForeignKey(Node, null=True, blank=True, on_delete=models.CASCADE, related_name="relations_in")
    outside = models.CharField(max_length=120, blank=True)
    superior = models.BooleanField(default=False, help_text="one of the start's own superiors")
    about = models.TextField(blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.STATED)
    line = models.CharField(max_length=8, choices=Line, default=Line.SOLID)
    sources = models.JSONField(default=list, blank=True)
    origin_uid = models.CharField(max_length=32, blank=True, editable=False)  # of the line it was copied from

    class Meta(Guarded.Meta):
        ordering = ("edition", "order")
        constraints = (
            models.UniqueConstraint(fields=("uid", "edition"), name="one_relation_a_uid"),
            models.CheckConstraint(
                condition=Q(end__isnull=False, outside="") & ~Q(basis="top")
                | Q(end__isnull=True) & ~Q(outside="") & ~Q(basis="top")
                | Q(end__isnull=True, outside="", basis="top", superior=True),
                name="a_relation_has_one_other_end",
            ),
            models.CheckConstraint(
                condition=Q(superior=False) | Q(kind="reports_to"), name="superiors_are_reported_to"
            ),
        )

    def __str__(self) -> str:
        return f"{self.start_id} {self.kind} {self.end_id or self.outside}"
