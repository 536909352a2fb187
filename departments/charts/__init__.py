"""Org charts: an outline and options in, a picture out. Geometry only: no markup, no queries.

The way of the data: `options` (what is asked) → `forest` (which boxes, held by which line) → `paging` (on which page) →
`sizes` (what is written in them) → `blocks`, `rows`, `layout` (where they stand) → `routing` (how lines run) → `picture`.
`formats.svg` draws it. `proposal` says which layout serves best; what was found is `remembered`.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

from departments.charts.blocks import CHANNEL, Grid, block_up, settle
from departments.charts.forest import Forest, plant
from departments.charts.layout import arrange
from departments.charts.moves import OPTIONS, plant_moves
from departments.charts.options import SEVERAL, Options, read_options, usual
from departments.charts.paging import Page, paginate
from departments.charts.picture import Box, Picture, Point, Stroke
from departments.charts.routing import Router, tree_strokes, trunk
from departments.charts.rows import fold
from departments.charts.sizes import count, dress
from departments.models.outlines import Outline

__all__ = [
    "Box",
    "Options",
    "Page",
    "Picture",
    "Point",
    "Stroke",
    "compose",
    "compose_moves",
    "compose_page_by_page",
    "compose_pages",
    "lay_out",
    "read_options",
    "usual",
]

MARGIN = 24  # around the picture, px
APART = 24  # between parties outside


def compose(outline: Outline, options: Options) -> Picture:
    """Return the chart of an outline. Costs O(boxes + relations × depth) and no query; see benchmarks/charts.py."""
    forest = plant(outline, options)
    count(forest, outline, options)
    dress(forest, options)
    return lay_out(forest, options)


def compose_pages(outline: Outline, options: Options) -> list[Page]:
    """Return the chart on the pages that the options ask for, laid out. Costs as much as `compose`."""
    return list(compose_page_by_page(outline, options))


def compose_page_by_page(outline: Outline, options: Options) -> Iterator[Page]:
    """Yield the pages of `compose_pages`: whoever sees by the first that they will not do need not wait for the others."""
    forest = plant(outline, options)
    count(forest, outline, options)
    for page in paginate(forest, options.pages):
        dress(page.forest, options)
        page.picture = lay_out(page.forest, options)
        yield page


def compose_moves(old: Outline, new: Outline, origins: Mapping[UUID, UUID] | None = None) -> Picture | None:
    """Return the chart of what became of the departments; None where none is new, gone or elsewhere. No query."""
    forest = plant_moves(old, new, origins)
    return lay_out(forest, OPTIONS) if forest else None


def lay_out(forest: Forest, options: Options) -> Picture:
    """Place the boxes of a forest, which have their sizes, and run the lines."""
    grid = Grid(down=options.direction == "down")
    roots = block_up(forest, options, grid)
    if options.rows == SEVERAL:
        roots = fold(roots, grid)
    arrange(roots, grid.gap, CHANNEL)
    settle(roots, grid)
    ceiling = float(-CHANNEL)
    _place_parties(forest, grid, ceiling)
    router = Router(grid, ceiling)
    strokes = [*tree_strokes(forest, grid), *map(router.stroke, forest.ties)]
    return _frame(forest, strokes, grid)


def _place_parties(forest: Forest, grid: Grid, ceiling: float) -> None:
    """Stand the parties in a row above everything, each over those it leads, as far as there is room."""
    wanted = {party: [trunk(tie.start, grid) for tie in forest.ties if tie.end is party] for party in forest.parties}
    middles = {party: (min(places) + max(places)) / 2 for party, places in wanted.items()}
    free = float("-inf")
    for party in sorted(forest.parties, key=lambda party: middles[party]):
        party.u = round(max(middles[party] - grid.across(party) / 2, free))
        party.v = ceiling - grid.along(party)
        free = party.u + grid.across(party) + APART


def _frame(forest: Forest, strokes: list[Stroke], grid: Grid) -> Picture:
    """Turn u and v into x and y, with a margin around everything."""
    boxes = [*forest.boxes, *forest.parties]
    corners = [grid.xy(box.u, box.v) for box in boxes]
    turned = [[grid.xy(*point) for point in stroke.points] for stroke in strokes]
    left = min((x for x, _y in corners), default=0) - MARGIN
    top = min((y for _x, y in corners), default=0) - MARGIN
    beyond = [point for points in turned[len(turned) - len(forest.ties) :] for point in points]
    left = min([left, *(x - MARGIN / 2 for x, _y in beyond)])
    top = min([top, *(y - MARGIN / 2 for _x, y in beyond)])
    right = bottom = 0.0
    for box, (x, y) in zip(boxes, corners, strict=True):
        box.x, box.y = round(x - left), round(y - top)
        right, bottom = max(right, box.x + box.width), max(bottom, box.y + box.height)
    for stroke, points in zip(strokes, turned, strict=True):
        stroke.points = [(x - left, y - top) for x, y in points]
        stroke.mark = _moved(stroke.mark, grid, left, top)
        stroke.dot = _moved(stroke.dot, grid, left, top)
    for points in (stroke.points for stroke in strokes[len(strokes) - len(forest.ties) :]):
        right = max(right, *(x - MARGIN / 2 for x, _y in points))
        bottom = max(bottom, *(y - MARGIN / 2 for _x, y in points))
    hanging = 18 if any(box.closed for box in forest.boxes) else 0  # the sign that a branch is closed
    size = round(right + MARGIN + (0 if grid.down else hanging)), round(bottom + MARGIN + (hanging if grid.down else 0))
    return Picture(*size, "down" if grid.down else "right", forest.boxes, forest.parties, strokes, forest.departing)


def _moved(point: Point | None, grid: Grid, left: float, top: float) -> Point | None:
    if point is None:
        return None
    x, y = grid.xy(*point)
    return x - left, y - top
