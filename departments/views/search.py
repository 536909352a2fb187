"""/search/: what holds the words typed, in every design or in one; /search/suggestions/: the best of it while typing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.models import Design, Edition, Function, SearchEntry, Section
from departments.models.outlines import Outline
from departments.search import Filters, Query, Results, find, find_in, suggest
from departments.standard import Standard, standard_of
from departments.views.reading import Reading, reading_or_404

MOST_LETTERS = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what fits the words typed, grouped by kind and narrowed by the filters. 4 queries; 2 where nothing was asked.

    It opens on our organisation where one is named, and answers there who does it under whom, for 3 queries more.
    A draft or a past edition (`design=slug/draft`) is searched for those who may see it. Raises Http404, PermissionDenied.
    """
    query, address = _query(request), request.GET.get("design", "")
    editions = list(Edition.objects.in_force().with_organisation().order_by("design__name"))
    ours = next((edition for edition in editions if edition.is_ours), None)
    opens_on_ours = ours is not None and not {"design", "origin"} & request.GET.keys()
    if ours and opens_on_ours:
        address = ours.design.slug
    functions = list(Function.objects.filter(parent__isnull=False).select_related("parent"))
    designs = [edition.design for edition in editions]
    filters = Filters(
        kind=_one_of(request, "kind", SearchEntry.Kind.values),
        design=address.partition("/")[0],
        origin=_one_of(request, "origin", Design.Origin.values),
        function=_one_of(request, "function", [function.slug for function in functions]),
        section=_one_of(request, "section", Section.values),
    )
    page = _page(request)
    results = _results(request, query, filters, page, address)
    reading = _answer(request, results, ours) if ours and address == ours.design.slug else None
    context: dict[str, Any] = {
        "q": query.text,
        "query": results.query,  # of a question what it is about: that is marked
        "filters": filters,
        "address": address,
        "results": results,
        "page": page,
        "posts": _posts(results),
        "functions": functions,
        "kinds": SearchEntry.Kind.choices,
        "sections": Section.choices,
        "own": [design for design in designs if design.origin == Design.Origin.OWN],
        "reference": [design for design in designs if design.origin == Design.Origin.REFERENCE],
        "here": _without(request, "page"),
        "of_all_kinds": _without(request, "page", "kind"),
        "ours": ours,
        "opens_on_ours": opens_on_ours,
        "reading": reading,
    }
    return TemplateResponse(request, "search/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return the options for what is typed so far, as the list's inside. 2 queries."""
    query = _query(request)
    address = request.GET.get("design", "")
    results = _results(request, query, Filters(design=address.partition("/")[0]), 1, address)
    return TemplateResponse(request, "search/suggestions.html", {"query": results.query, "hits": suggest(results)})


def _posts(results: Results) -> list[Standard]:
    """Return the posts that the positions shown are of, for seeing them in every design."""
    titles = [hit.title for group in results.groups if group.kind == SearchEntry.Kind.POSITION for hit in group.hits]
    return list(dict.fromkeys(found for title in titles if (found := standard_of(title)) is not None))


def _query(request: HttpRequest) -> Query:
    return Query.of(request.GET.get("q", "").strip()[:MOST_LETTERS])


def _results(request: HttpRequest, query: Query, filters: Filters, page: int, address: str) -> Results:
    if "/" in address:
        reading = reading_or_404(address, request.user)
        return find_in(reading.outline, address, query, filters)
    return find(query, filters, page=page)


def _answer(request: HttpRequest, results: Results, ours: Edition) -> Reading | None:
    """Give every hit the place that has it, so that the page can say its department and superior. 3 queries if any."""
    hits = [hit for group in results.groups for hit in group.hits]
    if not hits:
        return None
    reading = Reading(ours.design, ours, Outline(ours), ours.design.slug, request.user)
    for hit in hits:
        hit.bearer = reading.outline.find(hit.ref) if hit.ref else None
    return reading


def _one_of(request: HttpRequest, name: str, values: list[str]) -> str:
    """Return what the address says, where that is one of the values."""
    value = request.GET.get(name, "")
    return value if value in values else ""


def _page(request: HttpRequest) -> int:
    number = request.GET.get("page", "")
    return max(1, min(int(number), 10_000)) if number.isdecimal() and number.isascii() else 1


def _without(request: HttpRequest, *names: str) -> str:
    """Return the address's query without some parts, so that a link can add them anew."""
    parts = request.GET.copy()
    for name in names:
        parts.pop(name, None)
    return parts.urlencode()
