"""Whoever is signed in, read with the one thing the menu of every page asks: whether they hold a position here."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

from departments.models import Holder


class Accounts(ModelBackend):
    """Django's accounts; `holds_positions` comes with the account, at no query more."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the account of a session, where it is still active."""
        held = Holder.objects.filter(account=OuterRef("pk"))
        user = User.objects.annotate(holds_positions=Exists(held)).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
