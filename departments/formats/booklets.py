"""Booklets (岗位说明书汇编) as PDF: `print_booklet`, whether one `is_ready`, and `warm` for the time before anybody asks."""

from collections.abc import Callable

from departments.formats import pdf
from departments.formats.paper import booklet_book
from departments.formats.pdf_engine import never
from departments.models import Edition
from departments.models.outlines import Entry, Outline


def print_booklet(
    edition: Edition,
    outline: Outline,
    branch: Entry | None = None,
    *,
    progress: pdf.Progress | None = None,
    cancelled: Callable[[], bool] = never,
) -> bytes:
    """Return the booklet of an edition, or of one of its branches, in the language of this thread. 3 queries.

    `progress(done, total)` is told how many pieces are printed, `cancelled()` is asked several times a second; both are
    called in this thread or another. Raises PaperError: TooSlow, TooLarge, Busy, Cancelled, MissingGlyph, PackageMissing.
    """
    return pdf.print_book(booklet_book(edition, outline, branch), progress=progress, cancelled=cancelled)


def is_ready(edition: Edition, outline: Outline, branch: Entry | None = None) -> bool:
    """Whether the booklet can be given within about a second: all that takes time is printed already. 3 queries."""
    return pdf.is_ready(booklet_book(edition, outline, branch))


def warm(edition: Edition) -> None:
    """Print the parts of an edition's booklet that are not kept yet, for whoever asks first. 7 queries. Raises PaperError."""
    pdf.warm(booklet_book(edition, Outline(edition)))
