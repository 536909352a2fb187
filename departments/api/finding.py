"""Finding: the search, who does what, and what two structures do differently."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from departments.api.errors import READING
from departments.api.paging import Page, Part, page
from departments.api.shapes import NodeRef, example
from departments.api.words import IN_FORCE, reading_of, ref_out
from departments.comparison.diff import compare
from departments.comparison.verdicts import Row
from departments.documents import values
from departments.functions import Bearing, bearers, overview
from departments.models import Function, SearchEntry
from departments.models.entries import Entry
from departments.reading import Reading
from departments.search import Filters, find, find_in
from departments.search import Query as Words

router = Router(tags=[_("Finding and comparing")])


class Hit(Schema):
    """Something found."""

    kind: str
    design: str | None
    title: str
    title_en: str
    context: str = Field(description=_("Where it stands."))
    ref: str = Field(description=_("The code or uid of the department or position; the slug of a function."))
    url: str


class Found(Schema):
    """The hits of one kind, the best first."""

    kind: str
    total: int
    items: list[Hit]


class SearchOut(Schema):
    """What was found: the kind with the best hit first."""

    near: bool = Field(description=_("Nothing fits; this comes nearest."))
    groups: list[Found]


class SearchFilter(Schema):
    """What is looked for, and what it is narrowed to."""

    q: str = Field(min_length=1, max_length=100, description=_("Words, pinyin or initials."), examples=["品牌"])
    kind: Literal["", "design", "department", "position", "function", "topic", "duty"] = Field(
        "", description=_("One kind alone comes in parts of 50.")
    )
    part: int = Field(1, ge=1, le=10_000, description=_("Which part, of one kind alone."))
    design: str = Field("", max_length=80, description=_("The slug of the design to search."))
    edition: str = Field(IN_FORCE, max_length=20, description=_("in-force, draft or a number, with design."))
    origin: Literal["", values.Origin] = ""
    function: str = Field("", max_length=60, description=_("The slug of a function that they serve."))


@router.get(
    "/search",
    response={200: SearchOut, **READING},
    summary=_("Search titles and duties"),
    openapi_extra=example(
        {
            "near": False,
            "groups": [{"kind": "department", "total": 14, "items": [{"title": "品牌部", "design": "lean-startup"}]}],
        }
    ),
)
def search(request: HttpRequest, wanted: Query[SearchFilter]) -> Any:
    """Return what fits, as the search page does. 2–3 queries, 4 in a draft or past edition. Raises Http404."""
    asked = wanted.dict()
    query = Words.of(asked["q"].replace("\0", "").strip())
    names = ("kind", "design", "origin", "function")
    filters = Filters(**{name: asked[name].replace("\0", "") for name in names})
    if wanted.design and wanted.edition != IN_FORCE:
        reading = reading_of(request, filters.design, wanted.edition)
        results = find_in(reading.outline, reading.address, query, filters)
    else:
        results = find(query, filters, page=wanted.part)
    site = request.build_absolute_uri("/")[:-1]
    groups = [
        {"kind": group.kind, "total": group.total, "items": [_hit(site, hit) for hit in group.hits]}
        for group in results.groups
    ]
    return {"near": results.near, "groups": groups}


def _hit(site: str, hit: SearchEntry) -> dict[str, Any]:
    said = {name: getattr(hit, name) for name in ("kind", "title", "title_en", "context", "ref")}
    return {**said, "design": hit.design.slug if hit.design else None, "url": site + hit.get_absolute_url()}


class FunctionOut(Schema):
    """A marketing function, and in how many designs somebody has it."""

    slug: str
    name: str
    name_en: str
    definition: str
    group: str | None = Field(description=_("The slug of the group it stands in."))
    designs: int


@router.get("/functions", response={200: Page[FunctionOut], **READING}, summary=_("List the functions"))
def functions(request: HttpRequest, part: Query[Part]) -> Any:
    """Return the functions in their order. 3 queries, 4 with an organisation."""
    found = [
        {
            **{name: getattr(one["function"], name) for name in ("slug", "name", "name_en", "definition")},
            "group": group["group"].slug if one["function"] is not group["group"] else None,
            "designs": one["designs"],
        }
        for group in overview()["groups"]
        for one in group["parts"]
    ]
    return page(found, part)


class HolderOut(Schema):
    """A department or position that has a function, and the wordings of its duties."""

    kind: str
    ref: str
    title: str
    trail: str
    wordings: list[str]


class BearingOut(Schema):
    """A design, and who has the function there; empty where nobody has it."""

    design: str
    name: str
    ours: bool = Field(description=_("Whether it is our organisation."))
    holders: list[HolderOut]


@router.get(
    "/functions/{slug:slug}",
    response={200: Page[BearingOut], **READING},
    summary=_("Read who does it, design by design"),
    openapi_extra=example(
        {
            "total": 40,
            "limit": 50,
            "offset": 0,
            "items": [{"design": "hospital-marketing-dept", "holders": [{"kind": "department", "title": "公关科"}]}],
        }
    ),
)
def function(request: HttpRequest, slug: str, part: Query[Part]) -> Any:
    """Return who has a function: our organisation first, then by the name of the design. 5 queries. Raises Http404."""
    found = bearers(get_object_or_404(Function, slug=slug, parts__isnull=True))
    bearings = [one for one in (found["bearing"], *found["bearings"]) if one is not None]
    return page(bearings, part, lambda one: _bearing(one, ours=one is found["bearing"]))


def _bearing(bearing: Bearing, *, ours: bool) -> dict[str, Any]:
    holders = [
        {
            **{name: getattr(holder, name) for name in ("kind", "ref", "title", "trail")},
            "wordings": [text for text, _weight, _anchor in holder.wordings],
        }
        for holder in bearing.holders
    ]
    return {"design": bearing.design.slug, "name": bearing.design.name, "ours": ours, "holders": holders}


class Pair(Schema):
    """What became of a duty between the two sides."""

    verdict: Literal["kept", "reworded", "moved", "merged", "split", "only-left", "only-right"]
    left: list[NodeRef]
    right: list[NodeRef]


class ComparisonOut(Page[Pair]):
    """The duty diff: how many rows have each verdict, `questions` that are open, whether one side seems made from the other."""

    counts: dict[str, int]
    questions: int
    akin: bool


class Sides(Schema):
    """The two structures."""

    a: str = Field(min_length=1, max_length=120, description=_("A design's slug, slug/draft or slug/editions/2."))
    b: str = Field(min_length=1, max_length=120, description=_("A design's slug, slug/draft or slug/editions/2."))
    a_from: str = Field(
        "", max_length=80, description=_("The code or uid of the department or position to begin with.")
    )
    b_from: str = Field(
        "", max_length=80, description=_("The code or uid of the department or position to begin with.")
    )


@router.get(
    "/comparison",
    response={200: ComparisonOut, **READING},
    summary=_("Compare what two designs or departments do"),
)
def comparison(request: HttpRequest, sides: Query[Sides], part: Query[Part]) -> Any:
    """Return what became of every duty. 8 queries. Raises Http404."""
    left, one = _side(request, sides.a, sides.a_from)
    right, other = _side(request, sides.b, sides.b_from)
    diff = compare(one, other, same_design=left.design == right.design)
    return {
        **page(diff.rows, part, _pair),
        "counts": {str(verdict): number for verdict, number in diff.counts.items()},
        "questions": len(diff.questions),
        "akin": diff.akin,
    }


def _side(request: HttpRequest, address: str, ref: str) -> tuple[Reading, Entry]:
    slug, _slash, which = address.replace("\0", "").partition("/")
    reading = reading_of(request, slug, which.removeprefix("editions/") or IN_FORCE)
    scope = reading.outline.find(ref) if ref else reading.outline.root
    if scope is None:
        raise Http404
    return reading, scope


def _pair(row: Row) -> dict[str, Any]:
    return {
        "verdict": str(row.verdict),
        "left": [ref_out(entry) for entry in row.left],
        "right": [ref_out(entry) for entry in row.right],
    }
