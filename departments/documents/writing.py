"""From the database to a design document."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from departments.documents import schema
from departments.documents.files import DocumentError, Fault
from departments.documents.fits import Fits
from departments.models import Design, Edition
from departments.models.entries import Entry, Line
from departments.models.nodes import Kind
from departments.models.outlines import Outline
from departments.restructuring.editions import processes_as_json

LISTS = ("industries", "sizes", "stages")


def document(edition: Edition, *, uids: bool | None = None) -> schema.Design:
    """Return the edition as a document. Costs 7 queries, whatever the size.

    `uids`: write them; by default for a company's own designs only, whose links must survive. Raises DocumentError where
    a document cannot say what the edition holds: a line is written by codes, and no code is invented for who has none.
    """
    design, outline = edition.design, Outline(edition)
    if not outline.entries:
        raise DocumentError([Fault(design.slug, "tree", _("The edition is empty."))])
    try:
        written = _document(design, outline, processes_as_json(edition), uids=uids)
    except ValidationError as error:
        faults = [
            Fault(design.slug, ".".join(map(str, e["loc"])), f"{e['msg']}: {str(e['input'])[:60]}")
            for e in error.errors(include_url=False)
        ]
        raise DocumentError(faults) from error
    return written


def _document(design: Design, outline: Outline, processes: list[dict[str, Any]], *, uids: bool | None) -> schema.Design:
    with_uids = design.origin == Design.Origin.OWN if uids is None else uids
    lines = [end for line in outline.relations for end in (line.end, None if line.superior else line.start) if end]
    if nameless := dict.fromkeys(str(entry) for entry in lines if not entry.code):
        message = _("It has no code, and a line names it.")
        raise DocumentError([Fault(design.slug, f"tree › {name}", message) for name in nameless])
    names = {entry.uid.hex: entry.code or entry.title for entry in outline.entries}
    return schema.Design(
        slug=design.slug,
        uid=design.uid if with_uids else None,
        name=design.name,
        name_en=design.name_en,
        origin=design.origin,
        kind=design.kind,
        variant_of=design.variant_of.slug if design.variant_of else None,
        summary=design.summary,
        fits=fits(design),
        strengths=design.strengths,
        challenges=design.challenges,
        principles=design.principles,
        principles_basis=design.principles_basis,
        remarks=design.remarks,
        corrections=design.corrections,
        sources=design.sources,
        tree=_node(outline.root, uids=with_uids),
        relations=[_relation(line) for line in outline.relations if not line.superior],
        processes=[_process(process, names) for process in processes],
    )


def fits(design: Design) -> Fits:
    """Return what the design suits, from its classification rows. 1 query."""
    values: dict[str, list[str]] = defaultdict(list)
    inferred = set()
    for row in design.classifications.all():
        values[row.facet].append(row.value)
        if row.inferred:
            inferred.add(row.facet)
    facets = [name for name in Fits.model_fields if name not in ("wording", "inferred")]
    chosen: dict[str, Any] = {
        name: values[name] if name in LISTS else next(iter(values[name]), None) for name in facets
    }
    return Fits(**chosen, wording=design.wording, inferred=[name for name in facets if name in inferred])


def _node(entry: Entry, *, uids: bool) -> Any:
    common: dict[str, Any] = {
        "kind": entry.kind,
        "uid": entry.uid if uids else None,
        "inferred": entry.inferred,
        "functions": entry.functions,
        "sources": entry.sources,
        "children": [_node(child, uids=uids) for child in entry.children],
    }
    if entry.kind == Kind.DUTY:
        rating = None
        if entry.rating_required is not None:
            rating = {"required": entry.rating_required, "maximum": entry.rating_maximum, "note": entry.rating_note}
        return schema.Duty(
            **common,
            section=entry.section,
            weight=entry.weight,
            aspect=entry.aspect or None,
            text=entry.text,
            measure=entry.measure,
            rating=rating,
            open_ended=entry.open_ended,
        )
    common |= {
        "code": entry.code or None,
        "title": entry.title,
        "title_en": entry.title_en,
        "aliases": entry.aliases,
        "superiors": [_superior(line) for line in entry.superiors if line.basis != "derived"],
        "headcount": _headcount(entry),
        "summary": entry.summary,
        "remarks": entry.remarks,
        "place_basis": entry.place_basis,
        "repeats": entry.repeats,
        "checked": entry.checked,
    }
    if entry.kind == Kind.POSITION:
        return schema.Position(
            **common,
            head=entry.head,
            head_form=entry.head_form,
            head_basis=entry.head_basis,
            assistant=entry.assistant,
            grade=entry.grade,
            raci=entry.raci,
        )
    return schema.Department(
        **common,
        unit_type=entry.unit_type,
        frame=entry.frame,
        levels=entry.levels,
        open_ended=entry.open_ended,
    )


def _headcount(entry: Entry) -> schema.Headcount:
    return schema.Headcount(
        form=entry.headcount_form,
        min=entry.headcount_min,
        max=entry.headcount_max,
        per=entry.headcount_per or None,
        varies_with=entry.headcount_varies_with or None,
        basis=entry.headcount_basis,
        filled=entry.headcount_filled,
    )


def _superior(line: Line) -> schema.Superior:
    return schema.Superior(
        code=line.end.code if line.end else None, outside=line.outside or None, basis=line.basis, line=line.line
    )


def _relation(line: Line) -> schema.Relation:
    return schema.Relation(
        kind=line.kind,
        start=line.start.code,
        end=line.end.code if line.end else None,
        outside=line.outside or None,
        about=line.about,
        basis=line.basis,
        line=line.line,
        sources=line.sources,
    )


def _process(process: dict[str, Any], names: dict[str, str]) -> schema.Process:
    steps = [
        {**step, "who": [names[who["node"]] if "node" in who else who["text"] for who in step["who"]]}
        for step in process["steps"]
    ]
    said = {key: value for key, value in process.items() if key not in ("number", "origin")}
    return schema.Process(**said | {"steps": steps})
