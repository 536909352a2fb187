"""What is asked of who imports: the file, and what is to become of rows that it has not."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from departments.formats.importing import BYTES, DOCUMENTS
from departments.forms.adopting import NewDesign

KINDS = (".xlsx", ".csv", ".zip", *DOCUMENTS)
HELP = _("A workbook (.xlsx), tables (.csv, several in a .zip) or a design document (.yaml, .json), at most 20 MB.")


class FileField(forms.FileField):
    """A file of a kind that is read, no larger than is read."""

    def __init__(self, kinds: Sequence[str] = KINDS, help_text: Any = HELP, **options: Any):
        self.kinds = kinds
        widget = forms.FileInput(attrs={"accept": ",".join(kinds)})
        super().__init__(label=_("File"), help_text=help_text, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file. Raises ValidationError."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        if (file.size or 0) > BYTES:
            raise forms.ValidationError(_("The file is larger than %(n)d MB."), params={"n": BYTES // 1024**2})
        if PurePath(file.name or "").suffix.lower() not in self.kinds:
            raise forms.ValidationError(_("Files of this kind are not read. Save it as .xlsx first."))
        return file


class ImportForm(forms.Form):
    """A file for a draft."""

    file = FileField()
    remove = forms.BooleanField(
        label=_("Remove what the file has not"),
        help_text=_("Left unticked, rows that are missing from the file stay as they are."),
        required=False,
    )


class EditionsForm(forms.Form):
    """The file of a design with all its editions."""

    file = FileField(
        DOCUMENTS, _("“All editions” as it was taken from an installation (.yaml or .json), at most 20 MB.")
    )


class NewFromFile(NewDesign):
    """A file for a design that is to be made of it."""

    file = FileField()
    field_order = ("file", "name", "slug")

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        del self.fields["name_en"]  # the file says more than a form could
