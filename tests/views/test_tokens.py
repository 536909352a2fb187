"""The tokens of an account: made, seen once, revoked; nobody else's."""

import re

import pytest

from departments.forms.tokens import MOST
from departments.models import Token
from tests.views.people import account, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"


def test_a_token_is_shown_once_and_kept_as_a_digest():
    browser = signed_in("editor")
    made = browser.post(PAGE, {"do": "make", "name": "人事系统", "may_write": "on"})
    (secret,) = re.findall(r"<code>(od_[\w-]{43})</code>", made.content.decode())
    token = Token.objects.get()
    assert (token.name, token.may_write, token.user) == ("人事系统", True, account("editor"))
    assert Token.objects.of_secret(secret) == token
    assert secret not in str(token.__dict__)
    assert secret not in browser.get(PAGE).content.decode()
    assert made["Cache-Control"].startswith("max-age=0")


def test_only_ones_own_are_shown_and_revoked():
    signed_in("editor").post(PAGE, {"do": "make", "name": "人事系统"})
    token = Token.objects.get()
    other = signed_in("approver")
    assert "人事系统" not in other.get(PAGE).content.decode()
    other.post(PAGE, {"do": "revoke", "token": token.pk})
    assert Token.objects.count() == 1
    signed_in("editor").post(PAGE, {"do": "revoke", "token": token.pk})
    assert Token.objects.count() == 0


def test_a_token_needs_a_name_and_there_are_not_too_many():
    browser = signed_in("reader")
    assert browser.post(PAGE, {"do": "make", "name": " "}).status_code == 422
    for number in range(MOST):
        browser.post(PAGE, {"do": "make", "name": f"程序{number}"})
    assert browser.post(PAGE, {"do": "make", "name": "再一个"}).status_code == 422
    assert Token.objects.count() == MOST


@pytest.mark.parametrize("count", [1, 3])
def test_costs_do_not_grow(django_assert_num_queries, count):
    browser = signed_in("reader")
    for number in range(count):
        Token.objects.create(user=account("reader"), name="t", digest=str(number), begins="od_")
    with django_assert_num_queries(3):
        browser.get(PAGE)
