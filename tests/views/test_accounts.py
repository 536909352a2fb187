"""Signing in, out, and what strangers and those without the right are told."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from departments.views.accounts import refused

pytestmark = pytest.mark.django_db
PASSWORD = "一个很长的口令2026"
PLACES = ["/", "/library/", "/designs/office/", "/designs/office/chart.svg", "/search/?q=市场", "/knowledge/"]


@pytest.fixture
def zhang() -> User:
    return User.objects.create_user("zhang", password=PASSWORD, first_name="张编辑")


def _sign_in(client: Client, **fields: str):
    return client.post("/sign-in/", {"username": "zhang", "password": PASSWORD, **fields})


def test_who_signs_in_comes_back_to_the_page(client, zhang):
    link = '<a class="sign-in" href="/sign-in/?next=/library/%3Fkind%3Dcomplete">'
    assert link in _text(client.get("/library/?kind=complete"))
    assert re.findall("<label[^>]*>(.*?)</label>", _text(client.get("/sign-in/")))[1:] == ["用户名", "密码"]
    answer = _sign_in(client, next="/library/?kind=complete")
    assert (answer.status_code, answer["Location"]) == (302, "/library/?kind=complete")
    page = _text(client.get("/library/"))
    assert ("张编辑" in page, "/sign-out/" in page, 'class="sign-in"' in page) == (True, True, False)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, zhang, elsewhere):
    assert _sign_in(client, next=elsewhere)["Location"] == "/"


def test_signing_out_is_a_form_not_a_link(client, zhang):
    client.force_login(zhang)
    assert (client.get("/sign-out/").status_code, client.post("/sign-out/")["Location"]) == (405, "/")
    assert "_auth_user_id" not in client.session


def test_attempts_are_limited_for_the_account_and_the_address(client, zhang):
    answers = [_sign_in(client, password="falsch").status_code for _attempt in range(5)]
    locked = _sign_in(client)
    assert (answers, locked.status_code) == ([200, 200, 200, 200, 429], 429)
    assert ("masthead" in _text(locked), "<form" in _text(locked).partition("<main")[2]) == (True, False)
    assert _sign_in(client, username="li", password="falsch").status_code == 200
    elsewhere = client.post("/sign-in/", {"username": "zhang", "password": PASSWORD}, REMOTE_ADDR="10.0.0.7")
    assert elsewhere.status_code == 302


def test_the_right_password_forgets_the_wrong_ones(client, zhang):
    for _round in range(2):
        assert [_sign_in(client, password="falsch").status_code for _attempt in range(4)] == [200] * 4
        assert _sign_in(client).status_code == 302


def test_the_password_is_changed_by_who_knows_it(client, zhang):
    assert client.get("/password/")["Location"] == "/sign-in/?next=/password/"
    client.force_login(zhang)
    new = {"old_password": PASSWORD, "new_password1": "另一个口令2027", "new_password2": "另一个口令2027"}
    assert client.post("/password/", {**new, "old_password": "x"}).status_code == 200
    assert client.post("/password/", new)["Location"] == "/password/changed/"
    assert client.get("/password/changed/").status_code == 200
    zhang.refresh_from_db()
    assert zhang.check_password("另一个口令2027")


def test_where_reading_is_not_public_strangers_sign_in_first(settings, client, make_design, zhang):
    from tests.views.conftest import office

    make_design(office())
    assert [client.get(place).status_code for place in PLACES] == [200] * len(PLACES)
    settings.PUBLIC_READING = False
    assert [client.get(place).status_code for place in PLACES] == [302] * len(PLACES)
    assert client.get("/library/?kind=complete")["Location"] == "/sign-in/?next=/library/%3Fkind%3Dcomplete"
    assert client.get("/sign-in/").status_code == 200
    assert client.post("/i18n/setlang/", {"language": "en", "next": "/sign-in/"}).status_code == 302
    client.force_login(zhang)
    assert [client.get(place).status_code for place in PLACES] == [200] * len(PLACES)


def test_a_refusal_is_said_in_words(rf, zhang):
    request = rf.get("/designs/office/adopt/")
    request.user = zhang
    answer = refused(request, PermissionDenied("只有编辑可以采用。"))
    assert (answer.status_code, "只有编辑可以采用。" in _text(answer)) == (403, True)


@pytest.mark.parametrize(
    ("method", "came_from", "back"),
    [
        ("get", "", "/sign-in/?next=/designs/office/draft/%3Fq%3D1"),
        ("post", "http://testserver/designs/office/draft/", "/sign-in/?next=/designs/office/draft/"),
        ("post", "http://example.org/evil/", "/sign-in/?next=/"),
        ("post", "", "/sign-in/?next=/"),
    ],
)
def test_a_stranger_is_sent_to_sign_in_and_back_to_the_page(method, came_from, back):
    request = getattr(RequestFactory(), method)("/designs/office/draft/?q=1", headers={"Referer": came_from})
    request.user = AnonymousUser()
    assert refused(request, PermissionDenied())["Location"] == back


def test_what_is_not_there_has_a_page(client):
    answer = client.get("/designs/none/")
    assert (answer.status_code, "masthead" in _text(answer)) == (404, True)


def test_a_stale_form_is_explained(zhang):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"username": "zhang", "password": PASSWORD})
    assert (answer.status_code, "masthead" in _text(answer)) == (403, True)


def _text(answer) -> str:
    return answer.content.decode()
