"""What the tests of the verbs start from, and what holds after each of them."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from departments.restructuring.checking import breaches
from tests.factories import create_org


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    """The organisation of most of these tests, as it is made."""
    return create_org()


@pytest.fixture
def whole_trees(db: None) -> Iterator[None]:
    """Whatever a test did, every tree is whole afterwards."""
    yield
    assert breaches() == []
