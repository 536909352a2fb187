"""The one tree of an edition: departments, positions and duty statements.

`Node` is one table; the proxies say which kind a row is. `Node.tree` is the unfiltered manager, base and default,
because a filtered tree manager would filter ancestors and descendants too. Structure is written by `restructuring`
alone: every write asks `guard`, and `save` of a row that exists stores content columns only, so that a stale instance
cannot damage the tree.
"""

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from mptt.managers import TreeManager
from mptt.models import MPTTModel, TreeForeignKey
from mptt.querysets import TreeQuerySet

from departments.models.designs import Edition
from departments.models.guard import OutsideTheRoom, require_room
from departments.models.headcount import Form

STRUCTURE = ("parent", "lft", "rght", "level", "tree_id", "edition", "uid", "kind")
FIXED = {"parent", "parent_id", "edition", "edition_id", "uid", "kind"}  # what no update may touch
COMMON = ("inferred", "open_ended", "sources")
PLACED = (  # columns of a department or a position
    "code",
    "title",
    "title_en",
    "aliases",
    "summary",
    "remarks",
    "checked",
    "headcount_form",
    "headcount_min",
    "headcount_max",
    "headcount_per",
    "headcount_varies_with",
    "headcount_basis",
    "headcount_filled",
)
DEPARTMENT = ("unit_type", "frame", "levels")
POSITION = ("head", "head_form", "head_basis", "assistant", "grade")
DUTY = ("section", "weight", "aspect", "text", "measure", "rating_required", "rating_maximum", "rating_note")
ORIGIN = ("origin_uid", "origin_edition_id")  # what an adopted node was copied from; nobody edits it
CONTENT = (*COMMON, *PLACED, *DEPARTMENT, *POSITION, *DUTY, *ORIGIN)


class Kind(models.TextChoices):
    """What a node is."""

    DEPARTMENT = "department", _("department")
    POSITION = "position", _("position")
    DUTY = "duty", _("duty")


# Which kind may stand under which; None is the root's place. No database check can see two rows, so the room asks this.
MAY_STAND_UNDER: dict[Kind, set[Kind | None]] = {
    Kind.DEPARTMENT: {None, Kind.DEPARTMENT},
    Kind.POSITION: {Kind.DEPARTMENT, Kind.POSITION},
    Kind.DUTY: {Kind.DEPARTMENT, Kind.POSITION, Kind.DUTY},
}


MAXIMUM_DEPTH = 30  # levels of a tree: many readers walk it by recursion


class Section(models.TextChoices):
    """The part of a job description a duty statement stands in, in the order of the form."""

    RESPONSIBILITY = "responsibility", _("responsibilities")
    AUTHORITY = "authority", _("authority")
    QUALIFICATION = "qualification", _("qualifications")
    COMPETENCY = "competency", _("competencies")
    INDICATOR = "indicator", _("indicators")
    ASSESSMENT = "assessment", _("assessment")
    DELIVERABLE = "deliverable", _("deliverables")
    REGULATION = "regulation", _("regulations")
    EQUIPMENT = "equipment", _("equipment")
    CONDITION = "condition", _("working conditions")
    SCOPE = "scope", _("scope")


class Readable(json.JSONEncoder):
    """Store Chinese as itself, so that a search of the column as text finds it on SQLite too."""

    def __init__(self, **options: Any):
        super().__init__(**{**options, "ensure_ascii": False})


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
        others = self.order_by().exclude(edition=opened).values_list("edition", flat=True)
        if other := next(iter(others[:1]), None):
            raise OutsideTheRoom(other)

    def _names_tree(self, edition: int) -> bool:
        where, table = self.query.where, self.query.base_table
        return (where.connector, where.negated) == (Q.AND, False) and any(
            isinstance(lookup, Exact)
            and isinstance(lookup.lhs, Col)
            and (lookup.lhs.alias, lookup.lhs.target.name, lookup.rhs) == (table, "tree_id", edition)
            for lookup in where.children
        )

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


class Node(MPTTModel):
    """A department, a position or a duty statement of one edition."""

    # identity and place
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="nodes", db_index=False)
    parent = TreeForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    tree_id = models.BigIntegerField(db_index=False, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.PositiveIntegerField(default=1, editable=False)
    origin_uid = models.CharField(max_length=32, blank=True, editable=False)
    origin_edition = models.ForeignKey(  # remembered even when it is gone: nothing is written here from outside
        Edition,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        editable=False,
    )
    # every kind
    inferred = models.BooleanField(default=False)
    open_ended = models.BooleanField(default=False)
    sources = models.JSONField(default=list, blank=True)
    functions = models.ManyToManyField("departments.Function", through="NodeFunction", related_name="nodes")
    # departments and positions
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    aliases = models.JSONField(default=list, blank=True, encoder=Readable)
    summary = models.TextField(blank=True)
    remarks = models.JSONField(default=list, blank=True)
    checked = models.BooleanField(default=False)
    headcount_form = models.CharField(max_length=12, choices=Form, default=Form.UNSTATED)
    headcount_min = models.PositiveIntegerField(null=True, blank=True)
    headcount_max = models.PositiveIntegerField(null=True, blank=True)
    headcount_per = models.CharField(max_length=200, blank=True)
    headcount_varies_with = models.CharField(max_length=200, blank=True)
    headcount_basis = models.CharField(max_length=10, default="stated")
    headcount_filled = models.PositiveIntegerField(null=True, blank=True)
    # departments
    unit_type = models.CharField(max_length=16, blank=True)
    frame = models.BooleanField(default=False)
    levels = models.JSONField(default=list, blank=True)
    # positions
    head = models.BooleanField(default=False)
    head_form = models.CharField(max_length=12, default="person")
    head_basis = models.CharField(max_length=10, default="stated")
    assistant = models.BooleanField(default=False)
    grade = models.CharField(max_length=60, blank=True)
    # duty statements
    section = models.CharField(max_length=16, blank=True, choices=Section)
    weight = models.CharField(max_length=10, blank=True)
    aspect = models.CharField(max_length=16, blank=True)
    text = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    rating_required = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_maximum = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_note = models.TextField(blank=True)

    stores_parent = False  # while mptt moves it

    tree = Tree()

    class Meta:
        base_manager_name = default_manager_name = "tree"
        indexes = (models.Index(fields=("tree_id", "lft"), name="document_order"),)
        constraints = (
            models.CheckConstraint(condition=Q(tree_id=F("edition_id")), name="tree_is_edition"),
            models.CheckConstraint(condition=Q(lft__lt=F("rght"), lft__gte=1), name="edges_open_before_they_close"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, lft=1, level=0, kind="department")
                | Q(parent__isnull=False, lft__gt=1, level__gt=0),
                name="root_is_the_first_department",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="duty", code="", title="", section__in=Section.values, weight__in=("primary", "auxiliary")
                )
                & ~Q(text="")
                | Q(kind__in=("department", "position"), text="", section="", weight="") & ~Q(title=""),
                name="columns_fit_their_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="department") | Q(frame=False, unit_type=""), name="department_columns"
            ),
            models.CheckConstraint(
                condition=Q(kind="position") | Q(head=False, assistant=False, grade=""), name="position_columns"
            ),
            models.CheckConstraint(
                condition=Q(headcount_form__in=("number", "range", "per", "several"))
                | Q(headcount_form__in=("as_needed", "unstated"))
                & Q(headcount_min__isnull=True, headcount_max__isnull=True),
                name="headcount_figures_fit_their_form",
            ),
            models.UniqueConstraint(fields=("edition",), condition=Q(parent__isnull=True), name="one_root_an_edition"),
            models.UniqueConstraint(fields=("uid", "edition"), name="one_node_a_uid"),
            models.UniqueConstraint(fields=("edition", "code"), condition=~Q(code=""), name="one_node_a_code"),
        )

    def __str__(self) -> str:
        return self.title or self.text[:40]

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> "Node":
        """Return the proxy of the row's kind; a query that defers `kind` gives the class it asked."""
        if "kind" in field_names:
            cls = PROXIES[values[list(field_names).index("kind")]]  # noqa: PLW0642  # that is what from_db is for
        return super(Node, cls).from_db(db, field_names, values)  # noqa: UP008  # not the cls of the call

    def clean(self) -> None:
        """Explain a kind out of place in words; the room refuses it, `check_trees` names it."""
        above = Kind(self.parent.kind) if self.parent else None
        if above not in MAY_STAND_UNDER[Kind(self.kind)]:
            raise ValidationError(
                _("A %(kind)s cannot stand here.") % {"kind": Kind(self.kind).label}, code="kind_out_of_place"
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert through mptt, or store content columns only.

        Raises OutsideTheRoom, and ValueError for a parent changed in memory.
        """
        require_room(self.edition_id)
        if self.stores_parent:
            models.Model.save(self, update_fields=["parent"])
        elif self._state.adding:
            super().save(*args, **kwargs)
        else:
            if "parent_id" in self.__dict__ and self._mptt_cached_fields["parent"] not in (
                self.parent_id,
                DeferredAttribute,
            ):
                raise ValueError("A node is moved by restructuring, not by a parent set in memory.")
            named = kwargs.pop("update_fields", None) or (*CONTENT, "version")
            stored = [name for name in named if name not in STRUCTURE and name not in self.get_deferred_fields()]
            models.Model.save(self, update_fields=stored)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the branch, inside the room only."""
        require_room(self.edition_id)
        return super().delete(*args, **kwargs)

    @property
    def ref(self) -> str:
        """What stands for the node in an address: its code, else its uid."""
        return self.code or self.uid.hex


class KindManager(models.Manager[Node]):
    """The rows of a proxy's kind in document order; a plain manager, see the module's first paragraph."""

    def get_queryset(self) -> NodeQuerySet:
        """Return the rows of the kind that the model is."""
        kind = {proxy: kind for kind, proxy in PROXIES.items()}[self.model]
        return NodeQuerySet(self.model, using=self._db).filter(kind=kind).order_by("tree_id", "lft")


class Department(Node):
    """A department, center, group or team; `frame` where the source names none."""

    objects = KindManager()

    class Meta:
        proxy = True
        default_manager_name = "objects"


class Position(Node):
    """A position (岗位), with its job description below it."""

    objects = KindManager()

    class Meta:
        proxy = True
        default_manager_name = "objects"


class Duty(Node):
    """A duty statement of some section, or a heading that groups others."""

    objects = KindManager()

    class Meta:
        proxy = True
        default_manager_name = "objects"


PROXIES: dict[str, type[Node]] = {Kind.DEPARTMENT: Department, Kind.POSITION: Position, Kind.DUTY: Duty}


class LinkQuerySet(models.QuerySet["NodeFunction"]):
    """What a node serves is its content too."""

    def update(self, **values: Any) -> int:
        """Update, inside the room only."""
        require_room()
        return super().update(**values)

    def bulk_create(self, objs: Iterable["NodeFunction"], *args: Any, **kwargs: Any) -> list["NodeFunction"]:
        """Insert, inside the room only."""
        require_room()
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete, inside the room only."""
        require_room()
        return super().delete()


class NodeFunction(models.Model):
    """A function a node serves; order 0 is the main one."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="function_links")
    function = models.ForeignKey("departments.Function", on_delete=models.PROTECT, related_name="node_links")
    order = models.PositiveSmallIntegerField(default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ("node", "order")
        constraints = (models.UniqueConstraint(fields=("node", "function"), name="one_link_a_function"),)

    def __str__(self) -> str:
        return f"{self.node_id} → {self.function_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, inside the node's room only."""
        require_room(self.node.edition_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, inside the node's room only."""
        require_room(self.node.edition_id)
        return super().delete(*args, **kwargs)


def url_of(slug: str, kind: str, ref: str) -> str:
    """Return the address of a department or position of the edition in force."""
    return reverse(kind, args=[slug, ref])
