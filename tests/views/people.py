"""Accounts for the pages: one a role, and own designs in every state."""

import datetime

from django.contrib.auth.models import User
from django.test import Client

from departments.models import Design, Edition
from departments.permissions import give
from departments.restructuring.adopting import adopt
from departments.restructuring.transitions import approve, publish, submit

TODAY = datetime.date(2026, 1, 1)


def account(role: str = "", name: str = "") -> User:
    """Return the account of a role, made the first time."""
    user, made = User.objects.get_or_create(username=name or role or "nobody", defaults={"first_name": name or role})
    if made and role:
        give(user, role)
    return user


def signed_in(role: str = "", name: str = "") -> Client:
    """Return a browser in which somebody of that role is signed in."""
    client = Client()
    client.force_login(account(role, name))
    return client


def own_design(source: Design, *, slug: str = "ours", in_force: bool = True) -> Design:
    """Return a copy of a reference design; in force, or its first draft."""
    design = adopt(source.editions.get(status="in_force"), name="本公司", slug=slug, by=account("editor"))
    if in_force:
        put_in_force(design.editions.get())
    return design


def put_in_force(edition: Edition) -> Edition:
    """Take an edition all the way."""
    submit(edition, by=account("editor"))
    approve(edition, by=account("approver"), waive=True)
    publish(edition, by=account("approver"), on=TODAY)
    return edition
