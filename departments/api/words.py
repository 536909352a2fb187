"""From what is read to what is answered: editions, designs and nodes as the shapes say. No query but those named."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest
from django.urls import reverse

from departments.documents.writing import fits
from departments.models import Design, Edition, Kind, Node, Section
from departments.models.entries import Entry, Line
from departments.models.outlines import Outline
from departments.reading import DRAFT, Reading, reading_or_404

IN_FORCE = "in-force"  # what stands in an address for the edition in force


def reading_of(
    request: HttpRequest, slug: str, edition: str, outline: Callable[[Edition], Outline] = Outline
) -> Reading:
    """Return the edition an address names: `in-force`, `draft` or a number. Costs and raises as `reading_or_404`."""
    names = {IN_FORCE: slug, DRAFT: f"{slug}/{DRAFT}"}
    if edition not in names and not (edition.isascii() and edition.isdecimal() and len(edition) < 10):
        raise Http404
    return reading_or_404(names.get(edition, f"{slug}/editions/{edition}"), request.user, outline=outline)


def counts(editions: Iterable[Edition]) -> dict[int, dict[str, int]]:
    """Return what each edition holds, by primary key. 1 query."""
    duty = Q(kind=Kind.DUTY, section=Section.RESPONSIBILITY, weight="primary", rght=F("lft") + 1)
    rows = Node.tree.filter(tree_id__in=[edition.pk for edition in editions]).order_by().values("tree_id")
    counted = rows.annotate(
        departments=Count("pk", filter=Q(kind=Kind.DEPARTMENT, frame=False)),
        positions=Count("pk", filter=Q(kind=Kind.POSITION)),
        duties=Count("pk", filter=duty),
    )
    return {row.pop("tree_id"): row for row in counted}


def edition_out(request: HttpRequest, edition: Edition, counted: dict[str, int] | None) -> dict[str, Any]:
    """Return an edition."""
    slug = edition.design.slug
    address = slug if edition.status == Edition.Status.IN_FORCE else f"{slug}/editions/{edition.number}"
    return {
        "number": edition.number,
        "status": edition.status,
        "effective_on": edition.effective_on,
        "created_at": edition.created_at,
        "counts": counted or {"departments": 0, "positions": 0, "duties": 0},
        "url": request.build_absolute_uri(reverse("design", args=[address])),
    }


def designs_out(request: HttpRequest, designs: list[Design]) -> list[dict[str, Any]]:
    """Return designs, which were read with their classifications and the design each is a variant of. 2 queries."""
    editions = Edition.objects.in_force().filter(design__in=designs).select_related("design")
    in_force = {edition.design_id: edition for edition in editions}
    counted = counts(in_force.values())
    return [
        {
            **{name: getattr(design, name) for name in ("slug", "name", "name_en", "origin", "kind", "summary")},
            "variant_of": design.variant_of.slug if design.variant_of else None,
            "fits": fits(design),
            "edition": edition_out(request, edition, counted.get(edition.pk)) if edition else None,
            "url": request.build_absolute_uri(design.get_absolute_url()),
        }
        for design in designs
        for edition in [in_force.get(design.pk)]
    ]


PLAIN = (
    "uid", "kind", "version", "code", "title", "title_en", "aliases", "summary", "functions", "inferred", "frame",
    "unit_type", "repeats", "place_basis", "remarks",
    "head", "head_form", "assistant", "grade", "section", "weight", "aspect", "text", "measure",
)  # fmt: skip
HEADCOUNT = ("form", "min", "max", "per", "varies_with", "basis", "filled")


def node_out(request: HttpRequest, reading: Reading) -> Callable[[Entry], dict[str, Any]]:
    """Return what makes an entry of the edition read into an answer. 1–2 queries for an own design's holders."""
    site = f"{request.scheme}://{request.get_host()}"
    held = reading.holders_carried

    def make(entry: Entry) -> dict[str, Any]:
        headcount = entry.headcount
        return {
            **{name: getattr(entry, name) for name in PLAIN},
            "headcount": None if entry.is_duty else {name: getattr(headcount, name) for name in HEADCOUNT},
            "levels": [level_out(one) for one in entry.levels],
            "parent": entry.parent.uid if entry.parent else None,
            "trail": [ref_out(above) for above in entry.trail],
            "holders": held.get(entry.uid, []),
            "url": site + (reading.home if entry.holder.frame else reading.entry_url(entry)),
        }

    return make


def whole_out(request: HttpRequest, reading: Reading, entry: Entry) -> dict[str, Any]:
    """Return an entry with its lines and what stands directly below it. Costs what `node_out` does."""
    return {
        **node_out(request, reading)(entry),
        "superiors": [line_out(line) for line in entry.superiors],
        "lines": [line_out(line) for line in entry.relations_out if not line.superior],
        "children": [ref_out(child) for child in entry.children],
    }


def level_out(level: dict[str, Any]) -> dict[str, Any]:
    """Return the headcount of a level; what it does not say is null, words are empty."""
    said = {**dict.fromkeys(HEADCOUNT), **level["headcount"]}
    words = {name: said[name] or "" for name in ("form", "per", "varies_with", "basis")}
    return {"level": level["level"], "headcount": {**said, **words}}


def ref_out(entry: Entry) -> dict[str, Any]:
    """Return an entry by name."""
    return {"uid": entry.uid, "kind": entry.kind, "code": entry.code, "title": str(entry)}


def line_out(line: Line) -> dict[str, Any]:
    """Return a line, seen from where it starts."""
    said = {name: getattr(line, name) for name in ("kind", "outside", "basis", "line", "about")}
    return {**said, "to": ref_out(line.end) if line.end else None}


def tree_out(entry: Entry, depth: int, *, duties: bool) -> dict[str, Any]:
    """Return the branch down to so many levels below the entry."""
    below = [child for child in entry.children if duties or not child.is_duty] if depth else []
    return {
        **ref_out(entry),
        "frame": entry.frame,
        "head": entry.head,
        "children": [tree_out(child, depth - 1, duties=duties) for child in below],
    }
