"""RACI of a process: step by step who acts (R), who approves or answers for it (A) and who gets the result next (I)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from departments.comparison.raci import Basis, Cell, Line, complete, executor
from departments.models import Process, Step
from departments.models.entries import Entry
from departments.models.outlines import Outline


@dataclass
class StepLine(Line):
    """A step over the positions of its process; `others`: who acts and is no position."""

    step: Step
    others: list[str]


@dataclass
class ProcessRaci:
    """A process: its steps by the positions that have to do with it."""

    process: Process
    places: list[Entry]
    lines: list[StepLine]


def process_raci(outline: Outline, processes: Iterable[tuple[Process, Sequence[Step]]]) -> list[ProcessRaci]:
    """Return the matrix of every process in which a position has a part. No query."""
    found = []
    for process, steps in processes:
        lines = [_step(outline, steps, number) for number in range(len(steps))]
        used = [at for at, _place in enumerate(outline.positions) if any(line.cells[at].letters for line in lines)]
        for line in lines:
            line.cells = [line.cells[at] for at in used]
        if used:
            found.append(ProcessRaci(process, [outline.positions[at] for at in used], lines))
    return found


def _step(outline: Outline, steps: Sequence[Step], number: int) -> StepLine:
    step = steps[number]
    cells = {place: Cell(place) for place in outline.positions}
    acting = _acting(outline, step)
    for place in acting:
        stated = place.is_position and step.who_basis == "stated"
        for position in [place] if place.is_position else executor(place):
            cells[position].add("R", Basis.STATED if stated else Basis.DERIVED)
    for place in outline.positions:
        if step.approval and any(name and name in step.approval for name in (place.title, *place.aliases)):
            cells[place].add("A", Basis.STATED)
    complete(cells)
    if number + 1 < len(steps):
        for place in _acting(outline, steps[number + 1]):
            for position in [place] if place.is_position else executor(place):
                if not cells[position].letters:
                    cells[position].add("I", Basis.DERIVED)
    others = [one["text"] for one in step.who if "text" in one]
    others += [str(place) for place in acting if place.is_department and not executor(place)]
    return StepLine(list(cells.values()), step, others)


def _acting(outline: Outline, step: Step) -> list[Entry]:
    """Return the departments and positions that act in a step."""
    found = (outline.by_uid.get(UUID(one["node"])) for one in step.who if "node" in one)
    return [entry for entry in found if entry is not None and not entry.is_duty]
