"""A form whose page was open too long: what was typed is given back with a new token, here and nowhere else."""

import html
import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from departments.models import Comment, Edition
from departments.restructuring.transitions import begin
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design

pytestmark = pytest.mark.django_db
PART = "/designs/ours/draft/edit/HEAD/summary/"
TYPED = {"csrfmiddlewaretoken": "of yesterday", "initial-summary": "", "summary": "统筹市场\r\n与“品牌”<b>"}
HERE = {"origin": "http://testserver"}


@pytest.fixture
def editor(make_design) -> Client:
    """Somebody who signed in again in another tab, so that the token of this page is an old one."""
    remember(lambda: begin(own_design(make_design(office())), by=account("editor")))
    client = Client(enforce_csrf_checks=True)
    client.force_login(account("editor"))
    return client


def fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.split("<main")[1])
    return {name: html.unescape(value) for name, value in found}


def test_what_was_typed_is_given_back_and_saved_when_it_is_sent_once_more(editor):
    answer = editor.post(PART, TYPED, headers=HERE)
    page = answer.content.decode()
    sent = fields(page)
    assert (answer.status_code, f'action="{PART}"' in page, "与“品牌”&lt;b&gt;</blockquote>" in page) == (
        403,
        True,
        True,
    )
    assert sent["summary"] == TYPED["summary"]
    assert sent["csrfmiddlewaretoken"] != TYPED["csrfmiddlewaretoken"]
    assert editor.post(PART, sent, headers=HERE).status_code == 302
    assert "统筹市场" in editor.get("/designs/ours/draft/positions/HEAD/").content.decode()


def test_in_place_the_form_comes_back_with_what_was_typed(editor):
    answer = editor.post(PART, {**TYPED, "page": "HEAD"}, headers={**HERE, "hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (403, f"{PART}?page=HEAD")
    page = editor.get(answer["HX-Redirect"]).content.decode()
    assert ("统筹市场" in page, "还没有保存" in page) == (True, True)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "http://elsewhere.example/"},
        {**HERE, "sec-fetch-site": "cross-site"},
    ],
)
def test_of_what_another_site_sent_nothing_is_shown(editor, headers):
    answer = editor.post(PART, TYPED, headers=headers)
    assert (answer.status_code, "统筹市场" in answer.content.decode()) == (403, False)


def test_passwords_are_not_given_back_and_files_are_asked_for_again(editor):
    answer = editor.post("/password/", {"old_password": "geheim", "new_password1": "x"}, headers=HERE)
    assert (answer.status_code, "geheim" in answer.content.decode()) == (403, False)
    sent = {"file": SimpleUploadedFile("岗位.csv", b"x"), "kind": "csv"}
    page = editor.post("/designs/ours/draft/import/", sent, headers=HERE).content.decode()
    assert ('enctype="multipart/form-data"' in page, 'type="file" id="file-1" name="file"' in page) == (True, True)
    assert fields(page)["kind"] == "csv"


def test_a_comment_outlives_a_sign_in_that_had_expired(editor):
    draft = Edition.objects.get(design__slug="ours", status=Edition.Status.DRAFT)
    address = f"/designs/ours/comments/{draft.nodes.get(code='HEAD').uid}/"
    stranger = Client(headers={"referer": f"http://testserver{address}"})
    assert stranger.post(address, {"text": "职责不够具体"}).status_code == 302
    assert not Comment.objects.exists()
    stranger.force_login(account("reviewer"))
    page = stranger.get(address).content.decode()
    sent = fields(page)
    assert (sent["text"], "职责不够具体</blockquote>" in page) == ("职责不够具体", True)
    stranger.post(address, sent)
    assert [one.text for one in Comment.objects.all()] == ["职责不够具体"]
    assert "send_again" not in stranger.get(address).content.decode()


def test_what_was_sent_from_another_page_waits_there(editor):
    """The sign-in leads back to the page on which the form stood: that is where what was sent is given back."""
    page = "/designs/ours/draft/raci/"
    stranger = Client(headers={"referer": f"http://testserver{page}"})
    assert stranger.post(f"{page}brand/", {"note": "主办"})["Location"] == f"/sign-in/?next={page}"
    stranger.force_login(account("editor"))
    given = stranger.get(page).content.decode()
    assert (f'action="{page}brand/"' in given, fields(given)["note"]) == (True, "主办")
    assert "send_again" not in stranger.get(page).content.decode()


def test_however_long_it_is_it_is_kept_where_somebody_signed_in_before(editor):
    """A stranger's is not, beyond a measure: nobody shall fill the database."""
    user = account("editor")
    user.set_password("in-the-morning-9")
    user.save()
    address, words = "/designs/ours/draft/edit/HEAD/summary/", "岗位职责" * 40_000
    signed_in, stranger = Client(), Client()
    signed_in.post("/sign-in/", {"username": "editor", "password": "in-the-morning-9"})
    del signed_in.cookies[settings.SESSION_COOKIE_NAME]
    for client, kept in ((signed_in, True), (stranger, False)):
        assert client.post(address, {"summary": words, "initial-summary": ""})["Location"].startswith("/sign-in/")
        client.force_login(user)
        assert (words in client.get(address).content.decode()) == kept


def test_a_part_of_a_page_leaves_the_whole_page_to_the_sign_in(editor):
    address = "/designs/ours/draft/register/change/"
    answer = Client().post(address, {"find": "市场"}, headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, f"/sign-in/?next={address}")
