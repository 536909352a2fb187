"""Duty statements as they are set on paper: one row each, numbers and marks worked out, headings among them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from departments.models.entries import Entry

CHINESE_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Statement:
    """One row: a statement with its number, or a heading over the rows that follow."""

    number: str
    text: str
    heading: bool = False
    auxiliary: bool = False
    inferred: bool = False
    aspect: str = ""
    measure: str = ""
    rating: str = ""
    rating_note: str = ""
    anchor: str = ""

    @property
    def long(self) -> bool:
        """Whether it takes so many lines that it may be broken at a page's end."""
        return len(self.text) + len(self.measure) > 160


def set_out(duties: Iterable[Entry]) -> list[Statement]:
    """Return the rows of these duty statements: leaves numbered through 1, 2, 3, headings 一、二、三.

    Where a leaf follows a group that it is no part of, the numbers say what belongs together instead: 1, 2, 2.1, 2.2, 3.
    """
    top = list(duties)
    if any(not group.is_leaf and leaf.is_leaf for group, leaf in pairwise(top)):
        return list(_by_place(top))
    rows: list[Statement] = []
    headings = leaves = 0
    for duty in top:
        for entry, depth in _descend(duty):
            if not entry.is_leaf and depth == 0:
                headings += 1
                rows.append(_row(entry, f"{chinese_number(headings)}、", heading=True))
            elif not entry.is_leaf:
                rows.append(_row(entry, "", heading=True))
            else:
                leaves += 1
                rows.append(_row(entry, str(leaves)))
    return rows


def _by_place(duties: Iterable[Entry]) -> Iterator[Statement]:
    for number, duty in enumerate(duties, 1):
        if duty.is_leaf:
            yield _row(duty, str(number))
            continue
        yield _row(duty, f"{number} ", heading=True)
        leaves = 0
        for entry, depth in _descend(duty):
            if entry.is_leaf:
                leaves += 1
                yield _row(entry, f"{number}.{leaves}")
            elif depth:
                yield _row(entry, "", heading=True)


def chinese_number(number: int) -> str:
    """Return 1 to 99 in Chinese; beyond, in figures."""
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    ten = ("" if tens < 2 else CHINESE_NUMBERS[tens - 1]) + ("十" if tens else "")
    return ten + (CHINESE_NUMBERS[ones - 1] if ones else "")


def _descend(duty: Entry, depth: int = 0) -> Iterator[tuple[Entry, int]]:
    yield duty, depth
    for child in duty.children:
        yield from _descend(child, depth + 1)


def _row(entry: Entry, number: str, *, heading: bool = False) -> Statement:
    rating = ""
    if entry.rating_required is not None and entry.rating_maximum:
        rating = f"{entry.rating_required} / {entry.rating_maximum}"
    elif entry.rating_required is not None:
        rating = str(entry.rating_required)
    return Statement(
        number=number,
        text=entry.text,
        heading=heading,
        auxiliary=entry.weight == "auxiliary",
        inferred=entry.inferred,
        aspect=entry.aspect,
        measure=entry.measure,
        rating=rating,
        rating_note=entry.rating_note,
        anchor=entry.anchor,
    )
