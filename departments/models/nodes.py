"""The one tree of an edition: departments, positions and duty statements.

`Node` is one table; the proxies say which kind a row is. `Node.tree` is the unfiltered manager, base and default,
because a filtered tree manager would filter ancestors and descendants too. Structure is written by `restructuring`
alone: every write asks `guard`, and `save` of a row that exists stores content columns only, so that a stale instance
cannot damage the tree.
"""

import json
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _
from mptt.models import MPTTModel, TreeForeignKey

from departments.models.designs import Edition
from departments.models.guard import require_room
from departments.models.guarded import Guarded
from departments.models.headcount import Form
from departments.models.trees import STRUCTURE, NodeQuerySet, Tree

COMMON = ("inferred", "open_ended", "sources")
PLACED = (  # columns of a department or a position
    "code",
    "title",
    "title_en",
    "aliases",
    "summary",
    "remarks",
    "place_basis",
    "repeats",
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
POSITION = ("head", "head_form", "head_basis", "assistant", "grade", "raci")
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
    place_basis = models.CharField(
        max_length=10, default="stated"
    )  # it exists; that it stands here may be our inference
    repeats = models.CharField(max_length=200, blank=True)  # it stands for several of its kind: which, or how many
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
    raci = models.JSONField(default=dict, blank=True)  # set by hand: slug of a function → letters, "" for none
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
            models.UniqueConstraint(F("edition"), Lower("code"), condition=~Q(code=""), name="one_node_a_code"),
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


class NodeFunction(Guarded):
    """A function a node serves, which is its content too; order 0 is the main one."""

    EDITION = "node__edition"

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="function_links")
    function = models.ForeignKey("departments.Function", on_delete=models.PROTECT, related_name="node_links")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Guarded.Meta):
        ordering = ("node", "order")
        constraints = (models.UniqueConstraint(fields=("node", "function"), name="one_link_a_function"),)

    def __str__(self) -> str:
        return f"{self.node_id} → {self.function_id}"
