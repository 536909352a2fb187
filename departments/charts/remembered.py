"""Layouts found best, remembered as long as the process lives: to find one costs ten passes over the outline, or forty.

They are remembered by what a chart shows, and not by its edition: so a draft whose duties were edited, the edition that it
becomes, the page, paper and Word all have what was found once.
"""

import hashlib
from collections import OrderedDict
from operator import attrgetter
from threading import Lock
from typing import Generic, TypeVar

from django.utils.translation import get_language

from departments.models.entries import COLUMNS
from departments.models.outlines import Outline

T = TypeVar("T")

MOST = 512  # layouts, the longest unused forgotten first
# What no chart shows, and what becomes another number where only duties change.
UNSEEN = {"pk", "parent_pk", "lft", "rght", "version", "sources", "summary", "remarks", "checked", "raci", "grade"}
SEEN = attrgetter(*(name for name in COLUMNS if name not in UNSEEN))


class Remembered(Generic[T]):
    """What was found, by the hash of what it was found for."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> T | None:
        """Return what was found; None where nothing is remembered."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: str, found: T) -> None:
        """Remember what was found."""
        with self._lock:
            self._found[key] = found
            if len(self._found) > MOST:
                self._found.popitem(last=False)


def key_of(outline: Outline, *asked: object) -> str:
    """Return the hash of all that decides between layouts: what is drawn, what is `asked`, and the language of its words."""
    digest = hashlib.sha256(repr((get_language(), asked)).encode())
    for entry in outline.entries:
        if not entry.is_duty:
            above = entry.parent.uid if entry.parent else None
            digest.update(repr((above, SEEN(entry))).encode(errors="replace"))
    for line in outline.relations:
        ends = line.start.uid, line.end.uid if line.end else line.outside
        digest.update(repr((*ends, line.kind, line.superior, line.basis, line.line)).encode(errors="replace"))
    return digest.hexdigest()
