"""What holds for all tests of documents."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Say faults in English."""
    with translation.override("en"):
        yield
