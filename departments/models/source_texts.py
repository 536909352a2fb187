"""What somebody uploaded to be read, and how far its correction has got: kept until it is saved, or for a month."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = datetime.timedelta(days=30)


class SourceTextQuerySet(models.QuerySet["SourceText"]):
    """Questions about texts that wait."""

    def forget(self) -> None:
        """Remove what nobody touched for a month. 1 query."""
        self.filter(changed_at__lt=timezone.now() - KEPT).delete()


class SourceText(models.Model):
    """Texts read together. `sources`: for each its name and lines; `blocks`: the corrected text with the lines it came from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="source_texts")
    name = models.CharField(max_length=200)
    sources = models.JSONField(default=list)
    blocks = models.JSONField(default=list)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SourceTextQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")

    def __str__(self) -> str:
        return self.name
