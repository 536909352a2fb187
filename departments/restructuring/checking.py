"""Is every tree whole? Each broken invariant has a name; `check_trees` prints them, tests assert there are none."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from departments.models import Edition, Node, Relation
from departments.models.guard import room
from departments.models.nodes import MAY_STAND_UNDER

COLUMNS = ("pk", "parent_id", "tree_id", "edition_id", "lft", "rght", "level", "kind")


@dataclass(frozen=True, order=True)
class Breach:
    """One broken invariant: the tree, the node (primary key) and the invariant's name."""

    tree: int
    node: int
    invariant: str


def breaches(edition: Edition | None = None) -> list[Breach]:
    """Return every breach in one edition's tree, or in all trees. Reads the table once and computes in memory.

    The names: `edition` (tree_id is not the edition), `roots`, `root_kind`, `parent_missing`, `parent_tree`, `cycle`,
    `level`, `nesting`, `width`, `edge_twice`, `sibling_order`, `kind`, `relation_tree`.
    """
    rows = Node.tree.order_by("tree_id", "lft").values(*COLUMNS)
    if edition is not None:
        rows = rows.filter(tree_id=edition.pk)
    trees: dict[int, list[dict[str, Any]]] = defaultdict(list)
    everywhere: dict[int, int] = {}
    for row in rows:
        trees[row["tree_id"]].append(row)
        everywhere[row["pk"]] = row["tree_id"]
    found = {Breach(tree, *breach) for tree, nodes in trees.items() for breach in _tree(tree, nodes, everywhere)}
    crossing = Relation.objects.exclude(start__edition=F("edition")) | Relation.objects.filter(
        end__isnull=False
    ).exclude(end__edition=F("edition"))
    if edition is not None:
        crossing = crossing.filter(edition=edition)
    found |= {Breach(tree, start, "relation_tree") for tree, start in crossing.values_list("edition_id", "start_id")}
    return sorted(found)


def repair(edition: Edition) -> list[Breach]:
    """Recompute edges and levels from the parents under the edition's lock; return what is still broken.

    A parent that is missing, in another tree, in a cycle, or of a kind that cannot stand there is not repaired: nothing in
    the tree says what was meant.
    """
    with transaction.atomic():
        locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        bad = [b for b in breaches(locked) if b.invariant in ("roots", "parent_missing", "parent_tree", "cycle")]
        if bad:
            return bad
        with room(locked.pk):
            _renumber(locked)
        return breaches(locked)


def _tree(tree: int, nodes: list[dict[str, Any]], everywhere: dict[int, int]) -> Iterator[tuple[int, str]]:
    by_pk = {node["pk"]: node for node in nodes}
    below: dict[int, list[dict[str, Any]]] = defaultdict(list)
    roots = [node for node in nodes if node["parent_id"] is None]
    edges: dict[int, int] = {}
    if len(roots) != 1:
        yield (roots or nodes)[0]["pk"], "roots"
    for node in nodes:
        pk, parent = node["pk"], by_pk.get(node["parent_id"])
        if node["edition_id"] != tree:
            yield pk, "edition"
        for edge in (node["lft"], node["rght"]):
            if edges.setdefault(edge, pk) != pk:
                yield pk, "edge_twice"
        if node["parent_id"] is None:
            if node["kind"] != "department":
                yield pk, "root_kind"
            if node["level"] != 0:
                yield pk, "level"
        elif parent is None:
            yield pk, "parent_tree" if node["parent_id"] in everywhere else "parent_missing"
        else:
            below[parent["pk"]].append(node)
            if node["level"] != parent["level"] + 1:
                yield pk, "level"
            if not parent["lft"] < node["lft"] < node["rght"] < parent["rght"]:
                yield pk, "nesting"
            if parent["kind"] not in MAY_STAND_UNDER[node["kind"]]:
                yield pk, "kind"
    reached = _sizes(roots, below)
    for node in nodes:
        if node["pk"] not in reached:
            yield node["pk"], "cycle"
        elif node["rght"] - node["lft"] + 1 != 2 * reached[node["pk"]]:
            yield node["pk"], "width"
    for siblings in below.values():
        for before, after in zip(siblings, siblings[1:], strict=False):
            if before["rght"] >= after["lft"]:
                yield after["pk"], "sibling_order"


def _sizes(roots: list[dict[str, Any]], below: dict[int, list[dict[str, Any]]]) -> dict[int, int]:
    """Return the size of every branch that can be reached from a root."""
    order, waiting = [], list(roots)
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
    below: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        below[node["parent_id"]].append(node)
    edge, waiting, fresh = 1, [(below[None][0], 0, False)], {}
    while waiting:
        node, level, leaving = waiting.pop()
        if leaving:
            fresh[node["pk"]] = (*fresh[node["pk"]][:1], edge, level)
        else:
            fresh[node["pk"]] = (edge, 0, level)
            waiting.append((node, level, True))
            waiting += [(child, level + 1, False) for child in reversed(below[node["pk"]])]
        edge += 1
    for node in nodes:
        lft, rght, level = fresh[node["pk"]]
        if (node["lft"], node["rght"], node["level"]) != (lft, rght, level):
            Node.tree.filter(pk=node["pk"]).update(lft=lft, rght=rght, level=level, tree_id=edition.pk)
