"""A PDF as its reader sees it: lines with their place, type and size; bookmarks with their pages."""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import IndirectObject


@dataclass(frozen=True)
class Run:
    """A piece of text set at once: where it starts, in points from the lower left, and how."""

    text: str
    x: float
    y: float
    size: float
    font: str

    @property
    def end(self) -> float:
        """Where it ends at most: a Chinese character is as wide as high, any other narrower than three quarters."""
        return self.x + sum(self.size if ord(one) > 0x2E80 else 0.4 * self.size for one in self.text.strip())


@cache
def read(document: bytes) -> PdfReader:
    """Return the document for asking questions."""
    return PdfReader(io.BytesIO(document))


def runs(page: PageObject) -> list[Run]:
    """Return all pieces of text of a page, which is read once."""
    if page.indirect_reference not in _read:
        _read[page.indirect_reference] = _runs(page)
    return _read[page.indirect_reference]


_read: dict[IndirectObject | None, list[Run]] = {}


def _runs(page: PageObject) -> list[Run]:
    found: list[Run] = []

    def visit(text: str, matrix: list[float], inner: list[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip() and font is not None:
            # The text's matrix within the page's: both only scale and shift.
            x, y = inner[4] * matrix[0] + matrix[4], inner[5] * matrix[3] + matrix[5]
            found.append(Run(text.strip("\n"), x, y, abs(size * inner[3] * matrix[3]), font["/BaseFont"]))

    page.extract_text(visitor_text=visit)
    return found


def lines(page: PageObject) -> list[list[Run]]:
    """Return the lines of a page from top to bottom, without its head and foot."""
    height = float(page.mediabox.height)
    rows: list[list[Run]] = []
    for run in sorted(runs(page), key=lambda run: -run.y):
        if not 55 < run.y < height - 55:
            continue
        if not rows or rows[-1][0].y - run.y > 4:
            rows.append([])
        rows[-1].append(run)
    return [sorted(row, key=lambda run: run.x) for row in rows]


def bookmarks(reader: PdfReader) -> list[tuple[int, str, int]]:
    """Return (depth, label, page from 1) of every bookmark in order."""
    found: list[tuple[int, str, int]] = []

    def walk(entries: list[Any], depth: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, depth + 1)
            else:
                page = reader.get_destination_page_number(entry)
                found.append((depth, str(entry.title), page + 1 if page is not None else 0))

    walk(reader.outline, 1)
    return found
