"""The worker itself, over the queue in the database: what it prints, what it does between two jobs, how it ends."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import DatabaseError
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from departments.formats import pdf
from departments.management.commands import print_worker
from departments.models import Design, Edition, Organisation, PrintJob
from departments.printing import jobs, orders, work
from departments.printing.tasks import warm
from departments.restructuring.transitions import begin
from tests import factories
from tests.booklets.pages import read
from tests.printing.conftest import order
from tests.views.people import account, own_design

STRANGER = AnonymousUser()


@pytest.fixture(autouse=True)
def going_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the worker keep the connection, in whose transaction a test is, and no test leave word to stop behind."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    yield
    work.stopping.clear()


def work_off() -> None:
    """Let a worker do all that waits."""
    call_command("print_worker", batch=True, interval=0.0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_prints_what_was_asked_for_and_what_was_put_in_force() -> None:
    ours = own_design(factories.create_org(in_force=True).design)
    asked = jobs.ask(order(ours.editions.get(), branch="PR"), by=STRANGER)
    tasks = DBTaskResult.objects.order_by("-priority")
    assert [task.task_path.rpartition(".")[2] for task in tasks] == ["print_paper", "warm"]
    work_off()
    asked.refresh_from_db()
    assert read(bytes(asked.paper.content)).metadata.title == "公关科 岗位说明书汇编"
    assert list(tasks.values_list("status", "return_value")) == [("SUCCESSFUL", "ready"), ("SUCCESSFUL", 7)]
    # What is in force is there at once for whoever asks, and so is what was asked for: nothing is built to find it.
    kept = [order(ours.editions.get(), **options).kept for options in ({}, {"branch": "PR"})]
    assert [one.name for one in kept] == ["本公司 岗位说明书汇编", asked.name]
    assert kept[1].read() == bytes(asked.paper.content)
    assert read(kept[0].read()).metadata.title == kept[0].name


@pytest.mark.django_db(transaction=True)
def test_publishing_does_not_need_the_queue(monkeypatch, caplog):
    def fail(*_what: object) -> None:
        raise DatabaseError("no queue today")

    monkeypatch.setattr(type(warm), "enqueue", fail)
    ours = own_design(factories.create_org(in_force=True).design)
    assert ours.editions.get().status == "in_force"
    assert "no queue today" in caplog.text


@pytest.mark.django_db
def test_what_is_warmed_is_what_readers_ask_for(printer, monkeypatch):
    ours: Design = own_design(factories.create_org(in_force=True).design)
    edition = ours.editions.get()
    monkeypatch.setattr(pdf, "print_book", lambda book, **_how: printer.append(book) or b"%PDF-1.7")
    head = edition.nodes.get(code="MK-01")
    ours.holders.create(uid=head.uid, name="李雷", order=0)
    warm.call(edition.pk)
    Organisation.objects.create(design=ours, name="本公司", holders_seen_by="everybody", holders_carried=True)
    warm.call(edition.pk)
    assert ["李雷" in "".join(piece.html for piece in book.pieces) for book in printer] == [False, True]
    assert warm.call(begin(ours, by=account("editor")).pk) == 0  # a draft waits for whoever asks
    assert len(printer) == 2


@pytest.mark.django_db
def test_a_worker_that_is_told_to_end_gives_back_its_job(edition, monkeypatch):
    def print_book(book: pdf.Book, *, cancelled: Callable[[], bool], **_how: object) -> bytes:
        if not told:
            told.append(os.kill(os.getpid(), signal.SIGTERM))
            while not cancelled():
                pass
            raise pdf.Cancelled
        return b"%PDF-1.7"

    told: list[None] = []
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(pdf, "print_book", print_book)
    monkeypatch.setattr(work, "PULSE", 0.02)
    job = jobs.ask(order(edition), by=STRANGER)
    call_command("print_worker", interval=0.0)
    job.refresh_from_db()
    assert (job.state, job.attempts, signal.getsignal(signal.SIGTERM)) == ("waiting", 0, before)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("ready", 1)


@pytest.mark.django_db
def test_between_two_jobs_a_worker_takes_up_and_tidies(edition, printer, monkeypatch):
    done: list[str] = []
    monkeypatch.setattr(print_worker, "rescue", lambda: done.append("rescue"))
    monkeypatch.setattr(print_worker, "clean", lambda: done.append("clean"))
    monkeypatch.setattr(print_worker, "RESCUE_SECONDS", -1)
    for branch in ("", "PR"):
        jobs.ask(order(edition, branch=branch), by=STRANGER)
    work_off()
    assert PrintJob.objects.filter(state="ready").count() == 2
    assert done == ["rescue", "clean", "rescue", "rescue"]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_asked_again(edition, monkeypatch, caplog):
    answers = iter([DatabaseError("away"), None])

    def rescue() -> None:
        answer = next(answers)
        if answer is None:
            work.stopping.set()
        else:
            raise answer

    monkeypatch.setattr(print_worker, "rescue", rescue)
    monkeypatch.setattr(print_worker, "close_old_connections", lambda: None)
    call_command("print_worker", interval=0.0)
    assert [record.message for record in caplog.records] == ["The database does not answer."]


@pytest.mark.django_db
def test_the_command_tidies_too(edition, capsys):
    jobs.ask(order(edition), by=STRANGER)
    call_command("clean_print_jobs")
    assert capsys.readouterr().out == "清理 0 个打印任务，重新排入 0 个\n"


def test_an_order_reads_what_it_is_asked_for_and_no_more(edition, monkeypatch, django_assert_num_queries):
    edition = Edition.objects.select_related("design").get()
    asked = order(edition, branch="PR")
    with django_assert_num_queries(2):
        assert asked.kept is None
    with django_assert_num_queries(4):  # what is not small is not read whole to find out
        _ = asked.is_quick, asked.name, asked.columns
    monkeypatch.setattr(orders, "SMALL", 500)
    small = order(edition, branch="PR")
    with django_assert_num_queries(8):
        _ = small.is_quick, small.name, small.columns
    with django_assert_num_queries(3):
        small.keep(b"")
