"""What an edition in memory is made of: its departments, positions and duties as entries, and the lines between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from departments.models.facets import UnitType
from departments.models.headcount import Headcount, HeadcountSum, total
from departments.models.nodes import Kind, Section
from departments.models.relations import Relation


@dataclass(slots=True, eq=False)
class Entry:
    """One node of an outline: the columns of `Node`, and the entries around it. Compared by identity."""

    pk: int
    parent_pk: int | None
    lft: int
    rght: int
    level: int
    uid: UUID
    kind: str
    version: int
    inferred: bool
    open_ended: bool
    sources: list[dict[str, Any]]
    code: str
    title: str
    title_en: str
    aliases: list[str]
    summary: str
    remarks: list[dict[str, str]]
    place_basis: str
    repeats: str
    checked: bool
    headcount_form: str
    headcount_min: int | None
    headcount_max: int | None
    headcount_per: str
    headcount_varies_with: str
    headcount_basis: str
    headcount_filled: int | None
    unit_type: str
    frame: bool
    levels: list[dict[str, Any]]
    head: bool
    head_form: str
    head_basis: str
    assistant: bool
    grade: str
    raci: dict[str, str]
    section: str
    weight: str
    aspect: str
    text: str
    measure: str
    rating_required: int | None
    rating_maximum: int | None
    rating_note: str
    origin_uid: str
    # around it
    parent: "Entry | None" = None
    children: list["Entry"] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    relations_out: list["Line"] = field(default_factory=list)
    relations_in: list["Line"] = field(default_factory=list)
    known_heads: "list[Entry] | None" = None  # see `heads`

    def __str__(self) -> str:
        return self.title or self.text

    # What it is

    @property
    def is_department(self) -> bool:
        """Whether it is a department or a frame."""
        return self.kind == Kind.DEPARTMENT

    @property
    def is_position(self) -> bool:
        """Whether it is a position."""
        return self.kind == Kind.POSITION

    @property
    def is_duty(self) -> bool:
        """Whether it is a duty statement or a heading over some."""
        return self.kind == Kind.DUTY

    @property
    def is_leaf(self) -> bool:
        """Whether nothing stands below it."""
        return self.rght == self.lft + 1

    @property
    def counts_as_duty(self) -> bool:
        """Whether it is a duty in the counting rule: a primary leaf of the section responsibility."""
        return self.is_duty and self.section == Section.RESPONSIBILITY and self.is_leaf and self.weight == "primary"

    @property
    def ref(self) -> str:
        """What stands for it in an address: its code, else its uid."""
        return self.code or self.uid.hex

    @property
    def anchor(self) -> str:
        """Its id in a page or a PDF: never a primary key, which changes with every edition."""
        return f"{self.kind}-{self.code or self.uid.hex[:12]}"

    @property
    def unit(self) -> str | Promise:
        """What kind of unit a department is, in words; empty where that is not stated."""
        return UnitType(self.unit_type).label if self.unit_type else ""

    @property
    def headcount(self) -> Headcount:
        """Its own headcount."""
        return Headcount(
            self.headcount_form,
            self.headcount_min,
            self.headcount_max,
            self.headcount_per,
            self.headcount_varies_with,
            self.headcount_basis,
            self.headcount_filled,
        )

    # What stands below it

    def walk(self) -> Iterator["Entry"]:
        """Yield itself and everything below in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def departments(self) -> list["Entry"]:
        """Its departments; a frame's departments stand in for the frame."""
        below: list[Entry] = []
        for child in self.children:
            if child.is_department:
                below += child.departments if child.frame else [child]
        return below

    @property
    def positions(self) -> list["Entry"]:
        """The positions directly in it, heads first."""
        found = [child for child in self.children if child.is_position]
        return sorted(found, key=lambda position: not position.head)

    @property
    def all_positions(self) -> list["Entry"]:
        """Every position below it in document order."""
        return [entry for entry in self.walk() if entry.is_position and entry is not self]

    @property
    def heads(self) -> list["Entry"]:
        """The positions that lead the department. Looked for once: everybody below it asks for them."""
        if self.known_heads is None:
            self.known_heads = [child for child in self.children if child.is_position and child.head]
        return self.known_heads

    def statements(self, section: str, weight: str = "") -> list["Entry"]:
        """Its duty statements of a section, headings with their statements below them; of one weight where given."""
        return [
            child
            for child in self.children
            if child.is_duty and child.section == section and weight in ("", child.weight)
        ]

    @property
    def responsibilities(self) -> list["Entry"]:
        """Its primary responsibilities."""
        return self.statements(Section.RESPONSIBILITY, "primary")

    @property
    def auxiliary(self) -> list["Entry"]:
        """Its auxiliary responsibilities (辅助责任)."""
        return self.statements(Section.RESPONSIBILITY, "auxiliary")

    @property
    def duty_count(self) -> int:
        """How many duties it has itself, without those of departments and positions below."""
        return sum(entry.counts_as_duty for child in self.children if child.is_duty for entry in child.walk())

    @property
    def headcount_sum(self) -> HeadcountSum:
        """What the positions below it come to."""
        return total(position.headcount for position in self.all_positions)

    # What stands above it

    @property
    def trail(self) -> list["Entry"]:
        """Its ancestors, the root first, without frames."""
        above: list[Entry] = []
        entry = self.parent
        while entry is not None:
            if not entry.frame:
                above.append(entry)
            entry = entry.parent
        return above[::-1]

    @property
    def department(self) -> "Entry | None":
        """The department it stands in; None directly under a frame."""
        return next((entry for entry in reversed(self.trail) if entry.is_department), None)

    @property
    def holder(self) -> "Entry":
        """The department or position a duty statement belongs to; itself for those."""
        entry = self
        while entry.is_duty and entry.parent is not None:
            entry = entry.parent
        return entry

    @property
    def superiors(self) -> list["Line"]:
        """Its superiors: stated or inferred where there are any, else derived from its place; empty at the top."""
        own = [line for line in self.relations_out if line.superior]
        if own or not self.is_position:
            return own
        above = self.parent
        if above is not None and above.is_position:
            return [Line.derived(self, above)]
        while above is not None:
            heads = [head for head in above.heads if head is not self]
            if heads and not (self.head and above is self.parent):
                return [Line.derived(self, head) for head in heads]
            above = above.parent
        return []


@dataclass(slots=True, eq=False)
class Line:
    """A relation seen from an outline; `end` is None where the other end is outside, or nobody (basis top)."""

    uid: UUID | None
    kind: str
    start: Entry
    end: Entry | None
    outside: str
    superior: bool
    about: str
    basis: str
    line: str
    sources: list[dict[str, Any]]

    @classmethod
    def derived(cls, start: Entry, end: Entry) -> "Line":
        """Return the superior that follows from the place alone."""
        return cls(
            uid=None,
            kind=Relation.Kind.REPORTS_TO,
            start=start,
            end=end,
            outside="",
            superior=True,
            about="",
            basis="derived",
            line=Relation.Line.SOLID,
            sources=[],
        )

    @property
    def other(self) -> str:
        """The other end's name."""
        return str(self.end) if self.end else self.outside


@dataclass(frozen=True, slots=True)
class Counts:
    """What an edition holds, by the counting rule: frames are not departments, headings and auxiliaries not duties."""

    departments: int
    positions: int
    duties: int
    auxiliary: int


COLUMNS = tuple(f.name for f in fields(Entry))[: [f.name for f in fields(Entry)].index("parent")]
NAMES = tuple("parent_id" if name == "parent_pk" else name for name in COLUMNS)
