"""What every test may count on."""

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any
from unittest.mock import ANY

import hypothesis
import pytest
from django.conf import settings

from tools.messages import compile_messages

# A shared machine is slow at times; the run as a whole has its limit. `--hypothesis-profile=thorough` looks longer.
hypothesis.settings.register_profile("orgdesign", deadline=None, max_examples=60)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=600)
hypothesis.settings.load_profile("orgdesign")


TESTS = Path(__file__).parent
DATABASE = {"db", "transactional_db"}  # the fixtures that open one
SHOWING = {"advice", "api", "booklets", "charts", "comparison", "formats", "views"}
SENDING = {"post", "put", "patch", "delete"}


def pytest_configure() -> None:
    """Compile the translations, serve static files without collectstatic, hash passwords cheaply, start few processes."""
    compile_messages()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.PDF_WORKERS = 1  # the tests run side by side themselves


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests for PostgreSQL, before pytest deselects by mark.

    They are those that ask a database: in the rooms within, all of them. The rooms that show or weigh what these found ask
    through them, in the same words on either database; of theirs, the tests that send something, which may meet a lock or
    a constraint, and those marked by hand: a walk over every page and every operation, and what copies whole tables.
    """
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        asks = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
        if asks and (not SHOWING & set(item.path.relative_to(TESTS).parts) or _sends(item.function)):
            item.add_marker(pytest.mark.postgresql)


@cache
def _sends(function: FunctionType) -> bool:
    """Whether a test sends something, itself or through another function of its module."""
    names = set(_names(function.__code__))
    named = [function.__globals__.get(name) for name in names - {function.__name__}]
    helpers = [one for one in named if isinstance(one, FunctionType) and one.__module__ == function.__module__]
    return bool(SENDING & names) or any(map(_sends, helpers))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end, every module and every test, and let it look seldom at the rest.

    It took a tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def looked_today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the first request of a test not be the first of the day, which looks for editions that are due."""
    from departments.views.dates import DueEditions

    monkeypatch.setattr(DueEditions, "looked_on", ANY)  # any day


@pytest.fixture(autouse=True)
def papers_of_the_test(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let no test find a finished paper of another, whose printing it may have replaced: each has code of its own."""
    from departments.printing import determinants

    monkeypatch.setattr(determinants, "_code", lambda: request.node.nodeid)


@pytest.fixture(scope="session", autouse=True)
def shelf_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is printed for the tests of this run, in whichever process they are, and for no other."""
    before = settings.DATA_DIR
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "data"
    shared.mkdir(exist_ok=True)
    settings.DATA_DIR = str(shared)
    yield
    settings.DATA_DIR = before
