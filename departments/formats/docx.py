"""Job descriptions and booklets (岗位说明书汇编) as Word files, from our template or the one that HR put in its place."""

from collections.abc import Iterable

from departments.booklets import build_booklet, build_position_form, signatures
from departments.booklets.forms import build_form
from departments.booklets.options import Options
from departments.formats.word.checking import BadTemplate
from departments.formats.word.drawings import draw_booklet
from departments.formats.word.filling import TooLong, fill
from departments.formats.word.ours import our_template
from departments.formats.word.telling import tell_booklet, tell_forms
from departments.models import Edition, Source
from departments.models.entries import Entry
from departments.models.outlines import Outline

__all__ = [
    "MEDIA_TYPE",
    "BadTemplate",
    "TooLong",
    "booklet_docx",
    "chosen_docx",
    "ordered_docx",
    "our_template",
    "position_docx",
]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def position_docx(edition: Edition, outline: Outline, entry: Entry, template: bytes | None = None) -> bytes:
    """Return the form of one position. 1 query, 3 for an own design. Raises BadTemplate, TooLong."""
    words = tell_forms(edition, [build_position_form(outline, entry)])
    return fill(template or our_template(), words, made=edition.effective_on)


def chosen_docx(edition: Edition, outline: Outline, entries: Iterable[Entry], template: bytes | None = None) -> bytes:
    """Return the forms of some positions, each on its own page. 1 query, 3 for an own design. Raises BadTemplate, TooLong."""
    sources, signed = Source.objects.in_bulk(field_name="document"), signatures(edition)
    words = tell_forms(edition, [build_form(outline, entry, sources, signed) for entry in entries])
    return fill(template or our_template(), words, made=edition.effective_on)


def booklet_docx(
    edition: Edition,
    outline: Outline,
    branch: Entry | None = None,
    *,
    without: Iterable[str] = (),
    mirrored: bool = False,
    charts: str = "",
    template: bytes | None = None,
) -> bytes:
    """Return the booklet of an edition, or of one of its branches, `without` some of its parts; `mirrored` for binding.

    `charts`: by which rule they are parted; see `charts.paging`.

    3 queries, 9 for an own design. Raises BadTemplate, TooLong.
    """
    booklet = build_booklet(edition, outline, branch)
    without = set(without)
    drawn = draw_booklet(booklet, outline, without, charts)
    return fill(
        template or our_template(),
        tell_booklet(booklet, without, drawn),
        made=edition.effective_on,
        mirrored=mirrored,
        logo=booklet.imprint.picture,
        pictures=drawn.pictures,
    )


def ordered_docx(edition: Edition, outline: Outline, options: Options, template: bytes | None = None) -> bytes:
    """Return what `options` ask for: the booklet, a branch's, or chosen positions.

    Queries as of those. Raises OptionsError, BadTemplate, TooLong.
    """
    if chosen := options.positions_of(outline):
        return chosen_docx(edition, outline, chosen, template)
    return booklet_docx(
        edition,
        outline,
        options.branch_of(outline),
        without=options.without,
        mirrored=options.margins == "mirrored",
        charts=options.charts,
        template=template,
    )
