"""Which layout serves a chart best: of those that can be read on the smallest sheet, the one whose lines cross least often,
and of equals the one with the largest type."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from departments.charts import compose_pages
from departments.charts.crossings import crossings
from departments.charts.options import LAYOUT, Options
from departments.charts.paging import Page
from departments.charts.picture import Picture
from departments.charts.sheets import POINTS_PER_PX, SHEETS, least, scale, smallest_size
from departments.charts.sizes import TITLE
from departments.models.outlines import Outline

LAYOUTS: tuple[dict[str, Any], ...] = (
    {"direction": "down", "compact": False, "leaves": "across"},
    {"direction": "down", "compact": True, "leaves": "across"},
    {"direction": "down", "compact": False, "leaves": "upright"},
    {"direction": "right", "compact": False, "leaves": "across"},
    {"direction": "right", "compact": True, "leaves": "across"},
)
MOST = 3000  # boxes above which nothing is tried


@dataclass(frozen=True, slots=True)
class Proposal:
    """A layout: its options, its pages laid out, the size of sheet it asks for, how often its lines cross, its titles' type."""

    options: Options
    pages: list[Page]
    size: str
    crossings: int
    scale: float

    @property
    def points(self) -> float:
        """The size of the titles' type on the sheet where it is smallest, in points."""
        return self.scale * TITLE * POINTS_PER_PX


def propose(outline: Outline, options: Options) -> Proposal:
    """Return the layout that serves best, of those that keep to what was `asked`.

    Costs five times `compose_pages` at most, 0.4 s of processor time for 1,000 boxes; above MOST boxes once.
    """
    many = sum(not entry.is_duty for entry in outline.entries) > MOST
    tried = [(choice, compose_pages(outline, choice)) for choice in _choices(options, many=many)]
    sizes = [_size(options, _pictures(pages)) for _choice, pages in tried]
    size = min(sizes, key=[pair[0].size for pair in SHEETS].index)
    judged = [_judge(choice, pages, size) for choice, pages in tried]
    return min(judged, key=_rank)


def as_asked(outline: Outline, options: Options) -> Proposal:
    """Return the layout of the options themselves, judged. Costs as much as `compose_pages`."""
    pages = compose_pages(outline, options)
    return _judge(options, pages, _size(options, _pictures(pages)))


def _choices(options: Options, *, many: bool) -> Iterator[Options]:
    """Yield the options with every layout that keeps to what was asked, the one they have first."""
    yield options
    for layout in () if many or options.asked.issuperset(LAYOUT) else LAYOUTS:
        wanted = replace(options, **layout)
        if wanted != options and all(layout[name] == getattr(options, name) for name in options.asked):
            yield wanted


def _pictures(pages: list[Page]) -> list[Picture]:
    return [page.picture for page in pages if page.picture]


def _size(options: Options, pictures: list[Picture]) -> str:
    return smallest_size(pictures) if options.sheet == "auto" else options.sheet


def _judge(options: Options, pages: list[Page], size: str) -> Proposal:
    pictures = _pictures(pages)
    drawn = min(scale(size, picture) for picture in pictures)
    return Proposal(options, pages, size, sum(map(crossings, pictures)), drawn)


def _rank(proposal: Proposal) -> tuple[bool, int, float]:
    """Return what is the less, the better."""
    pictures = _pictures(proposal.pages)
    legible = all(scale(proposal.size, picture) >= least(picture) for picture in pictures)
    return not legible, proposal.crossings if legible else 0, -round(proposal.scale, 2)
