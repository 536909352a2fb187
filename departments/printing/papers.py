"""What makes a paper, whatever its form: whether it is quick, how far it is, where it lies when it is done; and the PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from departments.formats import pdf

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

QUICK = 24_000  # characters of HTML that are printed within about a second


class NotWritten(pdf.PaperError):
    """No Word file could be made; `reason`: a sentence, in the language of who asked first."""

    sentence = "%(reason)s"


class WordFault(pdf.PaperError):
    """No Word file could be made, by a fault of ours."""

    sentence = _("The Word file could not be made. The reason has been logged.")


class Paper(Protocol):
    """What is made, once all that it says has been read: nothing here asks the database."""

    @property
    def is_quick(self) -> bool:
        """Whether it can be made within about a second."""

    def make(self, *, progress: Progress, cancelled: Cancelled) -> bytes:
        """Return it. `progress` is told how many parts are done of how many. Raises PaperError, `Cancelled` among them."""

    def put(self, content: bytes, /) -> str:
        """Put it on the shelf, where it is not there yet, and return under which name. Raises OSError."""


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF, printed piece by piece."""

    book: pdf.Book

    @property
    def is_quick(self) -> bool:
        """Whether all, or all but little, is printed already."""
        return pdf.is_ready(self.book) or pdf.missing(self.book) <= QUICK

    def make(self, *, progress: Progress, cancelled: Cancelled) -> bytes:
        """Return the PDF."""
        return pdf.print_book(self.book, progress=progress, cancelled=cancelled)

    def put(self, _content: bytes) -> str:
        """Return under which name `print_book` has put it on the shelf."""
        return pdf.fingerprint(self.book)
