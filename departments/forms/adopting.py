"""What is asked of who adopts a design: its name, its address, and how much of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from departments.models import Design
from departments.models.outlines import Outline

TAKEN = _("This address is in use. Choose another.")


class NewDesign(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """A design from nothing: a name and an address."""

    class Meta:
        model = Design
        fields = ("name", "name_en", "slug")
        labels = {"name": _("Name"), "name_en": _("English name (optional)"), "slug": _("Address")}
        help_texts = {"slug": _("Letters a–z, digits and hyphens. It stays, also when the name changes.")}
        error_messages = {"slug": {"unique": TAKEN}}

    def clean_slug(self) -> str:
        """Return the address in small letters."""
        slug = str(self.cleaned_data["slug"]).lower()
        if Design.objects.filter(slug=slug).exists():
            raise forms.ValidationError(TAKEN, code="unique")
        return slug


class AdoptDesign(NewDesign):
    """A copy of a design or of one department of it."""

    branch = forms.ChoiceField(label=_("What to adopt"), required=False)
    code_prefix = forms.RegexField(
        r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
        label=_("Own codes begin with (optional)"),
        max_length=16,
        required=False,
        help_text=_("For instance GX: MKT-PR becomes GX-PR. Left empty, the codes of the reference stay."),
        error_messages={"invalid": _("Letters a–z, digits and hyphens only.")},
    )

    field_order = ("branch", "name", "name_en", "slug", "code_prefix")

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any):
        super().__init__(*args, **kwargs)
        departments = [entry for entry in outline.departments if entry is not outline.root]
        self.fields["branch"].choices = [  # type: ignore[attr-defined]  # it is a ChoiceField
            ("", _("The whole design")),
            *((entry.ref, f"{'　' * entry.level}{entry.title}") for entry in departments),
        ]


def proposed_slug(slug: str) -> str:
    """Return a free address for a copy: our-…, then our-…-2 and so on. 1 query."""
    wanted = f"our-{slug}"[:76]
    used = set(Design.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbers = (f"{wanted}-{number}" for number in range(2, len(used) + 3))
    return next(free for free in (wanted, *numbers) if free not in used)
