"""What an import would do, row by row, in plain words: what the page before the confirmation and the command both say."""

import hashlib
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


@dataclass
class Report:
    """What an import would do, and all that is wrong with the file."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
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
        said = (self.added, self.changed, self.moved, self.removed, self.faults)
        return hashlib.sha256(repr(said).encode(errors="replace")).hexdigest()[:32]
