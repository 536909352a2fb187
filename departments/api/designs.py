"""Designs, their editions, and an edition whole: as the design document or as a tree."""

from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from departments.api.errors import READING, Error
from departments.api.fresh import fresh
from departments.api.paging import Page, Part, page
from departments.api.shapes import DesignOut, EditionOut, TreeOut, example
from departments.api.words import counts, designs_out, edition_out, reading_of, tree_out
from departments.documents import schema, values
from departments.documents.files import to_json
from departments.documents.writing import document
from departments.models import Classification, Design, Edition
from departments.models.facets import UNSTATED
from departments.permissions import can_see_drafts

router = Router(tags=[_("Designs and editions")])


class DesignFilter(Schema):
    """What the list of designs is narrowed to."""

    origin: values.Origin | None = None
    kind: values.DesignKind | None = None
    industries: str = Field("", max_length=40, description=_("A value of fits.industries, or unstated."))
    sizes: str = Field("", max_length=40, description=_("A value of fits.sizes, or unstated."))
    stages: str = Field("", max_length=40, description=_("A value of fits.stages, or unstated."))
    structure: str = Field("", max_length=40, description=_("A value of fits.structure, or unstated."))


DESIGN_EXAMPLE = {
    "slug": "hospital-marketing-dept",
    "name": "医院市场部",
    "name_en": "Hospital Marketing Department",
    "origin": "reference",
    "kind": "complete",
    "variant_of": None,
    "summary": "……",
    "fits": {"industries": ["healthcare"], "sizes": [], "stages": [], "structure": "functional"},
    "edition": {"number": 1, "status": "in_force", "effective_on": "2026-01-01", "counts": {"departments": 4}},
    "url": "https://org.example.org/designs/hospital-marketing-dept/",
}


@router.get(
    "/designs",
    response={200: Page[DesignOut], **READING},
    summary=_("List the designs that you may read"),
    openapi_extra=example({"total": 52, "limit": 50, "offset": 0, "items": [DESIGN_EXAMPLE]}),
)
def designs(request: HttpRequest, wanted: Query[DesignFilter], part: Query[Part]) -> Any:
    """Return designs by slug: those with an edition in force, and those with a draft that the caller may see. 5 queries."""
    found = _fitting(_visible(request), wanted).select_related("variant_of").order_by("slug")
    shown = list(found.prefetch_related("classifications")[part.offset : part.offset + part.limit])
    return page([], part, total=found.count()) | {"items": designs_out(request, shown)}


@router.get(
    "/designs/{slug:slug}",
    response={200: DesignOut, **READING},
    summary=_("Read what a design says of itself"),
    openapi_extra=example(DESIGN_EXAMPLE),
)
def design(request: HttpRequest, slug: str) -> Any:
    """Return one design. 4 queries. Raises Http404."""
    return designs_out(request, [_design_or_404(request, slug)])[0]


@router.get(
    "/designs/{slug:slug}/editions",
    response={200: Page[EditionOut], **READING},
    summary=_("List the editions of a design"),
)
def editions(request: HttpRequest, slug: str, part: Query[Part]) -> Any:
    """Return the editions, the newest first; what is on its way only for those who may see it. 5 queries. Raises Http404."""
    found = _design_or_404(request, slug)
    rows = found.editions.select_related("design").order_by("-number")
    if not can_see_drafts(request.user, found):
        rows = rows.filter(status__in=Edition.PUBLISHED)
    shown = list(rows)
    counted = counts(shown[part.offset : part.offset + part.limit])
    return page(shown, part, lambda one: edition_out(request, one, counted.get(one.pk)))


@router.get(
    "/designs/{slug:slug}/editions/{slug:edition}",
    response={200: EditionOut, **READING},
    summary=_("Read an edition: in-force, draft or a number"),
)
def edition(request: HttpRequest, slug: str, edition: str) -> Any:
    """Return one edition. 5 queries. Raises Http404."""
    found = reading_of(request, slug, edition).edition
    return edition_out(request, found, counts([found]).get(found.pk))


@router.get(
    "/designs/{slug:slug}/editions/{slug:edition}/document",
    response={200: schema.Design, 409: Error, **READING},
    by_alias=True,
    summary=_("Read an edition whole, as the design document"),
)
def design_document(request: HttpRequest, slug: str, edition: str) -> Any:
    """Return the same JSON as `manage.py export_design`. 11 queries. Raises Http404; 409 where no document can say it."""
    reading = reading_of(request, slug, edition)
    written = to_json(document(reading.edition))
    return fresh(request, HttpResponse(written, content_type="application/json; charset=utf-8"))


class TreeFilter(Schema):
    """How much of the tree is wanted."""

    start: str = Field("", max_length=80, description=_("The code or uid of the department or position to begin with."))
    depth: int = Field(30, ge=0, le=30, description=_("How many levels below it."))
    duties: Literal["yes", "no"] = Field("no", description=_("Whether duty statements stand in it too."))


@router.get(
    "/designs/{slug:slug}/editions/{slug:edition}/tree",
    response={200: TreeOut, **READING},
    summary=_("Read the tree, or a branch of it"),
)
def tree(request: HttpRequest, slug: str, edition: str, wanted: Query[TreeFilter]) -> Any:
    """Return departments and positions in their places. 4 queries. Raises Http404."""
    outline = reading_of(request, slug, edition).outline
    start = outline.find(wanted.start) if wanted.start else outline.entries[0] if outline.entries else None
    if start is None:
        raise Http404
    return tree_out(start, wanted.depth, duties=wanted.duties == "yes")


def _visible(request: HttpRequest) -> QuerySet[Design]:
    """Return the designs the caller may read. 1 query where drafts may be seen, with what `roles` and `grants` cost."""
    readable = Q(Exists(Edition.objects.in_force().filter(design=OuterRef("pk"))))
    if request.user.is_authenticated:
        own = Design.objects.own().exclude(editions__status=Edition.Status.IN_FORCE)
        readable |= Q(pk__in=[design.pk for design in own if can_see_drafts(request.user, design)])
    return Design.objects.filter(readable)


def _design_or_404(request: HttpRequest, slug: str) -> Design:
    found = Design.objects.select_related("variant_of").prefetch_related("classifications")
    design = get_object_or_404(found, slug=slug)
    published = Edition.objects.filter(design=design, status__in=Edition.PUBLISHED)
    if not can_see_drafts(request.user, design) and not published.exists():
        raise Http404
    return design


def _fitting(designs: QuerySet[Design], wanted: DesignFilter) -> QuerySet[Design]:
    asked = wanted.dict(exclude_none=True)
    for name in ("origin", "kind"):
        if name in asked:
            designs = designs.filter(**{name: asked[name]})
    for facet in ("industries", "sizes", "stages", "structure"):
        if value := asked[facet].replace("\0", ""):
            rows = Classification.objects.filter(design=OuterRef("pk"), facet=facet)
            said = ~Exists(rows) if value == UNSTATED else Exists(rows.filter(value=value))
            designs = designs.filter(said)
    return designs
