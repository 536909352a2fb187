"""Callers of the API: a client that sends a token, and designs to read."""

from typing import Any

import pytest
from django.test import Client

from departments.models import Edition, Token
from departments.restructuring.transitions import begin
from tests.remembering import remember
from tests.views.conftest import chinese, make_design, office
from tests.views.people import account, own_design

__all__ = ["chinese", "make_design"]
PROCESS = {"name": "流程", "steps": [{"number": 1, "who": ["HEAD"], "action": "做"}]}
API = "/api/v1"


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no minute end within a test: the first call of one costs a query more."""
    monkeypatch.setattr("departments.models.calls.this_minute", lambda: 30_000_000)


def caller(role: str = "", name: str = "", *, writes: bool = True) -> Client:
    """Return a client that calls with a token of an account of that role."""
    token = Token(user=account(role, name), name="test", may_write=writes)
    secret = token.set_secret()
    token.save()
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def draft(make_design: Any) -> Edition:
    """The draft of the own design `ours`, adopted from the reference design `office`, which are both in force."""
    return remember(lambda: begin(own_design(make_design(office(processes=[PROCESS]))), by=account("editor")))
