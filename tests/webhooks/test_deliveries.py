"""Other systems are told when an edition comes in force: stored with the step, sent from the queue, again where it failed."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from departments.models import Delivery, Webhook
from departments.restructuring import Refused
from departments.restructuring.transitions import begin
from departments.webhooks import deliveries
from departments.webhooks.deliveries import PAUSES, again, send, send_due
from departments.webhooks.sending import NotSent
from tests.views.conftest import chinese, make_design, office
from tests.views.people import account, own_design, put_in_force

__all__ = ["chinese", "make_design"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """What was sent; a receiver whose address says so refuses."""
    found = []

    def post(url, body, *, secret, delivery):
        found.append((url, json.loads(body)))
        if "refuses" in url:
            raise NotSent("对方应答 500。")
        return 200

    monkeypatch.setattr(deliveries, "post", post)
    return found


def revised(make_design):
    ours = own_design(make_design(office()))
    return begin(ours, by=account("editor"))


@pytest.mark.parametrize("count", [1, 3])
def test_every_receiver_is_told_of_an_edition_that_comes_in_force(
    make_design, sent, count, django_capture_on_commit_callbacks, settings
):
    settings.SITE_URL = "https://org.example.org/"
    draft = revised(make_design)
    for number in range(count):
        Webhook.objects.create(url=f"https://hr{number}.example.com/")
    with django_capture_on_commit_callbacks(execute=True):
        put_in_force(draft)
    queued = DBTaskResult.objects.filter(task_path__endswith="deliver")
    assert (queued.count(), Delivery.objects.count(), sent) == (count, count, [])
    assert send_due() == ["sent"] * count
    assert {url for url, _body in sent} == {f"https://hr{number}.example.com/" for number in range(count)}
    body = sent[0][1]
    assert body["design"]["slug"] == "ours"
    assert body["edition"] == {"number": 2, "effective_on": "2026-01-01"}
    assert body["links"]["document"] == "https://org.example.org/api/v1/designs/ours/editions/2/document"
    assert send_due() == []


def test_a_step_that_does_not_happen_tells_nobody(make_design):
    Webhook.objects.create(url="https://hr.example.com/")
    draft = revised(make_design)
    Delivery.objects.all().delete()
    with pytest.raises(Refused):
        put_in_force(draft.design.editions.get(number=1))
    assert Delivery.objects.count() == 0


def test_what_was_not_received_is_sent_again_later_and_later_and_then_given_up(make_design, sent):
    edition = revised(make_design)
    delivery = Delivery.objects.create(
        webhook=Webhook.objects.create(url="https://refuses.example.com/"), edition=edition
    )
    for pause in PAUSES:
        before = timezone.now()
        assert send(delivery.pk) == "waiting"
        delivery.refresh_from_db()
        assert before + pause <= delivery.due_at <= timezone.now() + pause
        assert send(delivery.pk) is None  # not yet
        Delivery.objects.update(due_at=timezone.now())
    assert send(delivery.pk) == "failed"
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.answer, len(sent)) == (len(PAUSES) + 1, "对方应答 500。", len(PAUSES) + 1)
    assert again(delivery.pk)
    assert not again(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)


def test_the_command_sends_what_is_due(make_design, sent, capsys):
    edition = revised(make_design)
    Delivery.objects.create(webhook=Webhook.objects.create(url="https://hr.example.com/"), edition=edition)
    call_command("send_webhooks")
    assert capsys.readouterr().out == "已送达 1 条，未送达 0 条\n"
    Delivery.objects.create(webhook=Webhook.objects.create(url="https://refuses.example.com/"), edition=edition)
    with pytest.raises(CommandError):
        call_command("send_webhooks")
