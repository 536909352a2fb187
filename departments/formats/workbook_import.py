"""From a workbook to what an edition is to hold, and the report of it: nothing is written here.

Everything the page before the confirmation says is made from the same difference that is written afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from departments.documents.plain_lines import Unreadable
from departments.formats import workbook_checking as checking
from departments.formats.extracts import Extract
from departments.formats.reports import Cell, Change, Report
from departments.formats.workbook_cells import content, functions, line, meant
from departments.formats.workbook_marks import Said
from departments.formats.workbook_matching import PLACES, TITLES, match, stored_rows
from departments.formats.workbook_merging import Merged, merge
from departments.formats.workbook_places import Places, references
from departments.formats.workbook_reading import Book, Fault, Row
from departments.models import Function, Kind
from departments.models.entries import Entry
from departments.restructuring import Refused
from departments.restructuring import Row as NodeRow
from departments.restructuring.becoming import Difference, Target, difference, line_says

# Columns that only repeat what a code says, are the place, or are counted anew: no content.
REPEATED = frozenset({"上级部门", "所在", "所属", "起点", "终点", "标识", "序号", *PLACES.values()})
KINDS = {"部门": Kind.DEPARTMENT, "岗位": Kind.POSITION, "职责": Kind.DUTY}
ABOVE = {"部门": "上级部门", "岗位": "所在", "职责": "所属"}
ENDS = ("起点编码", "终点编码")
ORDER = tuple(TITLES)


@dataclass
class Import:
    """What a file comes to: the report, and what is to be written; None where a row is faulty.

    `chosen`: whether that takes something from the file against the draft; `refused`: what is wrong with that alone;
    `said` and `taken`: what the cells of a workbook said, and which it is, to know it again by.
    """

    report: Report
    found: Difference | None = None
    chosen: bool = False
    said: Said = field(default_factory=dict)
    taken: str = ""
    refused: list[Fault] = field(default_factory=list)


def known_functions() -> dict[str, str]:
    """Return name, English name and slug of every function → its slug. 1 query."""
    rows = list(Function.objects.values_list("slug", "name", "name_en"))
    return {said: slug for slug, *names in rows for said in (*names, slug)}


def examine(
    book: Book,
    extract: Extract,
    known: Mapping[str, str],
    *,
    remove: bool = False,
    fresh: bool = False,
    take: frozenset[str] = frozenset(),
    before: Said | None = None,
) -> Import:
    """Return what the workbook would change in an edition, or all that is wrong with it. No query.

    `remove`: what the edition has and the tables that were sent have not is to go. `fresh`: the design was begun for
    this file. `take`: keys of the conflicts in which the file's is chosen; the report is the same whatever is chosen.
    `before`: what the same workbook said when the same account brought it last.
    """
    options: dict[str, Any] = {"remove": remove, "fresh": fresh, "before": before or {}}
    found = _Reader(book, extract, known, **options).read()
    if not take or not found.report.conflicts or found.report.faults:
        return found
    chosen = _Reader(book, extract, known, **options, take=take).read()
    return Import(found.report, chosen.found, chosen=True, said=chosen.said, refused=chosen.report.faults)


def dry_run(book: Book, extract: Extract, *, remove: bool = True) -> Report:
    """Return the report alone. 1 query."""
    return examine(book, extract, known_functions(), remove=remove).report


@dataclass
class _Reader:
    book: Book
    extract: Extract
    known: Mapping[str, str]
    remove: bool
    fresh: bool
    before: Said
    take: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outline = self.extract.outline
        part = self._part()
        self.stored = stored_rows(part)
        elsewhere = {} if part is self.extract else stored_rows(self.extract)
        self.pairs = match(self.book, self.stored, elsewhere=elsewhere, fresh=self.fresh)
        self.uids = {(row.sheet, row.number): self._uid(row) for row in self.book.of(*ORDER)}
        matched = {id(pair) for pair in self.pairs.values()}
        self.missing = [
            row
            for sheet, rows in self.stored.items()
            if sheet in self.book.rows
            for row in rows
            if id(row) not in matched
        ]
        self.merged = self._merged()
        self.book = self.merged.book
        self.missing = [row for row in self.missing if not row["标识"] or UUID(row["标识"]) not in self.merged.spared]
        self.gone = self._gone() if self.remove else set()
        refs = references(self.book, self.outline, self.uids, self.gone)
        there = set(refs.values())
        self.refs = {ref: uid for ref, uid in self.merged.named.items() if uid in there} | refs

    def _uid(self, row: Row) -> UUID:
        """Return which node or line a row is, or is to be: one that is gone from the draft is what it was."""
        pair, marks = self._pair(row), self.book.marks
        if pair is not None and pair["标识"]:
            return UUID(pair["标识"])
        gone = marks is not None and not self.fresh and (row.sheet, row["标识"]) in marks.rows
        return UUID(row["标识"]) if gone else uuid4()

    def _merged(self) -> Merged:
        if self.fresh:
            return Merged(self.book)
        missing = self.missing if self.remove else ()
        options: dict[str, Any] = {"uids": self.uids, "missing": missing, "take": self.take, "before": self.before}
        return merge(self.book, self.outline, self.stored, self.pairs, **options)

    def read(self) -> Import:
        """Return the report and the difference."""
        report = Report(notes=[*self.book.notes, *self.merged.notes], conflicts=self.merged.conflicts)
        found = None
        faults = [*self.book.faults, *checking.identity(self.book)]
        if not self.fresh:
            faults += checking.unknown_marks(self.book, self.pairs, self.stored)
        faults += checking.taken_codes(self.book, self.outline, self.uids, self.gone)
        faults += checking.references(self.book, self.outline, self.refs, self.uids)
        self.faults = faults
        if not faults:
            found = self._difference()
        self._report(report, found)
        if self.faults:
            found = None
        order = {name: place for place, name in enumerate(ORDER)}
        report.faults = sorted(
            set(self.faults), key=lambda fault: (order.get(fault.sheet, -1), fault.row, fault.message)
        )
        return Import(report, found, said=self.merged.said)

    def _part(self) -> Extract:
        """Return the branch the file is of, where nobody in it is at the top and one stands above all others."""
        if self.fresh or self.extract.start is not None or "部门" not in self.book.rows:
            return self.extract
        rows = list(self.book.of("部门", "岗位"))
        if any(not row["上级部门编码"] for row in self.book.of("部门")):
            return self.extract
        inside = {ref.lower() for row in rows for ref in (row["编码"], row["标识"]) if ref}
        tops = [row for row in rows if row[PLACES[row.sheet]].lower() not in inside]
        starts = [entry for row in tops if (entry := self.outline.find(row["标识"] or row["编码"]))]
        if len(tops) == 1 and len(starts) == 1:
            return Extract(self.extract.edition, self.outline, self.extract.site, starts[0])
        return self.extract

    def _pair(self, row: Row) -> Row | None:
        return self.pairs.get((row.sheet, row.number))

    def _entry(self, row: Row) -> Entry | None:
        return self.outline.by_uid.get(self.uids[row.sheet, row.number])

    def _gone(self) -> set[UUID]:
        """Return the nodes that go: those missing, and what stands below them and is not in the file."""
        here = set(self.uids.values())
        gone = {UUID(row["标识"]) for row in self.missing if row.sheet != "关系"} - {self.outline.root.uid}
        for entry in self.outline.entries:
            if entry.parent and entry.parent.uid in gone and entry.uid not in here:
                gone.add(entry.uid)
        return gone

    # What is to be

    def _difference(self) -> Difference | None:
        places = Places(self.book, self.outline, self.uids, self.refs, self.gone, kept=self.merged.kept)
        self.faults += places.faults
        nodes = self._nodes()
        lines = self._lines()
        if self.faults:
            return None
        rows = []
        for depth, uid in places.order(self.outline.root.uid):
            rows.append(node := nodes[uid])
            node.depth = depth
        try:
            found = difference(self.outline, Target(rows, lines))
        except Refused as refusal:
            self.faults.append(Fault("", 0, str(refusal)))
            return None
        self.faults += checking.out_of_place(found, self.uids)
        return found

    def _nodes(self) -> dict[UUID, NodeRow]:
        nodes = {
            entry.uid: NodeRow(0, entry.kind, {}, list(entry.functions), entry.uid)
            for entry in self.outline.entries
            if entry.uid not in self.gone
        }
        for row in self.book.of(*KINDS):
            uid, old = self.uids[row.sheet, row.number], self._entry(row)
            heads = self._differing(row)
            try:
                given = content(row, heads, old)
                served = functions(row["职能"], self.known) if "职能" in heads else list(old.functions) if old else []
            except Unreadable as error:
                self.faults.append(Fault(row.sheet, row.number, str(error)))
                continue
            nodes[uid] = NodeRow(0, KINDS[row.sheet], given, served, uid)
        return nodes

    def _differing(self, row: Row) -> list[str]:
        """Return the heads under which a row says something else than the edition; all that say something, of a new one."""
        pair = self._pair(row)
        heads = [head for head in self.book.heads.get(row.sheet, ()) if head not in REPEATED]
        if row.sheet == "岗位":
            heads = [head for head in heads if head != "直接上级"]  # 关系 says who that is
        if row.sheet == "关系":
            heads = [head for head in heads if head not in ENDS]  # compared by who they name
        if pair is None:
            return [head for head in heads if row[head]]
        return [head for head in heads if meant(head, row[head]) != meant(head, pair[head])]

    def _lines(self) -> list[dict[str, Any]]:
        """Return all lines: those of the file, and those the file is silent about."""
        stored = {line.uid: line for line in self.outline.relations if line.uid}
        here = {self.uids[row.sheet, row.number] for row in self.book.of("关系")}
        gone = (
            {UUID(row["标识"]) for row in self.missing if row.sheet == "关系" and row["标识"]} if self.remove else set()
        )
        found = [
            {**line_says(one), "uid": uid.hex}
            for uid, one in stored.items()
            if uid not in here and uid not in gone and not {one.start.uid, one.end.uid if one.end else None} & self.gone
        ]
        for row in self.book.of("关系"):
            uid = self.uids[row.sheet, row.number]
            start, end = (self.refs[row[head].lower()].hex if row[head] else "" for head in ENDS)
            try:
                found.append({**line(row, self._differing(row), stored.get(uid), (start, end)), "uid": uid.hex})
            except Unreadable as error:
                self.faults.append(Fault(row.sheet, row.number, str(error)))
        return found

    # What is said of it

    def _report(self, report: Report, found: Difference | None) -> None:
        """Fill the report: from the difference, or, where rows are faulty, from the cells alone."""
        moved = set(found.moved) if found else set()
        for row in self.book.of(*ORDER):
            title, pair = row[TITLES[row.sheet]][:40], self._pair(row)
            if row.sheet == "关系":
                title = " → ".join(
                    filter(None, (row["起点"] or row["起点编码"], row["终点"] or row["终点编码"] or row["外部方"]))
                )
            if pair is None:
                report.added.append(Change(row.sheet, row.number, title[:80]))
                continue
            heads = self._differing(row)
            if row.sheet == "关系":
                heads = [head for head in self.book.heads[row.sheet] if head in {*heads, *self._ends(row, pair)}]
            if heads:
                cells = tuple(Cell(head, pair[head], row[head]) for head in heads)
                report.changed.append(Change(row.sheet, row.number, title[:80], cells))
            if self.uids[row.sheet, row.number] in moved:
                report.moved.append(Change(row.sheet, row.number, title, self._way(row, found)))
        gone = [row for row in self.missing if self.remove and self._goes(row)]
        report.removed = [Change(row.sheet, 0, row[TITLES[row.sheet]][:40]) for row in gone]
        report.missing = len(self.missing) - len(gone)

    def _ends(self, row: Row, pair: Row) -> list[str]:
        """Return the ends of a line that lead to somebody else."""
        known = self.outline.by_ref
        return [
            head
            for head in ENDS
            if self.refs.get(row[head].lower()) != (old.uid if (old := known.get(pair[head].lower())) else None)
        ]

    def _goes(self, row: Row) -> bool:
        return row.sheet == "关系" or UUID(row["标识"]) in self.gone

    def _way(self, row: Row, found: Difference | None) -> tuple[Cell, ...]:
        """Return from where to where a row moves; the same place twice where only the order changes."""
        uid = self.uids[row.sheet, row.number]
        old = self.outline.by_uid[uid].parent
        above = found.parents[uid] if found else None
        rows = {one.uid: one for one in found.target.rows} if found else {}
        new = self.outline.by_uid.get(above) if above else None
        name = str(new) if new else str(rows[above].content.get("title", "")) if above else ""
        return (Cell(ABOVE[row.sheet], str(old or ""), name),)
