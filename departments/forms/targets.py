"""The span of control a design aims at."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from departments.models import Design


class SpanTargets(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """At least and at most how many should report to one manager; both empty for the usual band."""

    class Meta:
        model = Design
        fields = ("span_least", "span_most")

    span_least = forms.IntegerField(min_value=1, max_value=99, required=False)
    span_most = forms.IntegerField(min_value=1, max_value=999, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a band with one end, or upside down."""
        given = super().clean() or self.cleaned_data
        least, most = given.get("span_least"), given.get("span_most")
        if not self.errors and (least is None) != (most is None):
            raise forms.ValidationError(_("Give both numbers, or neither."))
        if least is not None and most is not None and least > most:
            raise forms.ValidationError(_("The least is more than the most."))
        return given
