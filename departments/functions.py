"""Who does what in every design: the holders of a function, wording beside wording."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from departments.models import Design, Edition, Function, Node, NodeFunction, Section
from departments.models.entries import Entry
from departments.models.nodes import Kind
from departments.models.outlines import Outline

STRENGTH = ("primary", "remit", "auxiliary")


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

    edition: Edition
    holders: list[Holder]

    @property
    def design(self) -> Design:
        """The design."""
        return self.edition.design


def overview() -> dict[str, Any]:
    """Return the groups of functions, each function with the number of designs in which somebody has it. 3 queries.

    `ours`: the edition of our organisation, if one is named, which is not counted among the others.
    """
    editions = list(Edition.objects.in_force().with_organisation())
    ours = next((edition for edition in editions if edition.is_ours), None)
    trees = [edition.pk for edition in editions if edition is not ours]
    seen: dict[int, set[int]] = defaultdict(set)
    links = NodeFunction.objects.filter(node__tree_id__in=trees)
    for pk, tree in links.values_list("function_id", "node__tree_id").distinct():
        seen[pk].add(tree)
    functions = list(Function.objects.all())
    parts = defaultdict(list)
    for function in functions:
        parts[function.parent_id].append({"function": function, "designs": len(seen[function.pk])})
    tops = [function for function in functions if function.parent_id is None]
    groups = [
        {"group": top, "parts": parts[top.pk] or [{"function": top, "designs": len(seen[top.pk])}], "all": len(trees)}
        for top in tops
    ]
    return {"groups": groups, "ours": ours, "functions": functions}


def whose(outline: Outline) -> dict[str, list[tuple[Entry, str]]]:
    """Return slug → who has the function in one edition, and how (primary, remit, auxiliary), the strongest first. No query."""
    found: dict[str, dict[Entry, str]] = defaultdict(dict)
    for entry in outline.entries:
        if entry.is_duty and not (entry.section == Section.RESPONSIBILITY and entry.is_leaf):
            continue
        how = entry.weight if entry.is_duty else "remit"
        for slug in entry.functions:
            held = found[slug]
            held[entry.holder] = min(held.get(entry.holder, how), how, key=STRENGTH.index)
    return {slug: sorted(held.items(), key=lambda one: STRENGTH.index(one[1])) for slug, held in found.items()}


def bearers(function: Function) -> dict[str, Any]:
    """Return who has the function in the editions in force: `bearings` by design, and the figures. 4 queries.

    `bearing`: that of our organisation, if one is named (`ours`), which is not among the others.
    """
    editions = {edition.pk: edition for edition in Edition.objects.in_force().with_organisation()}
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
    ours = next((edition for edition in editions.values() if edition.is_ours), None)
    others = [bearing for bearing in bearings if bearing.edition is not ours]
    by_kind = {
        kind: sum(any(holder.kind == kind for holder in bearing.holders) for bearing in others)
        for kind in (Kind.DEPARTMENT, Kind.POSITION)
    }
    lacking = [edition.design for pk, edition in editions.items() if pk not in found and edition is not ours]
    return {
        "ours": ours,
        "bearing": next((bearing for bearing in bearings if bearing.edition is ours), None),
        "bearings": others,
        "in_departments": by_kind[Kind.DEPARTMENT],
        "in_positions": by_kind[Kind.POSITION],
        "nobody": sorted(lacking, key=lambda design: design.name),
    }
