"""Mails: who hears of a step, in which language, and that a broken mail server stops nothing."""

import pytest
from django.contrib.auth.models import User
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client

from departments.models import Preference
from departments.permissions import give
from departments.restructuring.transitions import approve, endorse, publish, send_back, submit
from tests.factories import create_org

pytestmark = pytest.mark.django_db
ROLES = {"zhang": "editor", "li": "reviewer", "wang": "approver", "zhao": "administrator", "sun": "reader"}


@pytest.fixture
def people() -> dict[str, User]:
    people = {name: User.objects.create_user(name, f"{name}@example.org") for name in ROLES}
    for name, role in ROLES.items():
        give(people[name], role)
    return people


@pytest.fixture
def edition():
    return create_org(slug="ours", name="本公司", origin="own").edition


@pytest.fixture
def told(mailoutbox, django_capture_on_commit_callbacks):
    """Return a function that takes a step and returns who got which mail."""

    def take(step, *args, **kwargs) -> dict[str, str]:
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step(*args, **kwargs)
        assert all(len(mail.to) == 1 for mail in mailoutbox)
        return {mail.to[0].partition("@")[0]: mail.subject for mail in mailoutbox}

    return take


def test_each_step_is_told_to_those_for_whom_something_waits(people, edition, told):
    zhang, li, wang = (people[name] for name in ("zhang", "li", "wang"))
    assert told(submit, edition, by=zhang) == {
        "li": "本公司第1版：已提交：请查看改动",
        "wang": "本公司第1版：已提交：请批准或退回",
        "zhao": "本公司第1版：已提交：请批准或退回",
    }
    assert told(send_back, edition, by=li, note="补") == {"zhang": "本公司第1版：已退回：请修改后再次提交"}
    assert set(told(submit, edition, by=zhang)) == {"li", "wang", "zhao"}
    assert told(endorse, edition, by=li) == {}
    assert set(told(approve, edition, by=wang)) == {"zhao"}
    assert told(publish, edition, by=people["zhao"], on=edition.created_at.date()) == {}


def test_a_mail_is_plain_text_in_the_language_of_its_reader(people, edition, told, mailoutbox, settings):
    settings.SITE_URL = "https://org.example.org/"
    browser = Client()
    browser.force_login(people["wang"])
    browser.post("/i18n/setlang/", {"language": "en"})
    User.objects.filter(username="li").update(first_name="李<四>")
    told(submit, edition, by=people["zhang"], note="请看公关科")
    mails = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "李<四>，您好：" in mails["li@example.org"]
    assert "Hello wang," in mails["wang@example.org"]
    for body in mails.values():
        assert "请看公关科" in body
        assert "https://org.example.org/designs/ours/review/" in body
    assert Preference.objects.get().language == "en"


def test_what_is_rolled_back_is_not_told(people, edition, told):
    def step() -> None:
        with transaction.atomic():
            submit(edition, by=people["zhang"])
            transaction.set_rollback(True)

    assert told(step) == {}


class Broken(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["wang@example.org"]:
            raise OSError("refused")
        return super().send_messages(messages)


class Dead(EmailBackend):
    def open(self):
        raise ConnectionRefusedError


@pytest.mark.parametrize(("backend", "heard"), [(Broken, {"li", "zhao"}), (Dead, set())])
def test_a_mail_server_that_fails_stops_nothing(*, people, edition, told, caplog, monkeypatch, backend, heard):
    monkeypatch.setattr("departments.mailing.get_connection", backend)
    assert set(told(submit, edition, by=people["zhang"])) == heard
    edition.refresh_from_db()
    assert (edition.status, len(caplog.records)) == ("in_review", 1)


def test_whatever_goes_wrong_the_step_stands(people, edition, told, monkeypatch, caplog):
    monkeypatch.setattr("departments.mailing.render_to_string", lambda *_args: 1 / 0)
    assert told(submit, edition, by=people["zhang"]) == {}
    edition.refresh_from_db()
    assert (edition.status, "ZeroDivisionError" in caplog.text) == ("in_review", True)


def test_where_no_server_is_named_nobody_is_asked(people, edition, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with django_capture_on_commit_callbacks() as callbacks:
        submit(edition, by=people["zhang"])
    assert callbacks == []
