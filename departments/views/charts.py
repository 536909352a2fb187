"""/designs/<slug>/chart/, chart.svg and chart.pdf: one picture, on the page, as a file and on paper."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from departments.charts import Box, Options, Picture, compose, read_options, usual
from departments.charts.options import LAYOUT, SEVERAL, SHEETS
from departments.charts.proposal import Proposal, propose
from departments.charts.rows import may_fold
from departments.formats.chart_paper import chart_book
from departments.formats.chart_text import text_twin
from departments.formats.svg import chart_figure, draw
from departments.formats.svg_legend import legend, sample
from departments.models import Kind
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.views.paper import page_rules, paper
from departments.views.reading import Reading, reading_or_404

MOST_LEVELS = 5  # offered; the address takes any
PROPOSED = 300  # boxes up to which the page looks for a better layout; paper always does


@require_safe
def chart(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the chart with its options, legend and text twin. 4 queries, whatever the size. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    options, refused = read_options(request.GET, reading.outline)
    standard = usual(reading.outline)
    picture = compose(reading.outline, options)
    href, fold = addresses(reading), _folds(options, standard)
    start = reading.outline.find(options.start) if options.start else None
    context = {
        "reading": reading,
        "picture": picture,
        "svg": draw(picture, label=_name(reading, start), href=href, fold=fold),
        "twin": text_twin(picture, href=href, fold=fold),
        "legend": [(sample(name), text) for name, text in legend(picture)],
        "groups": _groups(reading.outline, options, standard, picture),
        "trail": [(entry, options.query(standard, start=entry.ref)) for entry in start.trail] if start else [],
        "start": start,
        "whole": options.query(standard, start=""),
        "reporting": options.query(standard, show="reporting"),
        "query": options.query(standard),
        "refused": refused,
        "paper": _paper_form(options, standard),
        "proposal": _proposal(reading.outline, options, standard) if len(picture.boxes) <= PROPOSED else None,
    }
    return TemplateResponse(request, "charts/chart.html", context)


@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE]})  # type: ignore[arg-type]  # it wraps any view
def chart_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the chart as an SVG file that carries its style, its legend and its links. 4 queries. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    options, _refused = read_options(request.GET, reading.outline)
    here = addresses(reading)
    name = _name(reading, reading.outline.find(options.start) if options.start else None)
    picture = chart_figure(
        reading.outline, options, label=name, href=lambda entry: request.build_absolute_uri(here(entry))
    )
    disposition = content_disposition_header(as_attachment=False, filename=f"{name}.svg")
    headers = {"Content-Disposition": disposition} if disposition else {}
    return HttpResponse(picture, content_type="image/svg+xml; charset=utf-8", headers=headers)


@require_safe
def chart_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the chart on sheets of paper, A4 to A1. 4 queries, 5 for an own design. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    options, _refused = read_options(request.GET, reading.outline)
    name = _name(reading, reading.outline.find(options.start) if options.start else None)
    return paper(request, chart_book(reading.edition, reading.outline, options), name)


def overview_figure(reading: Reading) -> SafeString:
    """Return the chart as a picture without links, for the design's own page. No query."""
    options = replace(usual(reading.outline), english=False, headcount=False)
    return draw(compose(reading.outline, options), label=_name(reading, None))


def _name(reading: Reading, start: Entry | None) -> str:
    return f"{start.title if start else reading.design.name} {_('Organisation chart')}"


def addresses(reading: Reading) -> Callable[[Entry], str]:
    """Return what gives an entry its address: as `Reading.entry_url`, resolved once instead of ten thousand times."""
    patterns = {kind: reading.url(kind, "REF").split("REF") for kind in (Kind.DEPARTMENT, Kind.POSITION)}

    def address(entry: Entry) -> str:
        return entry.ref.join(patterns[Kind(entry.kind)])

    return address


def _folds(options: Options, standard: Options) -> Callable[[Box], str]:
    """Return what gives a box the address of the chart with its branch closed, or opened."""

    def fold(box: Box) -> str:
        assert box.entry is not None  # noqa: S101  # parties outside have no branch
        ref = {box.entry.ref}
        closed, opened = options.closed - ref, options.opened
        if not box.closed:
            closed, opened = (options.closed | ref, opened) if not ref & opened else (closed, opened - ref)
        elif not ref & options.closed:
            opened = opened | ref
        address = options.query(standard, closed=closed, opened=opened) or "?"
        return f"{address}#box-{box.entry.anchor}"

    return fold


@dataclass(frozen=True)
class Choice:
    """A link of the toolbar."""

    text: str
    query: str
    chosen: bool


def _groups(outline: Outline, options: Options, standard: Options, picture: Picture) -> list[tuple[str, list[Choice]]]:
    """Return the toolbar: (what is chosen, its choices) in order. Only what makes a difference to this design."""

    def choices(name: str, values: list[tuple[object, str]]) -> list[Choice]:
        now = getattr(options, name)
        return [
            Choice(text, options.query(standard, **{name: value}) or "?", chosen=value == now) for value, text in values
        ]

    shows: list[tuple[object, str]] = [
        ("departments", _("Departments")),
        ("positions", _("Departments and positions")),
        ("reporting", _("Reporting lines")),
    ]
    deepest = max((entry.level for entry in outline.entries if not entry.is_duty), default=0) + 1
    levels: list[tuple[object, str]] = [(0, _("all"))]
    levels += [(number, str(number)) for number in range(1, min(deepest, MOST_LEVELS + 1))]
    groups = [(_("Show"), choices("show", shows if outline.positions else shows[::2]))]
    groups.append((_("Direction"), choices("direction", [("down", _("downwards")), ("right", _("to the right"))])))
    groups.append((_("Lowest boxes"), _leaves(options, standard)))
    if options.rows == SEVERAL or may_fold(picture.boxes):
        rows: list[tuple[object, str]] = [("one", _("in one row")), (SEVERAL, _("in several rows"))]
        groups.append((_("Boxes beside each other"), choices("rows", rows)))
    if len(levels) > 2:
        groups.append((_("Levels"), choices("levels", levels)))
    switches = [("headcount", _("Headcount")), ("english", _("English titles"))]
    toggles = [
        Choice(
            text, options.query(standard, **{name: not getattr(options, name)}) or "?", chosen=getattr(options, name)
        )
        for name, text in switches
    ]
    return [*groups, (_("With"), toggles)]


def _leaves(options: Options, standard: Options) -> list[Choice]:
    """Return how the lowest boxes may stand: upright only where the chart grows downwards."""
    down = options.direction == "down"
    upright = down and options.leaves == "upright"
    ways: list[tuple[str, dict[str, Any], bool]] = [
        (_("in a row"), {"compact": False, "leaves": "across"}, not upright and not options.compact),
        (_("stacked"), {"compact": True, "leaves": "across"}, not upright and options.compact),
    ]
    if down:
        ways.append((_("upright"), {"leaves": "upright"}, upright))
    return [Choice(text, options.query(standard, **changes), chosen=chosen) for text, changes, chosen in ways]


def _paper_form(options: Options, standard: Options) -> dict[str, Any]:
    """Return what the form for paper offers, and what it hands on."""
    sheets = [(size, _("smallest legible") if size == "auto" else size.upper()) for size in SHEETS]
    kept = options.said(standard, pages=standard.pages, sheet=standard.sheet)
    return {
        "pages": page_rules(),
        "chosen_pages": options.pages,
        "sheets": sheets,
        "sheet": options.sheet,
        "kept": kept,
    }


def _proposal(outline: Outline, options: Options, standard: Options) -> dict[str, Any]:
    """Return the layout that serves best on paper, whatever is chosen: in words, and the address that chooses it."""
    found = propose(outline, replace(options, asked=frozenset()))
    layout = {name: getattr(found.options, name) for name in LAYOUT}
    return {
        "words": _layout_words(found.options),
        "query": options.query(standard, **layout),
        "chosen": found.options == options,
        "why": _(" · ").join(_reasons(found)),
    }


def _reasons(found: Proposal) -> list[str]:
    cross = ngettext("lines cross at %(n)d point", "lines cross at %(n)d points", found.crossings)
    return [
        found.size.upper(),
        _("titles in %(points)s points") % {"points": f"{found.points:.1f}"},
        cross % {"n": found.crossings} if found.crossings else _("no lines cross"),
    ]


def _layout_words(options: Options) -> str:
    words = _growth_words(options)
    return _("%(layout)s, in several rows") % {"layout": words} if options.rows == SEVERAL else words


def _growth_words(options: Options) -> str:
    if options.direction == "right":
        return _("to the right, stacked") if options.compact else _("to the right")
    if options.leaves == "upright":
        return _("downwards, lowest boxes upright")
    return _("downwards, stacked") if options.compact else _("downwards")
