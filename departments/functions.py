"""Who does what in every design: the holders of a function, wording beside wording."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from departments.models import Design, Edition, Function, Node, NodeFunction
from departments.models.nodes import Kind


@dataclass
class Holder:
    """A department or position that has a function, with the wordings of its duties (text, weight, anchor)."""

    kind: str
    ref: str
    title: str
    trail: str
    tagged: bool = False  # the department itself is tagged
    wordings: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def auxiliary_only(self) -> bool:
        """Whether it has the function only as an auxiliary responsibility."""
        return (
            bool(self.wordings) and not self.tagged and all(weight == "auxiliary" for _t, weight, _a in self.wordings)
        )


@dataclass
class Bearing:
    """A design and its holders of a function, in document order."""

    design: Design
    holders: list[Holder]


def overview() -> list[dict[str, Any]]:
    """Return the groups of functions, each function with the number of designs in which somebody has it. 3 queries."""
    trees = list(Edition.objects.in_force().values_list("pk", flat=True))
    seen: dict[int, set[int]] = defaultdict(set)
    links = NodeFunction.objects.filter(node__tree_id__in=trees)
    for pk, tree in links.values_list("function_id", "node__tree_id").distinct():
        seen[pk].add(tree)
    functions = list(Function.objects.all())
    parts = defaultdict(list)
    for function in functions:
        parts[function.parent_id].append({"function": function, "designs": len(seen[function.pk])})
    tops = [function for function in functions if function.parent_id is None]
    return [
        {"group": top, "parts": parts[top.pk] or [{"function": top, "designs": len(seen[top.pk])}], "all": len(trees)}
        for top in tops
    ]


def bearers(function: Function) -> dict[str, Any]:
    """Return who has the function in the editions in force: `bearings` by design, and the figures. 4 queries."""
    editions = {edition.pk: edition.design for edition in Edition.objects.in_force().select_related("design")}
    tagged = Node.tree.filter(tree_id__in=list(editions), functions=function).order_by("tree_id", "lft")
    rows = list(tagged.values("tree_id", "lft", "rght", "kind", "text", "weight", "uid", "pk"))
    trees = {row["tree_id"] for row in rows}
    above: dict[int, list[dict[str, Any]]] = defaultdict(list)
    holders = Node.tree.filter(tree_id__in=trees).exclude(kind=Kind.DUTY).order_by("lft")
    for row in holders.values("tree_id", "lft", "rght", "kind", "code", "uid", "title", "frame", "pk"):
        above[row["tree_id"]].append(row)
    found: dict[int, dict[int, Holder]] = defaultdict(dict)
    for row in rows:
        trail = [h for h in above[row["tree_id"]] if h["lft"] <= row["lft"] and row["rght"] <= h["rght"]]
        place = trail[-1]
        holder = found[row["tree_id"]].setdefault(
            place["pk"],
            Holder(
                place["kind"],
                place["code"] or place["uid"].hex,
                place["title"],
                " › ".join(h["title"] for h in trail[:-1] if not h["frame"]),
            ),
        )
        if row["kind"] == Kind.DUTY:
            holder.wordings.append((row["text"], row["weight"], f"duty-{row['uid'].hex[:12]}"))
        else:
            holder.tagged = True
    bearings = [Bearing(editions[tree], list(by_pk.values())) for tree, by_pk in found.items()]
    bearings.sort(key=lambda bearing: bearing.design.name)
    by_kind = {
        kind: sum(any(holder.kind == kind for holder in bearing.holders) for bearing in bearings)
        for kind in (Kind.DEPARTMENT, Kind.POSITION)
    }
    nobody = sorted((editions[tree] for tree in editions.keys() - found.keys()), key=lambda design: design.name)
    return {
        "bearings": bearings,
        "in_departments": by_kind[Kind.DEPARTMENT],
        "in_positions": by_kind[Kind.POSITION],
        "nobody": nobody,
        "all": len(editions),
    }
