"""The health of a design: what is missing, doubled or out of proportion, each with the place where it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from departments.comparison.coverage import Coverage, coverage
from departments.comparison.spans import LEAST, MOST, Span, Spans, side_by_side
from departments.comparison.vacancies import NOBODY, Vacancies, vacancies
from departments.models import Function
from departments.models.entries import Entry
from departments.models.headcount import Form
from departments.models.nodes import Section
from departments.models.outlines import Outline


@dataclass(frozen=True, slots=True)
class Single:
    """A function that one position alone has, with one person in it."""

    function: Function
    position: Entry


@dataclass
class Health:
    """Everything the report says. Nothing is a verdict: a source that is silent is not a fault of the design."""

    spans: Spans
    by_department: Coverage
    without_duties: list[Entry] = field(default_factory=list)
    without_function: list[Entry] = field(default_factory=list)
    without_head: list[Entry] = field(default_factory=list)
    single_points: list[Single] = field(default_factory=list)
    out_of_band: list[Span] = field(default_factory=list)
    unstated_headcounts: list[Entry] = field(default_factory=list)
    vacancies: list[Vacancies] = field(default_factory=list)

    @property
    def findings(self) -> int:
        """How many places are named."""
        named = (
            self.without_duties,
            self.without_function,
            self.without_head,
            self.single_points,
            self.out_of_band,
            self.unstated_headcounts,
            self.by_department.overlapping,
            self.by_department.uncovered,
        )
        return sum(len(places) for places in named)


def health(
    outline: Outline,
    functions: Iterable[Function],
    *,
    derived: bool = False,
    least: int = LEAST,
    most: int = MOST,
    holders: Mapping[UUID, Sequence[str]] = NOBODY,
) -> Health:
    """Return the report on a design; `holders`: who is named for a position, where that may be seen. No query."""
    functions = list(functions)
    spans = Spans(outline, derived=derived)
    by_department = coverage(outline, functions)
    by_position = coverage(outline, functions, by="positions")
    duties = [
        entry
        for entry in outline.entries
        if entry.is_duty and entry.section == Section.RESPONSIBILITY and entry.is_leaf
    ]
    return Health(
        spans=spans,
        by_department=by_department,
        without_duties=[entry for entry in outline.positions if not entry.statements(Section.RESPONSIBILITY)],
        without_function=[entry for entry in duties if not entry.functions],
        without_head=[entry for entry in outline.departments if not entry.heads],
        single_points=_single_points(by_department, by_position),
        out_of_band=spans.out_of_band(least, most),
        unstated_headcounts=[entry for entry in outline.positions if entry.headcount_form == Form.UNSTATED],
        vacancies=vacancies([outline.root, *side_by_side(outline)], holders),
    )


def _single_points(by_department: Coverage, by_position: Coverage) -> list[Single]:
    """Return the functions that only one position has a primary duty for, with one person in it as far as is stated.

    Where a department has such a duty itself, others may do it.
    """
    found = []
    for line, departments in zip(by_position.lines, by_department.lines, strict=True):
        holders = [cell.place for cell in line.cells if cell.primary]
        if len(holders) != 1 or holders[0].headcount.form != Form.NUMBER or holders[0].headcount.max != 1:
            continue
        own = [duty for cell in departments.cells for duty in cell.primary if duty.holder.is_department]
        if not own:
            found.append(Single(line.function, holders[0]))
    return found
