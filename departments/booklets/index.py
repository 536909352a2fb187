"""The index of positions, ordered by pinyin."""

from dataclasses import dataclass
from itertools import groupby

from pypinyin import lazy_pinyin

from departments.models.outlines import Entry


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The positions whose titles begin with one letter."""

    letter: str
    entries: list[Entry]


def build_index(positions: list[Entry]) -> list[IndexGroup]:
    """Return the positions by pinyin, equal titles by their department's, in groups of their first letter."""
    ordered = sorted(positions, key=_key)
    return [IndexGroup(letter, list(group)) for letter, group in groupby(ordered, key=_letter)]


def _key(entry: Entry) -> tuple[str, list[str], list[str]]:
    department = entry.department.title if entry.department else ""
    return _letter(entry), _sound(entry.title), _sound(department)


def _sound(title: str) -> list[str]:
    return [syllable.lower() for syllable in lazy_pinyin(title)]


def _letter(entry: Entry) -> str:
    first = "".join(_sound(entry.title))[:1].upper()
    return first if "A" <= first <= "Z" else "#"
