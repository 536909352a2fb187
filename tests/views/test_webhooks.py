"""The page of the webhooks: named, their secret seen once, removed; what was sent, and again."""

import pytest

from departments.models import Delivery, Webhook
from tests.views.conftest import office
from tests.views.people import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/own/webhooks/"


def test_a_receiver_is_named_and_its_secret_shown_once():
    browser = signed_in("administrator")
    made = browser.post(PAGE, {"do": "add", "url": " https://hr.example.com/hook "})
    hook = Webhook.objects.get()
    assert (hook.url, hook.created_by.username) == ("https://hr.example.com/hook", "administrator")
    assert hook.secret in made.content.decode()
    assert hook.secret not in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"do": "remove", "webhook": hook.pk})
    assert Webhook.objects.count() == 0


@pytest.mark.parametrize("url", ["http://hr.example.com/", "hr", "", "https://hr.example.com/hook"])
def test_what_is_never_told_is_refused(url):
    Webhook.objects.create(url="https://hr.example.com/hook")
    assert signed_in("administrator").post(PAGE, {"do": "add", "url": url}).status_code == 422
    assert Webhook.objects.count() == 1


def test_what_was_given_up_is_sent_again(make_design):
    edition = make_design(office()).editions.get()
    hook = Webhook.objects.create(url="https://hr.example.com/")
    delivery = Delivery.objects.create(webhook=hook, edition=edition, state="failed", answer="无法连接。")
    browser = signed_in("administrator")
    assert "无法连接。" in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"do": "again", "delivery": delivery.pk})
    delivery.refresh_from_db()
    assert delivery.state == "waiting"


@pytest.mark.parametrize("count", [1, 3])
def test_costs_do_not_grow(make_design, django_assert_num_queries, count):
    edition = make_design(office()).editions.get()
    for number in range(count):
        hook = Webhook.objects.create(url=f"https://hr{number}.example.com/")
        Delivery.objects.create(webhook=hook, edition=edition)
    browser = signed_in("administrator")
    with django_assert_num_queries(5):
        browser.get(PAGE)
