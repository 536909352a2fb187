"""What the reader may choose about a chart, as it stands in the address; and what opens when nothing is chosen."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from departments.models.entries import Entry
from departments.models.outlines import Outline

SHOW = ("departments", "positions", "reporting")
DIRECTIONS = ("down", "right")
LEAVES = ("across", "upright")  # how what has nothing below it is set, where the chart grows downwards
SEVERAL = "several"
ROWS = ("one", SEVERAL)  # in which brothers stand; several: as many as fill a sheet of paper, see charts/rows.py
LAYOUT = ("direction", "compact", "leaves", "rows")  # what decides where the boxes stand, and not which
MANY = 150  # boxes a reader can still take in; above, a chart opens with fewer
ROOMY = 60  # boxes up to which English titles are shown unasked
LOOSE = 12  # boxes up to which leaves stand side by side unasked
DEEPEST = 99
PAGES = ("fit", "departments", *map(str, range(2, 10)))  # see charts/paging.py
SHEETS = ("auto", "a4", "a3", "a2", "a1")  # auto: the smallest that can be read


@dataclass(frozen=True, slots=True)
class Options:
    """A chart's options. `start`, `closed`, `opened` name departments and positions by `Entry.ref`; levels 0: all.

    `pages` and `sheet` are paper's: one page for all, one a department or so many levels a page; and how large it is.
    `asked`: which of the layout somebody chose, though it be the usual; paper proposes the others.
    """

    show: str = "positions"
    direction: str = "down"
    compact: bool = False
    leaves: str = "across"
    rows: str = ROWS[0]
    headcount: bool = True
    english: bool = True
    start: str = ""
    levels: int = 0
    closed: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    pages: str = "fit"
    sheet: str = "auto"
    asked: frozenset[str] = field(default=frozenset(), compare=False)

    def said(self, usual: "Options", **changes: Any) -> list[tuple[str, str]]:
        """Return what an address says, as (key, value), for these options with changes: what is not as usual.

        A layout that somebody chose is said in any case.
        """
        wanted = replace(self, **changes)
        asked = self.asked | (changes.keys() & set(LAYOUT))
        values = [(name, key, write, getattr(wanted, name)) for name, key, write in KEYS]
        return [
            (key, write(value)) for name, key, write, value in values if value != getattr(usual, name) or name in asked
        ]

    def query(self, usual: "Options", **changes: Any) -> str:
        """Return the query, with its question mark, for these options with changes; empty where all is as usual."""
        said = self.said(usual, **changes)
        return "?" + urlencode(said, safe=",") if said else ""


def usual(outline: Outline) -> Options:
    """Return what a chart of this outline opens with. Costs one pass.

    Everything where the eye can take it in, else the departments, else their upper levels.
    """
    departments, positions, depths = 0, 0, Counter[int]()
    place: dict[Entry, int] = {}
    for entry in outline.entries:
        if entry.is_duty:
            continue
        above = place.get(entry.parent, 0) if entry.parent else 0
        place[entry] = above if entry.frame else above + 1
        if entry.is_department and not entry.frame:
            departments += 1
            depths[above + 1] += 1
        elif entry.is_position and not entry.head:
            positions += 1
    whole = departments + positions
    if departments == 0 or (whole <= MANY and outline.positions):
        return Options("positions", compact=whole > LOOSE, english=whole <= ROOMY)
    levels, drawn = 0, 0
    if departments > MANY:
        levels, drawn = 2, depths[1] + depths[2]
        while depths[levels + 1] and drawn + depths[levels + 1] <= MANY:
            levels += 1
            drawn += depths[levels]
    return Options("departments", compact=departments > LOOSE, english=departments <= ROOMY, levels=levels)


def read_options(query: Mapping[str, str], outline: Outline) -> tuple[Options, list[tuple[str, str]]]:
    """Return the options a query asks for, and each (key, value) not understood: there the usual stands."""
    standard = usual(outline)
    wanted: dict[str, Any] = {}
    refused: list[tuple[str, str]] = []
    for name, key, _write in KEYS:
        value = query.get(key, "").strip()
        if not value:
            continue
        try:
            wanted[name] = READ[key](value, outline)
        except (ValueError, KeyError):
            refused.append((key, value))
    return replace(standard, asked=frozenset(wanted) & frozenset(LAYOUT), **wanted), refused


def _one_of(choices: tuple[str, ...]) -> Callable[[str, Outline], str]:
    def read(value: str, _outline: Outline) -> str:
        return choices[choices.index(value)]

    return read


def _flag(value: str, _outline: Outline) -> bool:
    return {"0": False, "1": True}[value]


def _levels(value: str, _outline: Outline) -> int:
    if not (value.isdecimal() and int(value[:4]) <= DEEPEST):
        raise ValueError(value)
    return int(value)


def _start(value: str, outline: Outline) -> str:
    entry = outline.find(value)
    if entry is None or entry.frame:
        raise ValueError(value)
    return entry.ref


def _refs(value: str, outline: Outline) -> frozenset[str]:
    """Return those that exist: a box that went with an older edition is nothing to complain about."""
    return frozenset(entry.ref for ref in value.split(",") if (entry := outline.find(ref)))


def _write_flag(value: bool) -> str:  # noqa: FBT001  # the value itself is what is written
    return "1" if value else "0"


def _write_refs(refs: frozenset[str]) -> str:
    return ",".join(sorted(refs))


KEYS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("show", "show", str),
    ("direction", "direction", str),
    ("compact", "compact", _write_flag),
    ("leaves", "leaves", str),
    ("rows", "rows", str),
    ("headcount", "headcount", _write_flag),
    ("english", "english", _write_flag),
    ("start", "from", str),
    ("levels", "levels", str),
    ("closed", "closed", _write_refs),
    ("opened", "open", _write_refs),
    ("pages", "pages", str),
    ("sheet", "sheet", str),
)
READ: dict[str, Callable[[str, Outline], Any]] = {
    "show": _one_of(SHOW),
    "direction": _one_of(DIRECTIONS),
    "compact": _flag,
    "leaves": _one_of(LEAVES),
    "rows": _one_of(ROWS),
    "headcount": _flag,
    "english": _flag,
    "from": _start,
    "levels": _levels,
    "closed": _refs,
    "open": _refs,
    "pages": _one_of(PAGES),
    "sheet": _one_of(SHEETS),
}
