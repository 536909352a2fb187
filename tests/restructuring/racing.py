"""What the processes of the race tests do. Each is a process of its own with its own connection.

They are forked from one that has imported this and nothing of the tests: Django is set up once for all.
"""

import contextlib
import datetime
import os
import random
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest import mock

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orgdesign.settings")
    django.setup()

barriers: dict[int, Any] = {}


def prepare(shared: dict[int, Any]) -> None:
    """Remember what lets so many processes start at once."""
    barriers.update(shared)


@contextlib.contextmanager
def database(name: str) -> Iterator[None]:
    """Connect to the database called `name` for as long as the context lasts."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()


@contextlib.contextmanager
def unlocked() -> Iterator[None]:
    """Take the lock away: on PostgreSQL the row's, on SQLite the transaction, which is the lock there."""
    from django.db import connection, models

    if connection.vendor == "sqlite":
        without = SimpleNamespace(atomic=contextlib.nullcontext)
        patch = mock.patch("departments.restructuring.room.transaction", without)
    else:
        patch = mock.patch.object(models.QuerySet, "select_for_update", lambda queryset, **_options: queryset)
    with patch:
        yield


def write(name: str, edition: int, worker: int, writes: int, *, locked: bool) -> tuple[list[str], list[str]]:
    """Do so many mixed writes and return (the titles that must be there afterwards, what went wrong)."""
    from departments.models import Edition

    chosen = random.Random(worker)  # noqa: S311  # the same run every time
    own: list[tuple[Any, str]] = []
    faults: list[str] = []
    with database(name), contextlib.nullcontext() if locked else unlocked():
        target = Edition.objects.get(pk=edition)
        barriers[4].wait(60)
        for number in range(writes):
            try:
                _write_one(target, chosen, own, f"{worker}-{number}")
            except Exception as error:  # noqa: BLE001  # without the lock anything may happen
                faults.append(f"{type(error).__name__}: {error}".splitlines()[0])
    return [title for _uid, title in own], faults


def _write_one(edition: Any, chosen: random.Random, own: list[tuple[Any, str]], title: str) -> None:
    """Insert, and once there is something of our own, move, edit and remove too; under nodes that everybody uses."""
    from departments.models import Node
    from departments.restructuring import open_edition

    verb = chosen.choice(["insert", "insert", "move", "edit", "remove"]) if len(own) > 2 else "insert"
    with open_edition(edition) as tree:
        shared = list(Node.tree.filter(edition=edition, code__startswith="S-").values_list("uid", flat=True))
        if verb == "insert":
            own.append((tree.insert("department", under=chosen.choice(shared), title=title).uid, title))
            return
        index = chosen.randrange(len(own))
        uid, _title = own[index]
        if verb == "move":
            tree.move(uid, under=chosen.choice(shared))
        elif verb == "edit":
            tree.edit(uid, {"title": title})
            own[index] = (uid, title)
        else:
            tree.remove(uid)
            del own[index]


def open_draft(name: str, design: int) -> str:
    """Open a draft and return its number."""
    from departments import restructuring
    from departments.models import Design

    with database(name):
        found = Design.objects.get(pk=design)
        barriers[2].wait(60)
        return str(restructuring.open_draft(found).number)


def put_in_force(name: str, edition: int) -> str:
    """Put the edition in force and return what came of it."""
    from departments import restructuring
    from departments.models import Edition

    with database(name):
        found = Edition.objects.get(pk=edition)
        barriers[2].wait(60)
        try:
            return restructuring.put_in_force(found, on=datetime.date(2026, 11, 22)).status
        except restructuring.NotADraft:
            return "too late"


def write_slowly(name: str, edition: int) -> float:
    """Stay in the room a while before writing; return when the writing was done, a moment before the room closed."""
    from departments import restructuring
    from departments.models import Edition

    with database(name):
        found = Edition.objects.get(pk=edition)
        with restructuring.open_edition(found) as tree:
            barriers[2].wait(60)
            time.sleep(0.3)
            tree.insert("department", under=found.nodes.get(parent=None).uid, title="后来")
            return time.time()


def publish_meanwhile(name: str, edition: int) -> float:
    """Put the edition in force while somebody is in its room; return when that was done."""
    from departments import restructuring
    from departments.models import Edition

    with database(name):
        found = Edition.objects.get(pk=edition)
        barriers[2].wait(60)  # the writer is inside
        restructuring.put_in_force(found, on=datetime.date(2026, 11, 22))
        return time.time()


def look(name: str, edition: int) -> tuple[list[str], list[str], int]:
    """Return the breaches, the titles of the tree without the shared nodes, and how many changes were logged."""
    from departments.models import Change, Edition, Node
    from departments.restructuring.checking import breaches

    with database(name):
        found = Edition.objects.get(pk=edition)
        titles = Node.tree.of(found).filter(code="").values_list("title", flat=True)
        return [str(breach) for breach in breaches()], list(titles), Change.objects.filter(edition=found).count()


def step(name: str, edition: int, user: int, verb: str) -> str:
    """Take a step of the edition and return what came of it."""
    from django.contrib.auth.models import User

    from departments.models import Edition
    from departments.restructuring import Refused, transitions

    with database(name):
        found, by = Edition.objects.get(pk=edition), User.objects.get(pk=user)
        barriers[2].wait(60)
        try:
            if verb == "begin":
                return f"draft {transitions.begin(found.design, by=by).number}"
            if verb == "publish":
                transitions.publish(found, by=by, on=datetime.date(2026, 1, 1))
            elif verb == "set_date":
                transitions.publish(found, by=by, on=datetime.date(2999, 1, 1))
            elif verb == "put_due":
                return "done" if transitions.put_due_in_force() else "too late"
            else:
                getattr(transitions, verb)(found, by=by)
            return "done"
        except Refused:
            return "too late"


def steps(name: str, edition: int) -> list[str]:
    """Return the steps recorded for the edition's design."""
    from departments.models import Edition, Transition

    with database(name):
        design = Edition.objects.get(pk=edition).design_id
        return list(Transition.objects.filter(edition__design=design).values_list("after", flat=True))
