"""What an administrator says of the company: which own design is its organisation, its name, its logo, its numbers."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from departments.formats.logos import LARGEST, BadLogo, clean_logo
from departments.models import Design, Organisation


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """The one organisation. The logo's file is a field of the form alone: the row keeps it cleaned."""

    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/svg+xml"}),
        help_text=_(
            "PNG or SVG, at most 300 KB. Best on a transparent ground. Word shows an SVG from 2016 on, a PNG always."
        ),
    )
    no_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Organisation
        fields = (
            "design",
            "name",
            "name_en",
            "code",
            "document_pattern",
            "holders_seen_by",
            "holders_carried",
        )
        help_texts = {
            "design": _("Own designs with an edition in force. Home, search and “who does what” open on it."),
            "code": _("Short, for document numbers, for instance HX."),
            "document_pattern": _(
                "{company}, {design}, {edition} and {year} are filled in; {edition:02} has two digits."
            ),
        }

    field_order = (
        "design",
        "name",
        "name_en",
        "new_logo",
        "no_logo",
        "code",
        "document_pattern",
        "holders_seen_by",
        "holders_carried",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        ours: Any = self.fields["design"]
        ours.queryset = Design.objects.own().readable()
        ours.empty_label = _("none: home opens on the reference library")
        if not self.instance.logo_type:
            del self.fields["no_logo"]

    def clean_new_logo(self) -> tuple[str, bytes] | None:
        """Return the logo as it may be kept, with its media type."""
        file: UploadedFile[Any] | None = self.cleaned_data["new_logo"]
        if not file:
            return None
        try:
            return clean_logo(file.read(LARGEST + 1))
        except BadLogo as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Refuse to hand out on paper what nobody may see on the page."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("holders_carried") and cleaned.get("holders_seen_by") == Organisation.Seen.NOBODY:
            self.add_error("holders_carried", _("What nobody sees is not handed out either. Choose first who sees it."))
        return cleaned

    def save(self, commit: bool = True) -> Organisation:  # noqa: FBT001, FBT002  # Django's signature
        """Store, the logo too where one came or one went."""
        organisation: Organisation = self.instance
        if self.cleaned_data["new_logo"]:
            organisation.logo_type, organisation.logo = self.cleaned_data["new_logo"]
        elif self.cleaned_data.get("no_logo"):
            organisation.logo_type, organisation.logo = "", None
        return super().save(commit)
