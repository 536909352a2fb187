"""The form by which an administrator names a receiver."""

from django import forms

from departments.models import Webhook
from departments.webhooks.sending import fault_of


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """The address that is told."""

    class Meta:
        model = Webhook
        fields = ("url",)
        widgets = {"url": forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})}

    def clean_url(self) -> str:
        """Refuse what is never told."""
        url: str = self.cleaned_data["url"].strip()
        if fault := fault_of(url):
            raise forms.ValidationError(fault, code="address")
        return url
