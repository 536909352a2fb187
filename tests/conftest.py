"""What every test may count on."""

from collections.abc import Iterator
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


def pytest_configure() -> None:
    """Compile the translations, serve static files from where they lie, without collectstatic, and hash passwords cheaply."""
    compile_messages()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask a database, before pytest deselects by mark: the others need no second database."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def looked_today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the first request of a test not be the first of the day, which looks for editions that are due."""
    from departments.views.dates import DueEditions

    monkeypatch.setattr(DueEditions, "looked_on", ANY)  # any day


@pytest.fixture(scope="session", autouse=True)
def shelf_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is printed for the tests of this run, and for no other."""
    before = settings.DATA_DIR
    settings.DATA_DIR = str(tmp_path_factory.mktemp("data"))
    yield
    settings.DATA_DIR = before
