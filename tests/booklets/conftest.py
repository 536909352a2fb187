"""Designs of the library, loaded one by one."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.utils import translation

from departments.documents import files, vocabulary
from departments.documents.loading import load
from departments.models import Edition
from departments.models.outlines import Outline

IN_FORCE_SINCE = datetime.date(2026, 11, 22)
Read = Callable[[str], tuple[Edition, Outline]]


@pytest.fixture
def library(db: None) -> Read:
    """Return a function that loads a design by its slug and returns its edition in force and its outline."""
    vocabulary.load()

    def read(slug: str) -> tuple[Edition, Outline]:
        load(files.read(settings.FIXTURES_DIR / "designs" / f"{slug}.yaml"), on=IN_FORCE_SINCE)
        edition = Edition.objects.in_force().select_related("design").get(design__slug=slug)
        return edition, Outline(edition)

    return read


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Let the paper speak the default language, whatever a test before left behind."""
    with translation.override("zh-hans"):
        yield
