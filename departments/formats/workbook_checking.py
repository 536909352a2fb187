"""What a workbook would change, without changing it: rows added, changed, removed and faulty.

Rows are matched by 标识, else by code, else by what they say. Columns that only repeat what a code says (上级部门 beside
上级部门编码) are for reading and are not compared.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from departments.documents.checks import CODE
from departments.formats.extracts import Extract
from departments.formats.sheets import sheets
from departments.formats.workbook_reading import Book, Fault, Row

REPEATED = frozenset({"上级部门", "所在", "直接上级", "所属", "起点", "终点"})
TITLES = {"部门": "名称", "岗位": "岗位名称", "职责": "内容", "关系": "起点编码"}
PLACES = {"部门": "上级部门编码", "岗位": "所在编码", "职责": "所属编码"}
LONGEST = {"名称": 120, "岗位名称": 120, "英文名称": 200, "编码": 40}


@dataclass(frozen=True)
class Change:
    """A row that is new, or whose cells under `heads` differ."""

    sheet: str
    row: int
    title: str
    heads: tuple[str, ...] = ()


@dataclass
class Report:
    """What an import would do. `removed` rows are in the edition and not in the workbook: row 0."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def dry_run(book: Book, extract: Extract) -> Report:
    """Return what the workbook would change in an edition, and all that is wrong with it. No query."""
    report = Report()
    for sheet in sheets(extract):
        if sheet.name not in book.rows:
            continue
        compared = [head for head in sheet.heads if not _is_repeated(sheet.name, head)]
        stored = [
            Row(sheet.name, 0, {head: _as_text(cell) for head, cell in zip(sheet.heads, row, strict=True)})
            for row in sheet.rows
        ]
        _compare(report, book.rows[sheet.name], stored, compared)
    report.faults = sorted(
        {*book.faults, *_faults(book, extract), *_unknown(book, extract)},
        key=lambda fault: (list(TITLES).index(fault.sheet) if fault.sheet in TITLES else -1, fault.row, fault.message),
    )
    return report


def _is_repeated(sheet: str, head: str) -> bool:
    return head in REPEATED and not (sheet == "关系" and head == "直接上级")


def _as_text(cell: object) -> str:
    return "" if cell is None else str(cell).replace("\r\n", "\n").strip()


def _compare(report: Report, rows: list[Row], stored: list[Row], heads: list[str]) -> None:
    by_uid = {row["标识"]: row for row in stored}
    by_key: dict[tuple[str, ...], list[Row]] = {}
    named = {row["标识"] for row in rows if row["标识"]}
    for row in stored:
        if row["标识"] not in named:
            by_key.setdefault(_key(row), []).append(row)
    seen: set[str] = set()
    for row in rows:
        alike = by_key.get(_key(row), []) if not row["标识"] else []
        old = by_uid.get(row["标识"]) if row["标识"] else (alike.pop(0) if alike else None)
        title = row[TITLES[row.sheet]][:30]
        if old is None:
            report.added.append(Change(row.sheet, row.number, title))
            continue
        seen.add(old["标识"])
        differing = tuple(
            head for head in heads if head != "标识" and head in row.cells | old.cells and row[head] != old[head]
        )
        if differing:
            report.changed.append(Change(row.sheet, row.number, title, differing))
    report.removed += [Change(row.sheet, 0, row[TITLES[row.sheet]][:30]) for row in stored if row["标识"] not in seen]


def _key(row: Row) -> tuple[str, ...]:
    """Return by what a row without 标识 is known."""
    if row.sheet == "职责":
        return row["所属编码"].lower(), row["栏目"], row["内容"]
    if row.sheet == "关系":
        return row["关系"], row["起点编码"].lower(), row["终点编码"].lower(), row["外部方"]
    return (row["编码"].lower(),) if row["编码"] else (row[PLACES[row.sheet]].lower(), row[TITLES[row.sheet]])


# What is wrong with rows among each other


def _faults(book: Book, extract: Extract) -> Iterator[Fault]:
    yield from _identity(book)
    known = {ref for row in book.of("部门", "岗位") for ref in _refs(row)}
    departments = {ref for row in book.of("部门") for ref in _refs(row)}
    roots = [row for row in book.of("部门") if not row["上级部门编码"]]
    if not roots:  # a branch: what it hangs under is in the edition
        known |= set(extract.outline.by_ref)
        departments |= {ref for ref, entry in extract.outline.by_ref.items() if entry.is_department}
    for row in roots[1:]:
        message = _("Row %d is at the top already: give this one a department above.") % roots[0].number
        yield Fault(row.sheet, row.number, message)
    for sheet, head in PLACES.items():
        for row in book.of(sheet):
            if row[head]:
                yield from _reference(row, head, departments if sheet == "部门" else known)
            elif sheet != "部门":
                yield Fault(sheet, row.number, _("“%s” is empty.") % head)
    for row in book.of("关系"):
        for head in ("起点编码", "终点编码"):
            yield from _reference(row, head, known)
        if bool(row["终点编码"]) + bool(row["外部方"]) != (0 if row["依据"] == "无上级" else 1):
            heads = {"inside": "终点编码", "outside": "外部方"}
            message = _("Give either %(inside)s or %(outside)s; neither where nobody is above.") % heads
            yield Fault(row.sheet, row.number, message)
    places = {ref: row[PLACES[row.sheet]].lower() for row in book.of("部门", "岗位") for ref in _refs(row)}
    below = _in_rings(places)
    for row in book.of("部门", "岗位"):
        if below & set(_refs(row)):
            yield Fault(row.sheet, row.number, _("It stands below itself."))
    lines = [row for row in book.of("关系") if row["直接上级"] and row["终点编码"] and row["线型"] != "虚线"]
    round_about = _in_rings({row["起点编码"].lower(): row["终点编码"].lower() for row in lines})
    for row in lines:
        if row["起点编码"].lower() in round_about:
            yield Fault(row.sheet, row.number, _("Its superiors lead back to it."))


def _refs(row: Row) -> list[str]:
    """Return by what other rows name a department or position, in lower case."""
    return [ref.lower() for ref in (row["编码"], row["标识"]) if ref]


def _reference(row: Row, head: str, known: set[str]) -> Iterator[Fault]:
    if row[head] and row[head].lower() not in known:
        said = {"head": head, "code": row[head][:40]}
        yield Fault(row.sheet, row.number, _("%(head)s: nothing has the code “%(code)s”.") % said)


def _identity(book: Book) -> Iterator[Fault]:
    """Yield what is wrong with names, codes and 标识."""
    codes = Counter(row["编码"].lower() for row in book.of("部门", "岗位") if row["编码"])
    for sheet, title in TITLES.items():
        uids = Counter(row["标识"] for row in book.of(sheet) if row["标识"])
        for row in book.of(sheet):
            if not row[title]:
                yield Fault(sheet, row.number, _("“%s” is empty.") % title)
            if uids[row["标识"]] > 1:
                message = _("Another row has the same %s. Leave it empty in a new row.") % "标识"
                yield Fault(sheet, row.number, message)
            for head, most in LONGEST.items():
                if len(row[head]) > most:
                    said = {"head": head, "most": most}
                    yield Fault(sheet, row.number, _("%(head)s: at most %(most)d characters.") % said)
            if code := row["编码"]:
                shown = {"head": "编码", "code": code[:40]}
                if not CODE.fullmatch(code):
                    message = _("%(head)s: “%(code)s” may only hold letters, digits and hyphens, no spaces.") % shown
                    yield Fault(sheet, row.number, message)
                if codes[code.lower()] > 1:
                    yield Fault(sheet, row.number, _("%(head)s: “%(code)s” is used more than once.") % shown)


def _in_rings(above: dict[str, str]) -> set[str]:
    """Return who stands above himself. Costs O(rows)."""
    found: set[str] = set()
    done: set[str] = set()
    for start in above:
        way: dict[str, int] = {}
        at = start
        while at in above and at not in done and at not in way:
            way[at] = len(way)
            at = above[at]
        if at in way:
            found |= {one for one, step in way.items() if step >= way[at]}
        done |= way.keys()
    return found


def _unknown(book: Book, extract: Extract) -> Iterator[Fault]:
    """Yield rows whose 标识 is not one of this design's."""
    for sheet in sheets(extract):
        known = {str(row[-1]) for row in sheet.rows}
        for row in book.of(sheet.name):
            if row["标识"] and row["标识"] not in known:
                message = _("No row of this design has this %s. Leave it empty in a new row.") % "标识"
                yield Fault(sheet.name, row.number, message)
