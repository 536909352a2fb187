"""What an editor may type about a department, a position or a duty statement: a form for each part of its page.

Every field carries what the editor saw (`show_hidden_initial`): only what was changed is written, so what somebody else
changed meanwhile in another field is kept, and the same field is compared three ways (see restructuring.Clash).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from departments.documents import schema
from departments.documents.checks import CODE
from departments.documents.plain_lines import read_level, read_remark, tell_level, tell_remark
from departments.forms.lists import LinesField, ListField
from departments.models import Function, Section
from departments.models.entries import Entry
from departments.models.facets import Aspect, UnitType
from departments.models.headcount import Form
from departments.models.outlines import Outline

HEADCOUNT = (
    "headcount_form",
    "headcount_min",
    "headcount_max",
    "headcount_per",
    "headcount_varies_with",
    "headcount_basis",
)
WEIGHTS = [("primary", _("primary")), ("auxiliary", _("auxiliary"))]
BASES = [("stated", _("stated")), ("inferred", _("inferred")), ("example", _("example"))]
HEAD_FORMS = [
    ("person", _("one person")),
    ("body", _("a leading body")),
    ("alternative", _("one or the other")),
    ("part_time", _("part-time")),
]


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
    """What the forms of all parts share: knowing what was changed, and against what."""

    def __init__(self, data: Any = None, *, entry: Entry, outline: Outline):
        self.entry = entry
        self.outline = outline
        seen = {name: getattr(entry, name, None) for name in self.base_fields}
        super().__init__(data, initial={name: value for name, value in seen.items() if value is not None})
        if "functions" in self.fields:
            self.fields["functions"].choices = function_choices()  # type: ignore[attr-defined]  # a choice field
        for name, field in self.fields.items():
            field.show_hidden_initial = True
            if isinstance(field, LinesField):
                field.known = getattr(entry, name)

    def changes(self) -> dict[str, tuple[Any, Any]]:
        """Return column → (what the editor saw, what was typed) for what differs; only after `is_valid`."""
        pairs = {
            name: (self._stored(name, self._seen(name)), self._stored(name, self.cleaned_data[name]))
            for name in self.fields
        }
        return {name: (seen, typed) for name, (seen, typed) in pairs.items() if seen != typed}

    def shown(self, name: str, value: Any) -> str:
        """Return a value of a field in words, as the page of a clash shows it."""
        field = self.fields[name]
        if isinstance(field, LinesField):
            return str(field.prepare_value(value))
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        words = {str(key): str(label) for key, label in _flat(getattr(field, "choices", ()))}
        if isinstance(value, list):
            return "、".join(words.get(str(one), str(one)) for one in value)
        return "" if value is None else words.get(str(value), str(value))

    def rebased(self, theirs: Mapping[str, Any]) -> "NodeForm":
        """Return the form as it was sent, but as if the editor had seen `theirs`: what a page of a clash shows."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, value in theirs.items():
            seen = self.fields[name].prepare_value(value)
            data.setlist(self.add_initial_prefix(name), seen if isinstance(seen, list) else [_sent(seen)])
        return type(self)(data, entry=self.entry, outline=self.outline)

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


class NamesForm(NodeForm):
    """What a department or a position is called."""

    title = forms.CharField(label=_("Title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Letters, digits and hyphens; unique in the design."),
    )
    aliases = ListField(label=_("Also called"), required=False, help_text=_("Several names: with 、 between them."))

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


class SummaryForm(NodeForm):
    """What it is there for."""

    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class HeadcountForm(NodeForm):
    """How many people; its columns belong together, so a change of one is a change of all."""

    headcount_form = forms.ChoiceField(label=_("Headcount"), choices=Form.choices)
    headcount_min = forms.IntegerField(label=_("from"), min_value=0, max_value=1_000_000, required=False)
    headcount_max = forms.IntegerField(label=_("to"), min_value=0, max_value=1_000_000, required=False)
    headcount_per = forms.CharField(label=_("per what"), max_length=200, required=False)
    headcount_varies_with = forms.CharField(label=_("varies with"), max_length=200, required=False)
    headcount_basis = forms.ChoiceField(label=_("Basis"), choices=BASES)
    headcount_filled = forms.IntegerField(label=_("people in post"), min_value=0, max_value=1_000_000, required=False)

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

    def changes(self) -> dict[str, tuple[Any, Any]]:
        """Return all columns of the headcount where one was changed."""
        changed = super().changes()
        if changed.keys() & set(HEADCOUNT):
            seen = {name: (self._seen(name), self.cleaned_data[name]) for name in HEADCOUNT}
            return {**seen, **changed}
        return changed


class StandingForm(NodeForm):
    """What a position is in its department."""

    head = forms.BooleanField(label=_("leads its department"), required=False)
    head_form = forms.ChoiceField(label=_("form of the head"), choices=HEAD_FORMS)
    assistant = forms.BooleanField(label=_("assistant"), required=False)
    grade = forms.CharField(label=_("Grade"), max_length=60, required=False)

    def clean_head(self) -> bool:
        """Refuse a head that does not stand directly in its department."""
        head: bool = self.cleaned_data["head"]
        if head and self.entry.parent is not None and not self.entry.parent.is_department:
            raise forms.ValidationError(_("Only a position directly in a department leads it."), code="head")
        return head


class DetailsForm(NodeForm):
    """What kind of department it is, whether it stands for several, how its place is known."""

    unit_type = forms.ChoiceField(label=_("Kind of department"), choices=[("", "—"), *UnitType.choices], required=False)
    repeats = forms.CharField(
        label=_("Stands for several"),
        max_length=200,
        required=False,
        help_text=_("Of which kind, or how many: one a region, three teams alike."),
    )
    place_basis = forms.ChoiceField(label=_("Basis of the place"), choices=BASES[:2])

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any):
        super().__init__(*args, entry=entry, **kwargs)
        if not entry.is_department:
            del self.fields["unit_type"]


class LevelsForm(NodeForm):
    """How many people a whole level of a department has."""

    levels = LinesField(
        label=_("Headcount of levels, one a line"),
        tell=tell_level,
        read=read_level,
        help_text=_(
            "主管级：7 人. Also 2–3 人, 至少 2 人, 视情况, 若干, 每店 1 人; in brackets 推断, 举例, 在岗 3 人."
        ),
    )


class RemarksForm(NodeForm):
    """What no other field holds."""

    remarks = LinesField(
        label=_("Remarks, one a line"),
        tell=tell_remark,
        read=read_remark,
        help_text=_("A label and a text with a colon between: 预算位次：花费较少."),
    )


class FunctionsForm(NodeForm):
    """What it serves."""

    functions = forms.MultipleChoiceField(label=_("Functions"), required=False, widget=forms.CheckboxSelectMultiple)


class StatementForm(NodeForm):
    """A duty statement, or a heading that groups some."""

    text = forms.CharField(
        label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2, "data-enter": "send"})
    )
    measure = forms.CharField(label=_("Measure"), required=False, max_length=4000)
    weight = forms.ChoiceField(label=_("Weight"), choices=WEIGHTS)
    section = forms.ChoiceField(label=_("Section"), choices=Section.choices)
    aspect = forms.ChoiceField(label=_("Aspect"), required=False)
    functions = forms.MultipleChoiceField(label=_("Functions"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any):
        super().__init__(*args, entry=entry, **kwargs)
        if entry.children or (entry.parent is not None and entry.parent.is_duty):
            del self.fields["section"]  # a statement stands in the section of its heading
        if entry.section in (Section.QUALIFICATION, Section.AUTHORITY) or entry.aspect:
            self.fields["aspect"].choices = [("", "—"), *Aspect.choices]  # type: ignore[attr-defined]
        else:
            del self.fields["aspect"]

    @property
    def details(self) -> list[forms.BoundField]:
        """The fields that stand behind the text, folded away."""
        return [field for field in self if field.name not in ("text", "measure")]


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Return choices without their groups."""
    found: list[tuple[Any, Any]] = []
    for key, label in choices:
        found += label if isinstance(label, list) else [(key, label)]
    return found


def _sent(value: Any) -> str:
    return "" if value is None else str(value)


FORMS: dict[str, type[NodeForm]] = {
    "names": NamesForm,
    "summary": SummaryForm,
    "headcount": HeadcountForm,
    "standing": StandingForm,
    "details": DetailsForm,
    "levels": LevelsForm,
    "remarks": RemarksForm,
    "functions": FunctionsForm,
    "statement": StatementForm,
}
PARTS = {  # of a kind
    "department": ("names", "summary", "headcount", "functions", "details", "levels", "remarks"),
    "position": ("names", "summary", "headcount", "standing", "functions", "details", "remarks"),
    "duty": ("statement",),
}
