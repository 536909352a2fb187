"""What the search reads: one row for everything that can be found, rewritten whole when an edition comes into force."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from departments.models.designs import Design, Edition
from departments.models.entries import Entry


class SearchEntry(models.Model):
    """One thing to be found: how it is shown, where it leads, and its words in the form in which they are compared.

    Holds the editions in force, the functions and the topics, nothing else: what is on its way cannot leak from here, and
    no index grows with old editions. Written by `search.entries` alone.
    """

    class Kind(models.TextChoices):
        """What is found, in the order in which equals are shown."""

        DESIGN = "design", _("Organisation designs")
        DEPARTMENT = "department", _("Departments")
        POSITION = "position", _("Positions")
        FUNCTION = "function", _("Functions")
        TOPIC = "topic", _("Knowledge")
        DUTY = "duty", _("Duties")

    kind = models.CharField(max_length=10, choices=Kind)
    design = models.ForeignKey(Design, null=True, on_delete=models.CASCADE, related_name="search_entries")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveIntegerField(default=0, help_text="in the document")
    # where it leads
    page = models.CharField(max_length=10, help_text="the name of the page's address")
    ref = models.CharField(max_length=80, blank=True)
    anchor = models.CharField(max_length=60, blank=True)
    # how it is shown
    title = models.TextField()
    title_en = models.CharField(max_length=200, blank=True)
    context = models.TextField(blank=True)
    weight = models.CharField(max_length=10, blank=True)
    # what it is filtered by
    section = models.CharField(max_length=16, blank=True)
    functions = models.CharField(max_length=400, blank=True, help_text="slugs between spaces")
    # what is compared
    names = models.TextField(
        help_text="what it is called, each name in lines without spaces, with its pinyin and initials"
    )
    also = models.TextField(blank=True, help_text="its other names and its code, in the same way")
    words = models.TextField(help_text="everything it says, in words")
    sounds = models.TextField(blank=True, help_text="the same in pinyin and in initials")
    beside = models.TextField(blank=True, help_text="where it stands, in words")

    address = ""  # of the edition read, where that is not the one in force
    bearer: Entry | None = None  # the department or position whose it is, where the page says more of it

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title[:40]

    def get_absolute_url(self) -> str:
        """Return the page where it is read, at its place there."""
        args: list[Any] = [self.address or self.design.slug] if self.design else []
        return reverse(self.page, args=[*args, self.ref] if self.ref else args) + (
            f"#{self.anchor}" if self.anchor else ""
        )
