"""Relations as plain values with uids for their ends, as the log and the documents have them; and from these to rows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from departments.models import Edition, Node, Relation
from departments.models.bulk import write
from departments.models.guard import require_room

SAID = ("order", "kind", "outside", "superior", "about", "basis", "line", "sources")  # of a relation, beside its ends
RELATION = ("edition", "start", "end", "uid", *SAID, "origin_uid")


def relation_as_json(relation: Relation) -> dict[str, Any]:
    """Return a relation with its ends as uids, as the log stores it."""
    return {
        "uid": relation.uid.hex,
        "order": relation.order,
        "kind": relation.kind,
        "start": relation.start.uid.hex,
        "end": relation.end.uid.hex if relation.end else "",
        "outside": relation.outside,
        "superior": relation.superior,
        "about": relation.about,
        "basis": relation.basis,
        "line": relation.line,
        "sources": relation.sources,
        "origin_uid": relation.origin_uid,
    }


def write_relations(edition: Edition, relations: list[dict[str, Any]]) -> None:
    """Store relations given with uids for their ends; one whose end is not in the edition is left out. 2 queries."""
    uids = {UUID(relation[end]) for relation in relations for end in ("start", "end") if relation[end]}
    pks = {node.hex: pk for node, pk in Node.tree.filter(edition=edition, uid__in=uids).values_list("uid", "pk")}
    require_room(edition.pk)
    write(Relation, RELATION, relation_values(edition.pk, relations, pks))


def relation_values(edition: int, relations: list[dict[str, Any]], pks: Mapping[str, int]) -> list[tuple[Any, ...]]:
    """Return the values of `RELATION`; `pks`: hexadecimal uid → primary key of the nodes that may be ends. No query."""
    return [
        (
            *(edition, pks[start], pks[end] if end else None, UUID(relation["uid"])),
            *[relation[name] for name in SAID],
            relation.get("origin_uid", ""),  # a document has none, nor what was logged before lines had one
        )
        for relation in relations
        for start, end in [(relation["start"], relation["end"])]
        if start in pks and (not end or end in pks)
    ]
