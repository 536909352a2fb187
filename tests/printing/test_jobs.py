"""A job: one for everybody who asks for the same, done once, told how far it is, never stuck."""

import contextlib
import datetime
import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import F
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from departments.booklets.options import Options
from departments.formats import docx, pdf
from departments.formats.press.spacing import JOINED
from departments.formats.word.filling import STEPS
from departments.models import Edition, PrintedPaper, PrintJob
from departments.printing import jobs, upkeep, work
from departments.printing.orders import Order
from departments.printing.papers import NotWritten, WordFault
from departments.restructuring import open_edition
from tests import factories
from tests.printing.conftest import order

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def state(job: PrintJob) -> tuple[str, int, int]:
    """Return how far a job is."""
    job.refresh_from_db()
    return job.state, job.done, job.total


def age(job: PrintJob, seconds: int) -> None:
    """Let a job not have moved for so long."""
    PrintJob.objects.filter(pk=job.pk).update(moved_at=F("moved_at") - datetime.timedelta(seconds=seconds))


def test_two_who_ask_for_the_same_have_one_job_and_one_task(edition):
    first = jobs.ask(order(edition), by=STRANGER)
    assert jobs.ask(order(edition), by=STRANGER).pk == first.pk
    assert jobs.ask(order(edition), by=STRANGER, mine=[str(first.pk)]).pk == first.pk
    assert jobs.ask(order(edition, branch="PR"), by=STRANGER).pk != first.pk
    first.refresh_from_db()
    assert (first.askers, PrintJob.objects.count(), DBTaskResult.objects.count()) == (2, 2, 2)


def test_equal_booklets_of_two_editions_are_two_jobs(edition):
    """A paper is shown to whoever may see its edition: so it belongs to one."""
    other = factories.create_org(slug="other", name="医院市场部", in_force=True).edition
    assert order(edition).name == order(other).name
    assert order(edition).key != order(other).key


def test_a_job_that_is_done_keeps_its_paper(edition, printer):
    job = jobs.ask(order(edition), by=STRANGER)
    assert work.carry_out(str(job.pk)) == "ready"
    pieces = len(printer[0].pieces)
    assert state(job) == ("ready", pieces, pieces)
    assert (bytes(job.paper.content), job.name) == (b"%PDF-1.7", "医院市场部 岗位说明书汇编")
    assert work.carry_out(str(job.pk)) == ""
    assert len(printer) == 1


def test_a_job_says_how_far_it_is(edition, monkeypatch):
    seen, go = [], threading.Event()

    def print_book(book: pdf.Book, *, progress: Callable[[int, int], None], cancelled: object) -> bytes:
        progress(3, 7)
        go.wait(10)
        return b"%PDF-1.7"

    def move(job: PrintJob, done: int, total: int) -> bool:
        seen.append((done, total, job.percent))
        go.set()
        return moved(job, done, total)

    moved = work._move
    monkeypatch.setattr(work, "PULSE", 0.02)
    monkeypatch.setattr(work, "_move", move)
    monkeypatch.setattr(pdf, "print_book", print_book)
    job = jobs.ask(order(edition), by=STRANGER)
    work.carry_out(str(job.pk))
    assert (seen[0][:2], state(job), job.percent) == ((3, 7), ("ready", 7, 7), 100)


def waiting_printer(go: threading.Event) -> Callable[..., bytes]:
    """Return a printer that goes on until it is told to end."""

    def print_book(book: pdf.Book, *, progress: object, cancelled: Callable[[], bool]) -> bytes:
        go.set()
        for _look in range(1000):
            if cancelled():
                raise pdf.Cancelled
            threading.Event().wait(0.01)
        raise AssertionError("nobody stopped it")

    return print_book


def test_a_job_that_is_stopped_ends_the_printing(edition, monkeypatch):
    go = threading.Event()
    monkeypatch.setattr(work, "PULSE", 0.02)
    monkeypatch.setattr(pdf, "print_book", waiting_printer(go))
    job = jobs.ask(order(edition), by=STRANGER)
    moved = work._move

    def stop_then_move(job: PrintJob, *counted: int) -> bool:
        jobs.leave(job, by=STRANGER)
        return moved(job, *counted)

    monkeypatch.setattr(work, "_move", stop_then_move)
    assert work.carry_out(str(job.pk)) == "cancelled"
    assert not PrintedPaper.objects.exists()
    assert jobs.ask(order(edition), by=STRANGER).state == "waiting"
    assert (job.pk, DBTaskResult.objects.count()) == (PrintJob.objects.get().pk, 2)


def test_a_worker_that_must_end_gives_its_job_back(edition, monkeypatch):
    monkeypatch.setattr(pdf, "print_book", waiting_printer(threading.Event()))
    job = jobs.ask(order(edition), by=STRANGER)
    work.stopping.set()
    try:
        from departments.printing.tasks import print_paper

        assert print_paper.call(str(job.pk)) == "waiting"
    finally:
        work.stopping.clear()
    job.refresh_from_db()
    assert (job.state, job.attempts, DBTaskResult.objects.count()) == ("waiting", 0, 2)


def test_where_others_wait_too_leaving_stops_nothing(edition):
    user = User.objects.create(username="li")
    job = jobs.ask(order(edition), by=user)
    jobs.ask(order(edition), by=STRANGER)
    assert not jobs.leave(job, by=user)
    job.refresh_from_db()
    assert (job.state, job.askers, job.requested_by) == ("waiting", 1, None)
    assert jobs.leave(job, by=STRANGER)
    assert state(job)[0] == "cancelled"


def test_who_looks_after_the_site_stops_it_anyway(edition):
    job = jobs.ask(order(edition), by=STRANGER)
    jobs.ask(order(edition), by=STRANGER)
    assert jobs.leave(job, by=STRANGER, anyway=True)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (pdf.MissingGlyph({"\ue000": "处理\ue000投诉"}), "U+E000"),
        (pdf.PackageMissing(package="fonts-noto-cjk"), "apt-get install fonts-noto-cjk"),
        (pdf.TooSlow(), "耗时过长"),
        (pdf.PaperError(), "原因已"),
    ],
)
def test_a_job_that_fails_says_why_in_the_language_of_the_reader(edition, monkeypatch, error, words):
    def fail(*_what: object, **_how: object) -> bytes:
        raise error

    monkeypatch.setattr(pdf, "print_book", fail)
    job = jobs.ask(order(edition), by=STRANGER)
    work.carry_out(str(job.pk))
    job.refresh_from_db()
    said = jobs.error_of(job)
    assert (job.state, type(said), str(said)) == ("failed", type(error), str(error))
    assert words in str(said)
    assert jobs.ask(order(edition), by=STRANGER).state == "failed"  # only who says so tries again
    jobs.again(job, by=STRANGER)
    assert (state(job)[0], jobs.error_of(job)) == ("waiting", None)


def test_a_fault_of_ours_leaves_no_job_stuck(edition, monkeypatch):
    def fail(*_what: object, **_how: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(pdf, "print_book", fail)
    job = jobs.ask(order(edition), by=STRANGER)
    with pytest.raises(ZeroDivisionError):
        work.carry_out(str(job.pk))
    assert state(job)[0] == "failed"


def word(edition: Edition) -> Order:
    """Return who asks for the booklet in Word, anew."""
    return Order(edition, Options(), form=PrintJob.Form.WORD)


def test_a_word_file_is_made_part_by_part_and_found_again(edition):
    job = jobs.ask(word(edition), by=STRANGER)
    assert jobs.ask(word(edition), by=STRANGER).pk == job.pk != jobs.ask(order(edition), by=STRANGER).pk
    assert work.carry_out(str(job.pk)) == "ready"
    job.refresh_from_db()
    assert (job.done, job.total) == (1 + STEPS, 1 + STEPS)  # one drawing, and what is the same for all
    found = word(edition).kept
    assert (found.name, found.read()) == (job.name, bytes(job.paper.content))
    assert found.read()[:2] == b"PK"


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (docx.BadTemplate("模板没有字段“{{ x }}”，100%。"), NotWritten, "模板没有字段“{{ x }}”，100%。"),
        (docx.TooLong("太长了。"), NotWritten, "太长了。"),
        (ZeroDivisionError(), WordFault, "Word 文件未能生成，原因已记入日志。"),
    ],
)
def test_a_word_file_that_fails_says_why(edition, monkeypatch, error, kind, words):
    def fail(_manuscript: object, _count: object) -> bytes:
        raise error

    monkeypatch.setattr(docx.Manuscript, "write", fail)
    job = jobs.ask(word(edition), by=STRANGER)
    with contextlib.suppress(ZeroDivisionError):
        work.carry_out(str(job.pk))
    job.refresh_from_db()
    said = jobs.error_of(job)
    assert (job.state, type(said), str(said)) == ("failed", kind, words)


def test_a_word_file_that_is_stopped_ends_between_two_parts(edition, monkeypatch):
    parts = []

    def write(_manuscript: object, count: Callable[[int, int], None]) -> bytes:
        for part in range(1000):
            parts.append(part)
            count(part, 1000)
            threading.Event().wait(0.01)
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(work, "PULSE", 0.02)
    monkeypatch.setattr(docx.Manuscript, "write", write)
    job = jobs.ask(word(edition), by=STRANGER)
    moved = work._move
    monkeypatch.setattr(work, "_move", lambda one, *counted: jobs.leave(job, by=STRANGER) and moved(one, *counted))
    assert work.carry_out(str(job.pk)) == "cancelled"
    assert 0 < len(parts) < 1000


def test_what_was_edited_meanwhile_is_printed_as_it_is_but_kept_for_nobody_else(db, printer):
    org = factories.create_org()
    asked = order(org.edition)
    job = jobs.ask(asked, by=STRANGER)
    with open_edition(org.edition) as tree:
        tree.edit(org.press.uid, {"text": "联络报社"})
    work.carry_out(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.key != asked.key) == ("ready", True)
    assert "联络报社" in "".join(piece.html for piece in printer[0].pieces).replace(JOINED, "")


def test_a_place_that_is_gone_meanwhile_is_said(db, printer):
    org = factories.create_org()
    job = jobs.ask(order(org.edition, branch="SA"), by=STRANGER)
    with open_edition(org.edition) as tree:
        tree.remove(org.sales.uid)
    work.carry_out(str(job.pk))
    job.refresh_from_db()
    assert (job.state, type(jobs.error_of(job)), printer) == ("failed", work.Gone, [])


@override_settings(PRINT_QUEUE=2, PRINT_QUEUE_ACCOUNT=1)
def test_the_queue_is_bounded_for_strangers_together_and_for_each_account(edition, printer):
    first = jobs.ask(order(edition), by=STRANGER)
    jobs.ask(order(edition, branch="PR"), by=STRANGER)
    with pytest.raises(jobs.QueueFull) as full:
        jobs.ask(order(edition, branch="SA"), by=STRANGER)
    assert not full.value.own
    user = User.objects.create(username="li")
    jobs.ask(order(edition, branch="SA"), by=user)
    with pytest.raises(jobs.QueueFull) as full:
        jobs.ask(order(edition, positions=("PR-02",)), by=user)
    assert full.value.own
    assert jobs.ask(order(edition), by=STRANGER).pk == first.pk  # what is there is for everybody
    work.carry_out(str(first.pk))
    jobs.ask(order(edition, positions=("PR-02",)), by=STRANGER)


def test_what_a_dead_worker_left_is_taken_up_three_times_then_given_up(edition):
    job = jobs.ask(order(edition), by=STRANGER)
    for attempt in (1, 2, 3):
        DBTaskResult.objects.update(status="RUNNING")
        PrintJob.objects.update(state="printing", attempts=attempt)
        assert upkeep.rescue() == 0  # it has just moved
        age(job, 61)
        assert upkeep.rescue() == 1
    job.refresh_from_db()
    assert (job.state, type(jobs.error_of(job))) == ("failed", work.Interrupted)
    assert DBTaskResult.objects.filter(status="READY").count() == 0
    assert DBTaskResult.objects.count() == 3


def test_a_worker_that_was_given_up_too_early_changes_nothing(edition, printer):
    job = jobs.ask(order(edition), by=STRANGER)
    PrintJob.objects.update(state="printing", attempts=1)
    slow = PrintJob.objects.get()
    PrintJob.objects.update(attempts=2)
    work._finish(slow, b"%PDF-old", 7)
    assert state(job)[0] == "printing"
    assert not PrintedPaper.objects.exists()


def test_a_waiting_job_whose_task_is_lost_is_queued_again(edition):
    job = jobs.ask(order(edition), by=STRANGER)
    age(job, 3600)
    assert upkeep.rescue() == 0  # it waits rightly, behind others
    DBTaskResult.objects.all().delete()
    assert upkeep.rescue() == 1
    job.refresh_from_db()
    assert str(DBTaskResult.objects.get().pk) == job.task


def test_papers_that_nobody_fetches_are_removed(edition, printer, settings):
    old, new, live = (jobs.ask(order(edition, branch=branch), by=STRANGER) for branch in ("", "PR", "SA"))
    for job in (old, new):
        work.carry_out(str(job.pk))
    DBTaskResult.objects.filter(pk=old.task).update(
        status="SUCCESSFUL", finished_at=timezone.now() - datetime.timedelta(days=3)
    )
    age(old, 25 * 3600)
    age(live, 25 * 3600)
    assert upkeep.clean() == 1
    assert {*PrintJob.objects.all()} == {new, live}
    assert PrintedPaper.objects.count() == 1
    assert DBTaskResult.objects.count() == 2
