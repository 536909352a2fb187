"""The responsibility matrix on paper: functions by positions on A3, in the largest type that holds it, else on several."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from departments.booklets.front import Line
from departments.booklets.pieces import Piece
from departments.charts.text import width
from departments.comparison.coverage import function_set
from departments.comparison.raci import Cell, FunctionLine, Raci
from departments.formats import pdf
from departments.formats.paper import book_of
from departments.formats.upright import upright
from departments.models import Edition, Function
from departments.models.entries import Entry
from departments.models.titles import titled

# A3 across within the margins of paper.css, less the column of functions; mm.
ACROSS, ALONG = 324, 228
FUNCTIONS, WIDEST = 52, 16  # the column of functions, and the most that a position's takes where there are few
MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Size:
    """A size of type in matrix.css, points: what it takes of a page, mm."""

    name: str
    points: float

    @property
    def column(self) -> float:
        """How wide a position's column is at least."""
        return 2.7 * self.points * MM

    @property
    def row(self) -> float:
        """How high a function's row is."""
        return 1.75 * self.points * MM

    def head(self, places: list[Entry]) -> float:
        """How high the head is, in which titles stand upright, departments over positions."""
        lines = max(upright(titled(place)).height for place in places)
        lines += max(upright(_above(place)).height for place in places)
        return lines * self.points * MM + 8

    def fits(self, places: list[Entry], rows: int) -> bool:
        """Whether all stands on one page."""
        return len(places) * self.column <= ACROSS and rows * self.row + self.head(places) <= ALONG


SIZES = (Size("large", 9), Size("medium", 7.5), Size("small", 6.2))  # below six points nobody reads with comfort


@dataclass(frozen=True, slots=True)
class Group:
    """Functions under their common name, each with its cells."""

    function: Function | None
    lines: list[tuple[FunctionLine, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Head:
    """A position over its column, or a department over those of its positions: its title as HTML."""

    title: str
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """What stands on one page."""

    departments: list[Head]
    places: list[Head]
    width: float  # mm
    groups: list[Group]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.places) + 1


def matrix_book(edition: Edition, found: Raci) -> pdf.Book:
    """Return the matrix of an edition. No query, 1 for an own design."""
    size, tables = lay_out(found)
    title, design = _("Responsibility matrix"), edition.design
    name = titled(design)
    pieces = []
    for number, table in enumerate(tables, start=1):
        anchor = f"matrix-{number}"
        context = {
            "table": table,
            "function_set": function_set(line.function for line in found.lines),
            "size": size.name,
            "anchor": anchor,
            "title": title,
            "name": name,
            "number": number,
            "of": len(tables),
        }
        pieces.append(Piece("matrix", context, [(anchor, name)], [Line(1, title, anchor)] * (number == 1)))
    return book_of(pieces, edition, title=f"{name} {title}", head=title, sheet="matrix")


def lay_out(found: Raci) -> tuple[Size, list[Table]]:
    """Return the largest size of type with which it is one page, else the smallest; and what stands on each page."""
    rows = len(found.lines) + len({line.function.parent_id for line in found.lines})
    size = next((one for one in SIZES if one.fits(found.places, rows)), SIZES[-1]) if found.places else SIZES[0]
    pages = -(-len(found.places) * size.column // ACROSS) or 1
    at_once = int(-(-len(found.places) // pages)) or 1
    starts = range(0, max(len(found.places), 1), at_once)
    return size, [_table(found, start, start + at_once, size) for start in starts]


def _table(found: Raci, start: int, end: int, size: Size) -> Table:
    places = found.places[start:end]
    groups = [
        Group(function, [(line, line.cells[start:end]) for line in lines])
        for function, lines in groupby(found.lines, key=lambda line: line.function.parent)
    ]
    column = min(ACROSS / len(places), WIDEST) if places else 0
    heads = [Head(upright(titled(place)).html) for place in places]
    return Table(list(_departments(places, size, column)), heads, FUNCTIONS + column * len(places), groups)


def _departments(places: list[Entry], size: Size, column: float) -> Iterator[Head]:
    """Yield the departments; the name of one stands upright where it is longer than its columns are wide."""
    for title, columns in groupby(places, key=_above):
        span = len(list(columns))
        fits = width(title, size.points) * MM < span * column - 1
        yield Head(title if fits else upright(title).html, span)


def _above(place: Entry) -> str:
    return titled(place.department) if place.department else ""
