"""Finding: the best of each kind in one pass over the table, then the rows that are shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import Length, RowNumber
from django.utils.functional import Promise

from departments.models import Design, SearchEntry
from departments.models.outlines import Outline
from departments.search.entries import rows_of
from departments.search.normal import key
from departments.search.pairs import with_pairs
from departments.search.query import Query

Kind = SearchEntry.Kind
SHOWN = 10  # of each kind side by side
PAGE = 50  # of one kind alone
SUGGESTED = 8
KINDS = {kind: at for at, kind in enumerate(Kind.values)}


@dataclass(frozen=True)
class Filters:
    """What a search is narrowed to; empty: to nothing."""

    kind: str = ""
    design: str = ""  # the slug
    origin: str = ""
    function: str = ""
    section: str = ""

    def __bool__(self) -> bool:
        return any((self.kind, self.design, self.origin, self.function, self.section))

    @property
    def condition(self) -> Q:
        """What rows must be."""
        found = Q(kind=self.kind) if self.kind else Q()
        if self.design:
            found &= Q(design__slug=self.design)
        if self.origin:
            found &= Q(design__origin=self.origin)
        if self.function:
            found &= Q(functions__contains=f" {self.function} ")
        if self.section:
            found &= Q(section=self.section)
        return found

    def pass_row(self, row: SearchEntry) -> bool:
        """Whether a row of the design passes; see also `condition`."""
        return (
            self.kind in ("", row.kind)
            and (not self.function or f" {self.function} " in row.functions)
            and self.section in ("", row.section)
        )


@dataclass
class Group:
    """The hits of one kind that are shown, the best first, and how many there are in all."""

    kind: str
    total: int
    first: int = 1
    hits: list[SearchEntry] = field(default_factory=list)

    @property
    def label(self) -> str | Promise:
        """The kind in words."""
        return Kind(self.kind).label

    @property
    def more(self) -> int:
        """How many are not shown after these."""
        return self.total - self.first + 1 - len(self.hits)


@dataclass
class Results:
    """What was found, the kind with the best hit first."""

    query: Query
    groups: list[Group] = field(default_factory=list)
    best: list[SearchEntry] = field(default_factory=list)  # of all kinds together
    near: bool = False  # nothing fits; this comes nearest

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(group.total for group in self.groups)


def find(query: Query, filters: Filters | None = None, *, page: int = 1) -> Results:
    """Return what fits in the editions in force, the functions and the topics.

    Where nothing does, or only the text of topics, it is what comes nearest; a question is taken for what it is about.
    2 queries; none for an empty query, 3 for a phrase that is not found as it is, up to 5 for a question.
    """
    if not query:
        return Results(query)
    filters = filters or Filters()
    entries = with_pairs(SearchEntry.objects.filter(filters.condition))
    shown = page if filters.kind else 1
    results = _best(query, entries.filter(query.fits).annotate(rank=query.rank), shown, filters)
    if not results.groups and (asked := query.asked):
        query = asked
        results = _best(query, entries.filter(query.fits).annotate(rank=query.rank), shown, filters)
    if query.pairs and page == 1 and not (results.groups and filters.kind) and _in_passing(results):
        near = entries.annotate(nearness=query.nearness).filter(nearness__gte=query.near_enough)
        nearest = _best(query, near.annotate(rank=-F("nearness")), 1, filters)
        nearest.near = not results.groups
        return nearest
    return results


def _best(query: Query, rows: QuerySet[SearchEntry], page: int, filters: Filters) -> Results:
    """Return the first of each kind by `rank`. 2 queries."""
    shown = PAGE if filters.kind else SHOWN
    first = 1 + (page - 1) * shown
    order: list[Any] = ["rank", "whose", Length("title"), "order", "design", "pk"]
    ranked = (
        rows.annotate(whose=_whose())
        .annotate(
            place=Window(RowNumber(), partition_by=F("kind"), order_by=order),
            total=Window(Count("pk"), partition_by=F("kind")),
        )
        .filter(place__gte=first, place__lt=first + shown)
    )
    found = list(ranked.values_list("pk", "kind", "rank", "whose", "place", "total"))
    shown_rows = SearchEntry.objects.select_related("design").defer("names", "also", "words", "sounds", "beside")
    by_pk = shown_rows.in_bulk([pk for pk, *_rest in found])
    return _results(query, [(by_pk[pk], *rest) for pk, *rest in found], first)


def _in_passing(results: Results) -> bool:
    """Whether nothing was found, or only topics that say it somewhere in their text: then what is near is worth more."""
    return all(hit.kind == Kind.TOPIC and results.query.whole not in key(hit.title) for hit in results.best)


def find_in(outline: Outline, address: str, query: Query, filters: Filters | None = None) -> Results:
    """Return what fits in one edition in memory, read under an address: a draft, for those who work on it. No query."""
    filters = filters or Filters()
    everything = [row for row in rows_of(outline) if filters.pass_row(row)] if query else []
    ranked = [(query.rank_of(row), row) for row in everything if query.fits_row(row)]
    if not ranked and (asked := query.asked):
        query = asked
        ranked = [(query.rank_of(row), row) for row in everything if query.fits_row(row)]
    near = bool(query.pairs) and not ranked
    if near:
        scored = ((query.nearness_of(row), row) for row in everything)
        ranked = [(-nearness, row) for nearness, row in scored if nearness >= query.near_enough]
    ranked.sort(key=lambda one: (one[0], len(one[1].title), one[1].order))
    totals: dict[str, int] = dict.fromkeys(KINDS, 0)
    found: list[tuple[Any, ...]] = []
    for rank, row in ranked:
        row.address = address
        totals[row.kind] += 1
        found.append((row, row.kind, rank, 0, totals[row.kind]))
    shown = PAGE if filters.kind else SHOWN
    results = _results(query, [(*one, totals[one[1]]) for one in found if one[4] <= shown], 1)
    results.near = near
    return results


def suggest(results: Results) -> list[SearchEntry]:
    """Return what to offer while somebody types: the best, each title once."""
    seen: dict[tuple[str, str], SearchEntry] = {}
    for row in results.best:
        seen.setdefault((row.kind, row.title), row)
    return list(seen.values())[:SUGGESTED]


def _results(query: Query, found: Iterable[tuple[Any, ...]], first: int) -> Results:
    """Put the kinds together: among equals the first of each kind comes before the second of any."""
    ordered = sorted(found, key=lambda one: (one[2], one[3], KINDS[one[1]], one[4]))
    groups: dict[str, Group] = {}
    equals: dict[tuple[Any, ...], int] = {}
    best: list[tuple[Any, ...]] = []
    for row, kind, rank, own, _place, total in ordered:
        groups.setdefault(kind, Group(kind, total, first)).hits.append(row)
        equals[rank, own, kind] = number = equals.get((rank, own, kind), 0) + 1
        best.append((rank, own, number, KINDS[kind], row))
    best.sort(key=lambda one: one[:-1])
    return Results(query, list(groups.values()), [row for *_order, row in best])


def _whose() -> Case:
    """Order our organisation before other own designs, and those before the reference."""
    ours = When(design__organisation__isnull=False, then=Value(0))
    return Case(ours, When(design__origin=Design.Origin.OWN, then=Value(1)), default=Value(2))
