"""/library/: the reference designs, filtered by what they suit."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.formats.mini_tree import mini_tree
from departments.models import Design, Edition, Node
from departments.models.facets import CHOICES, STRUCTURE_NOTES, UNSTATED, label
from departments.models.nodes import Kind

FACETS = ("industries", "sizes", "stages", "structure")


@dataclass
class Card:
    """A design in the list: its figures, a drawing of its tree, and its variants folded under it."""

    design: Design
    departments: int = 0
    positions: int = 0
    duties: int = 0
    drawing: str = ""
    tags: list[str] = field(default_factory=list)
    variants: list["Card"] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how many designs it finds beside the other filters' choices."""

    value: str
    label: str
    count: int
    chosen: bool


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show the designs that fit the filters; 6 queries, whatever the number of designs."""
    chosen = {name: request.GET.get(name, "") for name in (*FACETS, "kind")}
    designs = list(Design.objects.reference().readable().prefetch_related("classifications"))
    found = [design for design in designs if _fits(design, chosen)]
    cards = cards_of(found)
    filters = [_filter(facet, designs, chosen) for facet in (*FACETS, "kind")]
    context = {"cards": _folded(cards), "found": len(found), "all": len(designs), "filters": filters}
    context["filtered"] = any(chosen.values())
    if request.GET.get("by") == "structure":
        context["groups"] = _by_structure(cards)
    return TemplateResponse(request, "library/library.html", context)


def _by_structure(cards: list[Card]) -> list[dict[str, Any]]:
    """Return the cards under their structure types, each type with what it means; variants stand by themselves."""
    groups = []
    for structure, note in STRUCTURE_NOTES.items():
        found = [card for card in cards if structure in _values(card.design, "structure")]
        if found:
            groups.append({"value": structure, "label": label("structure", structure), "note": note, "cards": found})
    return groups


def cards_of(designs: list[Design]) -> list[Card]:
    """Return a card a design, in order. 2 queries."""
    editions = dict(Edition.objects.in_force().filter(design__in=designs).values_list("pk", "design_id"))
    cards = {design.pk: Card(design, tags=_tags(design)) for design in designs}
    shapes: dict[int, list[tuple[int, str]]] = defaultdict(list)
    nodes = Node.tree.filter(tree_id__in=list(editions)).order_by("tree_id", "lft")
    for tree, level, kind, frame, lft, rght, section, weight in nodes.values_list(
        "tree_id", "level", "kind", "frame", "lft", "rght", "section", "weight"
    ):
        card = cards[editions[tree]]
        if kind == Kind.DUTY:
            card.duties += section == "responsibility" and weight == "primary" and rght == lft + 1
            continue
        shapes[card.design.pk].append((level, kind))
        if kind == Kind.POSITION:
            card.positions += 1
        else:
            card.departments += not frame
    for pk, card in cards.items():
        card.drawing = mini_tree(shapes[pk])
    return list(cards.values())


def _tags(design: Design) -> list[str]:
    """Return what it is found by: structure, then industry and size where they say more than 不限."""
    rows: dict[str, list[str]] = {facet: [] for facet in FACETS}
    for row in design.classifications.all():
        if row.facet in rows and row.value != "any":
            rows[row.facet].append(str(label(row.facet, row.value)))
    return [*rows["structure"], *rows["industries"], *rows["sizes"]][:4]


def _values(design: Design, facet: str) -> set[str]:
    if facet == "kind":
        return {design.kind}
    return {row.value for row in design.classifications.all() if row.facet == facet} or {UNSTATED}


def _fits(design: Design, chosen: dict[str, str], *, but: str = "") -> bool:
    return all(not value or value in _values(design, facet) for facet, value in chosen.items() if facet != but)


def _filter(facet: str, designs: list[Design], chosen: dict[str, str]) -> dict[str, object]:
    labels = dict(Design.Kind.choices if facet == "kind" else CHOICES[facet].choices)
    labels[UNSTATED] = label("sizes", UNSTATED)
    within = [_values(design, facet) for design in designs if _fits(design, chosen, but=facet)]
    counts = {value: sum(value in values for values in within) for value in labels}
    choices = [
        Choice(value, str(text), counts[value], chosen[facet] == value)
        for value, text in labels.items()
        if counts[value] or chosen[facet] == value
    ]
    return {"name": facet, "choices": choices, "chosen": chosen[facet]}


def _folded(cards: list[Card]) -> list[Card]:
    """Put variants under the design they belong to, where that one is in the list."""
    by_pk = {card.design.pk: card for card in cards}
    top: list[Card] = []
    for card in cards:
        owner = by_pk.get(card.design.variant_of_id or 0)
        (owner.variants if owner else top).append(card)
    return top
