"""The drawings of a booklet for Word: charts and swim lanes as pictures, numbered in the order in which they stand."""

import contextlib
import hashlib
import html
import re
from collections.abc import Callable, Container
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


@dataclass(frozen=True, slots=True)
class Sketches:
    """The drawings of a booklet before they are painted: each as SVG under its name; charts and lanes as in `Drawn`."""

    svgs: dict[str, str] = field(default_factory=dict)
    charts: list[words.Chart] = field(default_factory=list)
    lanes: dict[int, tuple[str, list[str]]] = field(default_factory=dict)

    @property
    def unpainted(self) -> int:
        """How many were never painted."""
        return sum(not shelf().has(_key(svg)) for svg in self.svgs.values())


NOTHING_SKETCHED = Sketches()


def sketch_booklet(booklet: Booklet, outline: Outline, without: Container[str] = (), rule: str = "") -> Sketches:
    """Return the drawings of a booklet, `without` some of its parts. No query.

    `rule`: how charts are parted; see `charts.paging`.
    """
    sketches = Sketches()
    if "chart" not in without:
        _sketch_charts(sketches, outline, booklet, rule)
    if "processes" not in without:
        _sketch_lanes(sketches, outline, booklet)
    return sketches


def paint(sketches: Sketches, painted: Callable[[], None]) -> Drawn:
    """Return the drawings as pictures; none where no Chinese font is installed. `painted` is called after each.

    One costs about 0.1 s, the first time.
    """
    pictures = {}
    try:
        for name, svg in sketches.svgs.items():
            pictures[name] = _picture(svg)
            painted()
    except FontsMissing:
        return NOTHING_DRAWN
    return Drawn(pictures, sketches.charts, sketches.lanes)


def _sketch_charts(sketches: Sketches, outline: Outline, booklet: Booklet, rule: str) -> None:
    found = figures(outline, booklet.branch, rule, upright=True)
    numbers = {figure.anchor: str(number) for number, figure in enumerate(found, start=1)}
    for figure in found:
        name = f"chart-{numbers[figure.anchor]}"
        sketches.svgs[name] = plain(figure.svg)
        above = figure.above and _("continued from chart %(number)s") % {"number": numbers[figure.above.anchor]}
        sketches.charts.append(words.Chart(numbers[figure.anchor], figure.title, name, above or ""))


def _sketch_lanes(sketches: Sketches, outline: Outline, booklet: Booklet) -> None:
    number = len(sketches.charts)
    for workflow in booklet.workflows:
        pieces = lanes_pieces(list(workflow.process.steps.all()), outline)
        if pieces:
            number += 1
            names = [f"chart-{number}-{at}" for at in range(1, len(pieces) + 1)]
            sketches.svgs.update(zip(names, map(plain, pieces), strict=True))
            sketches.lanes[workflow.process.number] = str(number), names


def _picture(svg: str) -> Picture:
    key = _key(svg)
    if (drawn := shelf().read(key)) is None:
        drawn = png(svg)
        with contextlib.suppress(OSError):
            shelf().put(key, drawn)
    return Picture(drawn, html.unescape(_(": ").join(SAID.findall(svg)[:2])))


def _key(svg: str) -> str:
    """Return under which name a picture of it lies on the shelf."""
    return hashlib.sha256(f"{_painter()} {svg}".encode()).hexdigest()


@cache
def _painter() -> str:
    """Return what tells this way of drawing from an older one."""
    return hashlib.sha256(Path(raster.__file__).read_bytes()).hexdigest()
