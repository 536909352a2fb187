"""RACI: who carries a function out (R), answers for it (A), is asked (C) and is told (I).

Three sources, told apart in every cell. Stated: a primary duty is R, an auxiliary one C. Derived (推): the duty of a department
is carried out by its head, else by the only position in it; the lowest position above all who carry a function out answers
for it; their direct superiors are told. Set: what an editor has decided (`Node.raci`), which replaces the whole cell.
Reporting lines of equal rank stay equal: where two superiors are equally near, nobody is named.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from departments.comparison.coverage import OUTSIDE
from departments.models import Function
from departments.models.entries import Entry
from departments.models.nodes import Section
from departments.models.outlines import Outline

LETTERS = "RACI"
MOST = 8  # functions one position carries out or answers for, where the reader asks for no other number


class Basis(StrEnum):
    """How a letter is known."""

    STATED = "stated"
    DERIVED = "derived"
    SET = "set"


@dataclass
class Cell:
    """What one position is for one function or step; `duties`: what is stated behind it."""

    place: Entry
    letters: dict[str, Basis] = field(default_factory=dict)
    duties: list[Entry] = field(default_factory=list)
    derived: str = ""  # what it would be had nobody set it

    def add(self, letter: str, basis: Basis) -> None:
        """Add a letter unless it is known already."""
        self.letters.setdefault(letter, basis)

    @property
    def text(self) -> str:
        """The letters in the order R, A, C, I."""
        return "".join(letter for letter in LETTERS if letter in self.letters)

    @property
    def marks(self) -> list[tuple[str, Basis]]:
        """The letters in order, each with its basis."""
        return [(letter, self.letters[letter]) for letter in LETTERS if letter in self.letters]

    @property
    def is_set(self) -> bool:
        """Whether an editor has decided it, if only that it is empty."""
        return Basis.SET in self.letters.values() or (not self.letters and bool(self.derived))


@dataclass
class Line:
    """One row over all positions."""

    cells: list[Cell]

    def having(self, letter: str) -> list[Entry]:
        """The positions with a letter."""
        return [cell.place for cell in self.cells if letter in cell.letters]

    @property
    def empty(self) -> bool:
        """Whether nobody has anything to do with it."""
        return not any(cell.letters for cell in self.cells)

    @property
    def unanswered(self) -> bool:
        """Whether somebody has to do with it and nobody answers for it."""
        return not self.empty and not self.having("A")

    @property
    def answered_twice(self) -> bool:
        """Whether several answer for it."""
        return len(self.having("A")) > 1

    @property
    def undone(self) -> bool:
        """Whether somebody has to do with it and nobody carries it out."""
        return not self.empty and not self.having("R")


@dataclass
class FunctionLine(Line):
    """A function over all positions."""

    function: Function


@dataclass(frozen=True)
class Load:
    """How many functions a position carries out or answers for."""

    place: Entry
    functions: int


@dataclass
class Raci:
    """The matrix of a design: functions by positions, with what its rules find."""

    places: list[Entry]
    lines: list[FunctionLine]
    most: int = MOST

    @property
    def unanswered(self) -> list[FunctionLine]:
        """The functions for which nobody answers."""
        return [line for line in self.lines if line.unanswered]

    @property
    def answered_twice(self) -> list[FunctionLine]:
        """The functions for which more than one answers."""
        return [line for line in self.lines if line.answered_twice]

    @property
    def undone(self) -> list[FunctionLine]:
        """The functions nobody carries out."""
        return [line for line in self.lines if line.undone]

    @property
    def empty(self) -> list[FunctionLine]:
        """The functions no position has anything to do with."""
        return [line for line in self.lines if line.empty]

    @property
    def overloaded(self) -> list[Load]:
        """The positions that carry out or answer for more functions than `most`."""
        loads = [Load(place, sum(self._works(line, at) for line in self.lines)) for at, place in enumerate(self.places)]
        return [load for load in loads if load.functions > self.most]

    @property
    def idle(self) -> list[Entry]:
        """The positions with nothing at all."""
        return [place for at, place in enumerate(self.places) if not any(line.cells[at].letters for line in self.lines)]

    @staticmethod
    def _works(line: Line, at: int) -> bool:
        return bool({"R", "A"} & line.cells[at].letters.keys())


def raci(outline: Outline, functions: Iterable[Function], *, most: int = MOST) -> Raci:
    """Return the matrix of a design: stated, derived and set cells. No query."""
    columns = outline.positions
    known = [function for function in functions if function.slug != OUTSIDE]
    held = _held(outline)
    return Raci(columns, [FunctionLine(_cells(columns, held, function.slug), function) for function in known], most)


def above(place: Entry) -> set[Entry]:
    """Return everybody above a position by solid lines, stated, inferred or derived."""
    found: set[Entry] = set()
    waiting = [place]
    while waiting:
        for line in waiting.pop().superiors:
            if line.end is not None and line.end.is_position and line.line == "solid" and line.end not in found:
                found.add(line.end)
                waiting.append(line.end)
    return found - {place}


def answering(workers: Sequence[Entry]) -> Entry | None:
    """Return the lowest position that is or stands above every one of these; None where there is none or not one alone."""
    if not workers:
        return None
    common = set.intersection(*({worker, *above(worker)} for worker in workers))
    lowest = [one for one in common if not any(one in above(other) for other in common if other is not one)]
    return lowest[0] if len(lowest) == 1 else None


def executor(place: Entry) -> list[Entry]:
    """Return who carries out what a department as a whole has to do: its heads, else the only position, if it has no parts."""
    alone = len(place.positions) == 1 and not place.departments
    return place.heads or (place.positions if alone else [])


def complete(cells: dict[Entry, Cell]) -> None:
    """Add who answers for it and who is told, from the reporting lines of those who carry it out."""
    workers = [place for place, cell in cells.items() if "R" in cell.letters]
    if not any("A" in cell.letters for cell in cells.values()) and (top := answering(workers)) is not None:
        cells[top].add("A", Basis.DERIVED)
    for worker in workers:
        for line in worker.superiors:
            if line.end in cells and line.line == "solid" and not cells[line.end].letters:
                cells[line.end].add("I", Basis.DERIVED)


def _held(outline: Outline) -> dict[str, list[Entry]]:
    """Return for every function the single duties, and the places that are tagged with it."""
    held: dict[str, list[Entry]] = defaultdict(list)
    for entry in outline.entries:
        if not entry.is_duty or (entry.section == Section.RESPONSIBILITY and entry.is_leaf):
            for slug in entry.functions:
                held[slug].append(entry)
    return held


def _cells(columns: list[Entry], held: dict[str, list[Entry]], slug: str) -> list[Cell]:
    cells = {place: Cell(place) for place in columns}
    units: list[tuple[Entry, str, bool]] = []  # departments that have or help with it; whether a duty says so
    for entry in held[slug]:
        place = entry.holder
        letter = "C" if entry.weight == "auxiliary" else "R"
        if place.is_department:
            units.append((place, letter, entry.is_duty))
        else:
            cells[place].add(letter, Basis.STATED if entry.is_duty else Basis.DERIVED)
            if entry.is_duty:
                cells[place].duties.append(entry)
    done = {place for place, cell in cells.items() if "R" in cell.letters}
    parts = [place for place, letter, _said in units if letter == "R" and executor(place)]
    for place, letter, said in sorted(units, key=lambda unit: LETTERS.index(unit[1])):
        if letter == "R" and any(place in one.trail for one in (done if said else done | {*parts})):
            continue  # somebody in it is named for it; of what is only its remit, a part of it
        for position in executor(place):
            if not cells[position].letters:
                cells[position].add(letter, Basis.DERIVED)
    for entry in held[slug]:
        if entry.is_duty and entry.holder.is_department:
            for position in executor(entry.holder):
                if cells[position].letters:
                    cells[position].duties.append(entry)
    complete(cells)
    for cell in cells.values():
        cell.derived = cell.text
        if slug in cell.place.raci:
            cell.letters = dict.fromkeys(cell.place.raci[slug], Basis.SET)
    return list(cells.values())
