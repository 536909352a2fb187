"""The vocabulary that makes designs comparable, where statements come from, and what the sources teach beside designs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class FunctionQuerySet(models.QuerySet["Function"]):
    """Questions about functions."""

    def groups(self) -> "FunctionQuerySet":
        """Those under which others may stand: no part of another, inside coverage, and nothing is tagged with them."""
        return self.filter(parent=None, coverage=True, node_links=None)


class Function(models.Model):
    """A marketing function (市场调研, 品牌 …) in at most two levels; `coverage` false stands outside coverage reports."""

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Small letters, digits and hyphens: brand-management.")
    )
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English title"), max_length=80)
    definition = models.TextField(_("what belongs to it"))
    excludes = models.TextField(_("what does not belong to it"), blank=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name=_("stands under"),
        help_text=_("Empty: it stands by itself, or is a group."),
    )
    order = models.PositiveSmallIntegerField(_("order in lists"))
    coverage = models.BooleanField(_("counts in coverage and the responsibility matrix"), default=True)
    own = models.BooleanField(default=False, editable=False, help_text="added by the company, not of the reference")

    objects = FunctionQuerySet.as_manager()

    class Meta:
        ordering = ("order",)
        verbose_name, verbose_name_plural = _("function"), _("functions")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keep to two levels, the upper of which is a group and serves nobody itself. 0–2 queries."""
        if self.parent is not None and self.parent.parent_id is not None:
            raise ValidationError({"parent": gettext("Functions stand in two levels at most.")})
        if self.parent is not None and self.pk and self.parts.exists():
            raise ValidationError({"parent": gettext("Other functions stand under this one. It stays a group.")})
        if self.parent is not None and self.parent.node_links.exists():
            raise ValidationError({"parent": gettext("Duties are tagged with this function, so it is no group.")})


class SourceQuerySet(models.QuerySet["Source"]):
    """Questions about sources."""

    def cited(self, citations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the citations with the source's readable title beside them (`source`; None if unknown). 1 query."""
        sources = self.in_bulk([citation["document"] for citation in citations], field_name="document")
        return [citation | {"source": sources.get(citation["document"])} for citation in citations]


class Source(models.Model):
    """A source collection: one document, under a title a reader understands."""

    document = models.CharField(_("file"), max_length=80, unique=True)
    title = models.CharField(_("Title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=200)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("document",)
        verbose_name, verbose_name_plural = _("source"), _("sources")

    def __str__(self) -> str:
        return self.title


class Topic(models.Model):
    """A knowledge topic: Markdown with drawings, linked to the designs and functions it speaks of."""

    key = models.SlugField(max_length=80, unique=True)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    summary = models.TextField()
    body = models.TextField()
    drawings = models.JSONField(default=dict, help_text="file name → SVG")
    sources = models.JSONField(default=list)
    designs = models.ManyToManyField("departments.Design", related_name="topics")
    functions = models.ManyToManyField(Function, related_name="topics")

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the topic's page."""
        return reverse("topic", args=[self.key])
