"""What is asked of who takes a post into a draft: what it is called there, and in which department it stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from departments.documents.checks import CODE
from departments.models.entries import Entry


class TakePost(forms.Form):
    """A new position in a department of the draft."""

    title = forms.CharField(label=_("Title"), max_length=120)
    code = forms.CharField(label=_("Code (optional)"), max_length=40, required=False)
    under = forms.ChoiceField(label=_("Department"))

    def __init__(self, *args: Any, departments: list[Entry], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = [  # type: ignore[attr-defined]  # it is a ChoiceField
            (entry.uid.hex, f"{'　' * entry.level}{entry.title}") for entry in departments
        ]

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError for one that cannot stand in an address."""
        code = str(self.cleaned_data["code"]).strip()
        if code and not CODE.fullmatch(code):
            raise forms.ValidationError(_("A code has letters, digits and hyphens only, such as MKT-01."))
        return code
