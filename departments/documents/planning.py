"""What a document's edition is to hold, as plain values: rows, relations, processes. No query."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from departments.documents import schema
from departments.documents.checks import CODE, Node, walk
from departments.models.nodes import POSITION
from departments.restructuring import Row


def rows(given: schema.Design, uids: dict[int, uuid.UUID]) -> Iterator[Row]:
    """Yield the document's nodes in document order; `uids` as `match` returns them."""
    for node, trail in walk(given.tree):
        yield Row(len(trail), node.kind, _content(node), list(node.functions), uids[id(node)])


def _content(node: Node) -> dict[str, Any]:
    """Return a document node's own keys as columns of `Node`."""
    columns: dict[str, Any] = {"inferred": node.inferred, "sources": _plain(node.sources)}
    if isinstance(node, schema.Duty):
        rating = node.rating
        return columns | {
            "open_ended": node.open_ended,
            "section": node.section,
            "weight": node.weight,
            "aspect": node.aspect or "",
            "text": node.text,
            "measure": node.measure,
            "rating_required": rating.required if rating else None,
            "rating_maximum": rating.maximum if rating else None,
            "rating_note": rating.note if rating else "",
        }
    headcount = node.headcount
    columns |= {
        "code": node.code or "",
        "title": node.title,
        "title_en": node.title_en,
        "aliases": list(node.aliases),
        "summary": node.summary,
        "remarks": _plain(node.remarks),
        "place_basis": node.place_basis,
        "repeats": node.repeats,
        "checked": node.checked,
        "headcount_form": headcount.form,
        "headcount_min": headcount.min,
        "headcount_max": headcount.max,
        "headcount_per": headcount.per or "",
        "headcount_varies_with": headcount.varies_with or "",
        "headcount_basis": headcount.basis,
        "headcount_filled": headcount.filled,
    }
    if isinstance(node, schema.Position):
        return columns | {name: getattr(node, name) for name in POSITION}
    return columns | {
        "unit_type": node.unit_type,
        "frame": node.frame,
        "levels": _plain(node.levels),
        "open_ended": node.open_ended,
    }


def _plain(parts: Sequence[BaseModel]) -> list[dict[str, Any]]:
    return [part.model_dump(mode="json") for part in parts]


def relations(given: schema.Design, uids: dict[int, uuid.UUID]) -> list[dict[str, Any]]:
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


def processes(given: schema.Design, uids: dict[int, uuid.UUID]) -> list[dict[str, Any]]:
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
