"""What is asked of who chooses a structure. Every question may stay open."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from departments.advice import Answers
from departments.models.facets import Degree, Extent, Industry, Priority, Stage

UNSAID: list[tuple[str, Any]] = [("", _("not known"))]


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=UNSAID + choices)


class Choosing(forms.Form):
    """The short form of /choose/, sent in the address, so that an answer can be passed on."""

    marketing_people = forms.IntegerField(
        label=_("People in the marketing organisation"), required=False, min_value=1, max_value=100_000
    )
    company_people = forms.IntegerField(
        label=_("People in the company"), required=False, min_value=1, max_value=10_000_000
    )
    is_group = forms.BooleanField(label=_("A group of several companies"), required=False)
    stage = _choice(_("Stage"), Stage.choices)
    industry = _choice(_("Industry"), [choice for choice in Industry.choices if choice[0] != Industry.ANY])
    product_lines = _choice(_("Product lines"), Extent.choices)
    regions = _choice(_("Regions"), Extent.choices)
    digital_maturity = _choice(_("Digital maturity"), Degree.choices)
    partner_reliance = _choice(_("Reliance on outside partners"), Degree.choices)
    priorities = forms.MultipleChoiceField(
        label=_("What matters most"),
        required=False,
        choices=Priority.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One or two."),
    )

    def clean_priorities(self) -> list[str]:
        """Return what matters most. Where everything does, nothing does."""
        priorities: list[str] = self.cleaned_data["priorities"]
        if len(priorities) > 2:
            raise forms.ValidationError(_("Choose one or two."))
        return priorities

    def answers(self) -> Answers:
        """Return the answers of a valid form."""
        given = dict(self.cleaned_data)
        return Answers(**given | {"priorities": tuple(given["priorities"])})
