"""The vocabulary that makes designs comparable, and where statements come from."""

from django.db import models


class Function(models.Model):
    """A marketing function (市场调研, 品牌 …) in at most two levels; `coverage` false stands outside coverage reports."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    definition = models.TextField()
    excludes = models.TextField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    coverage = models.BooleanField(default=True)

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """A source collection: one document, under a title a reader understands."""

    document = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)

    class Meta:
        ordering = ("document",)

    def __str__(self) -> str:
        return self.title
