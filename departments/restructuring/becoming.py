"""A draft becomes what a file says: the whole difference is found first, then written as one change.

What is to be is given as rows in document order, each with the columns it speaks of; a column that is not given stays. So
the same way serves a workbook, which knows some columns, and a design document, which knows all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from departments.documents.keeping import stayed
from departments.models import Node
from departments.models.entries import Entry, Line
from departments.models.nodes import MAXIMUM_DEPTH, Kind
from departments.models.outlines import Outline
from departments.restructuring.editions import processes_as_json
from departments.restructuring.lines import relate, unrelate
from departments.restructuring.procedures import FIELDS, STEP, remove_procedure, write_procedure
from departments.restructuring.room import Room
from departments.restructuring.rows import Refused, Row, check_depth, check_place

Advance = Callable[[int, int], None]
SAID = ("kind", "start", "end", "outside", "superior", "about", "basis", "line")


@dataclass(frozen=True)
class Target:
    """What an edition is to hold: its root is the one it has.

    `lines`: every line, as `write_relations` takes them; `processes`: as `write_processes` does. None: they stay.
    """

    rows: Sequence[Row]
    lines: Sequence[dict[str, Any]] | None = None
    processes: Sequence[dict[str, Any]] | None = None


@dataclass
class Difference:
    """What is to be done for an edition to become a target. Nodes by uid, in document order."""

    outline: Outline
    target: Target
    added: list[Row] = field(default_factory=list)
    edited: dict[UUID, dict[str, Any]] = field(default_factory=dict)  # the columns that differ, `functions` among them
    moved: list[UUID] = field(default_factory=list)
    removed: list[Entry] = field(default_factory=list)
    lines_added: list[dict[str, Any]] = field(default_factory=list)
    lines_edited: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    lines_removed: list[Line] = field(default_factory=list)
    processes_written: list[dict[str, Any]] = field(default_factory=list)
    processes_removed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is to be done."""
        tree = self.added or self.edited or self.moved or self.removed
        lines = self.lines_added or self.lines_edited or self.lines_removed
        return not (tree or lines or self.processes_written or self.processes_removed)

    @cached_property
    def parents(self) -> dict[UUID, UUID | None]:
        """Every node of the target → whose child it is to be."""
        found: dict[UUID, UUID | None] = {}
        trail: list[UUID] = []
        for row in self.target.rows:
            del trail[row.depth :]
            found[row.uid] = trail[-1] if trail else None
            trail.append(row.uid)
        return found

    @cached_property
    def children(self) -> dict[UUID, list[Row]]:
        """Every node of the target → its children in order."""
        found: dict[UUID, list[Row]] = defaultdict(list)
        for row in self.target.rows:
            if above := self.parents[row.uid]:
                found[above].append(row)
        return found


def difference(outline: Outline, target: Target) -> Difference:
    """Return what is to be done. 2 queries where processes are given, else none. Raises Refused for an impossible tree."""
    found = Difference(outline, target)
    _check(outline, found)
    wanted = {row.uid for row in target.rows}
    for row in target.rows:
        entry = outline.by_uid.get(row.uid)
        if entry is None:
            found.added.append(row)
        elif columns := _differing(entry, row):
            found.edited[row.uid] = columns
    moved = _moved(outline, found)
    found.moved = [row.uid for row in target.rows if row.uid in moved]
    found.removed = [entry for entry in outline.entries if entry.uid not in wanted]
    if target.lines is not None:
        _lines(outline, target.lines, wanted, found)
    if target.processes is not None:
        _processes(outline, target.processes, found)
    return found


def beyond(found: Difference, covers: Callable[[Entry | None], bool]) -> set[UUID]:
    """Return the nodes that may not be written so by somebody whose right covers only a branch. No query."""
    by_uid = found.outline.by_uid

    def place(uid: UUID) -> bool:
        above = found.parents[uid]
        return above is None or above not in by_uid or covers(by_uid[above])

    refused = {uid for uid in found.edited if not covers(by_uid[uid])}
    refused |= {uid for uid in found.moved if not (place(uid) and covers(by_uid[uid].parent))}
    refused |= {row.uid for row in found.added if not place(row.uid)}
    refused |= {entry.uid for entry in found.removed if not covers(entry.parent)}
    said = [*found.lines_added, *found.lines_edited.values()]
    starts = [*(UUID(line["start"]) for line in said), *(line.start.uid for line in found.lines_removed)]
    refused |= {uid for uid in starts if uid in by_uid and not covers(by_uid[uid])}
    if (found.processes_written or found.processes_removed) and not covers(None):
        refused.add(found.outline.root.uid)
    return refused


def become(room: Room, found: Difference, *, note: str, advance: Advance | None = None) -> None:
    """Write the difference, which must have been found under the room's lock, as one change. Raises Refused.

    `advance` hears how many of how many steps are done. About 7 queries for each node that is edited or moved and each
    line, 10 for each branch that is new or goes.
    """
    if found.empty:
        return
    with room.together(note):
        steps = list(_steps(room, found))
        for done, step in enumerate(steps, 1):
            step()
            if advance is not None:
                advance(done, len(steps))


def _steps(room: Room, found: Difference) -> Iterator[Callable[[], object]]:
    """Yield what is to be done, in the order in which it can be: codes first, then the tree, then what hangs on it."""
    yield lambda: _free_codes(room, found)
    for uid, columns in found.edited.items():
        yield partial(room.edit, uid, columns)
    yield lambda: _place(room, found)
    yield lambda: _remove(room, found)
    gone = set(found.removed)
    for line in found.lines_removed:
        if line.uid and not {line.start, line.end} & gone:
            yield partial(unrelate, room, line.uid)
    for said in (*found.lines_edited.values(), *found.lines_added):
        yield partial(relate, room, said)
    for process in found.processes_removed:
        yield partial(remove_procedure, room, process["number"])
    for process in found.processes_written:
        yield partial(write_procedure, room, process)


# What differs


def _check(outline: Outline, found: Difference) -> None:
    rows = found.target.rows
    if not rows or rows[0].uid != outline.root.uid:
        raise Refused(_("The root stays where it is."))
    kinds = {row.uid: Kind(row.kind) for row in rows}
    for row in rows:
        above = found.parents[row.uid]
        check_place(kinds[row.uid], kinds[above] if above else None)
        entry = outline.by_uid.get(row.uid)
        if entry is not None and entry.kind != row.kind:
            raise Refused(_("“%s” cannot become something of another kind.") % entry)
    check_depth(min(max(row.depth for row in rows) + 1, MAXIMUM_DEPTH + 1))


def _differing(entry: Entry, row: Row) -> dict[str, Any]:
    columns = {name: value for name, value in row.content.items() if getattr(entry, name) != value}
    return columns | ({"functions": row.functions} if row.functions != entry.functions else {})


def _moved(outline: Outline, found: Difference) -> set[UUID]:
    """Return who changes place: below another parent, or past its siblings; as few as explain the order."""
    moved: set[UUID] = set()
    for above, children in found.children.items():
        known = [row.uid for row in children if row.uid in outline.by_uid]
        entry = outline.by_uid.get(above)
        before = [child.uid for child in entry.children] if entry else []
        there = set(before)
        kept = stayed(before, [uid for uid in known if uid in there])
        moved |= set(known) - kept
    return moved


def _lines(outline: Outline, lines: Sequence[dict[str, Any]], nodes: set[UUID], found: Difference) -> None:
    stored = {line.uid: line for line in outline.relations if line.uid}
    wanted: set[UUID] = set()
    for said in lines:
        uid = UUID(said["uid"])
        wanted.add(uid)
        if (line := stored.get(uid)) is None:
            found.lines_added.append({name: value for name, value in said.items() if name != "order"})
        elif any(said[name] != value for name, value in line_says(line).items() if name in said):
            found.lines_edited[uid] = {name: value for name, value in said.items() if name != "order"}
    gone = (line for uid, line in stored.items() if uid not in wanted)
    found.lines_removed = [
        line for line in gone if line.start.uid in nodes and (line.end is None or line.end.uid in nodes)
    ]


def line_says(line: Line) -> dict[str, Any]:
    """Return what a line of an outline says, in the words of `relation_as_json`."""
    plain = {name: getattr(line, name) for name in SAID if name not in ("start", "end")}
    return {**plain, "start": line.start.uid.hex, "end": line.end.uid.hex if line.end else "", "sources": line.sources}


def _processes(outline: Outline, processes: Sequence[dict[str, Any]], found: Difference) -> None:
    """Processes are known by their names, and within a name by their order."""
    free = processes_as_json(outline.edition) if outline.edition.pk else []
    for given in processes:
        now = next((process for process in free if process["name"] == given["name"]), None)
        if now is not None:
            free.remove(now)
        plain = _process_says(given)
        if now is None or plain != _process_says(now):
            found.processes_written.append({**plain, "number": now["number"] if now else None})
    found.processes_removed = free


def _process_says(process: dict[str, Any]) -> dict[str, Any]:
    steps = [{name: step[name] for name in STEP} for step in process["steps"]]
    return {name: process[name] for name in FIELDS} | {"steps": steps}


# How it is written


def _free_codes(room: Room, found: Difference) -> None:
    """Take codes away that somebody else is to have; who had them gets another one, or goes."""
    owners = {entry.code.lower(): entry for entry in found.outline.entries if entry.code}
    new = [(row.uid, row.content.get("code", "")) for row in found.added]
    new += [(uid, columns.get("code", "")) for uid, columns in found.edited.items()]
    for uid, code in new:
        owner = owners.get(code.lower()) if code else None
        if owner is not None and owner.uid != uid:
            room.edit(owner.uid, {"code": ""})


def _place(room: Room, found: Difference) -> None:
    """Insert and move, parents first and siblings from the last to the first: each goes before the one that follows it."""
    there = {entry.uid for entry in found.outline.entries}
    moved = set(found.moved)
    for row in found.target.rows:
        follower: UUID | None = None
        for child in reversed(found.children.get(row.uid, [])):
            if child.uid not in there:
                branch = list(_new_branch(found, child, there, 0))
                room.insert_branch(branch, under=row.uid, before=follower)
                there |= {one.uid for one in branch}
            elif child.uid in moved:
                room.move(child.uid, under=row.uid, before=follower)
            follower = child.uid


def _new_branch(found: Difference, row: Row, there: set[UUID], depth: int) -> Iterator[Row]:
    """Yield a new node with all that is new below it; who is there already is moved in afterwards."""
    yield Row(depth, row.kind, row.content, list(row.functions), row.uid)
    for child in found.children.get(row.uid, []):
        if child.uid not in there:
            yield from _new_branch(found, child, there, depth + 1)


def _remove(room: Room, found: Difference) -> None:
    gone = {entry.uid for entry in found.removed}
    for entry in found.removed:
        if entry.parent is None or entry.parent.uid not in gone:
            room.remove(entry.uid)
    left = Node.tree.filter(edition=room.edition, uid__in=gone)
    if left.exists():
        raise Refused(_("Something that goes was moved meanwhile."))
