"""Several editions side by side, node by node: what each says of a node, read at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from departments.models import Kind, Node, NodeFunction, Section
from departments.models.headcount import Headcount

# What a reader sees of a node, by kind: name → columns. Codes, remarks and sources are each design's own.
HEADCOUNT = (
    "headcount_form",
    "headcount_min",
    "headcount_max",
    "headcount_per",
    "headcount_varies_with",
    "headcount_basis",
)
PLACED: dict[str, tuple[str, ...]] = {name: (name,) for name in ("title", "title_en", "aliases", "summary")} | {
    "headcount": HEADCOUNT
}
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    Kind.DEPARTMENT.value: PLACED | {"functions": ("functions",)},
    Kind.POSITION.value: PLACED | {name: (name,) for name in ("head", "grade", "functions")},
    Kind.DUTY.value: {name: (name,) for name in ("section", "weight", "text", "measure", "functions")},
}
COLUMNS = sorted(
    {column for fields in FIELDS.values() for columns in fields.values() for column in columns} - {"functions"}
)


@dataclass(eq=False, slots=True)
class Said:
    """One node as one edition says it; `origin`: the uid of what it was copied from, and in which edition."""

    pk: int
    uid: UUID
    kind: str
    code: str
    origin: UUID | None
    origin_edition: int | None
    values: dict[str, Any]
    parent: "Said | None" = None
    children: list["Said"] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # of its functions, by slug

    def __str__(self) -> str:
        return str(self.values["title"] or self.values["text"])

    def pick(self, name: str) -> tuple[Any, ...]:
        """Return what it says in a field, to be compared."""
        return tuple(self.values[column] for column in FIELDS[self.kind][name])

    def columns(self, name: str) -> dict[str, Any]:
        """Return the same by column, as the room writes it."""
        return {column: self.values[column] for column in FIELDS[self.kind][name]}

    def words(self, name: str) -> str:
        """Return the same for a reader."""
        value: Any = self.values.get(name)
        if name == "headcount":
            form, least, most, per, varies_with, basis = self.pick(name)
            return str(Headcount(form, least, most, per, varies_with, basis))
        if name == "functions":
            return "、".join(self.names.get(slug, slug) for slug in self.values["functions"])
        if name == "section":
            return str(Section(value).label)
        if name == "weight":
            return _("auxiliary") if value == "auxiliary" else _("primary")
        if isinstance(value, list):
            return "、".join(value)
        return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)

    def walk(self) -> list["Said"]:
        """Return itself and everything below in document order."""
        return [self, *(one for child in self.children for one in child.walk())]

    @property
    def holder(self) -> "Said":
        """The department or position it belongs to; itself for those."""
        said = self
        while said.kind == Kind.DUTY and said.parent is not None:
            said = said.parent
        return said


def snapshots(editions: Sequence[int]) -> dict[int, dict[UUID, Said]]:
    """Return edition → uid → what it says, in document order. 2 queries, however many editions."""
    columns = ("pk", "tree_id", "parent_id", "uid", "kind", "code", "origin_uid", "origin_edition_id", *COLUMNS)
    found: dict[int, dict[UUID, Said]] = {edition: {} for edition in editions}
    by_pk: dict[int, Said] = {}
    rows = Node.tree.filter(tree_id__in=editions).order_by("tree_id", "lft").values_list(*columns)
    for pk, edition, parent, uid, kind, code, origin, origin_edition, *values in rows:
        origin_uid = UUID(origin) if origin else None
        said = Said(
            pk, uid, kind, code, origin_uid, origin_edition, dict(zip(COLUMNS, values, strict=True)) | {"functions": []}
        )
        if parent is not None:
            said.parent = by_pk[parent]
            said.parent.children.append(said)
        found[edition][uid] = by_pk[pk] = said
    links = NodeFunction.objects.filter(node__tree_id__in=editions).order_by("order")
    for pk, slug, name in links.values_list("node_id", "function__slug", "function__name"):
        by_pk[pk].values["functions"].append(slug)
        by_pk[pk].names[slug] = name
    return found
