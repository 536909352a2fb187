"""Which layout serves a chart best: of those that can be read on the smallest sheet, the one whose lines cross least often,
and of equals the one with the largest type."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from departments.charts import compose_pages
from departments.charts.crossings import crossings
from departments.charts.options import ROWS, SEVERAL, Options
from departments.charts.paging import Page
from departments.charts.picture import Picture
from departments.charts.remembered import Remembered, key_of
from departments.charts.rows import may_fold
from departments.charts.sheets import LARGEST, POINTS_PER_PX, SHEETS, least, scale, smallest_size
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
_found = Remembered[tuple[Options, str]]()
WORTH = 1.15  # so much larger the type must be in several rows, which are harder to follow than one


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

    Costs five times `compose_pages`, 0.4 s of processor time for 1,000 boxes; ten times where so many are brothers that
    several rows may be better; above MOST boxes once, and where it was found before.
    """
    if sum(not entry.is_duty for entry in outline.entries) > MOST:
        return as_asked(outline, options)
    key = key_of(outline, options)
    if known := _found.get(key):
        choice, size = known
        return _judge(choice, compose_pages(outline, choice), size)
    best = _search(outline, options)
    _found.put(key, (best.options, best.size))
    return best


def _search(outline: Outline, options: Options) -> Proposal:
    rows = options.rows if "rows" in options.asked else ROWS[0]
    tried = [(choice, compose_pages(outline, choice)) for choice in _choices(options, rows)]
    best = _best(options, tried)
    if "rows" not in options.asked and _is_broad(best):
        tried += [(choice, compose_pages(outline, choice)) for choice in _choices(options, SEVERAL)]
        best = _best(options, tried)
    return best


def _best(options: Options, tried: list[tuple[Options, list[Page]]]) -> Proposal:
    sizes = [_size(options, _pictures(pages)) for _choice, pages in tried]
    size = min(sizes, key=[pair[0].size for pair in SHEETS].index)
    return min((_judge(choice, pages, size) for choice, pages in tried), key=_rank)


def _is_broad(proposal: Proposal) -> bool:
    """Whether the picture that keeps the type small may be drawn larger in several rows."""
    picture = min(_pictures(proposal.pages), key=lambda picture: scale(proposal.size, picture))
    return proposal.scale < LARGEST[proposal.size] and may_fold(picture.boxes)


def as_asked(outline: Outline, options: Options) -> Proposal:
    """Return the layout of the options themselves, judged. Costs as much as `compose_pages`."""
    pages = compose_pages(outline, options)
    return _judge(options, pages, _size(options, _pictures(pages)))


def _choices(options: Options, rows: str) -> Iterator[Options]:
    """Yield every layout with so many rows that keeps to what was asked; the one the options have first."""
    if rows == options.rows:
        yield options
    for layout in LAYOUTS:
        wanted = replace(options, rows=rows, **layout)
        if wanted != options and all(getattr(wanted, name) == getattr(options, name) for name in options.asked):
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
    large = proposal.scale / (WORTH if proposal.options.rows == SEVERAL else 1)
    return not legible, proposal.crossings if legible else 0, -round(large, 2)
