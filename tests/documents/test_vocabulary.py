"""The vocabulary: functions and sources, loaded from their files."""

from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.documents import vocabulary
from tests.documents.loads import writes
from tests.factories import create_function

pytestmark = pytest.mark.django_db


def test_vocabulary_is_loaded_once() -> None:
    vocabulary.load()
    with CaptureQueriesContext(connection) as queries:
        vocabulary.load()
    assert writes(queries) == []


def test_vocabulary_corrects_what_differs_and_leaves_what_a_company_added(django_assert_num_queries: Any) -> None:
    own = create_function(slug="our-own-function", order=99)
    vocabulary.load()
    from departments.models import Function

    given = list(vocabulary.functions().values())
    part = next(entry for entry in given if entry.get("parent"))
    Function.objects.filter(slug=part["slug"]).update(name="改了", parent=own)
    with CaptureQueriesContext(connection) as queries:
        vocabulary.load()
    assert len(writes(queries)) == 3  # the function; and what the search finds, away and anew
    stored = Function.objects.get(slug=part["slug"])
    assert (stored.name, stored.parent.slug) == (part["name"], part["parent"])
    assert Function.objects.filter(pk=own.pk).exists()


def test_vocabulary_files_hold_what_the_tables_hold() -> None:
    from departments.models import Function, Source

    vocabulary.load()
    given = yaml.safe_load((settings.FIXTURES_DIR / "functions.yaml").read_text(encoding="utf-8"))
    assert list(Function.objects.values_list("slug", "name", "parent__slug")) == [
        (entry["slug"], entry["name"], entry.get("parent")) for entry in given
    ]
    assert list(Source.objects.values_list("document", flat=True)) == sorted(vocabulary.documents())
