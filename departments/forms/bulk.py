"""What may be done to a selection of positions: a form for each task."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from departments.models import Section
from departments.models.outlines import Outline
from departments.restructuring.bulk import EVERYTHING, Move, Renumber, Replace, Share, Task

WHERE = [("title", _("titles")), ("summary", _("summaries")), ("duties", _("statements"))]


class TaskForm(forms.Form):
    """What the tasks share: a button, and the task that comes of what was typed."""

    def __init__(self, data: Any = None, *, outline: Outline):
        self.outline = outline
        super().__init__(data)

    def task(self) -> Task:
        """Return the task; only after `is_valid`."""
        raise NotImplementedError


class ReplaceForm(TaskForm):
    """A term in the place of another."""

    old = forms.CharField(label=_("Term"), max_length=100, strip=False)
    new = forms.CharField(label=_("becomes"), max_length=100, required=False, strip=False)
    where = forms.MultipleChoiceField(
        label=_("in"), choices=WHERE, initial=EVERYTHING, widget=forms.CheckboxSelectMultiple
    )

    def clean_old(self) -> str:
        """Refuse a term of nothing but spaces."""
        old: str = self.cleaned_data["old"]
        if not old.strip():
            raise forms.ValidationError(_("Type the term."), code="empty")
        return old

    def task(self) -> Task:
        """Return the replacement."""
        return Replace(self.cleaned_data["old"], self.cleaned_data["new"], self.cleaned_data["where"])


class ShareForm(TaskForm):
    """The same statement for all."""

    section = forms.ChoiceField(label=_("Section"), choices=Section.choices)
    text = forms.CharField(label=_("Statement"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    alone = forms.BooleanField(label=_("in place of everything in this section"), required=False)

    def task(self) -> Task:
        """Return the shared statement."""
        return Share(self.cleaned_data["section"], self.cleaned_data["text"], self.cleaned_data["alone"])


class MoveForm(TaskForm):
    """A department for all."""

    under = forms.ChoiceField(label=_("Department"))

    def __init__(self, data: Any = None, *, outline: Outline):
        super().__init__(data, outline=outline)
        departments = [(entry.uid.hex, "　" * entry.level + entry.title) for entry in outline.departments]
        self.fields["under"].choices = departments  # type: ignore[attr-defined]  # a choice field

    def task(self) -> Task:
        """Return the move."""
        return Move(self.outline.by_ref[self.cleaned_data["under"]])


class RenumberForm(TaskForm):
    """Nothing to be typed."""

    def task(self) -> Task:
        """Return the renumbering."""
        return Renumber()


TASKS: dict[str, type[TaskForm]] = {
    "replace": ReplaceForm,
    "share": ShareForm,
    "move": MoveForm,
    "renumber": RenumberForm,
}
