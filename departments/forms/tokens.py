"""The form by which an account makes a key to the API."""

from typing import Any

from django import forms
from django.contrib.auth.models import User

from departments.models import Token

MOST = 20  # of one account


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """What it is for, and whether it may write."""

    class Meta:
        model = Token
        fields = ("name", "may_write")

    def keep(self, user: User) -> str:
        """Store the token and return its secret."""
        token = self.save(commit=False)
        token.user = user
        secret = token.set_secret()
        token.save()
        return secret


def tokens_left(tokens: list[Any]) -> int:
    """Return how many more an account may have."""
    return max(MOST - len(tokens), 0)
