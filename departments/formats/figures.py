"""Charts on the pages of a booklet: the kindest paper on which every word can still be read, else several charts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from departments.charts import Options, compose, usual
from departments.formats.svg import draw
from departments.models.outlines import Entry, Outline

# What is free for a drawing on each paper below its title, in CSS pixels; booklet.css has the pages of these names.
PAPERS = {"portrait": (625, 880), "landscape": (950, 555), "wide": (1415, 880)}
LEAST = 0.6  # at this scale a box's title of 13 px is 6 points: the smallest that is read with comfort
GOOD = 0.95  # nothing better is looked for: each drawing costs a pass over the whole outline
MOST = 300  # boxes that no paper holds legibly
FEWEST = 6  # boxes of a department that its chapter's tables do not show as well as a chart


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart on a page of its own: `page` is one of PAPERS."""

    anchor: str
    title: str
    svg: SafeString
    page: str


def figures(outline: Outline, branch: Entry | None = None) -> list[Figure]:
    """Return the charts of a design or a branch: one of everything, or of the departments and then each one's own.

    No query.
    """
    found: list[Figure] = []
    for entry, title, drawing in _drawings(outline, branch):
        anchor = f"chart-{entry.ref}" if found else "chart"
        page, scale, svg = drawing
        found.append(Figure(anchor, title, _sized(svg, scale, title, describe(entry)), page))
    return found


def _drawings(outline: Outline, start: Entry | None) -> Iterator[tuple[Entry, str, tuple[str, float, str]]]:
    entry = start or outline.root
    title = _("Organisation chart of %(name)s") % {"name": entry.title} if start else _("Organisation chart")
    ref = start.ref if start else ""
    options = replace(usual(outline), start=ref, levels=0, closed=frozenset())
    boxes = sum(not below.is_duty and not below.frame for below in entry.walk())
    if boxes <= 2:  # a department and its head: one box
        return
    whole = _best(outline, replace(options, show="positions"), title) if boxes <= MOST else None
    if whole:
        yield entry, title, whole
        return
    for levels in (0, 4, 3, 2):
        overview = _best(outline, replace(options, show="departments", levels=levels), title)
        if overview:
            yield entry, title, overview
            break
    for department in entry.departments:
        if sum(not below.is_duty for below in department.walk()) >= FEWEST:
            yield from _drawings(outline, department)


def _best(outline: Outline, options: Options, title: str) -> tuple[str, float, str] | None:
    """Return paper, scale and drawing that show these options largest on the smallest paper; None if none is legible."""
    tried = []
    for english, direction, compact in product((True, False), ("down", "right"), (False, True)):
        wanted = replace(options, direction=direction, compact=compact, english=english)
        svg = str(draw(compose(outline, wanted), label=title, alone=True))
        width, height = _size(svg)
        for rank, (page, (across, along)) in enumerate(PAPERS.items()):
            scale = min(across / width, along / height, 1.0)
            if scale >= LEAST:
                # A3 only where A4 will not do; English titles are worth a tenth of the size.
                tried.append((rank // 2, -round(scale + 0.1 * english, 2), rank, page, scale, svg))
        if tried and min(tried)[:2] <= (0, -GOOD):
            break
    return min(tried)[3:] if tried else None


def _size(svg: str) -> tuple[float, float]:
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    if found is None:
        raise ValueError(svg[:200])
    return float(found[1]), float(found[2])


def describe(entry: Entry) -> str:
    """Return what a chart of an entry shows, for those who do not see it."""
    below = [*entry.positions, *entry.departments]
    names = _(", ").join(one.title for one in below)
    said = [_("Directly below %(name)s: %(names)s.") % {"name": entry.title, "names": names}] if names else []
    return " ".join([*said, _("The chapters that follow say in words what is drawn.")])


def _sized(svg: str, scale: float, title: str, said: str) -> SafeString:
    """Return the drawing at its size on paper, with the title and description that a tagged PDF reads out."""
    width, height = _size(svg)
    size = f'width="{width * scale:.1f}" height="{height * scale:.1f}"'
    svg = re.sub(r'width="[\d.]+" height="[\d.]+"', size, svg, count=1)
    spoken = f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
    return mark_safe(svg.replace(">", f">{spoken}", 1))  # noqa: S308  # escaped where it is made
