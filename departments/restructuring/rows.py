"""The one bulk writer: rows in document order become a tree, edges, levels and parents computed here.

Used by loading, copying, pasting and restoring. With edges and primary keys known beforehand a whole tree is one statement
(benchmarks/loading.py).
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, IntegerField, When
from django.utils.translation import gettext as _

from departments.models import Edition, Function, Kind, Node, NodeFunction
from departments.models.bulk import numbers, write
from departments.models.guard import require_room
from departments.models.nodes import CONTENT, MAXIMUM_DEPTH, MAY_STAND_UNDER

NODE = ("id", "edition", "tree_id", "parent", "lft", "rght", "level", "kind", "uid", "version", *CONTENT)
DEFAULTS = tuple((name, Node._meta.get_field(name).get_default()) for name in CONTENT)
CONTENT_NAMES = frozenset(CONTENT)


class Refused(Exception):
    """A write that would break a rule of the tree; the message says which, in the reader's language."""


@dataclass(slots=True)
class Row:
    """One node to be written: its depth (0 for the first row), its kind, its content columns, its functions in order."""

    depth: int
    kind: str
    content: dict[str, Any]
    functions: list[str] = field(default_factory=list)
    uid: uuid.UUID = field(default_factory=uuid.uuid4)
    version: int = 1

    def as_json(self) -> dict[str, Any]:
        """Return the row as the log stores it; `from_json` takes it back."""
        return {
            "depth": self.depth,
            "kind": self.kind,
            "uid": self.uid.hex,
            "version": self.version,
            "functions": self.functions,
            "content": self.content,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Row":
        """Return the row that `as_json` wrote."""
        return cls(
            data["depth"], data["kind"], data["content"], data["functions"], uuid.UUID(data["uid"]), data["version"]
        )


def edges(rows: Sequence[Row], first: int = 1) -> list[tuple[int, int, int | None]]:
    """Return (lft, rght, index of the parent) for rows in document order, edges counted from `first`.

    Raises ValueError where a depth jumps by more than one or a second row has depth 0.
    """
    placed: list[list[Any]] = []
    open_rows: list[int] = []
    edge = first
    for index, row in enumerate(rows):
        while len(open_rows) > row.depth:
            placed[open_rows.pop()][1] = edge
            edge += 1
        if len(open_rows) != row.depth or (row.depth == 0 and index):
            raise ValueError(f"row {index} has depth {row.depth} under {len(open_rows)} open rows")
        placed.append([edge, 0, open_rows[-1] if open_rows else None])
        open_rows.append(index)
        edge += 1
    while open_rows:
        placed[open_rows.pop()][1] = edge
        edge += 1
    return [(lft, rght, parent) for lft, rght, parent in placed]


def insert_rows(
    edition: Edition, rows: Sequence[Row], *, under: Node | None = None, before: Node | None = None
) -> None:
    """Write rows (document order) as one branch.

    `under`: the parent (None: the branch is the whole tree of an empty edition); `before`: the sibling that follows
    (None: last). Both must have been read under the lock. Costs 1 query to open the gap, 2 for the nodes, 2 for the
    functions, for any size. Raises Refused for a kind out of place or a tree too deep.
    """
    require_room(edition.pk)
    if not rows:
        return
    pks = numbers(Node, len(rows))
    if under is None:
        values = place(edition.pk, rows, pks)
    else:
        first = before.lft if before else under.rght
        values = place(edition.pk, rows, pks, under=under, first=first)
        _open_gap(edition, first, 2 * len(rows))
    write(Node, NODE, values)
    link_functions({pk: row.functions for pk, row in zip(pks, rows, strict=True)})


def place(
    edition: int, rows: Sequence[Row], pks: Sequence[int], *, under: Node | None = None, first: int = 1
) -> list[tuple[Any, ...]]:
    """Return the values of `NODE` for rows that get these primary keys. No query. Raises as `insert_rows`."""
    placed = edges(rows, first)
    _check(rows, placed, under)
    base, top = (under.level + 1, under.pk) if under else (0, None)
    return [
        (
            *(pk, edition, edition, top if parent is None else pks[parent], lft, rght, base + row.depth),
            *(row.kind, row.uid, row.version),
            *[row.content.get(name, default) for name, default in DEFAULTS],
        )
        for pk, row, (lft, rght, parent) in zip(pks, rows, placed, strict=True)
    ]


def link_functions(wanted: dict[int, list[str]]) -> None:
    """Store the functions (slugs in order, the main one first) of nodes that have none yet. Raises Refused if unknown."""
    slugs = {slug for functions in wanted.values() for slug in functions}
    if not slugs:
        return
    known = dict(Function.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    if unknown := slugs - known.keys():
        raise Refused(", ".join(sorted(unknown)))
    links = [(node, known[slug], order) for node, functions in wanted.items() for order, slug in enumerate(functions)]
    write(NodeFunction, ("node", "function", "order"), links)


def branch_rows(node: Node) -> list[Row]:
    """Return the branch at `node` as rows that `insert_rows` writes again: same uids, order, content. Costs 2 queries."""
    columns = ("pk", "level", "kind", "uid", "version", *CONTENT)
    branch = Node.tree.filter(tree_id=node.tree_id, lft__gte=node.lft, rght__lte=node.rght).order_by("lft")
    functions: dict[int, list[str]] = defaultdict(list)
    links = NodeFunction.objects.filter(
        node__tree_id=node.tree_id, node__lft__gte=node.lft, node__rght__lte=node.rght
    ).order_by("order")
    for pk, slug in links.values_list("node_id", "function__slug"):
        functions[pk].append(slug)
    return [
        Row(level - node.level, kind, dict(zip(CONTENT, content, strict=True)), functions[pk], uid, version)
        for pk, level, kind, uid, version, *content in branch.values_list(*columns)
    ]


def check_place(kind: Kind, above: Kind | None) -> None:
    """Raise Refused unless a node of that kind may stand under one of the kind `above` (None: be the root)."""
    if above not in MAY_STAND_UNDER[kind]:
        raise Refused(_("A %(kind)s cannot stand here.") % {"kind": kind.label})


def check_depth(depth: int) -> None:
    """Raise Refused for a tree of more levels than readers walk."""
    if depth > MAXIMUM_DEPTH:
        raise Refused(_("The tree is deeper than %d levels.") % MAXIMUM_DEPTH)


def _check(rows: Sequence[Row], placed: Sequence[tuple[int, int, int | None]], under: Node | None) -> None:
    known = {kind: Kind(kind) for kind in {row.kind for row in rows}}
    kinds = [known[row.kind] for row in rows]
    top = Kind(under.kind) if under else None
    for row, kind, (_lft, _rght, parent) in zip(rows, kinds, placed, strict=True):
        if foreign := row.content.keys() - CONTENT_NAMES:
            raise Refused(", ".join(sorted(foreign)))
        check_place(kind, top if parent is None else kinds[parent])
    check_depth((under.level + 1 if under else 0) + max(row.depth for row in rows) + 1)


def _open_gap(edition: Edition, edge: int, width: int) -> None:
    # Who opens after the edge closes after it too: one pass writes each row, and its index entries, once.
    moved = Case(When(lft__gte=edge, then=F("lft") + width), default=F("lft"), output_field=IntegerField())
    Node.tree.filter(tree_id=edition.pk, rght__gte=edge).update(lft=moved, rght=F("rght") + width)
