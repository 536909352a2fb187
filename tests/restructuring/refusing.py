"""What a refused write leaves behind: nothing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from departments.restructuring import Refused, open_edition
from departments.restructuring.room import Room
from tests.factories import rows_of


def assert_refused(org: SimpleNamespace, write: Callable[[Room, SimpleNamespace], Any], reason: str) -> None:
    """Check that a write is refused with a reason and writes nothing; `org` has seen one change."""
    before = rows_of(org.edition)
    with translation.override("en"), pytest.raises(Refused) as refused, open_edition(org.edition) as tree:
        write(tree, org)
    assert str(refused.value) == reason
    assert rows_of(org.edition) == before
    assert org.edition.changes.count() == 1
