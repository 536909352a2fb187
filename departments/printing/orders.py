"""What is asked for: an edition with options, the book that is made of it, and its key."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from departments.booklets.options import Options
from departments.company.holders import holders
from departments.formats import pdf
from departments.formats.paper import booklet_book, chosen_book, position_book
from departments.models import Edition, PrintJob
from departments.models.outlines import Outline

QUICK = 24_000  # characters of HTML that are printed within about a second


@dataclass(frozen=True)
class Order:
    """A booklet, or some of its forms, in the language of this thread. `outline` names holders where they are to be printed."""

    edition: Edition
    outline: Outline
    options: Options

    @cached_property
    def book(self) -> pdf.Book:
        """What is printed. 3–4 queries. Raises OptionsError, PackageMissing."""
        edition, outline, options = self.edition, self.outline, self.options
        holder, style = "holder" not in options.without, options.style
        match options.positions_of(outline):
            case []:
                branch, without = options.branch_of(outline), options.without
                book = booklet_book(edition, outline, branch, without=without, style=style, charts=options.charts)
            case [one]:
                book = position_book(edition, outline, one, holder=holder, style=style)
            case chosen:
                book = chosen_book(edition, outline, chosen, holder=holder, style=style)
        return replace(book, mirrored=options.margins == "mirrored")

    @cached_property
    def key(self) -> str:
        """What equal papers of one edition share. Raises OptionsError, PackageMissing."""
        return hashlib.sha256(f"{self.edition.pk} {pdf.fingerprint(self.book)}".encode()).hexdigest()

    @cached_property
    def is_quick(self) -> bool:
        """Whether it can be had at once: all, or all but little, is printed already."""
        return pdf.is_ready(self.book) or pdf.missing(self.book) <= QUICK

    @cached_property
    def name(self) -> str:
        """What the file is called, without its suffix."""
        if chosen := self.options.positions_of(self.outline):
            if len(chosen) == 1:
                return f"{chosen[0].title} {_('Job description')}"
            return f"{self.edition.design.name} {_('Job descriptions')}"
        branch = self.options.branch_of(self.outline)
        return f"{branch.title if branch else self.edition.design.name} {_('Collected job descriptions')}"

    @property
    def columns(self) -> dict[str, Any]:
        """What a job keeps of it: enough to make it again."""
        return {
            "key": self.key,
            "edition": self.edition,
            "options": self.options.as_json,
            "language": get_language(),
            "holders": bool(self.outline.holders),
            "name": self.name[:250],
        }


def order_of(job: PrintJob) -> Order:
    """Return what a job is to print, from its edition as it is now, in the language of this thread. 4–6 queries."""
    edition = Edition.objects.select_related("design").get(pk=job.edition_id)
    outline = Outline(edition)
    if job.holders:
        outline.holders = holders(edition)
    return Order(edition, outline, Options.of_json(job.options))
