"""What is answered: editions, designs, nodes. Words of the closed lists are slugs, the same in every language."""

import datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from departments.documents import values
from departments.documents.fits import Fits

KIND = Literal["department", "position", "duty"]
STATUS = Literal["draft", "in_review", "approved", "in_force", "superseded"]


class Counts(Schema):
    """What an edition holds: frames are not departments; headings and auxiliary duties are not duties."""

    departments: int
    positions: int
    duties: int


class EditionOut(Schema):
    """One dated state of a design."""

    number: int
    status: STATUS
    effective_on: datetime.date | None = Field(
        description=_("Since when it is or was in force; of an approved edition, the day on which it comes in force.")
    )
    created_at: datetime.datetime
    counts: Counts
    url: str = Field(description=_("Its page."))


class DesignOut(Schema):
    """An organisation design; `edition` is the one in force, null where none is yet."""

    slug: str
    name: str
    name_en: str
    origin: values.Origin
    kind: values.DesignKind
    variant_of: str | None = Field(description=_("The design of which it is a variant."))
    summary: str
    fits: Fits = Field(description=_("What it suits."))
    edition: EditionOut | None
    url: str = Field(description=_("Its page."))


class NodeRef(Schema):
    """A node by name."""

    uid: UUID
    kind: KIND
    code: str
    title: str = Field(description=_("The title of a department or position, the text of a duty."))


class HeadcountOut(Schema):
    """How many people; a figure that is not stated is null, never nought."""

    form: str
    min: int | None
    max: int | None
    per: str
    varies_with: str
    basis: str
    filled: int | None = Field(description=_("How many are in post, where that is known."))


class LevelOut(Schema):
    """How many people a whole level of a department has."""

    level: str
    headcount: HeadcountOut


class RemarkOut(Schema):
    """A fact that no other field holds, under its label."""

    label: str
    text: str


class LineOut(Schema):
    """A line to a superior or another party; `to` is null where that party stands outside the design."""

    kind: str
    to: NodeRef | None
    outside: str
    basis: str = Field(description=_("stated, inferred, derived (from the place) or top"))
    line: str
    about: str


class NodeOut(Schema):
    """A department, a position or a duty statement; what a kind does not have is empty."""

    uid: UUID = Field(description=_("Stays the same through the editions of a design."))
    kind: KIND
    version: int = Field(description=_("Grows with every change of what the node says: for If-Match."))
    code: str
    title: str
    title_en: str
    aliases: list[str]
    summary: str
    functions: list[str] = Field(description=_("Slugs of functions, the main one first."))
    inferred: bool
    frame: bool = Field(description=_("A department that only holds others together: drawn and counted as nothing."))
    headcount: HeadcountOut | None
    unit_type: str
    levels: list[LevelOut]
    repeats: str = Field(description=_("Where it stands for several of its kind: which, or how many (one a region)."))
    place_basis: str = Field(description=_("How it is known that it stands there."))
    remarks: list[RemarkOut]
    head: bool
    head_form: str
    assistant: bool
    grade: str
    section: str
    weight: str
    aspect: str
    text: str
    measure: str
    parent: UUID | None
    trail: list[NodeRef] = Field(description=_("What it stands in, the root first."))
    holders: list[str] = Field(description=_("Who holds the position, where the organisation hands that out."))
    url: str = Field(description=_("Its page."))


class NodeWhole(NodeOut):
    """A node with what stands directly below it and the lines that start at it."""

    superiors: list[LineOut]
    lines: list[LineOut] = Field(description=_("Lines beside those to superiors: dotted, assists, works with."))
    children: list[NodeRef]


class TreeOut(Schema):
    """A branch of an edition."""

    uid: UUID
    kind: KIND
    code: str
    title: str
    frame: bool
    head: bool
    children: list["TreeOut"]


def example(value: Any) -> dict[str, Any]:
    """Return what documents an answer by an example."""
    return {"responses": {200: {"content": {"application/json": {"example": value}}}}}
