"""Outlines made in memory for chart tests: entries and lines without a database."""

import uuid
from typing import Any

from departments.models.entries import COLUMNS, Entry, Line
from departments.models.nodes import Kind
from departments.models.outlines import Outline

BLANK: dict[str, Any] = dict.fromkeys(COLUMNS, "") | {
    "version": 1,
    "inferred": False,
    "open_ended": False,
    "checked": False,
    "frame": False,
    "head": False,
    "head_form": "person",
    "head_basis": "stated",
    "assistant": False,
    "headcount_form": "unstated",
    "headcount_min": None,
    "headcount_max": None,
    "headcount_filled": None,
    "headcount_basis": "stated",
    "rating_required": None,
    "rating_maximum": None,
}


def make_entry(pk: int, parent: Entry | None, kind: str, **columns: Any) -> Entry:
    """Return an entry under `parent`; its code is N<pk> unless given."""
    lists = {name: [] for name in ("sources", "aliases", "remarks", "levels")}
    level = 0 if parent is None else parent.level + 1
    own = {"pk": pk, "kind": kind, "level": level, "code": f"N{pk}", "title": f"部门{pk}", "uid": uuid.UUID(int=pk + 1)}
    own |= {"parent_pk": parent and parent.pk, "lft": 2 * pk + 1, "rght": 2 * pk + 2}
    entry = Entry(**(BLANK | lists | own | columns))
    if parent is not None:
        entry.parent = parent
        parent.children.append(entry)
    return entry


def make_outline(entries: list[Entry], lines: list[Line] = ()) -> Outline:
    """Return an outline of entries in document order."""
    outline = Outline.__new__(Outline)
    outline.entries = entries
    outline.relations = list(lines)
    return outline


def tie(start: Entry, end: Entry | None, kind: str = "reports_to", line: str = "solid", **more: Any) -> Line:
    """Return a relation between two entries, known to both; `outside` names a party instead of an end."""
    own = {"superior": kind == "reports_to", "about": "", "basis": "stated", "outside": "", "sources": []} | more
    made = Line(uid=None, kind=kind, start=start, end=end, line=line, **own)
    start.relations_out.append(made)
    if end is not None:
        end.relations_in.append(made)
    return made


class Org:
    """A tree written down by nested names: `Org("市场部", ("主任", {"head": True}), ["公关科", ...])`; entries by title."""

    def __init__(self, *tree: Any, **root: Any):
        self.entries: list[Entry] = []
        self.lines: list[Line] = []
        self._plant(tree, None, root)

    def _plant(self, tree: Any, parent: Entry | None, columns: dict[str, Any]) -> None:
        title, *below = tree
        entry = make_entry(len(self.entries), parent, Kind.DEPARTMENT, title=title, **columns)
        self.entries.append(entry)
        self._fill(below, entry)

    def _fill(self, below: Any, entry: Entry) -> None:
        for one in below:
            if isinstance(one, dict):
                for name, value in one.items():
                    setattr(entry, name, value)
            elif isinstance(one, list):
                self._plant(one, entry, {})
            else:
                title, columns, *under = one if isinstance(one, tuple) else (one, {})
                position = make_entry(len(self.entries), entry, Kind.POSITION, title=title, **columns)
                self.entries.append(position)
                self._fill(under, position)

    def __getitem__(self, title: str) -> Entry:
        return next(entry for entry in self.entries if entry.title == title)

    def line(self, start: str, end: str, kind: str = "reports_to", line: str = "solid", **more: Any) -> None:
        """Add a relation; an end that names nobody here is outside."""
        known = {entry.title for entry in self.entries}
        inside = self[end] if end in known else None
        self.lines.append(tie(self[start], inside, kind, line, outside="" if inside else end, **more))

    @property
    def outline(self) -> Outline:
        """The outline."""
        return make_outline(self.entries, self.lines)
