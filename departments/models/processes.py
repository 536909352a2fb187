"""Workflows (工作流程): who does what in which order, with what result and by when."""

from django.db import models

from departments.models.designs import Edition
from departments.models.guarded import Guarded


class Process(Guarded):
    """A workflow of an edition. `basis` inferred: the source gives the parts, the sequence is our conclusion."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="processes")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    summary = models.TextField(blank=True)
    lead_time = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=10, default="stated")
    ordered = models.BooleanField(default=True)
    sources = models.JSONField(default=list, blank=True)
    origin = models.CharField(max_length=120, blank=True, editable=False)  # the name of the one it was copied from

    class Meta(Guarded.Meta):
        ordering = ("edition", "number")
        constraints = (models.UniqueConstraint(fields=("edition", "number"), name="one_process_a_number"),)

    def __str__(self) -> str:
        return self.name


class Step(Guarded):
    """One step. `who` lists the actors: {"node": uid} for a node of the edition, {"text": name} for anybody else."""

    EDITION = "process__edition"

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    who = models.JSONField(default=list, blank=True)
    who_basis = models.CharField(max_length=10, default="stated")
    action = models.TextField(blank=True)
    output = models.TextField(blank=True)
    lead_time = models.CharField(max_length=200, blank=True)
    approval = models.TextField(blank=True)

    class Meta(Guarded.Meta):
        ordering = ("process", "number")
        constraints = (models.UniqueConstraint(fields=("process", "number"), name="one_step_a_number"),)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
