"""Is every tree whole? Each broken invariant has a name; `check_trees` prints them, tests assert there are none."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from departments.models import Edition, Node, Relation
from departments.models.guard import room
from departments.models.nodes import MAY_STAND_UNDER

COLUMNS = ("pk", "parent_id", "tree_id", "edition_id", "lft", "rght", "level", "kind")
Rows = list[dict[str, Any]]
# Nothing in the tree says what was meant, so nothing repairs these.
BEYOND_REPAIR = ("roots", "parent_missing", "parent_tree", "cycle")


@dataclass(frozen=True, order=True)
class Breach:
    """One broken invariant: the tree, the node (primary key; 0 where there is none) and the invariant's name."""

    tree: int
    node: int
    invariant: str


def breaches(edition: Edition | None = None) -> list[Breach]:
    """Return every breach in one edition's tree, or in all trees. Reads the table once, a tree at a time in memory.

    The names: `edition` (tree_id is not the edition), `roots` (none where readers look, or several), `root_kind`,
    `parent_missing`, `parent_tree`, `cycle`, `level`, `nesting`, `width`, `edge_twice`, `sibling_order`, `kind`,
    `relation_tree`.
    """
    rows = Node.tree.order_by("edition_id", "lft", "pk").values(*COLUMNS)
    empty = Edition.objects.filter(status__in=(Edition.Status.IN_FORCE, Edition.Status.SUPERSEDED), nodes__isnull=True)
    crossing = Relation.objects.filter(
        ~Q(start__edition=F("edition")) | Q(end__isnull=False) & ~Q(end__edition=F("edition"))
    )
    if edition is not None:
        rows = rows.filter(tree_id=edition.pk, edition=edition)  # tree_id is what has the index
        empty, crossing = empty.filter(pk=edition.pk), crossing.filter(edition=edition)
    found = {Breach(pk, 0, "roots") for pk in empty.values_list("pk", flat=True)}
    found |= {Breach(tree, start, "relation_tree") for tree, start in crossing.values_list("edition_id", "start_id")}
    for tree, nodes in groupby(rows.iterator(), key=lambda row: row["edition_id"]):
        found |= {Breach(tree, *breach) for breach in _tree(tree, list(nodes))}
    return sorted(found)


def repair(edition: Edition) -> list[Breach]:
    """Recompute edges, levels and tree from the parents under the edition's lock; return what is still broken.

    A parent that is missing, in another edition or in a cycle is not repaired, nor a kind out of place: nothing in the
    tree says what was meant.
    """
    with transaction.atomic():
        locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        with room(locked.pk):
            strays = Node.tree.filter(edition=locked).exclude(tree_id=locked.pk)
            strays.update(tree_id=locked.pk)
            found = breaches(locked)
            if found and not any(breach.invariant in BEYOND_REPAIR for breach in found):
                _renumber(locked)
                found = breaches(locked)
        return found


def _tree(tree: int, nodes: Rows) -> Iterator[tuple[int, str]]:
    by_pk = {node["pk"]: node for node in nodes}
    below: dict[int, Rows] = defaultdict(list)
    roots = [node for node in nodes if node["parent_id"] is None]
    lost = [node for node in nodes if node["parent_id"] is not None and node["parent_id"] not in by_pk]
    elsewhere = set(Node.tree.filter(pk__in={node["parent_id"] for node in lost}).values_list("pk", flat=True))
    if len(roots) != 1:
        yield (roots or nodes)[0]["pk"], "roots"
    for node in lost:
        yield node["pk"], "parent_tree" if node["parent_id"] in elsewhere else "parent_missing"
    for node in nodes:
        pk, parent = node["pk"], by_pk.get(node["parent_id"])
        if node["tree_id"] != tree:
            yield pk, "edition"
        if parent is not None:
            below[parent["pk"]].append(node)
            yield from ((pk, name) for name in _place(node, parent))
        elif node["parent_id"] is None:
            if node["kind"] != "department":
                yield pk, "root_kind"
            if node["level"] != 0:
                yield pk, "level"
    yield from _edges(nodes, below)
    reached = _sizes(roots + lost, below)
    yield from ((node["pk"], "cycle") for node in nodes if node["pk"] not in reached)
    if len(roots) == 1 and not lost and len(reached) == len(nodes):  # else nobody knows how wide a branch should be
        wrong = (node for node in nodes if node["rght"] - node["lft"] + 1 != 2 * reached[node["pk"]])
        yield from ((node["pk"], "width") for node in wrong)


def _place(node: dict[str, Any], parent: dict[str, Any]) -> Iterator[str]:
    if node["level"] != parent["level"] + 1:
        yield "level"
    if not parent["lft"] < node["lft"] < node["rght"] < parent["rght"]:
        yield "nesting"
    if parent["kind"] not in MAY_STAND_UNDER[node["kind"]]:
        yield "kind"


def _edges(nodes: Rows, below: dict[int, Rows]) -> Iterator[tuple[int, str]]:
    holders: dict[int, int] = {}
    for node in nodes:
        for edge in (node["lft"], node["rght"]):
            if holders.setdefault(edge, node["pk"]) != node["pk"]:
                yield node["pk"], "edge_twice"
    for before, after in chain.from_iterable(pairwise(siblings) for siblings in below.values()):
        if before["rght"] >= after["lft"]:
            yield after["pk"], "sibling_order"


def _sizes(tops: Rows, below: dict[int, Rows]) -> dict[int, int]:
    """Return the size of every branch that can be reached from the tops."""
    order, waiting = [], list(tops)
    while waiting:
        node = waiting.pop()
        order.append(node["pk"])
        waiting += below[node["pk"]]
    sizes: dict[int, int] = {}
    for pk in reversed(order):
        sizes[pk] = 1 + sum(sizes[child["pk"]] for child in below[pk])
    return sizes


def _renumber(edition: Edition) -> None:
    """Walk the parents in the order the edges still give, and store the edges that differ."""
    nodes = list(Node.tree.filter(edition=edition).order_by("lft", "pk").values(*COLUMNS))
    below: dict[int | None, Rows] = defaultdict(list)
    for node in nodes:
        below[node["parent_id"]].append(node)
    fresh: dict[int, tuple[int, int, int]] = {}
    edge, waiting = 1, [(below[None][0], 0, False)]
    while waiting:
        node, level, leaving = waiting.pop()
        if leaving:
            fresh[node["pk"]] = (fresh[node["pk"]][0], edge, level)
        else:
            fresh[node["pk"]] = (edge, 0, level)
            waiting.append((node, level, True))
            waiting += [(child, level + 1, False) for child in reversed(below[node["pk"]])]
        edge += 1
    for node in nodes:
        lft, rght, level = fresh[node["pk"]]
        if (node["lft"], node["rght"], node["level"]) != (lft, rght, level):
            Node.tree.filter(pk=node["pk"]).update(lft=lft, rght=rght, level=level)
