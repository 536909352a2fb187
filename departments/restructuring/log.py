"""What is logged of the writes in a room: a row a change, or several as the parts of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from departments.models import Change, Edition


class Log:
    """The log of one open room; the edition's lock keeps its numbers in a row."""

    def __init__(self, edition: Edition, by: User | None):
        self.edition = edition
        self.by = by
        self._group: Change | None = None  # stored with its first parts
        self._waiting: list[Change] = []
        self._number = 0  # of the last part

    def write(self, verb: str, **values: Any) -> Change:
        """Log one change. 2 queries; inside a group none: then the row is stored, and has a key, when the group ends."""
        if self._group is None:
            change = self._change(verb, self._last() + 1, **values)
            change.save(force_insert=True)
            return change
        if (undone := values.get("undoes")) is not None and undone.pk is None:
            self._store()  # a part that takes back a part before it points at a row
        self._number += 1
        self._waiting.append(self._change(verb, self._number, group=self._group, **values))
        return self._waiting[-1]

    @contextmanager
    def together(self, note: str, *, about: UUID | None = None, undoes: Change | None = None) -> Iterator[None]:
        """Log what is changed meanwhile as parts of one change; see `Room.together`.

        5 queries (two of them the savepoint's), on SQLite one more for every 70 parts or so. A group inside a group
        joins it, and what it raises must end the outer one too.
        """
        if self._group is not None:
            if undoes is not None:
                raise RuntimeError("A group is taken back by itself, not as a part of another.")
            yield
            return
        with transaction.atomic():
            self._number = self._last() + 1
            self._group = self._change(
                Change.Verb.GROUP, self._number, node_uid=about, note=note[:200], undoes=undoes, after={"parts": 0}
            )
            try:
                yield
                self._store()
            finally:
                self._group, self._waiting = None, []

    def _store(self) -> None:
        """Store the parts that wait, and the group with their count; a group without parts only if it undoes another."""
        group = self._group
        if group is None or not (self._waiting or group.undoes):
            return
        group.after = {"parts": self._number - group.number}
        group.save()
        for part in self._waiting:
            part.group = group  # again: it has a key by now
        Change.objects.bulk_create(self._waiting, batch_size=500)
        self._waiting = []

    def _change(self, verb: str, number: int, **values: Any) -> Change:
        name = self.by.get_username() if self.by else ""
        return Change(edition=self.edition, number=number, by=self.by, by_name=name, verb=verb, **values)

    def _last(self) -> int:
        return Change.objects.filter(edition=self.edition).aggregate(last=Max("number"))["last"] or 0
