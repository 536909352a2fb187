"""The form by which an administrator gives somebody rights in a branch."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from departments.models import Grant, Role
from departments.models.outlines import Outline


class GrantForm(forms.Form):
    """Who (an account or a group), which department of the design, as what."""

    who = forms.ChoiceField(label=_("who"))
    department = forms.ChoiceField(label=_("department"))
    role = forms.ChoiceField(label=_("role"), choices=Grant.ROLES)

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.design = outline.edition.design
        departments = [(one.uid.hex, f"{'　' * len(one.trail)}{one.title}") for one in outline.departments]
        self.fields["who"].choices = [("", "—"), *people()]  # type: ignore[attr-defined]
        self.fields["department"].choices = [("", "—"), *departments]  # type: ignore[attr-defined]

    def save(self) -> bool:
        """Store the grant; False where it was given already."""
        kind, _dot, pk = self.cleaned_data["who"].partition(".")
        holder = {"user_id": int(pk)} if kind == "account" else {"group_id": int(pk)}
        rest = {name: self.cleaned_data[name] for name in ("department", "role")}
        try:
            with transaction.atomic():
                Grant.objects.create(design=self.design, **holder, **rest)
        except IntegrityError:
            return False
        return True


def people() -> list[tuple[Any, Any]]:
    """Return the groups that are no roles, and the active accounts, as choices under two headings. 2 queries."""
    groups = Group.objects.exclude(name__in=Role.values).order_by("name")
    accounts = User.objects.filter(is_active=True).order_by("username")
    found = [
        (_("groups"), [(f"group.{group.pk}", group.name) for group in groups]),
        (_("accounts"), [(f"account.{one.pk}", _named(one)) for one in accounts]),
    ]
    return [(label, choices) for label, choices in found if choices]


def _named(user: User) -> str:
    name = user.get_full_name()
    return f"{name}（{user.username}）" if name and name != user.username else user.username
