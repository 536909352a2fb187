"""A whole edition in memory: the tree, its reporting lines and relations, read as tuples in document order.

Pages, charts, booklets, comparison and the design document all read an edition as a whole. Tuples grouped by parent cost
a third of mptt's cached trees (benchmarks/trees.py), and what is asked of an outline afterwards costs no query.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import SimpleLazyObject

from departments.models.designs import Design, Edition
from departments.models.entries import NAMES, Counts, Entry, Line
from departments.models.nodes import Kind, Node, NodeFunction
from departments.models.relations import Relation

UID = re.compile("[0-9a-f]{32}")
LINK = ("node_id", "function__slug", "function__name", "function__name_en")


class Outline:
    """An edition's tree in memory. Costs 3 queries: nodes, functions, relations; nothing afterwards."""

    def __init__(self, edition: Edition):
        self.edition = edition
        rows = Node.tree.filter(tree_id=edition.pk).order_by("lft").values_list(*NAMES)
        links = NodeFunction.objects.filter(node__tree_id=edition.pk).order_by("order").values_list(*LINK)
        self._assemble(rows, links, Relation.objects.filter(edition=edition).values())

    @classmethod
    def later(cls, edition: Edition) -> "Outline":
        """Return the outline, which is read when something is first asked of it. No query, 3 then."""
        return cast("Outline", SimpleLazyObject(partial(cls, edition)))

    @classmethod
    def of(cls, editions: Iterable[Edition]) -> "list[Outline]":
        """Return the outlines of several editions, in their order. 3 queries, whatever the number."""
        given = {edition.pk: edition for edition in editions}
        rows = _by_tree(Node.tree.filter(tree_id__in=given).order_by("lft"), "tree_id", *NAMES)
        links = NodeFunction.objects.filter(node__tree_id__in=given).order_by("order")
        linked = _by_tree(links, "node__tree_id", *LINK)
        lines = _by_edition(Relation.objects.filter(edition__in=given))
        return [cls._made(edition, rows[pk], linked[pk], lines[pk]) for pk, edition in given.items()]

    @classmethod
    def blank(cls, title: str) -> "Outline":
        """Return the outline of a design that is yet to be made: one department of that name. No query."""
        root = Node(kind=Kind.DEPARTMENT, title=title, lft=1, rght=2, level=0)
        return cls._made(Edition(design=Design(name=title)), [[getattr(root, name) for name in NAMES]], (), ())

    @classmethod
    def _made(
        cls,
        edition: Edition,
        rows: Iterable[Sequence[Any]],
        links: Iterable[Sequence[Any]],
        relations: Iterable[Mapping[str, Any]],
    ) -> "Outline":
        outline = cls.__new__(cls)
        outline.edition = edition
        outline._assemble(rows, links, relations)  # noqa: SLF001  # its own class
        return outline

    @classmethod
    def near(cls, edition: Edition, ref: str = "") -> "Outline":
        """Return the outline with all departments and positions, but of the statements only the one with that uid, with
        what it stands under and what stands below it. 3 queries, 5 for a statement.
        """
        node = Node.tree.filter(edition=edition, uid=ref, kind=Kind.DUTY).first() if UID.fullmatch(ref) else None
        branches = [(edition.pk, 0, 0)]
        if node is not None:
            above = Node.tree.filter(tree_id=edition.pk, lft__lte=node.lft, rght__gte=node.rght, kind=Kind.DUTY)
            branches = [above.order_by("lft").values_list("tree_id", "lft", "rght")[0]]
        rows = _inside(Node.tree.filter(tree_id=edition.pk), branches).order_by("lft").values_list(*NAMES)
        links = _inside(NodeFunction.objects.filter(node__tree_id=edition.pk), branches, "node__").order_by("order")
        lines = Relation.objects.filter(edition=edition).exclude(start__kind=Kind.DUTY).exclude(end__kind=Kind.DUTY)
        return cls._made(edition, rows, links.values_list(*LINK), lines.values())

    @classmethod
    def around(cls, branches: Sequence[tuple[int, int, int]]) -> "dict[int, Outline]":
        """Return the outlines of several editions by pk, each with all departments and positions, but with the duties of
        the given branches (tree, lft, rght) only. 4 queries, whatever the number; none for no branches.
        """
        trees = sorted({tree for tree, _lft, _rght in branches})
        if not trees:
            return {}
        rows = _by_tree(_inside(Node.tree.filter(tree_id__in=trees), branches).order_by("lft"), "tree_id", *NAMES)
        links = NodeFunction.objects.filter(node__tree_id__in=trees)
        linked = _by_tree(_inside(links, branches, "node__").order_by("order"), "node__tree_id", *LINK)
        ends = Q(end=None) | ~Q(end__kind=Kind.DUTY)
        lines = _by_edition(Relation.objects.filter(ends, edition__in=trees).exclude(start__kind=Kind.DUTY))
        editions = Edition.objects.filter(pk__in=trees).select_related("design")
        return {one.pk: cls._made(one, rows[one.pk], linked[one.pk], lines[one.pk]) for one in editions}

    def _assemble(
        self, rows: Iterable[Sequence[Any]], links: Iterable[Sequence[Any]], relations: Iterable[Mapping[str, Any]]
    ) -> None:
        self.entries = [Entry(*row) for row in rows]
        self._by_pk = {entry.pk: entry for entry in self.entries}
        for entry in self.entries:
            if entry.parent_pk is not None:
                entry.parent = self._by_pk[entry.parent_pk]
                entry.parent.children.append(entry)
        self.function_names: dict[str, tuple[str, str]] = {}
        for node, slug, *names in links:
            self._by_pk[node].functions.append(slug)
            self.function_names[slug] = (names[0], names[1])
        # Who holds each position: no part of the edition. Whoever hands it out sets it, for those who may see it.
        self.holders: Mapping[UUID, list[str]] = {}
        self.relations = [self._line(row) for row in relations]

    def _line(self, row: Mapping[str, Any]) -> Line:
        end = self._by_pk.get(row["end_id"])
        line = Line(
            row["uid"],
            row["kind"],
            self._by_pk[row["start_id"]],
            end,
            row["outside"],
            row["superior"],
            row["about"],
            row["basis"],
            row["line"],
            row["sources"],
        )
        line.start.relations_out.append(line)
        if end:
            end.relations_in.append(line)
        return line

    @property
    def root(self) -> Entry:
        """The root. Raises IndexError for an edition without nodes."""
        return self.entries[0]

    @cached_property
    def by_ref(self) -> dict[str, Entry]:
        """Departments and positions by code (lower case) and by uid."""
        refs: dict[str, Entry] = {}
        for entry in self.entries:
            if not entry.is_duty:
                refs[entry.uid.hex] = entry
                if entry.code:
                    refs[entry.code.lower()] = entry
        return refs

    def sources_of(self, entry: Entry, default: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the nearest citations upwards, above the root the default; what a company wrote itself has its own only."""
        own = self.edition.design.origin == Design.Origin.OWN
        at: Entry | None = entry
        while at is not None:
            if at.sources or (own and not at.origin_uid):
                return at.sources
            at = at.parent
        return default

    def find(self, ref: str) -> Entry | None:
        """Return the department or position with that code (in any case) or uid."""
        return self.by_ref.get(ref.lower())

    @cached_property
    def by_uid(self) -> dict[UUID, Entry]:
        """Every entry by uid."""
        return {entry.uid: entry for entry in self.entries}

    @property
    def departments(self) -> list[Entry]:
        """All departments in document order, without frames."""
        return [entry for entry in self.entries if entry.is_department and not entry.frame]

    @property
    def positions(self) -> list[Entry]:
        """All positions in document order."""
        return [entry for entry in self.entries if entry.is_position]

    @cached_property
    def counts(self) -> Counts:
        """The edition's figures."""
        return Counts(
            departments=len(self.departments),
            positions=len(self.positions),
            duties=sum(entry.counts_as_duty for entry in self.entries),
            auxiliary=sum(entry.is_duty and entry.is_leaf and entry.weight == "auxiliary" for entry in self.entries),
        )

    @cached_property
    def subordinates(self) -> dict[Entry, list[Line]]:
        """For each superior the lines that end there, derived ones included, in document order."""
        found: dict[Entry, list[Line]] = defaultdict(list)
        for entry in self.entries:
            for line in [] if entry.is_duty else entry.superiors:
                if line.end is not None:
                    found[line.end].append(line)
        return found


def _inside(rows: "QuerySet[Any]", branches: Sequence[tuple[int, int, int]], node: str = "") -> "QuerySet[Any]":
    """Return the rows of departments and positions, and those of duties inside the branches (tree, lft, rght)."""
    wanted = ~Q(**{f"{node}kind": Kind.DUTY})
    for tree, lft, rght in branches:
        wanted |= Q(**{f"{node}tree_id": tree, f"{node}lft__gte": lft, f"{node}rght__lte": rght})
    return rows.filter(wanted)


def _by_tree(rows: "QuerySet[Any]", tree: str, *columns: str) -> dict[int, list[Sequence[Any]]]:
    found: dict[int, list[Sequence[Any]]] = defaultdict(list)
    for one, *row in rows.values_list(tree, *columns):
        found[one].append(row)
    return found


def _by_edition(relations: "QuerySet[Relation]") -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for line in relations.values():
        found[line["edition_id"]].append(line)
    return found
