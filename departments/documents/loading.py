"""From a design document to the database: all of it or nothing, and a report of what changed.

A design that exists is never rewritten: a changed document becomes the next edition, whose nodes keep the uids of those they
match. An unchanged document writes nothing.
"""

import datetime
import uuid
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.documents import schema
from departments.documents.checks import CODE, Node, walk
from departments.documents.files import DocumentError, Fault
from departments.documents.matching import match
from departments.documents.writing import document, fits
from departments.models import Classification, Design, Edition
from departments.models import Node as StoredNode
from departments.models.outlines import Outline
from departments.restructuring import Row, open_edition, put_in_force, start_edition
from departments.restructuring.editions import write_processes
from departments.restructuring.room import write_relations
from departments.restructuring.rows import branch_rows

IDENTITY = (
    "name",
    "name_en",
    "origin",
    "kind",
    "summary",
    "strengths",
    "principles",
    "corrections",
)


@dataclass(frozen=True)
class Report:
    """What loading one document did: nodes by uid, against the edition that was in force."""

    slug: str
    edition: int
    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    about: bool = False  # something beside the tree: what it is and suits, lines, processes, sources

    @property
    def unchanged(self) -> bool:
        """Whether nothing was written."""
        return not (self.added or self.changed or self.moved or self.removed or self.about)


def load(given: schema.Design, *, on: datetime.date | None = None) -> Report:
    """Make the database hold the document, as a new edition in force from `on` (today) where anything differs.

    A company's own design counts as approved by whoever loads it. Raises DocumentError where variant_of names no design,
    a draft is open, or a uid belongs to another design. The document must have passed `checks.check`.
    """
    with transaction.atomic():
        design = Design.objects.select_for_update(no_key=True).filter(slug=given.slug).first()
        current = design.editions.in_force().select_related("design__variant_of").first() if design else None
        stored = _stored(current)
        if current is not None and stored == _without_uids(given):
            return Report(given.slug, current.number)
        _check_free(given, design)
        design = _identity(design, given)
        outline = Outline(current) if current else None
        uids = match(given, outline)
        edition = start_edition(design)
        rows = list(_rows(given, uids))
        with open_edition(edition) as room:
            kept = _keep_versions(rows, current)
            room.insert_branch(rows)
            write_relations(edition, _relations(given, uids))
            write_processes(edition, _processes(given, uids))
        if design.origin == Design.Origin.OWN:
            Edition.objects.filter(pk=edition.pk).update(status=Edition.Status.APPROVED)
        put_in_force(edition, on=on or timezone.localdate())
        about = stored is None or _beside_the_tree(stored) != _beside_the_tree(given)
        return Report(given.slug, edition.number, about=about, **kept)


def _stored(current: Edition | None) -> schema.Design | None:
    """Return the edition as a document; None where there is none, or none can say what it holds."""
    try:
        return document(current, uids=False) if current else None
    except DocumentError:
        return None


def _check_free(given: schema.Design, design: Design | None) -> None:
    """Raise DocumentError where loading would stumble over what is there already."""
    faults = []
    if design is not None and design.editions.open().exists():
        faults.append(Fault(given.slug, "", _("A draft of this design is open; put it in force or discard it first.")))
    if design is None and given.uid and Design.objects.filter(uid=given.uid).exists():
        faults.append(Fault(given.slug, "uid", _("The uid “%s” belongs to another design.") % given.uid))
    uids = [node.uid for node, _trail in walk(given.tree) if node.uid]
    others = StoredNode.tree.filter(uid__in=uids).exclude(edition__design=design) if uids else StoredNode.tree.none()
    faults += [
        Fault(given.slug, f"tree › {uid}", _("The uid “%s” belongs to another design.") % uid)
        for uid in others.values_list("uid", flat=True).order_by("uid").distinct()
    ]
    if faults:
        raise DocumentError(faults)


def _beside_the_tree(given: schema.Design) -> tuple[Any, ...]:
    placed = [node for node, _trail in walk(given.tree) if not isinstance(node, schema.Duty)]
    lines = [(node.code or node.title, superior) for node in placed for superior in node.superiors]
    return given.model_copy(update={"uid": None, "tree": None}), lines


def _without_uids(given: schema.Design) -> schema.Design:
    return given.model_copy(update={"uid": None, "tree": _stripped(given.tree)})


def _stripped(node: Node) -> Any:
    return node.model_copy(update={"uid": None, "children": [_stripped(child) for child in node.children]})


def _identity(design: Design | None, given: schema.Design) -> Design:
    """Store what the design is: its own columns and its classification."""
    design = design or Design(slug=given.slug, uid=given.uid or uuid.uuid4())
    for name in IDENTITY:
        setattr(design, name, getattr(given, name))
    plain = given.model_dump(mode="json", by_alias=True)
    design.challenges, design.remarks, design.sources = plain["challenges"], plain["remarks"], plain["sources"]
    design.wording = given.fits.wording
    design.variant_of = None
    if given.variant_of:
        design.variant_of = Design.objects.filter(slug=given.variant_of).first()
        if design.variant_of is None:
            raise DocumentError([Fault(given.slug, "variant_of", _("There is no design “%s”.") % given.variant_of)])
    design.save()
    if fits(design) != given.fits:
        design.classifications.all().delete()
        Classification.objects.bulk_create(_classifications(design, given.fits))
    return design


def _classifications(design: Design, given: schema.Fits) -> list[Classification]:
    rows = []
    for facet in Classification.Facet.values:
        value = getattr(given, facet)
        for order, one in enumerate(value if isinstance(value, list) else [value] if value else []):
            rows.append(
                Classification(design=design, facet=facet, value=one, inferred=facet in given.inferred, order=order)
            )
    return rows


def _rows(given: schema.Design, uids: dict[int, uuid.UUID]) -> Any:
    for node, trail in walk(given.tree):
        yield Row(len(trail), node.kind, _content(node), list(node.functions), uids[id(node)])


def _content(node: Node) -> dict[str, Any]:
    """Return a document node's own keys as columns of `Node`."""
    plain = node.model_dump(mode="json", exclude={"children", "uid", "kind", "functions", "superiors"})
    if isinstance(node, schema.Duty):
        rating = plain.pop("rating") or {"required": None, "maximum": None, "note": ""}
        return {
            **plain,
            "aspect": plain["aspect"] or "",
            **{f"rating_{key}": value for key, value in rating.items()},
        }
    headcount = plain.pop("headcount")
    headcount["per"], headcount["varies_with"] = headcount["per"] or "", headcount["varies_with"] or ""
    return {
        **plain,
        "code": plain["code"] or "",
        **{f"headcount_{key}": value for key, value in headcount.items()},
    }


def _keep_versions(rows: list[Row], current: Edition | None) -> dict[str, int]:
    """Give rows that changed the next version and say what changed against the edition in force."""
    if current is None:
        return {"added": len(rows)}
    before = branch_rows(StoredNode.tree.get(edition=current, parent__isnull=True))
    old, places = {row.uid: row for row in before}, _places(before)
    counts = {"added": 0, "changed": 0, "moved": 0, "removed": len(old.keys() - {row.uid for row in rows})}
    new_places = _places(rows)
    stayed = _stayed(
        [row.uid for row in before], [row.uid for row in rows if places.get(row.uid) == new_places[row.uid]]
    )
    for row in rows:
        if (was := old.get(row.uid)) is None:
            counts["added"] += 1
            continue
        same = row.functions == was.functions and row.content.items() <= was.content.items()
        row.version = was.version + (not same)
        counts["changed"] += not same
        counts["moved"] += row.uid not in stayed
    return counts


def _stayed(before: list[uuid.UUID], after: list[uuid.UUID]) -> set[uuid.UUID]:
    """Return as many of `after` as possible that stand in the order of `before`: the others were moved past them."""
    index = {uid: number for number, uid in enumerate(before)}
    ends: list[int] = []  # the smallest index with which an ordered row of each length ends
    lengths = []
    for uid in after:
        lengths.append(length := bisect_left(ends, index[uid]))
        ends[length : length + 1] = [index[uid]]
    kept, wanted, limit = set(), len(ends) - 1, len(before)
    for uid, length in zip(reversed(after), reversed(lengths), strict=True):
        if length == wanted and index[uid] < limit:
            kept.add(uid)
            wanted, limit = wanted - 1, index[uid]
    return kept


def _places(rows: list[Row]) -> dict[uuid.UUID, uuid.UUID | None]:
    """Return uid → uid of the parent."""
    trail: list[uuid.UUID] = []
    found: dict[uuid.UUID, uuid.UUID | None] = {}
    for row in rows:
        del trail[row.depth :]
        found[row.uid] = trail[-1] if trail else None
        trail.append(row.uid)
    return found


def _relations(given: schema.Design, uids: dict[int, uuid.UUID]) -> list[dict[str, Any]]:
    """Return superiors (in document order) and relations as `write_relations` takes them."""
    nodes = [node for node, _trail in walk(given.tree) if not isinstance(node, schema.Duty)]
    by_code = {node.code: uids[id(node)].hex for node in nodes if node.code}
    found: list[dict[str, Any]] = [
        {
            "kind": "reports_to",
            "start": uids[id(node)].hex,
            "end": by_code[superior.code] if superior.code else "",
            "outside": superior.outside or "",
            "superior": True,
            "about": "",
            "basis": superior.basis,
            "line": superior.line,
            "sources": [],
        }
        for node in nodes
        for superior in node.superiors
    ]
    for relation in given.relations:
        plain = relation.model_dump(mode="json", exclude={"start", "end", "outside"})
        found.append(
            {
                **plain,
                "start": by_code[relation.start],
                "end": by_code[relation.end] if relation.end else "",
                "outside": relation.outside or "",
                "superior": False,
            }
        )
    return [{**relation, "uid": uuid.uuid4().hex, "order": order} for order, relation in enumerate(found)]


def _processes(given: schema.Design, uids: dict[int, uuid.UUID]) -> list[dict[str, Any]]:
    nodes = [node for node, _trail in walk(given.tree) if not isinstance(node, schema.Duty)]
    by_code = {node.code: uids[id(node)].hex for node in nodes if node.code}
    found = []
    for number, process in enumerate(given.processes, 1):
        plain = process.model_dump(mode="json")
        for step in plain["steps"]:
            step["who"] = [
                {"node": by_code[who]} if CODE.match(who) and who in by_code else {"text": who} for who in step["who"]
            ]
        found.append({**plain, "number": number})
    return found
