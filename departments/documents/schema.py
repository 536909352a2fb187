"""What a design document may hold, key by key.

The classes describe the document and nothing else: no query, no model. An unknown key, a wrong type or a value outside
a closed list is refused by pydantic; what only the whole document can tell (codes used twice, a superior that does not
exist) is checked in `checks`; `files` turns both into sentences that name file, place and fault.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from departments.documents.fits import Fits
from departments.documents.values import (
    Aspect,
    Basis,
    Code,
    Count,
    DesignKind,
    Empty,
    Grade,
    HeadcountBasis,
    HeadcountForm,
    HeadForm,
    Line,
    Name,
    Origin,
    Section,
    Slug,
    Strict,
    Text,
    Title,
    UnitType,
    Weight,
    Words,
)


class Citation(Strict):
    """Where a statement comes from: a source file, the heading above it, its first and last line."""

    document: Title
    heading: Words = ""
    lines: Annotated[list[Count], Field(max_length=2)] = []


class Remark(Strict):
    """A fact of the source that no other key holds, under its own short label (预算位次：花费较少)."""

    label: Title
    text: Text


class Headcount(Strict):
    """定员 in the form the source gives it; `unstated` is neither 0 nor 1."""

    form: HeadcountForm = "unstated"
    min: Count | None = None
    max: Count | None = None
    per: Annotated[Line | None, Empty] = None
    varies_with: Annotated[Line | None, Empty] = None
    basis: HeadcountBasis = "stated"
    filled: Count | None = None

    @model_validator(mode="after")
    def figures_fit_the_form(self) -> "Headcount":
        numbers = (self.min, self.max)
        wrong = {
            "number": self.min is None or self.min != self.max,
            "range": self.min is None or (self.max is not None and self.max <= self.min),
            "per": not self.per,
            "several": self.max is not None,
            "as_needed": numbers != (None, None),
            "unstated": numbers != (None, None) or bool(self.per),
        }[self.form]
        if wrong:
            raise PydanticCustomError("headcount", "headcount figures do not fit the form {form}", {"form": self.form})
        return self


class LevelHeadcount(Strict):
    """定员 of a whole level of a department (主管级 7 人)."""

    level: Title
    headcount: Headcount


class Superior(Strict):
    """One reporting line upwards: to a code of this design, to a party outside, or `top` (nobody above)."""

    code: Code | None = None
    outside: Annotated[Name | None, Empty] = None
    basis: Literal["stated", "inferred", "top"] = "stated"
    line: Literal["solid", "dotted", "unstated"] = "solid"

    @model_validator(mode="after")
    def one_end(self) -> "Superior":
        ends = [end for end in (self.code, self.outside) if end]
        if len(ends) != (0 if self.basis == "top" else 1):
            raise PydanticCustomError("superior", "give either code or outside; neither with basis top")
        return self


class Rating(Strict):
    """A competency's level: what is required, out of how much; both as the source prints them."""

    required: Grade
    maximum: Grade | None = None
    note: Words = ""


class Duty(Strict):
    kind: Literal["duty"]
    uid: UUID | None = None
    section: Section = "responsibility"
    weight: Weight = "primary"
    aspect: Aspect | None = None
    text: Text
    measure: Words = ""
    rating: Rating | None = None
    open_ended: bool = False
    inferred: bool = False
    functions: list[Slug] = []
    sources: list[Citation] = []
    children: list["Duty"] = []


class Position(Strict):
    kind: Literal["position"]
    uid: UUID | None = None
    code: Code | None = None
    title: Title
    title_en: Line = ""
    aliases: list[Title] = []
    head: bool = False
    head_form: HeadForm = "person"
    head_basis: Basis = "stated"
    assistant: bool = False
    grade: Annotated[Line, Field(max_length=60)] = ""
    raci: dict[Slug, Annotated[str, StringConstraints(pattern=r"^R?A?C?I?$")]] = {}
    superiors: list[Superior] = []
    headcount: Headcount = Headcount()
    summary: Words = ""
    inferred: bool = False
    place_basis: Basis = "stated"
    repeats: Line = ""
    remarks: list[Remark] = []
    functions: list[Slug] = []
    sources: list[Citation] = []
    checked: bool = False
    children: list[Annotated["Position | Duty", Field(discriminator="kind")]] = []


class Department(Strict):
    kind: Literal["department"]
    uid: UUID | None = None
    code: Code | None = None
    title: Title
    title_en: Line = ""
    aliases: list[Title] = []
    unit_type: UnitType = ""
    frame: bool = False
    superiors: list[Superior] = []
    headcount: Headcount = Headcount()
    levels: list[LevelHeadcount] = []
    summary: Words = ""
    inferred: bool = False
    place_basis: Basis = "stated"
    repeats: Line = ""
    open_ended: bool = False
    remarks: list[Remark] = []
    functions: list[Slug] = []
    sources: list[Citation] = []
    checked: bool = False
    children: list[Annotated["Department | Position | Duty", Field(discriminator="kind")]] = []


class Relation(Strict):
    """What the tree cannot say; the other end is a code of this design or a party outside."""

    kind: Literal["assists", "works_with", "reports_to"]
    start: Code = Field(alias="from")
    end: Code | None = Field(default=None, alias="to")
    outside: Annotated[Name | None, Empty] = None
    about: Words = ""
    basis: Basis = "stated"
    line: Literal["solid", "dotted", "unstated"] = "solid"
    sources: list[Citation] = []

    @model_validator(mode="after")
    def one_end(self) -> "Relation":
        if bool(self.end) == bool(self.outside):
            raise PydanticCustomError("relation", "give either to or outside")
        return self


class Step(Strict):
    """One step; each of `who` is a code of this design or the name of a party outside."""

    number: Annotated[int, Field(ge=1, le=999)]
    name: Name = ""
    who: list[Title] = []
    who_basis: Basis = "stated"
    action: Words = ""
    output: Words = ""
    lead_time: Line = ""
    approval: Words = ""


class Process(Strict):
    name: Title
    name_en: Line = ""
    owner: Name = ""
    summary: Words = ""
    lead_time: Line = ""
    basis: Basis = "stated"
    ordered: bool = True
    sources: list[Citation] = []
    steps: list[Step] = []


class Challenge(Strict):
    text: Text
    remedy: Words = ""


class About(Strict):
    """What a design is and suits: all that is not part of an edition."""

    slug: Slug
    uid: UUID | None = None
    name: Title
    name_en: Line = ""
    origin: Origin = "reference"
    kind: DesignKind
    variant_of: Slug | None = None
    summary: Words = ""
    fits: Fits = Fits()
    strengths: list[Text] = []
    challenges: list[Challenge] = []
    principles: list[Text] = []
    principles_basis: Basis = "stated"
    remarks: list[Remark] = []
    corrections: list[Text] = []
    sources: list[Citation] = []


class Content(Strict):
    """What an edition holds: its one tree, and what the tree cannot say."""

    tree: Department
    relations: list[Relation] = []
    processes: list[Process] = []


class Design(Content, About):
    """A whole design: what it is, what it suits, and the content of one edition."""


class Dated(Strict):
    """Which edition it is: its number, its status, and since when it is or was in force."""

    number: Annotated[int, Field(ge=1, le=100_000)]
    status: Literal["superseded", "in_force", "draft"]
    effective_on: date | None = None


class EditionOf(Content, Dated):
    """An edition of a design."""


class Chronicle(Strict):
    """A design with all its editions, the oldest first."""

    design: About
    editions: Annotated[list[EditionOf], Field(min_length=1, max_length=1000)]

    @model_validator(mode="after")
    def editions_follow_each_other(self) -> "Chronicle":
        numbers = [edition.number for edition in self.editions]
        order = {"superseded": 0, "in_force": 1, "draft": 2}
        steps = [order[edition.status] for edition in self.editions]
        published = [edition for edition in self.editions if edition.status != "draft"]
        wrong = numbers != sorted(set(numbers)) or steps != sorted(steps) or steps.count(1) > 1 or steps.count(2) > 1
        if wrong or any(edition.effective_on is None for edition in published):
            raise PydanticCustomError("chronicle", "editions out of order")
        return self
