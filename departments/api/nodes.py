"""Departments, positions and duty statements of an edition: the list, and one of them."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from departments.api.errors import READING
from departments.api.paging import Page, Part, page
from departments.api.shapes import KIND, NodeOut, NodeWhole, example
from departments.api.words import node_out, reading_of, whole_out
from departments.models.entries import Entry
from departments.reading import Reading

router = Router(tags=[_("Departments, positions, duties")])


class NodeFilter(Schema):
    """What the list of nodes is narrowed to."""

    kind: KIND | None = None
    function: str = Field("", max_length=60, description=_("The slug of a function that they serve."))
    department: str = Field("", max_length=80, description=_("The code or uid of a department in which they stand."))


NODE_EXAMPLE = {
    "uid": "0b0f6a5e-3f5c-5d8e-9a53-7a8d2f3b9c10",
    "kind": "position",
    "version": 3,
    "code": "MKT-PR-HEAD",
    "title": "公关科主任",
    "functions": ["public-relations"],
    "headcount": {"form": "number", "min": 1, "max": 1, "basis": "stated"},
    "place_basis": "stated",
    "remarks": [{"label": "任期", "text": "三年"}],
    "head": True,
    "trail": [{"kind": "department", "code": "MKT", "title": "市场部"}],
}
DEPARTMENT_EXAMPLE = {
    "uid": "3d6a1c52-90f7-5b1c-8f0e-2f64f3f1d7aa",
    "kind": "department",
    "version": 4,
    "code": "MKT-REG",
    "title": "大区推广组",
    "unit_type": "group",
    "repeats": "每个大区一个",
    "place_basis": "inferred",
    "levels": [{"level": "主管级", "headcount": {"form": "number", "min": 2, "max": 2, "basis": "stated"}}],
    "remarks": [{"label": "预算", "text": "由大区掌握"}],
    "trail": [{"kind": "department", "code": "MKT", "title": "市场部"}],
}


@router.get(
    "/designs/{slug:slug}/editions/{slug:edition}/nodes",
    response={200: Page[NodeOut], **READING},
    summary=_("List departments, positions and duties"),
    openapi_extra=example({"total": 9, "limit": 50, "offset": 0, "items": [NODE_EXAMPLE]}),
)
def nodes(request: HttpRequest, slug: str, edition: str, wanted: Query[NodeFilter], part: Query[Part]) -> Any:
    """Return the nodes in document order. 4 queries, 6 of an own design. Raises Http404, for the department too."""
    reading = reading_of(request, slug, edition)
    found = reading.outline.entries
    if wanted.department:
        place = reading.outline.find(wanted.department)
        if place is None or not place.is_department:
            raise Http404
        found = list(place.walk())[1:]
    found = [
        entry
        for entry in found
        if wanted.kind in (None, entry.kind) and (not wanted.function or wanted.function in entry.functions)
    ]
    return page(found, part, node_out(request, reading))


@router.get(
    "/designs/{slug:slug}/editions/{slug:edition}/nodes/{slug:ref}",
    response={200: NodeWhole, **READING},
    summary=_("Read a department, a position or a duty, by code or uid"),
    openapi_extra=example(NODE_EXAMPLE),
)
def node(request: HttpRequest, response: HttpResponse, slug: str, edition: str, ref: str) -> Any:
    """Return one node; its ETag is what If-Match wants. 4 queries, 6 of an own design. Raises Http404."""
    reading = reading_of(request, slug, edition)
    return tagged(request, response, reading, entry_or_404(reading, ref))


def tagged(request: HttpRequest, response: HttpResponse, reading: Reading, entry: Entry) -> NodeWhole:
    """Return a node, and put its ETag into the answer: the version, and a digest of the rest."""
    whole = NodeWhole.model_validate(whole_out(request, reading, entry))
    digest = hashlib.sha256(whole.model_dump_json().encode()).hexdigest()[:16]
    response["ETag"] = f'"{entry.version}-{digest}"'
    return whole


def entry_or_404(reading: Reading, ref: str) -> Entry:
    """Return the department or position by code or uid, or the duty by uid. Raises Http404."""
    entry = reading.outline.find(ref)
    if entry is None:
        try:
            entry = reading.outline.by_uid.get(UUID(ref))
        except ValueError:
            raise Http404 from None
    if entry is None:
        raise Http404
    return entry
