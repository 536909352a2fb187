"""The indexes of positions: by pinyin and by code."""

import re
from dataclasses import dataclass
from itertools import groupby

from departments.models.entries import Entry
from departments.pinyin import lazy_pinyin


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The positions whose titles begin with one letter."""

    letter: str
    entries: list[Entry]


def build_index(positions: list[Entry]) -> list[IndexGroup]:
    """Return the positions by pinyin, equal titles by their department's, in groups of their first letter."""
    ordered = sorted(positions, key=_key)
    return [IndexGroup(letter, list(group)) for letter, group in groupby(ordered, key=_letter)]


def by_code(positions: list[Entry]) -> list[Entry]:
    """Return the positions that have a code in its order, figures as numbers: P-9 before P-10."""
    return sorted((entry for entry in positions if entry.code), key=_code)


def _code(entry: Entry) -> list[tuple[int, int, str]]:
    pieces = re.findall(r"\d+|\D+", entry.code.upper())
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]


def _key(entry: Entry) -> tuple[str, list[str], list[str]]:
    department = entry.department.title if entry.department else ""
    return _letter(entry), _sound(entry.title), _sound(department)


def _sound(title: str) -> list[str]:
    return [syllable.lower() for syllable in lazy_pinyin(title)]


def _letter(entry: Entry) -> str:
    first = "".join(_sound(entry.title))[:1].upper()
    return first if "A" <= first <= "Z" else "#"
