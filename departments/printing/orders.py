"""What is asked for: an edition with options, as PDF or for Word; its key, its name, and what is made of it."""

import contextlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from departments.booklets.options import Options
from departments.company.holders import holders
from departments.formats import pdf
from departments.formats.paper import booklet_book, chosen_book, position_book
from departments.models import Edition, Node, PrintJob
from departments.models.outlines import Outline
from departments.printing import kept
from departments.printing.determinants import Holders, key_of
from departments.printing.papers import Paper, Print

SMALL = 500  # rows of a tree of which a book is made within a third of a second; more is left to a worker


@dataclass(frozen=True)
class Order:
    """A booklet, or some of its forms, in the language of this thread. `holders`: of positions, where they are to be named.

    It reads what it is asked for, when it is asked: of a paper that is kept, no more than its key needs.
    """

    edition: Edition
    options: Options
    holders: Holders = field(default_factory=dict)
    form: str = PrintJob.Form.PDF

    @cached_property
    def key(self) -> str:
        """What equal papers share. Costs what `determinants` does. Raises PackageMissing."""
        return key_of(self.edition, self.options, self.form, self.holders)

    @cached_property
    def kept(self) -> kept.Kept | None:
        """The finished paper, where it is kept. Costs its key."""
        return kept.find(self.key)

    @cached_property
    def outline(self) -> Outline:
        """The edition, whole. Costs its key, which comes first: what is read after it is never older. 3 queries."""
        _ = self.key
        outline = Outline(self.edition)
        outline.holders = self.holders
        return outline

    @cached_property
    def places(self) -> Outline:
        """The edition, or of a large one its departments and positions, which is all that options name. 1 query and 3."""
        edges = Node.tree.filter(tree_id=self.edition.pk, lft=1).values_list("rght", flat=True)
        return self.outline if next(iter(edges), 0) <= 2 * SMALL else Outline.near(self.edition)

    @property
    def is_small(self) -> bool:
        """Whether what is asked for has few rows. Costs `places`. Raises OptionsError."""
        branch = self.options.branch_of(self.places)
        asked = self.options.positions_of(self.places) or ([branch] if branch else self.places.entries[:1])
        return sum(entry.rght - entry.lft + 1 for entry in asked) <= 2 * SMALL

    @cached_property
    def is_quick(self) -> bool:
        """Whether it can be made at once; of what is not small, nothing is read to find out. Raises as `paper` does."""
        return self.is_small and self.paper.is_quick

    @cached_property
    def paper(self) -> Paper:
        """What is made; it asks the database nothing more. 6–12 queries. Raises OptionsError, PackageMissing."""
        if self.form == PrintJob.Form.WORD:
            from departments.printing.scripts import script  # noqa: PLC0415  # what it imports is large

            return script(self.edition, self.outline, self.options)
        return Print(self.book)

    @cached_property
    def book(self) -> pdf.Book:
        """What is printed. 6–12 queries. Raises OptionsError, PackageMissing."""
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
    def name(self) -> str:
        """What the file is called, without its ending. Costs `places`. Raises OptionsError."""
        if chosen := self.options.positions_of(self.places):
            if len(chosen) == 1:
                return f"{chosen[0].title} {_('Job description')}"
            return f"{self.edition.design.name} {_('Job descriptions')}"
        branch = self.options.branch_of(self.places)
        return f"{branch.title if branch else self.edition.design.name} {_('Collected job descriptions')}"

    @cached_property
    def is_settled(self) -> bool:
        """Whether nothing that determines the paper was changed while it was read. Costs what the key does, and 1 query."""
        _ = self.paper
        edition = Edition.objects.select_related("design").filter(pk=self.edition.pk).first()
        return edition is not None and key_of(edition, self.options, self.form, self.holders) == self.key

    def keep(self, content: bytes) -> None:
        """Let who asks for the same find this paper, if it `is_settled`."""
        if self.is_settled:
            with contextlib.suppress(OSError):  # a full disk: it is made again
                kept.keep(self.key, kept.Kept(self.paper.put(content), self.name))

    @property
    def columns(self) -> dict[str, Any]:
        """What a job keeps of it: enough to make it again. Raises as `key` and `name` do."""
        return {
            "key": self.key,
            "edition": self.edition,
            "form": self.form,
            "options": self.options.as_json,
            "language": get_language(),
            "holders": bool(self.holders),
            "name": self.name[:250],
        }


def order_of(job: PrintJob) -> Order:
    """Return what a job is to print, from its edition as it is now, in the language of this thread. 1–3 queries."""
    edition = Edition.objects.select_related("design").get(pk=job.edition_id)
    return Order(edition, Options.of_json(job.options), holders(edition) if job.holders else {}, job.form)
