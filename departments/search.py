"""Find departments, positions and duties by words: every word must occur, two characters or ten.

Plain `icontains` is right for Chinese of any length, where trigram indexes find nothing for two characters; the editions in
force are named as a literal list, which both databases answer three times faster than a subquery.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from departments.models import Design, Edition, Node
from departments.models.nodes import Kind

LIMIT = 60  # hits shown of a kind


@dataclass(frozen=True)
class Hit:
    """A node found: its words, the department or position it belongs to, its design, and its address's parts."""

    kind: str
    title: str
    context: str
    design: Design
    holder_kind: str
    holder_ref: str
    anchor: str
    weight: str


@dataclass(frozen=True)
class Results:
    """What was found, by kind; `more` tells which kinds had more than LIMIT hits."""

    words: list[str]
    designs: list[Design]
    groups: dict[str, list[Hit]]
    more: set[str]

    @property
    def count(self) -> int:
        """How many are shown."""
        return len(self.designs) + sum(map(len, self.groups.values()))


def find(text: str) -> Results:
    """Return what holds every word of `text` (parted by spaces), titles before wordings. 6 queries."""
    words = text.split()[:8]
    editions = {edition.pk: edition.design for edition in Edition.objects.in_force().select_related("design")}
    designs = [
        design
        for design in editions.values()
        if all(word in design.name or word.lower() in design.name_en.lower() for word in words)
    ]
    columns = ("pk", "uid", "tree_id", "lft", "rght", "kind", "code", "title", "title_en", "text", "weight")
    groups, more = {}, set()
    for kind in Kind.values:
        rows = list(_matching(kind, words, list(editions)).values(*columns)[: LIMIT + 1])
        if len(rows) > LIMIT:
            more.add(kind)
        groups[kind] = rows[:LIMIT]
    holders = _holders({row["tree_id"] for rows in groups.values() for row in rows})
    found = {
        kind: [_hit(row, holders[row["tree_id"]], editions[row["tree_id"]]) for row in rows]
        for kind, rows in groups.items()
    }
    return Results(words, designs, found, more)


def _matching(kind: str, words: list[str], trees: list[int]) -> Any:
    columns = ("text",) if kind == Kind.DUTY else ("title", "title_en", "code", "also", "summary")
    conditions = (reduce(lambda q, column: q | Q(**{f"{column}__icontains": word}), columns, Q()) for word in words)
    nodes = Node.tree.annotate(also=Cast("aliases", TextField())).filter(tree_id__in=trees, kind=kind, frame=False)
    nodes = nodes.filter(reduce(and_, conditions, Q()))
    return nodes.order_by("tree_id", "lft")


def _holders(trees: set[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the departments and positions of some trees in document order. 1 query."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = Node.tree.filter(tree_id__in=trees).exclude(kind=Kind.DUTY).order_by("lft")
    for row in rows.values("tree_id", "lft", "rght", "kind", "title", "code", "uid", "frame"):
        found[row["tree_id"]].append(row)
    return found


def _hit(row: dict[str, Any], holders: list[dict[str, Any]], design: Design) -> Hit:
    """Say where a row stands: its ancestors among the holders, the nearest last."""
    above = [h for h in holders if h["lft"] <= row["lft"] and row["rght"] <= h["rght"]]
    holder = above[-1]
    trail = [h["title"] for h in above if not h["frame"] and (row["kind"] == Kind.DUTY or h is not holder)]
    anchor = f"#duty-{row['uid'].hex[:12]}" if row["kind"] == Kind.DUTY else ""
    return Hit(
        row["kind"],
        row["title"] or row["text"],
        " › ".join(trail),
        design,
        holder["kind"],
        holder["code"] or holder["uid"].hex,
        anchor,
        row["weight"],
    )
