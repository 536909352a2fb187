"""What an editor may type about a process: its facts, and one step of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from departments.forms.lines import BASES, offered, party
from departments.models.outlines import Outline


class ProcessForm(forms.Form):
    """The facts of a process."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    owner = forms.CharField(label=_("Owner"), max_length=120, required=False)
    summary = forms.CharField(
        label=_("Summary"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    lead_time = forms.CharField(label=_("Lead time"), max_length=200, required=False)
    basis = forms.ChoiceField(label=_("Basis"), choices=BASES)

    def __init__(self, data: Any = None, *, seen: dict[str, Any] | None = None):
        super().__init__(data, initial={name: (seen or {}).get(name, "") for name in self.base_fields})
        for field in self.fields.values():
            field.show_hidden_initial = True

    def seen(self) -> dict[str, str]:
        """Return the facts as the editor saw them."""
        return {name: self.data.get(self.add_initial_prefix(name), "") for name in self.fields}

    def wanted(self) -> dict[str, Any]:
        """Return the facts that were changed."""
        seen = self.seen()
        return {name: value for name, value in self.cleaned_data.items() if value != seen[name]}


class StepForm(forms.Form):
    """One step: who acts (several: with 、 between them), what they do, what comes of it."""

    name = forms.CharField(label=_("Step"), max_length=120, required=False)
    who = forms.CharField(
        label=_("Who"),
        max_length=1000,
        required=False,
        help_text=_("Several: with 、 between them. Who is not in this design is kept as a name."),
        widget=forms.TextInput(attrs={"list": "parties", "autocomplete": "off"}),
    )
    action = forms.CharField(label=_("Action"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    output = forms.CharField(label=_("Output"), max_length=4000, required=False)
    lead_time = forms.CharField(label=_("Lead time"), max_length=200, required=False)
    approval = forms.CharField(label=_("Approval"), max_length=4000, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, outline: Outline, step: dict[str, Any] | None = None, seen: str = ""):
        given = {name: (step or {}).get(name, "") for name in self.base_fields}
        super().__init__(data, initial=given | {"who": said(step["who"], outline) if step else "", "seen": seen})
        self.outline = outline

    def clean_who(self) -> list[dict[str, str]]:
        """Return who acts, as a step keeps it."""
        names = [name.strip() for name in self.cleaned_data["who"].replace("，", "、").split("、") if name.strip()]
        found = [party(name, self.outline) for name in names]
        return [{"node": entry.uid.hex} if entry else {"text": outside} for entry, outside in found]

    def wanted(self) -> dict[str, Any]:
        """Return the step as typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def said(who: list[dict[str, str]], outline: Outline) -> str:
    """Return who acts in one line, as it is typed."""
    entries = [outline.by_uid.get(UUID(one["node"])) if "node" in one else None for one in who]
    return "、".join(offered(entry) if entry else one.get("text", "") for one, entry in zip(who, entries, strict=True))
