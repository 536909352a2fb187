"""What an editor may type about places: new statements, new departments and positions, where something goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from departments.documents.checks import CODE
from departments.forms.lists import statements
from departments.forms.nodes import WEIGHTS
from departments.models import Kind, Section
from departments.models.entries import Entry
from departments.models.nodes import MAY_STAND_UNDER
from departments.models.outlines import Outline

INDENT = "　"


class NewStatements(forms.Form):
    """Several duty statements at once: one a line."""

    lines = forms.CharField(
        label=_("New statements, one a line"),
        widget=forms.Textarea(attrs={"rows": 2, "data-enter": "send"}),
        max_length=20_000,
        help_text=_("Pasting several lines makes several statements; numbers before them are taken away."),
    )
    section = forms.ChoiceField(label=_("Section"), choices=Section.choices)
    weight = forms.ChoiceField(label=_("Weight"), choices=WEIGHTS)

    def __init__(self, data: Any = None, *, entry: Entry, section: str = "", weight: str = ""):
        given = {"section": section or Section.RESPONSIBILITY, "weight": weight or "primary"}
        super().__init__(data, initial=given)
        if entry.is_duty:  # under a heading a statement has the heading's section and weight
            del self.fields["section"], self.fields["weight"]
        elif section:
            for name in ("section", "weight"):
                self.fields[name].widget = forms.HiddenInput()

    def clean_lines(self) -> list[str]:
        """Return the statements."""
        found = statements(self.cleaned_data["lines"])
        if not found:
            raise forms.ValidationError(_("Write at least one statement."), code="required")
        return found


class NewHeading(forms.Form):
    """A heading over some of the statements of a section."""

    heading = forms.CharField(label=_("Heading"), max_length=400)
    grouped = forms.MultipleChoiceField(
        label=_("Statements under it"), widget=forms.CheckboxSelectMultiple, required=True
    )

    def __init__(self, data: Any = None, *, entry: Entry, section: str, weight: str):
        super().__init__(data)
        found = [one for one in entry.statements(section, weight) if not one.children]
        self.fields["grouped"].choices = [(one.uid.hex, one.text) for one in found]  # type: ignore[attr-defined]


class NewPlace(forms.Form):
    """A department or position to be put below."""

    title = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"))
    code = forms.CharField(label=_("Code"), max_length=40, required=False)

    def __init__(self, data: Any = None, *, entry: Entry, outline: Outline, kind: str = "", code: str = ""):
        super().__init__(data, initial={"kind": kind, "code": code})
        self.outline = outline
        kinds = [Kind.POSITION, *([Kind.DEPARTMENT] if entry.is_department else [])]
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]
        if kind or len(kinds) == 1:
            self.fields["kind"].initial = kind or kinds[0].value
            self.fields["kind"].widget = forms.HiddenInput()

    def clean_code(self) -> str:
        """Refuse what an address cannot carry, and a code somebody else has."""
        code: str = self.cleaned_data["code"].strip()
        if code and not CODE.match(code):
            raise forms.ValidationError(_("A code has letters, digits and hyphens only, such as MKT-01."), code="form")
        if code and (other := self.outline.find(code)) is not None:
            raise forms.ValidationError(
                _("“%(title)s” has this code already.") % {"title": other.title}, code="duplicate"
            )
        return code


class MoveForm(forms.Form):
    """Where a branch goes, chosen with the keyboard."""

    under = forms.ChoiceField(label=_("Move to"))
    at = forms.ChoiceField(label=_("Place"), choices=[("last", _("at the end")), ("first", _("at the beginning"))])

    def __init__(self, data: Any = None, *, found: list[Entry]):
        super().__init__(data)
        self.fields["under"].choices = [(one.uid.hex, _indented(one)) for one in found]  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """Into which department or position another one is merged."""

    into = forms.ChoiceField(label=_("Merge into"))

    def __init__(self, data: Any = None, *, found: list[Entry]):
        super().__init__(data)
        self.fields["into"].choices = [(one.uid.hex, _indented(one)) for one in found]  # type: ignore[attr-defined]


def targets(entry: Entry, outline: Outline) -> list[Entry]:
    """Return where an entry may be moved: what may hold it, not inside it; a statement also under its holder's headings."""
    above = MAY_STAND_UNDER[Kind(entry.kind)]
    return [
        one
        for one in outline.entries
        if Kind(one.kind) in above
        and one is not entry.parent
        and not (entry.lft <= one.lft and one.rght <= entry.rght)
        and (not one.is_duty or _is_heading(one, entry))
    ]


def _is_heading(one: Entry, entry: Entry) -> bool:
    """Whether a statement may become the heading of another: of the same holder and section, not under a heading itself."""
    above = one.parent
    return above is entry.holder and one.section == entry.section


def mergeable(entry: Entry, outline: Outline) -> list[Entry]:
    """Return what an entry may be merged into: others of its kind that do not stand in it."""
    return [
        one
        for one in outline.entries
        if one.kind == entry.kind and not one.frame and not (entry.lft <= one.lft and one.rght <= entry.rght)
    ]


def _indented(entry: Entry) -> str:
    code = f"（{entry.code}）" if entry.code else ""
    return f"{INDENT * len(entry.trail)}{entry}{code}"
