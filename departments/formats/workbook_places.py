"""Where the rows of a workbook are to stand: whose child, and in which order among its siblings.

Departments and positions keep their order however a sheet was sorted, new rows follow the row above them; statements are
ordered by their 序号, and 2.1 stands below 2.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from departments.formats.workbook_matching import PLACES
from departments.formats.workbook_reading import Book, Fault, Row
from departments.models.entries import Entry
from departments.models.outlines import Outline

Refs = dict[str, UUID]  # code (lower case) or mark → the node it names
Uids = dict[tuple[str, int], UUID]  # sheet and row → the node it is, or is to be
NUMBER = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){0,9}")
Key = tuple[tuple[int, int], ...]


def references(book: Book, outline: Outline, uids: Uids, gone: set[UUID]) -> Refs:
    """Return what every code and mark names: what the file says first, then what the edition says."""
    refs = {ref: entry.uid for ref, entry in outline.by_ref.items() if entry.uid not in gone}
    for row in book.of("部门", "岗位"):
        for ref in (row["标识"], row["编码"]):
            if ref:
                refs[ref.lower()] = uids[row.sheet, row.number]
    return refs


def numbering(rows: Sequence[Row]) -> tuple[list[tuple[Row, Row | None]], list[Fault]]:
    """Return the statements of one holder in order, each with the heading it stands below, and faults of their numbers."""
    keys: dict[int, Key] = {}
    last: Key = ()
    faults: list[Fault] = []
    for row in rows:
        number = row["序号"]
        if number and not NUMBER.fullmatch(number):
            faults.append(Fault(row.sheet, row.number, _("“%s” is not a number like 2 or 2.1.") % number[:20]))
            number = ""
        if number:
            last = tuple((int(part), 0) for part in number.split("."))
        else:  # it follows the row above
            last = (*last[:-1], (last[-1][0], last[-1][1] + 1)) if last else ((0, 1),)
        keys[row.number] = last
    above: dict[Key, Row] = {}
    for row in rows:
        above.setdefault(keys[row.number], row)
    found: list[tuple[Row, Row | None]] = []
    for row in sorted(rows, key=lambda row: (keys[row.number], row.number)):
        heading = above.get(keys[row.number][:-1])
        if heading is None and len(keys[row.number]) > 1:
            said = {"number": row["序号"] or "–", "heading": ".".join(str(part) for part, _s in keys[row.number][:-1])}
            faults.append(
                Fault(row.sheet, row.number, _("%(number)s: nothing above it has the number %(heading)s.") % said)
            )
        found.append((row, heading))
    return found, faults


class Places:
    """The places of all nodes, given that every reference leads somewhere. `faults`: what is wrong with 序号.

    `kept`: statements that stay where they stand, whatever their 序号.
    """

    def __init__(
        self,
        book: Book,
        outline: Outline,
        uids: Uids,
        refs: Refs,
        gone: set[UUID],
        *,
        kept: Collection[UUID] = (),
    ):
        self.faults: list[Fault] = []
        self.outline = outline
        self.kept = kept
        self.parents: dict[UUID, UUID | None] = {
            entry.uid: entry.parent.uid if entry.parent else None for entry in outline.entries if entry.uid not in gone
        }
        self._wanted: dict[UUID, list[UUID]] = defaultdict(list)  # parent → those of the file, in its order
        self._headings: set[UUID] = set()
        for row in book.of("部门", "岗位"):
            ref = row[PLACES[row.sheet]].lower()
            uid = uids[row.sheet, row.number]
            self.parents[uid] = refs[ref] if ref else None
            if ref:
                self._wanted[refs[ref]].append(uid)
        self._departments = {uids[row.sheet, row.number] for row in book.of("部门")}
        self._statements(book, uids, refs)

    def _statements(self, book: Book, uids: Uids, refs: Refs) -> None:
        held: dict[UUID, list[Row]] = defaultdict(list)
        for row in book.of("职责"):
            held[refs[row["所属编码"].lower()]].append(row)
        self._duties: set[UUID] = set()
        for holder, rows in held.items():
            ordered, faults = numbering(rows)
            self.faults += faults
            for row, heading in ordered:
                uid = uids[row.sheet, row.number]
                parent = uids[heading.sheet, heading.number] if heading else holder
                if uid in self.kept:
                    parent = self.parents[uid] or holder
                self.parents[uid] = parent
                self._duties.add(uid)
                self._wanted[parent].append(uid)

    def order(self, root: UUID) -> Iterator[tuple[int, UUID]]:
        """Yield every node in document order with its depth."""
        children = self._children()
        waiting = [(0, root)]
        while waiting:
            depth, uid = waiting.pop()
            yield depth, uid
            waiting += [(depth + 1, child) for child in reversed(children.get(uid, []))]

    def _children(self) -> dict[UUID, list[UUID]]:
        children: dict[UUID, list[UUID]] = defaultdict(list)
        for entry in self.outline.entries:  # who stays where it stands, in the order of the edition
            if entry.parent and self.parents.get(entry.uid) == entry.parent.uid:
                children[entry.parent.uid].append(entry.uid)
        for parent, wanted in self._wanted.items():
            below = children[parent]
            self._sort(below, [uid for uid in wanted if uid in self._duties and uid not in self.kept])
            for kind in (self._is_duty, self._is_position, self._is_department):
                among = [uid for uid in wanted if kind(uid)]
                for place, uid in enumerate(among):
                    if uid not in below:
                        below.insert(self._slot(below, among, place), uid)
        return children

    def _sort(self, below: list[UUID], wanted: list[UUID]) -> None:
        """Put the statements in the order of their numbers, into the places they have among them."""
        known = set(below)
        there = [uid for uid in wanted if uid in known]
        slots = sorted(below.index(uid) for uid in there)
        for slot, uid in zip(slots, there, strict=True):
            below[slot] = uid

    def _slot(self, below: list[UUID], among: list[UUID], place: int) -> int:
        """Return where a newcomer goes: behind the one before it in the file, else before the one behind it."""
        for before in reversed(among[:place]):
            if before in below:
                return below.index(before) + 1
        for after in among[place + 1 :]:
            if after in below:
                return below.index(after)
        later = (uid for uid in below if self._rank(uid) > self._rank(among[place]))
        return below.index(first) if (first := next(later, None)) else len(below)

    def _rank(self, uid: UUID) -> int:
        return 0 if self._is_duty(uid) else 1 if self._is_position(uid) else 2

    def _is_duty(self, uid: UUID) -> bool:
        return uid in self._duties or ((entry := self._entry(uid)) is not None and entry.is_duty)

    def _is_department(self, uid: UUID) -> bool:
        return uid in self._departments or ((entry := self._entry(uid)) is not None and entry.is_department)

    def _is_position(self, uid: UUID) -> bool:
        return not self._is_duty(uid) and not self._is_department(uid)

    def _entry(self, uid: UUID) -> Entry | None:
        return self.outline.by_uid.get(uid)
