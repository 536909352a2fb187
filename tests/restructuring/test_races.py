"""Several processes write one tree at once: nothing is lost. And the control: without the lock the same writes break it.

The processes are real, so they need a database that is not in memory: on SQLite the test database is copied to a file, on
PostgreSQL they connect to the very database of the test.
"""

import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from departments.models import Design, Edition
from departments.restructuring import Row, open_edition
from tests.factories import create_design, create_edition, publish
from tests.restructuring import racing

PROCESSES = 4
WRITES = 25

Submit = Callable[..., Future[Any]]


@pytest.fixture(scope="module")
def four() -> Iterator[ProcessPoolExecutor]:
    """Return four processes, and what lets two or all of them start at once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([racing.__name__])
    barriers = {count: context.Barrier(count) for count in (2, PROCESSES)}
    with ProcessPoolExecutor(PROCESSES, context, racing.prepare, (barriers,)) as pool:
        yield pool


@pytest.fixture
def database(transactional_db: None, tmp_path: Path) -> Callable[[], str]:
    """Return a function that gives the name of a database other processes can open, with what the test wrote so far."""

    def name() -> str:
        if connection.vendor != "sqlite":
            return connection.settings_dict["NAME"]
        file = tmp_path / "race.sqlite3"
        with sqlite3.connect(file) as target:
            connection.connection.backup(target)
            target.execute("PRAGMA journal_mode = WAL")
        target.close()
        return str(file)

    return name


def create_arena() -> Edition:
    """Return a draft in which everybody writes under the same few departments."""
    edition = create_edition()
    rows = [Row(0, "department", {"title": "市场部", "code": "S-0"})]
    rows += [Row(1, "department", {"title": f"科室{number}", "code": f"S-{number}"}) for number in range(1, 4)]
    with open_edition(edition) as tree:
        tree.insert_branch(rows)
    return edition


def race(four: ProcessPoolExecutor, name: str, edition: Edition, *, locked: bool) -> tuple[list[str], list[str]]:
    """Let four processes write at once; return the titles there must be and the errors there were."""
    futures = [
        four.submit(racing.write, name, edition.pk, worker, WRITES, locked=locked) for worker in range(PROCESSES)
    ]
    results = [future.result(120) for future in futures]
    return sorted(title for titles, _ in results for title in titles), [
        fault for _, faults in results for fault in faults
    ]


def test_four_processes_write_one_tree_and_nothing_is_lost(four: ProcessPoolExecutor, database: Any) -> None:
    edition = create_arena()
    name = database()
    titles, faults = race(four, name, edition, locked=True)
    breaches, found, changes = four.submit(racing.look, name, edition.pk).result(60)
    assert faults == []
    assert breaches == []
    assert sorted(found) == titles
    assert 1 + 0.9 * PROCESSES * WRITES <= changes <= 1 + PROCESSES * WRITES  # a move to the same place logs nothing


def test_without_the_lock_the_same_writes_break_the_tree(four: ProcessPoolExecutor, database: Any) -> None:
    edition = create_arena()
    name = database()
    _titles, faults = race(four, name, edition, locked=False)
    breaches, _found, _changes = four.submit(racing.look, name, edition.pk).result(60)
    stopped = [fault for fault in faults if "edges_open_before_they_close" in fault]  # the database saw it coming
    assert breaches or stopped


def test_two_people_who_open_a_draft_at_once_get_the_same_one(four: ProcessPoolExecutor, database: Any) -> None:
    design = create_design()
    publish(_filled(design))
    name = database()
    futures = [four.submit(racing.open_draft, name, design.pk) for _ in range(2)]
    assert [future.result(60) for future in futures] == ["2", "2"]


def test_two_people_who_put_an_edition_in_force_at_once_do_it_once(four: ProcessPoolExecutor, database: Any) -> None:
    edition = _filled(create_design())
    name = database()
    futures = [four.submit(racing.put_in_force, name, edition.pk) for _ in range(2)]
    assert sorted(future.result(60) for future in futures) == ["in_force", "too late"]


def test_publishing_waits_until_the_room_is_empty(four: ProcessPoolExecutor, database: Any) -> None:
    edition = _filled(create_design())
    name = database()
    futures = [four.submit(act, name, edition.pk) for act in (racing.write_slowly, racing.publish_meanwhile)]
    written, published = (future.result(60) for future in futures)
    assert written < published
    breaches, titles, _changes = four.submit(racing.look, name, edition.pk).result(60)
    assert (breaches, titles) == ([], ["市场部", "后来"])


@pytest.mark.parametrize(
    ("status", "verb", "answers", "recorded"),
    [
        ("in_force", "begin", ["draft 2", "draft 2"], ["draft"]),
        ("draft", "submit", ["done", "too late"], ["in_review"]),
        ("in_review", "approve", ["done", "too late"], ["approved"]),
        ("approved", "publish", ["done", "too late"], ["in_force"]),
        ("approved", "set_date", ["done", "too late"], ["approved"]),
        ("approved", "put_due", ["done", "too late"], ["in_force"]),
    ],
)
def test_of_two_people_who_click_at_once_one_takes_the_step(
    *, four: ProcessPoolExecutor, database: Any, status: str, verb: str, answers: list[str], recorded: list[str]
) -> None:
    edition = _filled(create_design(origin="own"))
    Edition.objects.filter(pk=edition.pk).update(status=status, effective_on="2026-01-01")
    people = [User.objects.create_user(name).pk for name in ("zhang", "li")]
    name = database()
    futures = [four.submit(racing.step, name, edition.pk, user, verb) for user in people]
    assert sorted(future.result(60) for future in futures) == answers
    assert four.submit(racing.steps, name, edition.pk).result(60) == recorded


def _filled(design: Design) -> Edition:
    edition = create_edition(design=design)
    with open_edition(edition) as tree:
        tree.insert("department", title="市场部")
    return edition
