"""manage.py demo_accounts."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from departments.permissions import Role, roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def trying_out(settings):
    settings.DEBUG = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _printed(capsys) -> dict[str, str]:
    call_command("demo_accounts")
    return dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()[1:])


def test_one_account_a_role_with_the_password_that_is_printed(trying_out, capsys):
    printed = _printed(capsys)
    assert list(printed) == [f"demo-{role}" for role in Role.values]
    assert [roles(user) for user in User.objects.order_by("pk")] == [{role} for role in Role.values]
    assert all(User.objects.get(username=name).check_password(word) for name, word in printed.items())
    assert len(set(printed.values())) == 5


def test_a_second_run_changes_nothing_and_prints_the_same(trying_out, capsys):
    first = _printed(capsys)
    editor = User.objects.get(username="demo-editor")
    editor.set_password("eigenes")
    editor.save()
    assert _printed(capsys) == {**first, "demo-editor": "(its password was changed)"}


def test_the_passwords_are_this_installations_own(trying_out, capsys, settings):
    first = _printed(capsys)
    User.objects.all().delete()
    settings.SECRET_KEY = "another" * 10
    assert not set(_printed(capsys).values()) & set(first.values())


def test_never_in_production():
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo_accounts")
    assert User.objects.count() == 0
