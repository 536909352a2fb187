"""What an editor may type about lines: superiors, whom one works with or assists, and parties outside.

The other end is typed: a title, a code, or `title（code）` as the list beside the field offers it; what the design does not
have is a party outside.
"""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from departments.models import Relation
from departments.models.entries import Entry, Line
from departments.models.outlines import Outline

OFFERED = re.compile(r"^(?P<title>.+)（(?P<code>[A-Za-z0-9-]+)）$")
ROWS = 2  # empty ones beside those that are there
KINDS = [
    ("works_with", _("works with")),
    ("assists", _("assists")),
    ("reports_to", _("also reports to")),
]
BASES = [("stated", _("stated")), ("inferred", _("inferred"))]


def offered(entry: Entry) -> str:
    """Return how a department or position is named where one is asked for."""
    return f"{entry.title}（{entry.code}）" if entry.code else entry.title


class PartyField(forms.CharField):
    """A department or position of the design, or a party outside: (entry, "") or (None, name); None where left empty."""

    def __init__(self, **kwargs: Any):
        super().__init__(max_length=120, **kwargs)
        self.widget.attrs["list"] = "parties"
        self.widget.attrs["autocomplete"] = "off"
        self.outline: Outline | None = None

    def clean(self, value: Any) -> Any:
        """Return what was meant. Raises ValidationError where a title is that of several."""
        text = super().clean(value)
        return party(text, self.outline) if text and self.outline else None


def party(text: str, outline: Outline) -> tuple[Entry | None, str]:
    """Return the entry that a text names, else the text as a party outside. Raises ValidationError for an open question."""
    named = OFFERED.match(text)
    if (entry := outline.find(named["code"] if named else text)) is not None:
        return entry, ""
    found = [one for one in outline.entries if not one.is_duty and one.title == text]
    if len(found) > 1:
        message = gettext("There are %(n)d of this title. Choose one of the list, with its code.") % {"n": len(found)}
        raise forms.ValidationError(message, code="several")
    return (found[0], "") if found else (None, text)


def ends(value: tuple[Entry | None, str]) -> dict[str, str]:
    """Return the other end as the room takes it."""
    entry, outside = value
    return {"end": entry.uid.hex if entry else "", "outside": outside}


class LineForm(forms.Form):
    """One line from the entry to another or to a party outside."""

    kind = forms.ChoiceField(label=_("What it says"), choices=KINDS)
    who = PartyField(label=_("With whom"), help_text=_("Who is not in this design is taken as a party outside."))
    about = forms.CharField(
        label=_("About what"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    line = forms.ChoiceField(label=_("Drawn as"), choices=Relation.Line.choices)
    basis = forms.ChoiceField(label=_("Basis"), choices=BASES)

    def __init__(self, data: Any = None, *, outline: Outline, shown: Line | None = None):
        given = {}
        if shown is not None:
            given = {name: getattr(shown, name) for name in ("kind", "about", "line", "basis")}
            given["who"] = offered(shown.end) if shown.end else shown.outside
        super().__init__(data, initial=given)
        self.outline = outline
        self.fields["who"].outline = outline  # type: ignore[attr-defined]  # a PartyField
        for field in self.fields.values():
            field.show_hidden_initial = True

    def rebased(self, theirs: dict[str, str]) -> "LineForm":
        """Return the form as it was sent, but as if the editor had seen `theirs`."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, value in theirs.items():
            data[self.add_initial_prefix(name)] = value
        return LineForm(data, outline=self.outline)

    def wanted(self) -> dict[str, Any]:
        """Return the columns as typed, for the room."""
        given = self.cleaned_data
        return {name: given[name] for name in ("kind", "about", "line", "basis")} | ends(given["who"])

    def seen(self) -> dict[str, Any]:
        """Return the columns as the editor saw them, for the room."""
        sent = {name: self.data.get(self.add_initial_prefix(name), "") for name in self.fields}
        field = self.fields["who"]
        try:
            who = ends(field.clean(sent["who"]))
        except forms.ValidationError:
            who = {"end": "", "outside": sent["who"]}
        return {name: sent[name] for name in ("kind", "about", "line", "basis")} | who


class SuperiorsForm(forms.Form):
    """The superiors of a department or position: one a row, or that there is nobody above."""

    top = forms.BooleanField(label=_("nobody above"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, entry: Entry, outline: Outline):
        self.entry, self.outline = entry, outline
        own = [line for line in entry.relations_out if line.superior]
        self.lines = [line for line in own if line.basis != Relation.Basis.TOP]
        super().__init__(data, initial={"top": len(own) > len(self.lines), "seen": told(own)})
        self.rows = len(self.lines) + ROWS
        if data is not None:
            self.rows = max(self.rows, min(20, sum(name.startswith("who-") for name in data)))
        for number in range(self.rows):
            line = self.lines[number] if number < len(self.lines) else None
            who = PartyField(label=_("Superior"), required=False)
            who.outline = outline
            who.initial = "" if line is None else offered(line.end) if line.end else line.outside
            drawn = forms.ChoiceField(label=_("Drawn as"), choices=Relation.Line.choices, required=False)
            drawn.initial = line.line if line else Relation.Line.SOLID
            basis = forms.ChoiceField(label=_("Basis"), choices=BASES, required=False)
            basis.initial = line.basis if line else Relation.Basis.STATED
            self.fields |= {f"who-{number}": who, f"line-{number}": drawn, f"basis-{number}": basis}

    @property
    def superiors(self) -> list[list[forms.BoundField]]:
        """The rows with their fields."""
        return [[self[f"{name}-{number}"] for name in ("who", "line", "basis")] for number in range(self.rows)]

    def clean(self) -> dict[str, Any]:
        """Refuse superiors where there is said to be nobody above."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("top") and any(cleaned.get(f"who-{number}") for number in range(self.rows)):
            self.add_error("top", _("There are superiors below. Empty them, or take this mark away."))
        return cleaned

    def rebased(self, now: str) -> "SuperiorsForm":
        """Return the form as it was sent, but as if the editor had seen what it says now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = now
        return SuperiorsForm(data, entry=self.entry, outline=self.outline)

    def wanted(self) -> list[dict[str, Any]]:
        """Return the lines as typed, for the room; each superior once."""
        if self.cleaned_data["top"]:
            return [{"end": "", "outside": "", "basis": "top", "line": "solid"}]
        found: list[dict[str, Any]] = []
        for number in range(self.rows):
            if (who := self.cleaned_data.get(f"who-{number}")) is not None:
                line = self.cleaned_data.get(f"line-{number}") or "solid"
                basis = self.cleaned_data.get(f"basis-{number}") or "stated"
                found.append({**ends(who), "line": line, "basis": basis})
        return [one for at, one in enumerate(found) if ends_of(one) not in map(ends_of, found[:at])]


def ends_of(line: dict[str, Any]) -> tuple[str, str]:
    """Return what makes a superior the same."""
    return line["end"], line["outside"]


def told(lines: list[Line]) -> str:
    """Return lines in one text that two states of a place can be compared by."""
    return "|".join(
        f"{line.uid.hex if line.uid else ''}:{line.end.uid.hex if line.end else line.outside}:{line.line}:{line.basis}"
        for line in lines
    )
