"""What an import would do, row by row, in plain words: what the page before the confirmation and the command both say."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from departments.formats.workbook_reading import Fault


@dataclass(frozen=True)
class Cell:
    """A cell, or a key of a document, that says something else than before."""

    head: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that is new, goes, moves, or whose cells say something else. `row` 0: it is not in the file."""

    sheet: str
    row: int
    title: str
    cells: tuple[Cell, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns that differ."""
        return tuple(cell.head for cell in self.cells)


@dataclass(frozen=True)
class Conflict(Change):
    """A row that the file and the draft both changed since the file was taken: what the draft says stays unless it is chosen.

    `key`: by which it is chosen; `why`: "both" changed it, it is "missing" from the file or "gone" from the draft.
    """

    why: str = "both"
    key: str = ""


@dataclass
class Report:
    """What an import would do where nothing is chosen, what there is to choose, and all that is wrong with the file."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: int = 0  # rows of the edition that the file has not got, and that stay

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.added or self.changed or self.moved or self.removed)

    @property
    def sign(self) -> str:
        """A short sign of all it says: another one where anything would be done otherwise."""
        said = (self.added, self.changed, self.moved, self.removed, self.conflicts, self.faults)
        return hashlib.sha256(repr(said).encode(errors="replace")).hexdigest()[:32]


@dataclass(frozen=True)
class Gathered:
    """What is wrong with several rows of a sheet in the same way: `rows` as somebody writes them, 3–5、9."""

    sheet: str
    rows: str
    message: str


def gathered(faults: Iterable[Fault]) -> list[Gathered]:
    """Return the faults with those that say the same of a sheet as one, in the order of their first rows.

    A wrong code makes every row faulty that names it: that is one thing to put right.
    """
    rows: dict[tuple[str, str], list[int]] = {}
    for fault in faults:
        rows.setdefault((fault.sheet, fault.message), []).append(fault.row)
    return [Gathered(sheet, _spans(numbers), message) for (sheet, message), numbers in rows.items()]


def _spans(numbers: Iterable[int]) -> str:
    spans: list[list[int]] = []
    for number in sorted(set(numbers) - {0}):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
