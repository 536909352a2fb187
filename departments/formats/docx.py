"""Job descriptions and booklets (岗位说明书汇编) as Word files, from our template or the one that HR put in its place.

What is to be written is read first, as a `Manuscript`; writing it asks no database, and tells how far it is.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from departments.booklets import build_booklet, signatures
from departments.booklets.forms import build_form
from departments.booklets.options import Options
from departments.formats.word.checking import BadTemplate
from departments.formats.word.drawings import NOTHING_SKETCHED, Drawn, Sketches, paint, sketch_booklet
from departments.formats.word.filling import STEPS, TooLong, fill
from departments.formats.word.ours import our_template
from departments.formats.word.telling import tell_booklet, tell_forms
from departments.formats.word.words import Words
from departments.models import Edition, Source
from departments.models.entries import Entry
from departments.models.outlines import Outline

__all__ = [
    "MEDIA_TYPE",
    "BadTemplate",
    "Manuscript",
    "TooLong",
    "ordered",
    "our_template",
    "position_docx",
]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Count = Callable[[int, int], None]


@dataclass(frozen=True)
class Manuscript:
    """A Word file to be written. `sketch` draws, `tell` puts into words what was drawn and all else; `made`: its date."""

    tell: Callable[[Drawn], Words]
    template: bytes | None
    made: datetime.date | None
    sketch: Callable[[], Sketches] = lambda: NOTHING_SKETCHED
    mirrored: bool = False
    logo: bytes = b""

    @cached_property
    def sketches(self) -> Sketches:
        """The drawings, before they are painted: several are tried for each chart."""
        return self.sketch()

    @property
    def unpainted(self) -> int:
        """How many drawings were never painted, which is what takes long. Costs the sketches."""
        return self.sketches.unpainted

    def write(self, count: Count = lambda _done, _total: None) -> bytes:
        """Return the file. `count` is told how many parts are done of how many. No query. Raises BadTemplate, TooLong."""
        total = len(self.sketches.svgs) + STEPS
        done = iter(range(1, total + 1))

        def step() -> None:
            count(next(done), total)

        count(0, total)
        drawn = paint(self.sketches, step)
        return fill(
            self.template or our_template(),
            self.tell(drawn),
            made=self.made,
            mirrored=self.mirrored,
            logo=self.logo,
            pictures=drawn.pictures,
            step=step,
        )


def ordered(edition: Edition, outline: Outline, options: Options, template: bytes | None = None) -> Manuscript:
    """Return what `options` ask for, to be written: the booklet, a branch's, or chosen positions. 3 queries, 9 for an own
    design; of chosen positions 1 or 3. Raises OptionsError.
    """
    holder, made = "holder" not in options.without, edition.effective_on
    mirrored = options.margins == "mirrored"
    if chosen := options.positions_of(outline):
        sources, signed = Source.objects.in_bulk(field_name="document"), signatures(edition, holder=holder)
        words = tell_forms(edition, [build_form(outline, entry, sources, signed) for entry in chosen])
        return Manuscript(lambda _drawn: words, template, made, mirrored=mirrored)
    booklet = build_booklet(edition, outline, options.branch_of(outline), holder=holder)
    return Manuscript(
        partial(tell_booklet, booklet, options.without),
        template,
        made,
        sketch=partial(sketch_booklet, booklet, outline, options.without, options.charts),
        mirrored=mirrored,
        logo=booklet.imprint.picture,
    )


def position_docx(edition: Edition, outline: Outline, entry: Entry, template: bytes | None = None) -> bytes:
    """Return the form of one position. 1 query, 3 for an own design. Raises BadTemplate, TooLong."""
    return ordered(edition, outline, Options(positions=(entry.ref,)), template).write()
