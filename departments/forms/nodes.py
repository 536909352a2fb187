"""What an editor may type about a department, a position or a duty statement.

Every field carries what the editor saw (`show_hidden_initial`): only what was changed is written, so what somebody else
changed meanwhile in another field is kept, and the same field is compared three ways (see restructuring.Clash).
"""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from departments.documents import schema
from departments.documents.checks import CODE
from departments.models import Function, Section
from departments.models.headcount import Form
from departments.models.outlines import Entry, Outline

HEADCOUNT = ("headcount_form", "headcount_min", "headcount_max", "headcount_per", "headcount_varies_with")
NUMBERING = re.compile(r"^(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]|[①-⑳])\s*")
WEIGHTS = [("primary", _("primary")), ("auxiliary", _("auxiliary"))]


def function_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the functions that can be chosen, under their groups. 1 query."""
    groups: dict[str, list[tuple[str, str]]] = {}
    functions = list(Function.objects.select_related("parent"))
    headings = {function.parent_id for function in functions}
    for function in functions:
        if function.pk not in headings:
            groups.setdefault(str(function.parent or function), []).append((function.slug, function.name))
    return list(groups.items())


class NodeForm(forms.Form):
    """What the forms of all kinds share: knowing what was changed, and against what."""

    def __init__(self, data: Any = None, *, entry: Entry, outline: Outline):
        self.entry = entry
        self.outline = outline
        seen = {name: getattr(entry, name, None) for name in self.base_fields}
        super().__init__(data, initial={name: value for name, value in seen.items() if value is not None})
        if "functions" in self.fields:
            self.fields["functions"].choices = function_choices()  # type: ignore[attr-defined]  # a choice field
        for field in self.fields.values():
            field.show_hidden_initial = True

    def changes(self) -> dict[str, tuple[Any, Any]]:
        """Return column → (what the editor saw, what was typed) for what differs; only after `is_valid`."""
        pairs = {
            name: (self._stored(name, self._seen(name)), self._stored(name, self.cleaned_data[name]))
            for name in self.fields
        }
        return {name: (seen, typed) for name, (seen, typed) in pairs.items() if seen != typed}

    def _seen(self, name: str) -> Any:
        field = self.fields[name]
        sent = field.hidden_widget().value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        return field.to_python(sent)

    def _stored(self, name: str, value: Any) -> Any:
        """Return a cleaned value as the column stores it; functions keep the order they had, new ones follow."""
        if name != "functions":
            return value
        kept = [slug for slug in self.entry.functions if slug in value]
        return kept + [slug for slug in value if slug not in kept]


class PlacedForm(NodeForm):
    """What departments and positions share."""

    title = forms.CharField(label=_("Title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Letters, digits and hyphens; unique in the design."),
    )
    summary = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    headcount_form = forms.ChoiceField(label=_("Headcount"), choices=Form.choices)
    headcount_min = forms.IntegerField(label=_("from"), min_value=0, max_value=1_000_000, required=False)
    headcount_max = forms.IntegerField(label=_("to"), min_value=0, max_value=1_000_000, required=False)
    headcount_per = forms.CharField(label=_("per what"), max_length=200, required=False)
    headcount_varies_with = forms.CharField(label=_("varies with"), max_length=200, required=False)
    headcount_filled = forms.IntegerField(label=_("people in post"), min_value=0, max_value=1_000_000, required=False)

    def clean_code(self) -> str:
        """Refuse what an address cannot carry, and a code somebody else has."""
        code: str = self.cleaned_data["code"].strip()
        if code and not CODE.match(code):
            raise forms.ValidationError(_("A code has letters, digits and hyphens only, such as MKT-01."), code="form")
        other = self.outline.find(code) if code else None
        if other is not None and other is not self.entry:
            raise forms.ValidationError(
                _("“%(title)s” has this code already.") % {"title": other.title}, code="duplicate"
            )
        return code

    def clean(self) -> dict[str, Any]:
        """Hold the figures to the form of the headcount, by the rule of the design document."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            given = {name.removeprefix("headcount_"): cleaned[name] for name in HEADCOUNT}
            if given["form"] == Form.NUMBER and given["max"] is None:
                cleaned["headcount_max"] = given["max"] = given["min"]
            try:
                schema.Headcount(**given)
            except SchemaError:
                self.add_error("headcount_form", _("The figures do not fit this form of headcount."))
        return cleaned


class DepartmentForm(PlacedForm):
    """A department."""

    functions = forms.MultipleChoiceField(label=_("Functions"), required=False, widget=forms.CheckboxSelectMultiple)


class PositionForm(PlacedForm):
    """A position."""

    head = forms.BooleanField(label=_("leads its department"), required=False)
    assistant = forms.BooleanField(label=_("assistant"), required=False)
    grade = forms.CharField(label=_("Grade"), max_length=60, required=False)

    def clean_head(self) -> bool:
        """Refuse a head that does not stand directly in its department."""
        head: bool = self.cleaned_data["head"]
        if head and self.entry.parent is not None and not self.entry.parent.is_department:
            raise forms.ValidationError(_("Only a position directly in a department leads it."), code="head")
        return head


class DutyForm(NodeForm):
    """A duty statement, or a heading that groups some."""

    text = forms.CharField(label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    section = forms.ChoiceField(label=_("Section"), choices=Section.choices)
    weight = forms.ChoiceField(label=_("Weight"), choices=WEIGHTS)
    measure = forms.CharField(label=_("Measure"), required=False, max_length=4000)
    functions = forms.MultipleChoiceField(label=_("Functions"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any):
        super().__init__(*args, entry=entry, **kwargs)
        if entry.children or (entry.parent is not None and entry.parent.is_duty):
            del self.fields["section"]  # a statement stands in the section of its heading


class NewDuties(forms.Form):
    """Several duty statements at once: one a line."""

    lines = forms.CharField(
        label=_("New statements, one a line"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000
    )
    section = forms.ChoiceField(label=_("Section"), choices=Section.choices)
    weight = forms.ChoiceField(label=_("Weight"), choices=WEIGHTS)

    def clean_lines(self) -> list[str]:
        """Return the lines without the numbers and marks that lists are pasted with."""
        found = [line.strip().lstrip("·•-–☆★●■◆*").strip() for line in self.cleaned_data["lines"].splitlines()]
        found = [NUMBERING.sub("", line).strip() for line in found]
        return [line for line in found if line]


class NewPlace(forms.Form):
    """A department or position to be put below."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("position", _("position")), ("department", _("department"))])
    title = forms.CharField(label=_("Title"), max_length=120)
    code = forms.CharField(label=_("Code"), max_length=40, required=False)


FORMS: dict[str, type[NodeForm]] = {"department": DepartmentForm, "position": PositionForm, "duty": DutyForm}
