"""Who may read what through the API: like the pages, by token; the session of a page counts for nothing."""

import pytest
from django.core.cache import cache
from django.test import Client

from departments.models import Calls, Token
from tests.api.conftest import API, caller
from tests.views.people import account, signed_in

pytestmark = pytest.mark.django_db
ROLES = ("nobody", "reader", "editor", "reviewer", "approver", "administrator")
EVERYBODY = (200,) * 7
WORKING = (401, 404, 404, 200, 200, 200, 200)
PAGES = {
    "/openapi.json": EVERYBODY,
    "/designs": EVERYBODY,
    "/designs/ours": EVERYBODY,
    "/designs/ours/editions": EVERYBODY,
    "/designs/nothing": (404,) * 7,
    "/no/such/place": (404,) * 7,
}
OF_AN_EDITION = ("", "/document", "/tree", "/nodes", "/nodes/HEAD")


def answers(path: str) -> tuple[int, ...]:
    callers = [Client(), *(caller("" if role == "nobody" else role) for role in ROLES)]
    return tuple(one.get(API + path).status_code for one in callers)


@pytest.mark.parametrize("path", PAGES)
def test_reading(draft, path):
    assert answers(path) == PAGES[path]


@pytest.mark.parametrize("path", OF_AN_EDITION)
def test_reading_an_edition(draft, path):
    seen = {name: answers(f"/designs/ours/editions/{name}{path}") for name in ("in-force", "1", "2", "draft", "3", "x")}
    assert seen == {
        "in-force": EVERYBODY,
        "1": EVERYBODY,
        "2": WORKING,
        "draft": WORKING,
        "3": (404,) * 7,
        "x": (404,) * 7,
    }


def test_editions_on_their_way_are_listed_for_those_who_may_see_them(draft, client):
    def numbers(one):
        return [item["number"] for item in one.get(f"{API}/designs/ours/editions").json()["items"]]

    assert (numbers(client), numbers(caller("reader")), numbers(caller("editor"))) == ([1], [1], [2, 1])


def test_where_reading_is_not_public_strangers_read_nothing(draft, settings, client):
    settings.PUBLIC_READING = False
    refused = client.get(f"{API}/designs")
    assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")
    assert refused.json() == {"error": "请发送令牌：Authorization: Bearer …", "fields": {}}
    assert caller("reader").get(f"{API}/designs").status_code == 200


def test_a_session_counts_for_nothing(draft):
    assert signed_in("editor").get(f"{API}/designs/ours/editions/draft").status_code == 401


@pytest.mark.parametrize("sent", ["Bearer od_wrong", "Bearer", "Basic YTpi", "od_wrong"])
def test_a_wrong_token_is_no_stranger(draft, client, sent):
    assert client.get(f"{API}/designs", headers={"Authorization": sent}).status_code == 401


def test_a_token_ends_with_its_account_and_when_it_is_revoked(draft):
    program = caller("editor")
    assert program.get(f"{API}/designs").status_code == 200
    token = Token.objects.get()
    assert token.used_at is not None
    editor = account("editor")
    editor.is_active = False
    editor.save()
    assert program.get(f"{API}/designs").status_code == 401
    editor.is_active = True
    editor.save()
    token.delete()
    assert program.get(f"{API}/designs").status_code == 401


@pytest.mark.postgresql
def test_too_many_calls_have_to_wait(draft, settings, client):
    settings.API_CALLS_PER_MINUTE = 2
    seen = [client.get(f"{API}/designs").status_code for _call in range(3)]
    assert seen == [200, 200, 429]
    refused = client.get(f"{API}/designs")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["error"] == "调用太频繁，请按 Retry-After 所说的秒数等待。"
    cache.clear()  # what one process remembers counts for nothing
    assert client.get(f"{API}/designs").status_code == 429
    assert caller("reader").get(f"{API}/designs").status_code == 200  # counted by token


@pytest.mark.postgresql
def test_the_calls_of_a_minute_are_forgotten_the_next(draft, settings, client, monkeypatch):
    settings.API_CALLS_PER_MINUTE = 1
    now = 30_000_000
    monkeypatch.setattr("departments.models.calls.this_minute", lambda: now)
    assert [client.get(f"{API}/designs").status_code for _call in range(2)] == [200, 429]
    caller("reader").get(f"{API}/designs")
    assert Calls.objects.count() == 2
    now += 2
    assert client.get(f"{API}/designs").status_code == 200
    assert [(one.caller, one.number) for one in Calls.objects.all()] == [("127.0.0.1", 1)]


JSON = "application/json"
REFUSED = {  # what is called with what → the status
    "a method it has not": (("PUT", "/designs", "{}", JSON), 405),
    "a method of no use": (("TRACE", "/designs/office", "", JSON), 405),
    "an address it has not": (("POST", "/nothing/here", "{}", JSON), 404),
    "a slash too many": (("GET", "/designs/", "", JSON), 404),
    "no JSON": (("POST", "/designs/office/editions/in-force/booklets", "{", JSON), 400),
    "something else than JSON": (("POST", "/designs/office/editions/in-force/booklets", "a=b", "text/csv"), 415),
    "more than is read": (("POST", "/designs/office/editions/in-force/booklets", "{}" + " " * 200, JSON), 413),
}


@pytest.mark.parametrize("name", REFUSED)
def test_every_refusal_has_the_one_form(draft, settings, name):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    (method, path, sent, kind), status = REFUSED[name]
    answer = Client(enforce_csrf_checks=True).generic(method, API + path, sent, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json; charset=utf-8")
    assert list(answer.json()) == ["error", "fields"]
    assert answer.get("Allow") == ("GET" if status == 405 else None)


def test_what_nobody_foresaw_is_told_in_the_one_form_and_written_down(draft, client, monkeypatch, caplog):
    monkeypatch.setattr("departments.api.finding.overview", lambda: 1 / 0)
    answer = client.get(f"{API}/functions")
    assert (answer.status_code, list(answer.json())) == (500, ["error", "fields"])
    assert "ZeroDivisionError" in caplog.text


def test_head_is_answered_as_get(draft, client):
    answer = client.head(f"{API}/designs")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == client.get(f"{API}/designs")["ETag"]


def test_what_does_not_fit_is_said_field_by_field(draft, client):
    refused = client.get(f"{API}/designs", {"limit": "many", "kind": "odd"})
    assert refused.status_code == 422
    assert refused.json()["fields"]["limit"] == ["请填整数。"]
    assert list(refused.json()["fields"]) == ["kind", "limit"]
