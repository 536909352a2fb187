"""Org charts for the tools that draw them: draw.io, Mermaid, PlantUML, Visio, and anything that takes id and parentId.

They all want one parent a box. Departments hang under the department they stand in, a head under its department, any
other position under its superior where it has exactly one here, else under its place: of two equal superiors none is
made the first. What the parent does not say is a connection beside it.
"""

import csv
import io
import json
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from departments.formats.extracts import Extract, above, one_line
from departments.formats.tables import csv_text
from departments.models.entries import Entry, Line

DEPARTMENT_FILL, POSITION_FILL = "#e8eef5", "#ffffff"


@dataclass(frozen=True, slots=True)
class Connection:
    """A line beside the boxes' parents, from the superior, helper or partner `start` to the `end`."""

    start: Entry
    end: Entry
    kind: str
    dotted: bool
    basis: str
    about: str


@dataclass(frozen=True)
class Boxes:
    """The boxes in document order, the parent of each, and the connections beside them."""

    extract: Extract
    parents: dict[Entry, Entry | None]
    connections: list[Connection]

    def below(self, parent: Entry | None) -> list[Entry]:
        """Return the boxes that hang under one; under None those at the top."""
        return [entry for entry, one in self.parents.items() if one is parent]


def boxes(extract: Extract) -> Boxes:
    """Return what every diagram draws. No query."""
    parents: dict[Entry, Entry | None] = {entry: _inside(extract, above(entry)) for entry in extract.holders}
    for entry in extract.holders:
        superior = _one_superior(extract, entry)
        if superior is not None and not _is_above(parents, entry, superior):
            parents[entry] = superior
    connections = [
        connection
        for entry in extract.holders
        for line in [*entry.superiors, *_others(entry)]
        if not (line.kind == "reports_to" and parents[entry] is line.end)
        for connection in _connections(extract, line)
    ]
    return Boxes(extract, parents, connections)


def _inside(extract: Extract, entry: Entry | None) -> Entry | None:
    return entry if entry in extract else None


def _others(entry: Entry) -> list[Line]:
    return [line for line in entry.relations_out if not line.superior]


def _one_superior(extract: Extract, entry: Entry) -> Entry | None:
    """Return the superior of a position that is no head, where exactly one is here by a solid line."""
    if not entry.is_position or entry.head:
        return None
    solid = [line.end for line in entry.superiors if line.line == "solid" and line.end in extract]
    return solid[0] if len(solid) == 1 else None


def _is_above(parents: dict[Entry, Entry | None], entry: Entry, other: Entry) -> bool:
    """Whether `entry` stands above `other`, or is it: hanging it there would close a ring."""
    at: Entry | None = other
    while at is not None and at is not entry:
        at = parents[at]
    return at is entry


def _connections(extract: Extract, line: Line) -> list[Connection]:
    """Return the line as a connection where both ends are here; what follows from the place, the boxes say already."""
    if line.end is None or line.end not in extract or line.basis == "derived":
        return []
    start, end = (line.end, line.start) if line.kind == "reports_to" else (line.start, line.end)
    dotted = line.line == "dotted" or line.kind != "reports_to"
    return [Connection(start, end, line.kind, dotted, line.basis, line.about)]


def ref(entry: Entry) -> str:
    """Return the id of a box: its code or uid, letters, digits and hyphens."""
    return entry.ref


# draw.io


def drawio(extract: Extract) -> str:
    """Return CSV for draw.io: Arrange › Insert › Advanced › CSV. Several ids in a cell are joined by commas.

    Each column of ids has one kind of line. `manager` is the one parent by which the boxes are laid out; who else is a
    superior by a solid line stands in `solid`: with the parents it would part the tree, with the dotted it would be less.
    """
    made = boxes(extract)
    beside: dict[Entry, dict[bool, list[str]]] = {entry: {True: [], False: []} for entry in made.parents}
    for one in made.connections:
        ids = beside[one.end][one.dotted]
        if ref(one.start) not in ids:
            ids.append(ref(one.start))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["id", "title", "dept", "manager", "solid", "dotted", "fill"])
    for entry, parent in made.parents.items():
        department = entry.department if entry.is_position else None
        fill = DEPARTMENT_FILL if entry.is_department else POSITION_FILL
        name = _drawio_text(department.title) if department else ""
        cells = [ref(entry), _drawio_text(entry.title), name, ref(parent) if parent else ""]
        writer.writerow([*cells, ",".join(beside[entry][False]), ",".join(beside[entry][True]), fill])
    return DRAWIO_HEAD % {"title": one_line(extract.title)} + file.getvalue()


DRAWIO_HEAD = """\
## %(title)s
# label: %%title%%<br>%%dept%%
# style: whiteSpace=wrap;html=1;rounded=1;fillColor=%%fill%%;
# namespace: od-
# identity: id
# connect: {"from":"manager","to":"id","invert":true,"style":"endArrow=none;"}
# connect: {"from":"solid","to":"id","invert":true,"style":"endArrow=none;strokeColor=#a8321f;"}
# connect: {"from":"dotted","to":"id","invert":true,"style":"dashed=1;endArrow=none;"}
# ignore: id,manager,solid,dotted,fill
# width: auto
# height: auto
# padding: 12
# nodespacing: 40
# levelspacing: 60
# edgespacing: 40
# layout: verticaltree
"""


def _drawio_text(text: str) -> str:
    """Return a text for a label, which is HTML in which %name% stands for a column.

    A leading sign becomes a reference too, so that no spreadsheet runs the cell.
    """
    safe = escape(one_line(text)).replace("%", "&#37;")
    return f"&#{ord(safe[0])};{safe[1:]}" if safe[:1] in set("=+-@＝＋－＠|#") else safe


# Mermaid and PlantUML: what is neither a letter nor a digit is written as a number, so that no sign of theirs is left.

PLAIN = frozenset(" ,()")


def mermaid(extract: Extract) -> str:
    """Return a Mermaid flowchart: solid lines for parents and further superiors, dotted ones for all others."""
    made = boxes(extract)
    lines = ["flowchart TB"]
    lines += [f'  {_mermaid_id(entry)}["{_mermaid_text(entry.title)}"]:::{entry.kind}' for entry in made.parents]
    lines += [f"  {_mermaid_id(parent)} --> {_mermaid_id(entry)}" for entry, parent in made.parents.items() if parent]
    for one in made.connections:
        arrow = "-.->" if one.dotted else "-->"
        lines.append(f"  {_mermaid_id(one.start)} {arrow}|{_mermaid_text(_word(one))}| {_mermaid_id(one.end)}")
    lines.append(f"  classDef department fill:{DEPARTMENT_FILL},stroke:#23507a")
    lines.append(f"  classDef position fill:{POSITION_FILL},stroke:#5b626b")
    return "\n".join(lines) + "\n"


def _mermaid_id(entry: Entry) -> str:
    return "n_" + ref(entry).replace("-", "_")


def _mermaid_text(text: str) -> str:
    return "".join(f"#{ord(one)};" if _has_meaning(one) else one for one in one_line(text))


def _has_meaning(char: str) -> bool:
    return char.isascii() and not char.isalnum() and char not in PLAIN


def _word(one: Connection) -> str:
    """Return what a connection is called."""
    if one.kind == "reports_to":
        return _("reports to") if not one.dotted else _("dotted line")
    return _("assists") if one.kind == "assists" else _("works with")


def plantuml(extract: Extract) -> str:
    """Return a PlantUML work breakdown structure of the parents; it knows no other lines."""
    made = boxes(extract)
    tops = made.below(None)
    lines = ["@startwbs"]
    if len(tops) != 1:
        lines.append(f"* {_plantuml_text(extract.title)}")
    for entry, depth in _in_depth(made, tops, 1 if len(tops) == 1 else 2):
        colour = f"[{DEPARTMENT_FILL}]" if entry.is_department else ""
        lines.append(f"{'*' * depth}{colour} {_plantuml_text(entry.title)}")
    return "\n".join([*lines, "@endwbs"]) + "\n"


def _in_depth(made: Boxes, tops: list[Entry], depth: int) -> list[tuple[Entry, int]]:
    below: dict[Entry, list[Entry]] = {}
    for entry, parent in made.parents.items():
        if parent is not None:
            below.setdefault(parent, []).append(entry)
    found: list[tuple[Entry, int]] = []
    waiting = [(entry, depth) for entry in reversed(tops)]
    while waiting:
        entry, at = waiting.pop()
        found.append((entry, at))
        waiting += [(one, at + 1) for one in reversed(below.get(entry, []))]
    return found


def _plantuml_text(text: str) -> str:
    return "".join(f"<U+{ord(one):04X}>" if _has_meaning(one) else one for one in one_line(text))


# Visio, and whatever takes id and parentId


def visio(extract: Extract) -> str:
    """Return CSV for Visio's Organization Chart Wizard; the top's Reports_To is empty."""
    rows = [
        (
            ref(entry),
            one_line(entry.title),
            ref(parent) if parent else "",
            one_line(entry.title),
            one_line(entry.department.title) if entry.is_position and entry.department else "",
            extract.url(entry),
        )
        for entry, parent in boxes(extract).parents.items()
    ]
    return csv_text(("Unique_ID", "Name", "Reports_To", "Title", "Department", "Duties_URL"), rows)


def flat(extract: Extract) -> str:
    """Return {"nodes": [{id, parentId, …}], "connections": [{from, to, label, …}]} with exactly one node at the top."""
    made = boxes(extract)
    tops = made.below(None)
    root = None if len(tops) == 1 else f"design-{extract.edition.design.slug}"
    nodes: list[dict[str, object]] = []
    if root:
        nodes.append({"id": root, "parentId": None, "kind": "design", "title": extract.title, "url": extract.home})
    for entry, parent in made.parents.items():
        headcount = {"form": entry.headcount_form, "min": entry.headcount_min, "max": entry.headcount_max}
        node: dict[str, object] = {
            "id": ref(entry),
            "parentId": ref(parent) if parent else root,
            "kind": entry.kind,
            "code": entry.code or None,
            "title": entry.title,
            "titleEn": entry.title_en or None,
            "department": ref(entry.department) if entry.is_position and entry.department else None,
            "head": entry.head,
            "inferred": entry.inferred,
            "headcount": headcount if entry.headcount else None,
            "repeats": entry.repeats or None,
            "duties": entry.duty_count,
            "url": extract.url(entry),
        }
        nodes.append(node)
    connections = [
        {
            "from": ref(one.start),
            "to": ref(one.end),
            "label": one.about or _word(one),
            "kind": one.kind,
            "line": "dotted" if one.dotted else "solid",
            "basis": one.basis,
        }
        for one in made.connections
    ]
    return json.dumps({"nodes": nodes, "connections": connections}, ensure_ascii=False, indent=1) + "\n"
