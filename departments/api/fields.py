"""What may be sent about a node, held to the rules of the screen: by the very forms that take it there."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import ConfigDict
from pydantic import ValidationError as SchemaError

from departments.api.errors import Faulty
from departments.api.shapes import KIND
from departments.documents import schema, values
from departments.forms.nodes import FORMS, PARTS
from departments.models import Node
from departments.models.entries import NAMES, Entry
from departments.models.outlines import Outline

FOREIGN = _("A node of this kind does not have it.")
ELSEWHERE = _("It follows from where the statement stands.")
PARTED = ("levels", "remarks")  # lines of text on the screen; here parts, which need not be read from them


class HeadcountIn(Schema):
    """How many people. What is left out is not stated."""

    model_config = ConfigDict(extra="forbid")

    form: values.HeadcountForm
    min: values.Count | None = None
    max: values.Count | None = None
    per: values.Line = ""
    varies_with: values.Line = ""
    basis: values.HeadcountBasis = "stated"
    filled: values.Count | None = None


class LevelIn(Schema):
    """How many people a whole level of a department has."""

    model_config = ConfigDict(extra="forbid")

    level: values.Title
    headcount: HeadcountIn


class RemarkIn(Schema):
    """A fact that no other field holds, under a label of its own."""

    model_config = ConfigDict(extra="forbid")

    label: values.Title
    text: values.Text


class NodeIn(Schema):
    """What a node says. Only what is sent is written."""

    model_config = ConfigDict(extra="forbid")

    title: values.Title = Field("", description=_("Of a department or position."))
    title_en: values.Line = ""
    code: values.Code = Field("", description=_("Letters, digits and hyphens; unique in the design."))
    aliases: list[values.Name] = Field([], max_length=20)
    summary: values.Words = ""
    functions: list[values.Slug] = Field([], max_length=20, description=_("Slugs of functions, the main one first."))
    headcount: HeadcountIn = Field(HeadcountIn(form="unstated"), description=_("Taken as a whole."))
    unit_type: values.UnitType = Field("", description=_("What kind of department it is."))
    levels: list[LevelIn] = Field(
        [], max_length=60, description=_("Headcounts of whole levels of a department, taken as a whole.")
    )
    repeats: values.Line = Field(
        "", description=_("Where it stands for several of its kind: which, or how many (one a region).")
    )
    place_basis: values.Basis = Field("stated", description=_("How it is known that it stands there."))
    remarks: list[RemarkIn] = Field([], max_length=60, description=_("What no other field holds, taken as a whole."))
    head: bool = Field(default=False, description=_("Whether a position leads the department it stands in."))
    head_form: values.HeadForm = "person"
    assistant: bool = False
    grade: values.Line = Field("", max_length=60)
    text: values.Text = Field("", description=_("Of a duty statement."))
    measure: values.Words = ""
    section: values.Section = "responsibility"
    weight: values.Weight = "primary"
    aspect: Literal[values.Aspect, ""] = ""


class NewNode(NodeIn):
    """A node to be put below another one."""

    kind: KIND
    under: UUID = Field(description=_("The uid of what it stands under."))
    before: UUID | None = Field(None, description=_("The uid of the sibling that follows; null: at the end."))


class Move(Schema):
    """Where a branch goes."""

    model_config = ConfigDict(extra="forbid")

    under: UUID = Field(description=_("The uid of what it stands under."))
    before: UUID | None = Field(None, description=_("The uid of the sibling that follows; null: at the end."))


def blank(kind: str, parent: Entry) -> Entry:
    """Return an entry that says nothing yet, where it is to stand: what the forms ask about is there."""
    node = Node(kind=kind)
    entry = Entry(*[getattr(node, name) for name in NAMES])
    entry.parent = parent
    if entry.is_duty:
        entry.section, entry.weight = (
            (parent.section, parent.weight) if parent.is_duty else ("responsibility", "primary")
        )
    return entry


def columns(entry: Entry, outline: Outline, sent: NodeIn) -> dict[str, Any]:
    """Return what was sent as columns of the node, cleaned as on the screen. 1 query for functions. Raises Faulty."""
    given = sent.dict(exclude_unset=True, exclude={"kind", "under", "before"})
    if given.pop("headcount", None):
        given |= {f"headcount_{name}": value for name, value in sent.headcount.dict().items()}
    if "levels" in given:
        given["levels"] = [_level(one) for one in sent.levels]
    forms = [FORMS[part] for part in PARTS[entry.kind]]
    known = {name for form in forms for name in form.base_fields}
    if foreign := given.keys() - known:
        raise Faulty({_said(name): [gettext(FOREIGN)] for name in foreign})
    found = {name: given.pop(name) for name in PARTED if name in given}
    faults: dict[str, list[str]] = {}
    for form_class in forms:
        if names := form_class.base_fields.keys() & given.keys():
            form = form_class(_data(form_class.base_fields, entry, given), entry=entry, outline=outline)
            for name in names - form.fields.keys():
                faults[name] = [gettext(ELSEWHERE if entry.is_duty else FOREIGN)]
            for name, errors in form.errors.items():
                faults.setdefault(_said(name), []).extend(map(str, errors))
            if form.is_valid():
                found |= {name: form.cleaned_data[name] for name in names & form.fields.keys()}
    if faults:
        raise Faulty(faults, status=409)
    return found


def _data(names: Mapping[str, Any], entry: Entry, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form is filled with: what was sent, the rest as it is."""
    data = {name: given.get(name, getattr(entry, name, None)) for name in names}
    return {name: "、".join(value) if name == "aliases" else value for name, value in data.items()}


def _level(sent: LevelIn) -> dict[str, Any]:
    """Return the headcount of a level as it is stored. Raises Faulty."""
    figures = sent.headcount.dict()
    if figures["form"] == "number" and figures["max"] is None:
        figures["max"] = figures["min"]
    try:
        level = schema.LevelHeadcount(level=sent.level, headcount=schema.Headcount(**figures))
    except SchemaError:
        raise Faulty({"levels": [gettext("The figures do not fit this form of headcount.")]}, status=409) from None
    return level.model_dump(mode="json")


def _said(name: str) -> str:
    """Return the name by which a column was sent."""
    return "headcount" if name.startswith("headcount_") else name
