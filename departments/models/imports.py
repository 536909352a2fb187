"""A file on its way into a draft: kept between the page that says what it would do and the confirmation."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from departments.models.designs import Design

KEPT = datetime.timedelta(days=1)


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    """Questions about files that wait."""

    def of(self, user: Any, design: Design | None) -> "ImportFileQuerySet":
        """Those an account sent for a design; None: for a new one."""
        return self.filter(user=user, design=design)


class ImportFile(models.Model):
    """What somebody sent last for a design, or for one that is to be made of it (`title`, `slug`).

    `take`: the keys of the rows that the draft changed too, and where the file's is chosen.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    design = models.ForeignKey(Design, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    remove = models.BooleanField(default=False)
    take = models.JSONField(default=list)
    title = models.CharField(max_length=120, blank=True)
    slug = models.SlugField(max_length=80, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "design"), name="one_file_a_design"),
            models.UniqueConstraint(
                fields=("user",), condition=models.Q(design=None), name="one_file_for_a_new_design"
            ),
        )

    def __str__(self) -> str:
        return self.name


class TakenInQuerySet(models.QuerySet["TakenIn"]):
    """Questions about workbooks that were brought."""

    def said(self, user: Any, design: Design, taken: str) -> dict[str, Any]:
        """Return what the workbook said when the account brought it last; nothing where that was another. 1 query."""
        found: dict[str, Any] | None = (
            self.filter(user=user, design=design, taken=taken).values_list("said", flat=True).first()
        )
        return found or {}


class TakenIn(models.Model):
    """What the cells said of the workbook that an account brought last into a design, where that is not what it was taken with.

    By it the same workbook, changed once more and brought again, is told from what others wrote: `taken` signs what it was
    taken with, `said` is sheet → mark → head → sign.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="+")
    taken = models.CharField(max_length=32)
    said = models.JSONField(default=dict)

    objects = TakenInQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "design"), name="one_workbook_taken_in"),)

    def __str__(self) -> str:
        return self.taken


def keep(user: Any, design: Design | None, **columns: Any) -> ImportFile:
    """Keep a file in the place of the last one, and forget those that nobody confirmed in a day. 4 queries."""
    ImportFile.objects.filter(at__lt=timezone.now() - KEPT).delete()
    ImportFile.objects.of(user, design).delete()
    return ImportFile.objects.create(user=user, design=design, **columns)
