"""The querysets and the manager behind the guard: no row of a tree is written but in the open room of its edition.

Private methods of django-mptt and Django are overridden here and nowhere else; both are pinned, and a test walks through
every way of writing they offer.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Col
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from mptt.managers import TreeManager
from mptt.querysets import TreeQuerySet

from departments.models.designs import Edition
from departments.models.guard import OutsideTheRoom, require_room

if TYPE_CHECKING:
    from departments.models.nodes import Node

STRUCTURE = ("parent", "lft", "rght", "level", "tree_id", "edition", "uid", "kind")
FIXED = {"parent", "parent_id", "edition", "edition_id", "uid", "kind"}  # what no update may touch


class NodeQuerySet(TreeQuerySet):
    """Writes ask the guard; reads are questions in the field's words."""

    def update(self, **values: Any) -> int:
        """Update rows of the open room's edition; ValueError for what only `restructuring` or nobody may change."""
        self._require_room()
        if fixed := FIXED & values.keys():
            raise ValueError(f"No update changes {', '.join(sorted(fixed))} of a node.")
        return super().update(**values)

    def _update(self, values: Any) -> int:
        # Model.save and loaddata end here. Only a move stores a parent, and nothing else of the structure.
        self._require_room()
        if fixed := {field.name for field, _model, _value in values} & {*STRUCTURE} - {"parent"}:
            raise ValueError(f"No save changes {', '.join(sorted(fixed))} of a node.")
        return super()._update(values)

    _update.queryset_only = False  # type: ignore[attr-defined]  # Django's way to give it to the manager

    def _insert(self, objs: list["Node"], *args: Any, **kwargs: Any) -> Any:
        # Model.save, bulk_create and loaddata end here.
        for edition in {node.edition_id for node in objs}:
            require_room(edition)
        if kwargs.get("on_conflict"):
            raise ValueError("A row that exists is not written by an insert.")
        return super()._insert(objs, *args, **kwargs)

    _insert.queryset_only = False  # type: ignore[attr-defined]  # the same

    def bulk_create(self, objs: Iterable["Node"], *args: Any, **kwargs: Any) -> list["Node"]:
        """Insert rows whose edges are computed already, inside their edition's room only."""
        require_room()
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: it would leave a gap, and rows below that point at nothing; `Room.remove` takes a branch away."""
        self._require_room()
        raise ValueError("A branch is removed by restructuring, not by deleting rows.")

    delete.alters_data = True  # type: ignore[attr-defined]  # templates must not call it
    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's own has it too

    def _raw_delete(self, using: str | None) -> int:
        self._require_room()
        return super()._raw_delete(using)

    def _require_room(self) -> None:
        """Raise OutsideTheRoom unless a room is open and every row of the query belongs to its edition.

        Costs a query, unless the query names the tree: `filter(tree_id=…)`.
        """
        opened = require_room()
        if self.query.is_sliced or self._names_tree(opened):
            return  # Django refuses to write a slice, in its own words
        others = self.order_by().exclude(edition__in=opened).values_list("edition", flat=True)
        if other := next(iter(others[:1]), None):
            raise OutsideTheRoom(other)

    def _names_tree(self, editions: frozenset[int]) -> bool:
        where, table = self.query.where, self.query.base_table
        return (where.connector, where.negated) == (Q.AND, False) and any(
            isinstance(lookup, Exact)
            and isinstance(lookup.lhs, Col)
            and (lookup.lhs.alias, lookup.lhs.target.name) == (table, "tree_id")
            and isinstance(lookup.rhs, int)
            and lookup.rhs in editions
            for lookup in where.children
        )

    def once_called(self, code: str, design: int) -> "NodeQuerySet":
        """The nodes that ever had a code in a published edition of a design, the latest first."""
        found = self.filter(edition__design=design, edition__status__in=Edition.PUBLISHED, code__iexact=code)
        return found.order_by("-edition__number")

    def phrases(
        self, trees: Iterable[int], words: Iterable[str], section: str, functions: Iterable[str]
    ) -> "NodeQuerySet":
        """The statements of a section in these trees that have all the words, of these functions first, then the shortest."""
        found = self.filter(tree_id__in=list(trees), kind="duty", section=section)
        for word in words:
            found = found.filter(text__icontains=word)
        links = self.model._meta.get_field("functions").remote_field.through.objects
        served = links.filter(node=OuterRef("pk"), function__slug__in=list(functions))
        return found.annotate(served=Exists(served)).order_by("-served", Length("text"), "tree_id", "lft")

    def of(self, edition: Edition) -> "NodeQuerySet":
        """The nodes of one edition in document order."""
        return self.filter(tree_id=edition.pk).order_by("lft")


class Tree(TreeManager.from_queryset(NodeQuerySet)):  # type: ignore[misc]  # made by a call
    """mptt's manager behind the guard. Private methods are overridden: mptt is pinned, and a test calls every write."""

    def _get_connection(self, **hints: Any) -> Any:
        # All of mptt's edge-shifting SQL asks here for its connection.
        require_room()
        return super()._get_connection(**hints)

    def _manage_space(self, size: int, target: int, tree_id: int) -> None:
        require_room(tree_id)
        super()._manage_space(size, target, tree_id)

    def insert_node(self, node: "Node", target: "Node | None", *args: Any, **kwargs: Any) -> "Node":
        """Prepare an insertion, inside the room of both only."""
        _require_rooms(node, target)
        return super().insert_node(node, target, *args, **kwargs)

    def move_node(self, node: "Node", target: "Node | None", position: str = "last-child") -> None:
        """Move, inside the room of both only. mptt finishes with node.save() and relies on it to store the parent."""
        _require_rooms(node, target)
        node.stores_parent = True
        try:
            super().move_node(node, target, position)
        finally:
            node.stores_parent = False

    def build_tree_nodes(self, data: Any, target: "Node | None" = None, position: str = "last-child") -> Any:
        """Open a gap for rows to come, inside the room only."""
        _require_rooms(target)
        return super().build_tree_nodes(data, target, position)

    def rebuild(self, *args: Any, **kwargs: Any) -> None:
        """Rebuild the edges, inside the room of the tree only."""
        require_room(kwargs.get("tree_id"))
        super().rebuild(*args, **kwargs)

    def partial_rebuild(self, tree_id: int, *args: Any, **kwargs: Any) -> None:
        """Rebuild the edges of a tree, inside its room only."""
        require_room(tree_id)
        super().partial_rebuild(tree_id, *args, **kwargs)

    def disable_mptt_updates(self) -> Any:
        """Let edges and parents part in a block, inside the room only; `delay_mptt_updates` begins with this too."""
        require_room()
        return super().disable_mptt_updates()


def _require_rooms(*nodes: "Node | None") -> None:
    require_room()
    for node in nodes:
        if node is not None:
            require_room(node.edition_id)
