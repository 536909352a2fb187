"""A workbook that was taken before somebody else went on: what was changed in it, what in the draft, and what in both.

By the marks it carries. What only the file changed is done, what only the draft changed stays; of what both changed the
draft's stays, unless the file's is chosen, row by row. Cells that mean something only together are one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.formats.reports import Cell, Conflict
from departments.formats.workbook_marks import REFERRING, UNSIGNED, Marks, Said, Signs, sign, signs
from departments.formats.workbook_matching import PLACES, TITLES, Pairs, Stored
from departments.formats.workbook_places import Refs, Uids, numbering, references
from departments.formats.workbook_reading import Book, Row
from departments.models.entries import Entry
from departments.models.outlines import Outline

ALL = "all"  # chooses every row of the file
COUNT = ("定员形式", "定员下限", "定员上限", "定员单位", "定员随何变化", "定员依据")
TOGETHER: Mapping[str, Sequence[Sequence[str]]] = {
    "部门": (COUNT,),
    "岗位": (COUNT, ("负责人", "负责人形式", "负责人依据")),
    "职责": (("要求评级", "最高评级"),),
    "关系": (("关系", "起点编码", "终点编码", "外部方", "线型", "直接上级", "依据"),),
}
ORDER = "序号"


@dataclass
class Merged:
    """The workbook as it is to be read: what the draft has instead stands in its cells.

    `named`: what its own codes name; `kept`: statements that stay where the draft has them; `spared`: nodes and lines it
    has not and that stay; `meanwhile`: how much the draft alone changed; `said`: what its cells said, to know it again by.
    """

    book: Book
    named: Refs = field(default_factory=dict)
    kept: set[UUID] = field(default_factory=set)
    spared: set[UUID] = field(default_factory=set)
    meanwhile: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    said: Said = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """What is to be said of it."""
        if not self.meanwhile:
            return []
        said = ngettext(
            "Since this workbook was taken the draft was changed in %(n)d place, which stays.",
            "Since this workbook was taken the draft was changed in %(n)d places, which stay.",
            self.meanwhile,
        )
        return [said % {"n": self.meanwhile}]


def merge(
    book: Book,
    outline: Outline,
    stored: Stored,
    pairs: Pairs,
    *,
    uids: Uids,
    missing: Sequence[Row],
    take: frozenset[str],
    before: Said,
) -> Merged:
    """Return the workbook merged with the draft; as it is, where it carries no marks of this design. No query.

    `missing`: the rows it has not; empty where those stay in any case. `take`: the keys of rows whose cells are chosen.
    `before`: what it said when the same account brought it last: what is still that in the draft nobody else has written.
    """
    if book.marks is None or book.marks.design != outline.root.uid.hex:
        return Merged(book)
    return _Merging(book, book.marks, outline, stored, pairs, uids, take, before).merged(missing)


@dataclass
class _Merging:
    book: Book
    marks: Marks
    outline: Outline
    stored: Stored
    pairs: Pairs
    uids: Uids
    take: frozenset[str]
    before: Said

    def merged(self, missing: Sequence[Row]) -> Merged:
        self.known = {ref: entry.uid for ref, entry in self.outline.by_ref.items()}
        self.named = references(self.book, self.outline, self.uids, set())
        self.done = Merged(replace(self.book, rows={}), named=self.named)
        self.found: dict[str, Conflict] = {}
        for sheet, rows in self.book.rows.items():
            self.done.book.rows[sheet] = [row for one in rows if (row := self._row(one)) is not None]
        for holder, rows in self._by_holder().items():
            self._order(holder, rows)
        matched = {id(pair) for pair in self.pairs.values()}
        unseen = (row for rows in self.stored.values() for row in rows if id(row) not in matched)
        self.done.meanwhile += sum((row.sheet, row["标识"]) not in self.marks.rows for row in unseen)
        self._missing(missing)
        self.done.conflicts = list(self.found.values())
        return self.done

    # Cells

    def _row(self, row: Row) -> Row | None:
        """Return a row as it is to be read, None where it is gone from the draft and stays so."""
        pair = self.pairs.get((row.sheet, row.number))
        if pair is None:
            base = self.marks.rows.get((row.sheet, row["标识"]))
            if base is None:
                uid = self.uids[row.sheet, row.number].hex
                self._remember(row.sheet, uid, self._signs(row, self.named), None)
                return row
            return self._gone(row, base)
        base = self.marks.rows.get((pair.sheet, pair["标识"]))
        before = self.before.get(pair.sheet, {}).get(pair["标识"])
        last = [(base or {}) | before] if before is not None else []
        here, there = self._signs(row, self.named), self._signs(pair, self.known)
        self._remember(row.sheet, pair["标识"], here, base)
        cells = dict(row.cells)
        for heads in self._groups(row.sheet):
            if all(here.get(head) == there.get(head) for head in heads):
                continue
            mine = not _says(here, [base or {}, *last], heads)  # empty in a new row says nothing
            theirs = not _says(there, [*([] if base is None else [base]), *last], heads)
            if mine and theirs:
                differing = [head for head in heads if here.get(head) != there.get(head)]
                if self._chosen(row, [Cell(head, *self._said(head, pair, row)) for head in differing]):
                    continue
            elif mine:
                continue
            else:
                self.done.meanwhile += 1
            cells |= {head: self._stored(head, pair) for head in heads}
            if row.sheet == "职责" and heads == (
                PLACES["职责"],
            ):  # its holder is the draft's, and so is its place there
                cells[ORDER] = ""
                self.done.kept.add(self.uids[row.sheet, row.number])
        return replace(row, cells=cells)

    def _remember(self, sheet: str, mark: str, here: Signs, base: Signs | None) -> None:
        """Note what a row says otherwise than when the workbook was taken, or all that a new one says."""
        said = {head: sign for head, sign in here.items() if sign != (base or {}).get(head)}
        said |= dict.fromkeys((base or {}).keys() - here.keys(), "")
        if said and mark:
            self.done.said.setdefault(sheet, {})[mark] = said

    def _gone(self, row: Row, base: Signs) -> Row | None:
        """Return a row that is gone from the draft where it was changed in the file and that is chosen."""
        here = self._signs(row, self.named)
        changed = [head for head in self._heads(row.sheet) if head != ORDER and here.get(head) != base.get(head)]
        if changed and self._chosen(row, [Cell(head, "", row[head]) for head in changed], why="gone"):
            return row
        self.done.meanwhile += not changed
        return None

    def _groups(self, sheet: str) -> Iterator[tuple[str, ...]]:
        """Yield the heads of the file that are decided on, those that belong together as one."""
        heads = self._heads(sheet)
        for together in TOGETHER[sheet]:
            if group := tuple(head for head in together if head in heads):
                yield group
        single = {head for together in TOGETHER[sheet] for head in together} | {ORDER}
        yield from ((head,) for head in heads if head not in single)

    def _heads(self, sheet: str) -> list[str]:
        unsaid = {"直接上级"} if sheet == "岗位" else set()  # 关系 says who that is
        return [head for head in self.book.heads.get(sheet, ()) if head not in UNSIGNED and head not in unsaid]

    def _signs(self, row: Row, known: Refs) -> Signs:
        return signs(row.cells.items(), known)

    def _stored(self, head: str, pair: Row) -> str:
        """Return what the draft has, as a cell: a reference by the mark, whoever has the code in the file."""
        uid = self.known.get(pair[head].lower()) if head in REFERRING else None
        return uid.hex if uid else pair[head]

    def _said(self, head: str, pair: Row, row: Row) -> tuple[str, str]:
        """Return both texts as somebody reads them: a reference by the name of who it leads to."""
        if head not in REFERRING:
            return pair[head], row[head]
        names = []
        for text, known in ((pair[head], self.known), (row[head], self.named)):
            uid = known.get(text.lower())
            entry = self.outline.by_uid.get(uid) if uid else None
            names.append(entry.title if entry else text)
        return names[0], names[1]

    def _chosen(self, row: Row, cells: Sequence[Cell], *, why: str = "both", key: str = "") -> bool:
        """Add to what both changed, and return whether the file's is to be taken."""
        key = key or f"{row.sheet}:{row.number}"
        before = self.found[key].cells if key in self.found else ()
        title = row[TITLES[row.sheet]] if row.sheet != "关系" else " → ".join(filter(None, (row["起点"], row["终点"])))
        self.found[key] = Conflict(row.sheet, row.number, title[:80], (*before, *cells), why, key)
        return bool(self.take & {key, ALL})

    # The order of statements

    def _by_holder(self) -> dict[UUID, list[Row]]:
        """Return the statements of the file by who has them in it."""
        found: dict[UUID, list[Row]] = defaultdict(list)
        for row in self.book.of("职责"):
            if holder := self.named.get(row[PLACES["职责"]].lower()):
                found[holder].append(row)
        return found

    def _order(self, holder: UUID, rows: list[Row]) -> None:
        """Decide on the order of a holder's statements as a whole: that of the file or that of the draft."""
        mark, place = sign(holder.hex), PLACES["职责"]
        pairs = {self.uids[row.sheet, row.number]: self.pairs.get((row.sheet, row.number)) for row in rows}
        common = {
            uid
            for uid, pair in pairs.items()
            if pair and self.known.get(pair[place].lower()) == holder
            if self.marks.rows.get(("职责", uid.hex), {}).get(place) == mark
        }
        if not common or ORDER not in self.book.heads.get("职责", ()):
            return
        here = _structure([(self.uids[row.sheet, row.number], row[ORDER]) for row in rows], common)
        now = [row for row in self.stored["职责"] if self.known.get(row[place].lower()) == holder]
        there = _structure([(UUID(row["标识"]), row[ORDER]) for row in now], common)
        marked = [(uid, said) for (_sheet, uid), said in self.marks.rows.items() if said.get(place) == mark]
        base = _structure([(UUID(uid), said.get(ORDER, "")) for uid, said in marked], common)
        if here != base and there not in (base, here):
            shown = [row for row in rows if self.uids[row.sheet, row.number] in common]
            first = next((row for row in shown if row[ORDER] != self.pairs[row.sheet, row.number][ORDER]), shown[0])
            cell = Cell(ORDER, self.pairs[first.sheet, first.number][ORDER], first[ORDER])
            if self._chosen(first, [cell]):
                return
        elif here != base:
            return
        if there != base:
            self.done.meanwhile += 1
        self.done.kept |= common

    # Rows that the file has not

    def _missing(self, missing: Sequence[Row]) -> None:
        """Spare what is new in the draft, and what was changed there, with all it stands in."""
        gone = {row["标识"]: row for row in missing if (row.sheet, row["标识"]) in self.marks.rows}
        self.done.spared |= {UUID(row["标识"]) for row in missing if row["标识"] and row["标识"] not in gone}
        here = set(self.uids.values())
        changed = {
            UUID(row["标识"])
            for rows in self.stored.values()
            for row in rows
            if row["标识"] and self._changed_since(row) and UUID(row["标识"]) not in here
        }
        for mark, row in gone.items():
            entry = self.outline.by_uid.get(UUID(mark))
            if entry is None:  # a line
                if UUID(mark) in changed and not self._chosen_to_go(row, mark, row["事项"]):
                    self.done.spared.add(UUID(mark))
            elif entry.parent is None or entry.parent.uid.hex not in gone:
                below = [one for one in entry.walk() if one.uid not in here]
                touched = [one for one in below if one.uid in changed]
                if touched and not self._chosen_to_go(row, mark, _names(touched)):
                    self.done.spared |= {one.uid for one in below}

    def _changed_since(self, row: Row) -> bool:
        base = self.marks.rows.get((row.sheet, row["标识"]))
        now = self._signs(row, self.known)
        return base is None or any(now.get(head) != base.get(head) for head in self._heads(row.sheet) if head != ORDER)

    def _chosen_to_go(self, row: Row, mark: str, now: str) -> bool:
        cell = Cell(str(_("changed in the draft")), now, "")
        return self._chosen(row, [cell], why="missing", key=f"{row.sheet}:{mark[:12]}")


def _says(signs: Signs, known: Sequence[Signs], heads: Sequence[str]) -> bool:
    """Whether the cells under the heads say what one of those known says."""
    return any(all((signs.get(head) or "") == (one.get(head) or "") for head in heads) for one in known)


def _names(entries: Sequence[Entry]) -> str:
    return "、".join(str(entry)[:20] for entry in entries[:3]) + ("…" if len(entries) > 3 else "")


def _structure(numbered: Sequence[tuple[UUID, str]], common: set[UUID]) -> list[tuple[UUID, UUID | None]]:
    """Return the statements both sides have, in order, each with the heading it stands below."""
    rows = [Row("职责", at, {ORDER: number}) for at, (_uid, number) in enumerate(numbered)]
    ordered, _faults = numbering(rows)
    pairs = ((numbered[row.number][0], numbered[above.number][0] if above else None) for row, above in ordered)
    return [(uid, above) for uid, above in pairs if uid in common]
