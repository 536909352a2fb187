"""A design whose booklet takes long, and a printer that prints nothing."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from departments.booklets.options import Options
from departments.formats import pdf
from departments.models import Edition
from departments.printing import orders
from departments.printing.orders import Order
from tests import factories


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Let the paper speak the default language, whatever a test before left behind."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be ready at once."""
    monkeypatch.setattr(orders, "SMALL", -1)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[pdf.Book]:
    """Print nothing; return the list of what would have been printed."""
    books: list[pdf.Book] = []

    def print_book(book: pdf.Book, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bytes:
        books.append(book)
        progress(len(book.pieces), len(book.pieces))
        return b"%PDF-1.7"

    monkeypatch.setattr(pdf, "print_book", print_book)
    return books


@pytest.fixture
def edition(db: None) -> Edition:
    """Return a small edition in force."""
    return factories.create_org(in_force=True).edition


def order(edition: Edition, **options: object) -> Order:
    """Return what somebody asks for, with the edition as it is now."""
    return Order(edition, Options(**options))  # type: ignore[arg-type]
