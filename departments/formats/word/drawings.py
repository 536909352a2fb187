"""The drawings of a booklet for Word: charts and swim lanes as pictures, numbered in the order in which they stand."""

import contextlib
import hashlib
import html
import re
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from departments.booklets import Booklet
from departments.formats import raster
from departments.formats.figures import figures
from departments.formats.lanes_svg import lanes_pieces
from departments.formats.pdf_shelf import shelf
from departments.formats.press.fonts import FontsMissing
from departments.formats.raster import png
from departments.formats.word import words
from departments.formats.word.plain import plain
from departments.models.outlines import Outline

SAID = re.compile(r"<(?:title|desc)[^>]*>([^<]*)<")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and what it shows for those who do not see it."""

    png: bytes
    said: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pictures by name; the charts; by the number of a process, the number of its drawing and the names of its pictures."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    charts: list[words.Chart] = field(default_factory=list)
    lanes: dict[int, tuple[str, list[str]]] = field(default_factory=dict)


NOTHING_DRAWN = Drawn()


def draw_booklet(booklet: Booklet, outline: Outline, without: Container[str] = (), rule: str = "") -> Drawn:
    """Return the drawings of a booklet, `without` some of its parts; none where no Chinese font is installed. No query.

    `rule`: how charts are parted; see `charts.paging`. Costs about 0.2 s a page, the first time.
    """
    drawn = Drawn()
    try:
        if "chart" not in without:
            _draw_charts(drawn, outline, booklet, rule)
        if "processes" not in without:
            _draw_lanes(drawn, outline, booklet)
    except FontsMissing:
        return NOTHING_DRAWN
    return drawn


def _draw_charts(drawn: Drawn, outline: Outline, booklet: Booklet, rule: str) -> None:
    found = figures(outline, booklet.branch, rule, upright=True)
    numbers = {figure.anchor: str(number) for number, figure in enumerate(found, start=1)}
    for figure in found:
        name = f"chart-{numbers[figure.anchor]}"
        drawn.pictures[name] = _picture(figure.svg)
        above = figure.above and _("continued from chart %(number)s") % {"number": numbers[figure.above.anchor]}
        drawn.charts.append(words.Chart(numbers[figure.anchor], figure.title, name, above or ""))


def _draw_lanes(drawn: Drawn, outline: Outline, booklet: Booklet) -> None:
    number = len(drawn.charts)
    for workflow in booklet.workflows:
        pieces = lanes_pieces(list(workflow.process.steps.all()), outline)
        if pieces:
            number += 1
            names = [f"chart-{number}-{at}" for at in range(1, len(pieces) + 1)]
            drawn.pictures.update(zip(names, map(_picture, pieces), strict=True))
            drawn.lanes[workflow.process.number] = str(number), names


def _picture(svg: str) -> Picture:
    svg = plain(svg)
    key = hashlib.sha256(f"{_painter()} {svg}".encode()).hexdigest()
    if (drawn := shelf().read(key)) is None:
        drawn = png(svg)
        with contextlib.suppress(OSError):
            shelf().put(key, drawn)
    return Picture(drawn, html.unescape(_(": ").join(SAID.findall(svg)[:2])))


@cache
def _painter() -> str:
    """Return what tells this way of drawing from an older one."""
    return hashlib.sha256(Path(raster.__file__).read_bytes()).hexdigest()
