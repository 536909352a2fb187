"""The Word templates that HR put in place of ours."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class WordTemplateQuerySet(models.QuerySet["WordTemplate"]):
    """Questions about templates."""

    def listed(self) -> "WordTemplateQuerySet":
        """Return them without their files, the newest first."""
        return self.defer("content").order_by("-pk")

    def content_in_use(self) -> bytes | None:
        """Return the file of the template in use; None where it is ours. 1 query."""
        content: Any = self.filter(in_use=True).values_list("content", flat=True).first()
        return bytes(content) if content is not None else None


class WordTemplate(models.Model):
    """A template as it was uploaded and accepted: tried on a position before it is used, and kept when another is used."""

    name = models.CharField(_("Name"), max_length=120)
    content = models.BinaryField(editable=False)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(db_default=Now())
    tried = models.BooleanField(default=False)
    in_use = models.BooleanField(default=False)

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("in_use",), condition=Q(in_use=True), name="one_word_template_in_use"),
            models.CheckConstraint(condition=Q(in_use=False) | Q(tried=True), name="what_is_used_was_tried"),
        )

    def __str__(self) -> str:
        return self.name
