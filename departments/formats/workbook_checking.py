"""What is wrong with the rows of a workbook among each other: codes, references, places, rings."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from departments.documents.checks import CODE
from departments.formats.workbook_matching import PLACES, TITLES, Pairs, Stored
from departments.formats.workbook_places import Refs, Uids
from departments.formats.workbook_reading import Book, Fault, Row
from departments.models import Kind
from departments.models.outlines import Outline
from departments.restructuring.becoming import Difference

LONGEST = {
    "名称": 120,
    "岗位名称": 120,
    "英文名称": 200,
    "编码": 40,
    "代表多个": 200,
    "定员单位": 200,
    "定员随何变化": 200,
    "职级": 60,
    "外部方": 120,
}
HIGHEST = {"要求评级": 1000, "最高评级": 1000}


def identity(book: Book) -> Iterator[Fault]:
    """Yield what is wrong with names, codes, marks and lengths."""
    codes = Counter(row["编码"].lower() for row in book.of("部门", "岗位") if row["编码"])
    for sheet, title in TITLES.items():
        uids = Counter(row["标识"] for row in book.of(sheet) if row["标识"])
        for row in book.of(sheet):
            if not row[title]:
                yield Fault(sheet, row.number, _("“%s” is empty.") % title)
            if uids[row["标识"]] > 1:
                message = _("Another row has the same %s. Leave it empty in a new row.") % "标识"
                yield Fault(sheet, row.number, message)
            yield from _lengths(row)
            if code := row["编码"]:
                shown = {"head": "编码", "code": code[:40]}
                if not CODE.fullmatch(code):
                    message = _("%(head)s: “%(code)s” may only hold letters, digits and hyphens, no spaces.") % shown
                    yield Fault(sheet, row.number, message)
                if codes[code.lower()] > 1:
                    yield Fault(sheet, row.number, _("%(head)s: “%(code)s” is used more than once.") % shown)


def _lengths(row: Row) -> Iterator[Fault]:
    for head, most in LONGEST.items():
        if len(row[head]) > most:
            said = {"head": head, "most": most}
            yield Fault(row.sheet, row.number, _("%(head)s: at most %(most)d characters.") % said)
    if any(len(name.strip()) > LONGEST["名称"] for name in row["又称"].split("、")):
        said = {"head": "又称", "most": LONGEST["名称"]}
        yield Fault(row.sheet, row.number, _("%(head)s: at most %(most)d characters.") % said)
    for head, most in HIGHEST.items():
        if row[head].isdecimal() and int(row[head]) > most:
            yield Fault(row.sheet, row.number, _("%(head)s: at most %(most)d.") % {"head": head, "most": most})
    if row["最高评级"] and not row["要求评级"]:
        yield Fault(row.sheet, row.number, _("“%s” is empty.") % "要求评级")


def unknown_marks(book: Book, pairs: Pairs, stored: Stored) -> Iterator[Fault]:
    """Yield rows whose 标识 is not one of this design's, nor was one when the workbook was taken."""
    was = book.marks.rows if book.marks else {}
    for sheet in stored:
        for row in book.of(sheet):
            if row["标识"] and (sheet, row.number) not in pairs and (sheet, row["标识"]) not in was:
                message = _("No row of this design has this %s. Leave it empty in a new row.") % "标识"
                yield Fault(sheet, row.number, message)


def taken_codes(book: Book, outline: Outline, uids: Uids, gone: set[UUID]) -> Iterator[Fault]:
    """Yield codes that somebody has who is not in the file and stays."""
    here = set(uids.values())
    owners = {
        entry.code.lower()
        for entry in outline.entries
        if entry.code and entry.uid not in here and entry.uid not in gone
    }
    for row in book.of("部门", "岗位"):
        if row["编码"].lower() in owners:
            said = {"head": "编码", "code": row["编码"][:40]}
            yield Fault(row.sheet, row.number, _("%(head)s: “%(code)s” is used more than once.") % said)


def references(book: Book, outline: Outline, refs: Refs, uids: Uids) -> Iterator[Fault]:
    """Yield places and ends that lead nowhere, a second row at the top, and who stands below himself."""
    departments = {uids[row.sheet, row.number] for row in book.of("部门")}
    departments |= {entry.uid for entry in outline.entries if entry.is_department}
    yield from _tops(book, outline, uids)
    for sheet, head in PLACES.items():
        for row in book.of(sheet):
            if row[head]:
                place = refs.get(row[head].lower())
                if place is None or (sheet == "部门" and place not in departments):
                    yield _nowhere(row, head)
            elif sheet != "部门":
                yield Fault(sheet, row.number, _("“%s” is empty.") % head)
    for row in book.of("关系"):
        for head in ("起点编码", "终点编码"):
            if row[head] and row[head].lower() not in refs:
                yield _nowhere(row, head)
        if bool(row["终点编码"]) + bool(row["外部方"]) != (0 if row["依据"] == "无上级" else 1):
            heads = {"inside": "终点编码", "outside": "外部方"}
            message = _("Give either %(inside)s or %(outside)s; neither where nobody is above.") % heads
            yield Fault(row.sheet, row.number, message)
    yield from _rings(book, outline, refs, uids)


def _tops(book: Book, outline: Outline, uids: Uids) -> Iterator[Fault]:
    roots = [row for row in book.of("部门") if not row["上级部门编码"]]
    root = outline.root.uid
    first = next((row for row in roots if uids[row.sheet, row.number] == root), None) or next(iter(roots), None)
    for row in roots:
        if row is not first and first is not None:
            message = _("Row %d is at the top already: give this one a department above.") % first.number
            yield Fault(row.sheet, row.number, message)
        elif uids[row.sheet, row.number] != root:
            message = _("“%s” is at the top already: give this one a department above.") % outline.root.title
            yield Fault(row.sheet, row.number, message)
    for row in book.of("部门"):
        if uids[row.sheet, row.number] == root and row["上级部门编码"]:
            yield Fault(
                row.sheet,
                row.number,
                _("The department at the top has none above it: leave “%s” empty.") % "上级部门编码",
            )


def _nowhere(row: Row, head: str) -> Fault:
    said = {"head": head, "code": row[head][:40]}
    return Fault(row.sheet, row.number, _("%(head)s: nothing has the code “%(code)s”.") % said)


def _rings(book: Book, outline: Outline, refs: Refs, uids: Uids) -> Iterator[Fault]:
    above = {entry.uid: entry.parent.uid for entry in outline.entries if entry.parent and not entry.is_duty}
    for row in book.of("部门", "岗位"):
        above.pop(uid := uids[row.sheet, row.number], None)
        if place := refs.get(row[PLACES[row.sheet]].lower()):
            above[uid] = place
    below = _in_rings(above)
    for row in book.of("部门", "岗位"):
        if uids[row.sheet, row.number] in below:
            yield Fault(row.sheet, row.number, _("It stands below itself."))
    lines = [row for row in book.of("关系") if row["直接上级"] and row["终点编码"] and row["线型"] != "虚线"]
    ends = {id(row): (refs.get(row["起点编码"].lower()), refs.get(row["终点编码"].lower())) for row in lines}
    round_about = _in_rings({start: end for start, end in ends.values() if start and end})
    for row in lines:
        if ends[id(row)][0] in round_about:
            yield Fault(row.sheet, row.number, _("Its superiors lead back to it."))


def _in_rings(above: dict[UUID, UUID]) -> set[UUID]:
    """Return who stands above himself. Costs O(rows)."""
    found: set[UUID] = set()
    done: set[UUID] = set()
    for start in above:
        way: dict[UUID, int] = {}
        at = start
        while at in above and at not in done and at not in way:
            way[at] = len(way)
            at = above[at]
        if at in way:
            found |= {one for one, step in way.items() if step >= way[at]}
        done |= way.keys()
    return found


def out_of_place(found: Difference, uids: Uids) -> Iterator[Fault]:
    """Yield rows that do not go with where they stand: only the whole tree shows it."""
    rows, by_uid = {row.uid: row for row in found.target.rows}, found.outline.by_uid

    def said(uid: UUID, column: str, default: Any) -> Any:
        entry = by_uid.get(uid)
        return rows[uid].content.get(column, getattr(entry, column) if entry else default)

    for (sheet, number), uid in uids.items():
        if sheet not in PLACES or uid not in rows:
            continue
        above = found.parents.get(uid)
        parent = rows[above] if above else None
        if sheet == "岗位" and parent and parent.kind != Kind.DEPARTMENT and said(uid, "head", default=False):
            yield Fault(sheet, number, _("A head stands directly in its department."))
        framed = sheet == "部门" and said(uid, "frame", default=False)
        if framed and said(uid, "headcount_form", "unstated") != "unstated":
            yield Fault(sheet, number, _("A frame has no headcount."))
        heading = above if above and parent and parent.kind == Kind.DUTY else None
        if heading and said(uid, "section", "") != said(heading, "section", ""):
            yield Fault(sheet, number, _("A duty stands in the section of its heading."))
