"""From a design document to what a draft is to hold, and the report of it, as `workbook_import` does it for a workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from departments.changes.fields import FIELDS, WHOLE, WORDS, field_of
from departments.documents import planning, schema
from departments.documents.checks import check, walk
from departments.documents.files import DocumentError
from departments.documents.files import Fault as Wrong
from departments.documents.matching import match, match_relations
from departments.formats.reports import Cell, Change, Report
from departments.formats.workbook_import import Import
from departments.formats.workbook_reading import Fault
from departments.models import Function, Node
from departments.models.entries import Entry
from departments.models.headcount import Headcount
from departments.models.outlines import Outline
from departments.restructuring import Refused, Row
from departments.restructuring.becoming import Difference, Target, difference, line_says
from departments.restructuring.editions import processes_as_json

SHEETS = {"department": "部门", "position": "岗位", "duty": "职责"}
COUNT = ("form", "min", "max", "per", "varies_with", "basis", "filled")


def examine_document(given: schema.Design, outline: Outline, *, remove: bool = False) -> Import:
    """Return what the document would change in a draft. 5 queries.

    `remove`: what the draft has and the document has not is to go. What the design is and suits is no part of a draft.
    """
    names = dict(Function.objects.values_list("slug", "name"))
    try:
        check(given, functions=names)
    except DocumentError as error:
        return refused(error)
    free = _freed(given, outline)
    uids = match(free, outline)
    lines = match_relations(planning.relations(free, uids), outline)
    target = Target(list(planning.rows(free, uids)), lines, planning.processes(free, uids))
    if not remove:
        target = _with_what_is_there(target, outline)
    try:
        found = difference(outline, target)
    except Refused as refusal:
        return Import(Report(faults=[Fault("", 0, str(refusal))]))
    report = _report(found, names)
    if not remove:
        report.missing = len({entry.uid for entry in outline.entries} - set(uids.values()))
    return Import(report, found)


def refused(error: DocumentError) -> Import:
    """Return the report on a document that cannot be used."""
    return Import(Report(faults=[_fault(fault) for fault in error.faults]))


def _fault(fault: Wrong) -> Fault:
    return Fault("", fault.line, f"{fault.place}：{fault.message}" if fault.place else fault.message)


def _freed(given: schema.Design, outline: Outline) -> schema.Design:
    """Return the document without the uids that belong to other designs, and without one for the root. 1 query."""
    strange = {node.uid for node, _trail in walk(given.tree) if node.uid} - outline.by_uid.keys()
    taken = set(Node.tree.filter(uid__in=strange).values_list("uid", flat=True)) if strange else set()
    taken |= {given.tree.uid} if given.tree.uid else set()

    def without(node: Any) -> Any:
        uid = None if node.uid in taken else node.uid
        return node.model_copy(update={"uid": uid, "children": [without(child) for child in node.children]})

    return given.model_copy(update={"tree": without(given.tree)}) if taken else given


def _with_what_is_there(target: Target, outline: Outline) -> Target:
    """Return the target with what the draft has besides: behind the sibling it follows, else first."""
    rows = {row.uid: row for row in target.rows}
    children: dict[UUID | None, list[UUID]] = {}
    trail: list[UUID] = []
    for row in target.rows:
        del trail[row.depth :]
        children.setdefault(trail[-1] if trail else None, []).append(row.uid)
        trail.append(row.uid)
    for entry in outline.entries:
        if entry.uid in rows or entry.parent is None:
            continue
        rows[entry.uid] = Row(0, entry.kind, {}, list(entry.functions), entry.uid)
        below = children.setdefault(entry.parent.uid, [])
        before = entry.parent.children[: entry.parent.children.index(entry)]
        follows = next((one.uid for one in reversed(before) if one.uid in below), None)
        below.insert(below.index(follows) + 1 if follows else 0, entry.uid)
    here = {line["uid"] for line in target.lines or ()}
    more = [
        {**line_says(line), "uid": line.uid.hex} for line in outline.relations if line.uid and line.uid.hex not in here
    ]
    named = {process["name"] for process in target.processes or ()}
    stored = processes_as_json(outline.edition) if outline.edition.pk else []
    others = [process for process in stored if process["name"] not in named]
    ordered = [replace(rows[uid], depth=depth) for depth, uid in _walk(children, outline.root.uid)]
    return Target(ordered, [*(target.lines or ()), *more], [*(target.processes or ()), *others])


def _walk(children: Mapping[UUID | None, list[UUID]], root: UUID) -> Iterator[tuple[int, UUID]]:
    waiting = [(0, root)]
    while waiting:
        depth, uid = waiting.pop()
        yield depth, uid
        waiting += [(depth + 1, child) for child in reversed(children.get(uid, []))]


# What is said of it


def _report(found: Difference, names: Mapping[str, str]) -> Report:
    by_uid, rows = found.outline.by_uid, {row.uid: row for row in found.target.rows}

    def name(uid: UUID | str) -> str:
        uid = UUID(uid) if isinstance(uid, str) else uid
        return str(by_uid[uid])[:40] if uid in by_uid else _title(rows[uid])

    report = Report()
    report.added = [Change(SHEETS[row.kind], 0, _title(row)) for row in found.added]
    report.changed = [
        Change(SHEETS[rows[uid].kind], 0, name(uid), _cells(by_uid[uid], columns, names))
        for uid, columns in found.edited.items()
    ]
    for uid in found.moved:
        above = found.parents[uid]
        place = Cell(str(_("place")), str(by_uid[uid].parent or ""), name(above) if above else "")
        report.moved.append(Change(SHEETS[rows[uid].kind], 0, name(uid), (place,)))
    report.removed = [Change(SHEETS[entry.kind], 0, str(entry)[:40]) for entry in found.removed]
    for lines, said in ((found.lines_added, report.added), (list(found.lines_edited.values()), report.changed)):
        said += [Change("关系", 0, f"{name(line['start'])} → {_end(line, name)}") for line in lines]
    report.removed += [Change("关系", 0, f"{line.start} → {line.other}") for line in found.lines_removed]
    for process in found.processes_written:
        (report.changed if process["number"] else report.added).append(Change("流程", 0, process["name"]))
    report.removed += [Change("流程", 0, process["name"]) for process in found.processes_removed]
    return report


def _end(line: Mapping[str, Any], name: Any) -> str:
    return name(line["end"]) if line["end"] else line["outside"] or str(_("nobody above"))


def _title(row: Row) -> str:
    return str(row.content.get("title") or row.content.get("text", ""))[:40]


def _cells(entry: Entry, columns: Mapping[str, Any], names: Mapping[str, str]) -> tuple[Cell, ...]:
    """Return the fields that differ, in words; the parts of a headcount are one."""
    cells: dict[str, Cell] = {}
    for column, value in columns.items():
        field = field_of(column)
        label = str(FIELDS[field])
        if field == "headcount":
            now = {part: columns.get(f"headcount_{part}", getattr(entry, f"headcount_{part}")) for part in COUNT}
            cells[field] = Cell(label, str(entry.headcount), str(Headcount(*now.values())))
        elif field in WHOLE or field == "raci":
            cells[field] = Cell(label, "", str(_("changed")))
        elif field == "functions":
            cells[field] = Cell(label, _list(entry.functions, names), _list(value, names))
        else:
            cells[field] = Cell(label, _said(getattr(entry, column)), _said(value))
    return tuple(cells.values())


def _list(slugs: list[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(slug, slug) for slug in slugs)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(WORDS.get(value, value) if isinstance(value, str) else value)
