"""The API is what its OpenAPI document says: schemathesis calls every operation with what fits and what does not.

`SCHEMATHESIS_EXAMPLES=200 pytest tests/api/test_schema.py` looks longer.
"""

import pytest
from django.conf import settings as configured
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import translation

from departments.api.service import api
from tests.api.conftest import caller

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]  # a walk over every operation


@pytest.fixture
def one_connection():
    """Let no answer close the connection in whose transaction the test is, as Django's own client sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_does_what_it_says(draft, settings, one_connection):
    """All in one test: what is called leaves its traces for what is called next."""
    from tests.api import judging

    settings.API_CALLS_PER_MINUTE = settings.PRINT_QUEUE_ACCOUNT = 1_000_000
    headers = {"Authorization": caller("editor").defaults["HTTP_AUTHORIZATION"]}
    assert judging.faults(headers) == []


def test_the_document_is_said_in_both_languages(client):
    for language, word in (("zh-hans", "列出您可以读取的设计"), ("en", "List the designs that you may read")):
        document = client.get("/api/v1/openapi.json", headers={"Accept-Language": language}).json()
        assert document["paths"]["/api/v1/designs"]["get"]["summary"] == word
    assert {name for name, _words in configured.LANGUAGES} == {"zh-hans", "en"}


def test_every_operation_says_how_it_refuses(client):
    with translation.override("en"):
        for path, operations in api.get_openapi_schema()["paths"].items():
            for method, operation in operations.items():
                assert {401, 404, 422, 429} <= set(operation["responses"]), (path, method)
                assert operation["summary"], (path, method)
