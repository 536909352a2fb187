"""Coverage: which department or position has which function, as primary or auxiliary responsibility, twice or not at all.

A cell holds the single duties behind it. A place that is only tagged with a function has it by its remit: no duty says so, so
it covers the function and overlaps with nobody. Whoever stands above another leads the same function; that is no overlap.
General affairs stay outside: everybody has some.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Q

from departments.models import Edition, Function, Node, NodeFunction
from departments.models.designs import Design
from departments.models.entries import Entry
from departments.models.nodes import Kind, Section
from departments.models.outlines import Outline

OUTSIDE = "general-affairs"
Edges = tuple[int, int]


@dataclass
class Cell:
    """What one place has of one function."""

    place: Entry
    primary: list[Entry] = field(default_factory=list)
    auxiliary: list[Entry] = field(default_factory=list)
    remit: bool = False

    @property
    def level(self) -> str:
        """The strongest way it has the function: primary, remit, auxiliary, or nothing."""
        return "primary" if self.primary else "remit" if self.remit else "auxiliary" if self.auxiliary else ""

    @property
    def duties(self) -> list[Entry]:
        """The duties behind it, the primary ones first."""
        return self.primary + self.auxiliary


@dataclass
class Line:
    """One function over all places."""

    function: Function
    cells: list[Cell]

    @property
    def held(self) -> list[Cell]:
        """The cells that are not empty."""
        return [cell for cell in self.cells if cell.level]

    @property
    def overlapping(self) -> list[Cell]:
        """The cells with primary duties of two places neither of which stands above the other."""
        primary = [cell for cell in self.cells if cell.primary]
        return [cell for cell in primary if any(_beside(cell.place, other.place) for other in primary)]

    @property
    def uncovered(self) -> bool:
        """Whether nobody has it at all."""
        return not self.held

    @property
    def only_auxiliary(self) -> bool:
        """Whether it is only helped with, and nobody's own."""
        return bool(self.held) and all(cell.level == "auxiliary" for cell in self.held)


@dataclass
class Coverage:
    """Functions by places."""

    places: list[Entry]
    lines: list[Line]
    outside: list[Entry]  # duties of general affairs

    @property
    def overlapping(self) -> list[Line]:
        """The functions that two places have as a primary duty."""
        return [line for line in self.lines if line.overlapping]

    @property
    def uncovered(self) -> list[Line]:
        """The functions nobody has."""
        return [line for line in self.lines if line.uncovered]

    @property
    def only_auxiliary(self) -> list[Line]:
        """The functions that are only helped with."""
        return [line for line in self.lines if line.only_auxiliary]


def single_functions() -> list[Function]:
    """Return the functions that are no group of others, in their order, each with its group. 1 query."""
    functions = list(Function.objects.select_related("parent"))
    groups = {function.parent_id for function in functions}
    return [function for function in functions if function.pk not in groups]


@dataclass(frozen=True)
class FunctionSet:
    """By which functions a report counts: those of the reference, and how many a company added."""

    reference: int
    own: int


def function_set(functions: Iterable[Function]) -> FunctionSet:
    """Return what to say of the functions that a report uses. No query."""
    counted = [function.own for function in functions if function.slug != OUTSIDE]
    return FunctionSet(reference=counted.count(False), own=counted.count(True))


def coverage(outline: Outline, functions: Iterable[Function], *, by: str = "departments") -> Coverage:
    """Return who has what in a design, by departments (with the positions that stand in them) or by positions. No query."""
    places = outline.positions if by == "positions" else outline.departments
    known = {*places}
    cells: dict[tuple[str, Entry], Cell] = {}
    outside: list[Entry] = []

    def cell(slug: str, place: Entry) -> Cell:
        return cells.setdefault((slug, place), Cell(place))

    for entry in outline.entries:
        if entry.is_duty and entry.section == Section.RESPONSIBILITY and entry.is_leaf:
            if OUTSIDE in entry.functions:
                outside.append(entry)
            place = _place(entry, by)
            if place in known:
                for slug in entry.functions:
                    found = cell(slug, place)
                    (found.auxiliary if entry.weight == "auxiliary" else found.primary).append(entry)
        elif entry in known:
            for slug in entry.functions:
                cell(slug, entry).remit = True
    lines = [
        Line(function, [cells.get((function.slug, place), Cell(place)) for place in places])
        for function in functions
        if function.slug != OUTSIDE
    ]
    return Coverage(places, lines, outside)


def _place(duty: Entry, by: str) -> Entry | None:
    """Return the department or the position a duty counts for; None for a department's own duty among positions."""
    holder = duty.holder
    if by == "positions":
        return holder if holder.is_position else None
    return holder if holder.is_department else holder.department


def _beside(one: Entry, other: Entry) -> bool:
    """Whether neither of two places stands above the other; a head stands where its department does."""
    mine, others = _standing(one), _standing(other)
    return one is not other and mine not in other.trail and others not in one.trail


def _standing(place: Entry) -> Entry:
    return place.parent if place.head and place.parent is not None else place


@dataclass
class DesignLine:
    """One design over all functions: for each function the level, or nothing, and whether departments overlap in it."""

    design: Design
    levels: list[str]
    overlaps: list[bool]

    @property
    def covered(self) -> int:
        """How many functions somebody has as his own."""
        return sum(level in ("primary", "remit") for level in self.levels)


def library_coverage(functions: Iterable[Function]) -> tuple[list[Function], list[DesignLine]]:
    """Return the functions and, for every design in force, how each is covered. 3 queries."""
    columns = [function for function in functions if function.slug != OUTSIDE]
    editions = {edition.pk: edition.design for edition in Edition.objects.in_force().select_related("design")}
    said = Q(node__kind=Kind.DUTY, node__section=Section.RESPONSIBILITY) | ~Q(node__kind=Kind.DUTY)
    links = NodeFunction.objects.filter(said, node__tree_id__in=list(editions))
    departments: dict[int, list[Edges]] = defaultdict(list)
    placed = Node.tree.filter(tree_id__in=list(editions), kind=Kind.DEPARTMENT, frame=False).order_by("lft")
    for tree, *edges in placed.values_list("tree_id", "lft", "rght"):
        departments[tree].append((edges[0], edges[1]))
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    doing: dict[tuple[int, int], set[Edges]] = defaultdict(set)  # the departments with a primary duty of it
    columns_read = ("node__tree_id", "function_id", "node__kind", "node__weight", "node__lft", "node__rght")
    for tree, function, kind, weight, lft, rght in links.values_list(*columns_read):
        found[tree, function].add(weight if kind == Kind.DUTY else "remit")
        if kind == Kind.DUTY and weight == "primary" and rght == lft + 1:
            department = _innermost(departments[tree], lft)
            doing[tree, function] |= {department} if department else set()
    lines = [
        DesignLine(
            design,
            [_strongest(found[tree, function.pk]) for function in columns],
            [_side_by_side(doing[tree, function.pk]) for function in columns],
        )
        for tree, design in editions.items()
    ]
    return columns, sorted(lines, key=lambda line: line.design.name)


def _innermost(departments: list[Edges], at: int) -> Edges | None:
    """Return the edges of the department a node stands in: of those around it, the one that opens last."""
    return max((edges for edges in departments if edges[0] < at < edges[1]), default=None)


def _side_by_side(places: set[Edges]) -> bool:
    """Whether two of these stand beside each other, not one in the other."""
    ordered = sorted(places)
    return any(before[1] < after[0] for before, after in pairwise(ordered))


def _strongest(levels: set[str]) -> str:
    return next((level for level in ("primary", "remit", "auxiliary") if level in levels), "")
