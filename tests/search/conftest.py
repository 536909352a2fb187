"""The whole library, loaded once for the tests of this room: they only read it."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the 52 designs, and forget them after the module."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            call_command("load_designs", verbosity=0)
            yield
            transaction.set_rollback(True)
        connection.close()
