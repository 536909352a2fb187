"""A Word template that an administrator sends, and the position it is tried on."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from departments.formats.word.accepting import BYTES, accept
from departments.formats.word.checking import BadTemplate
from departments.models.entries import Entry

TYPE = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordTemplateForm(forms.Form):
    """The file of a template; `cleaned_data["file"]` is its name and its content, accepted."""

    file = forms.FileField(
        label=_("Your template"),
        widget=forms.FileInput(attrs={"accept": TYPE}),
        help_text=_("A .docx of at most 2 MB: ours, changed in Word or WPS, or your own with the fields below in it."),
    )

    def clean_file(self) -> tuple[str, bytes]:
        """Return name and content. Refuses what could not be filled in."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        content = file.read(BYTES + 1)
        try:
            accept(content)
        except BadTemplate as error:
            raise forms.ValidationError(str(error)) from error
        return Path(file.name or "").stem[:120] or "Word", content


class TryForm(forms.Form):
    """The position to fill a template in with."""

    position = forms.ChoiceField(label=_("Position"))

    def __init__(self, *args: Any, positions: list[Entry], **kwargs: Any):
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["position"]
        chosen.choices = [(entry.ref, _named(entry)) for entry in positions]


def _named(entry: Entry) -> str:
    return f"{entry.title} · {entry.department.title}" if entry.department else entry.title
