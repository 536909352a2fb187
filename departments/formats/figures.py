"""Charts on the pages of a booklet: the kindest paper on which every word can still be read, else several that lead on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from itertools import islice

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from departments.charts import Options, Page, Picture, compose_page_by_page, usual
from departments.charts.crossings import crossings
from departments.charts.options import SEVERAL
from departments.charts.proposal import LAYOUTS
from departments.charts.remembered import Remembered, key_of
from departments.charts.rows import may_fold
from departments.charts.sizes import NOTE, NOTE_LINE
from departments.charts.text import wrap
from departments.formats.chart_text import lines_beyond, said_below
from departments.formats.svg import draw
from departments.formats.svg_legend import legend_foot
from departments.models.entries import Entry
from departments.models.outlines import Outline

# What is free for a drawing on each paper below its title, in CSS pixels; booklet.css has the pages of these names.
PAPERS: dict[str, tuple[int, int]] = {"portrait": (625, 880), "landscape": (950, 555), "wide": (1415, 880)}
UPRIGHT, LARGEST = ("portrait",), "wide"
LEAST = 0.6  # at this scale a box's title of 14 px is 6.3 points: the smallest that is read with comfort
GOOD = 0.95  # nothing better is looked for: each layout costs a pass over the whole outline
MOST = 300  # boxes that no paper holds legibly
RULES = ("fit", "departments", "4", "3", "2")  # what is tried one after the other where no rule is asked for
RED = "#a8321f"  # of what leads to another page
NAMED = 2  # lines to other pages that are named
NUMBER = '<span class="page-number{wide}" data-of="#{anchor}"></span>'
_found = Remembered[Options]()
HUNDRED = 80  # the chart from which on page numbers may have three figures


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads to another page: written over the foot of a box, px; or above the drawing, where it goes on from.

    With a `width` it stands in the middle of that, in as many lines as it takes, and `top` is its distance from the bottom.
    """

    anchor: str
    left: float = 0
    top: float = 0
    size: float = 0
    width: float = 0
    wide: bool = False  # whether that page's number may have three figures

    @property
    def number(self) -> SafeString:
        """Where the binder puts the number of that page."""
        return mark_safe(NUMBER.format(anchor=self.anchor, wide=" wide" * self.wide))  # noqa: S308  # a code or a uid


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart on a page of its own: `page` is one of PAPERS; `above`: the page it goes on from; `leads`: where it goes on."""

    anchor: str
    title: str
    svg: SafeString
    page: str
    width: float = 0
    above: Lead | None = None
    leads: tuple[Lead, ...] = ()
    beyond: tuple[tuple[str, Lead], ...] = ()  # some of the lines to other pages, in words, and which page
    more: int = 0  # how many others there are

    @property
    def numbers(self) -> list[str]:
        """The anchors whose page numbers it prints, in order."""
        above = (self.above,) if self.above else ()
        return [lead.anchor for lead in (*above, *(lead for _words, lead in self.beyond), *self.leads)]


@dataclass(frozen=True)
class Try:
    """A layout tried: its pages, and of each the paper and the scale; once it is ranked it does not change."""

    options: Options
    pages: list[Page]
    papers: list[tuple[str, float]]

    @property
    def legible(self) -> bool:
        """Whether every page can be read."""
        return all(scale >= LEAST for _paper, scale in self.papers)

    @cached_property
    def rank(self) -> tuple[bool, bool, int, float]:
        """What is the less, the better: A3 only where A4 will not do; English titles are worth a tenth of the size."""
        wide = any(paper == "wide" for paper, _scale in self.papers)
        crossed = sum(crossings(page.picture) for page in self.pages if page.picture)
        return (
            not self.legible,
            wide,
            crossed,
            -round(min(scale for _p, scale in self.papers) + 0.1 * self.options.english, 2),
        )


def figures(outline: Outline, branch: Entry | None = None, rule: str = "", *, upright: bool = False) -> list[Figure]:
    """Return the charts of a design or a branch by a rule of `charts.paging`; without one, by the first that can be read.

    `upright`: all on pages that are not turned, and each says in its drawing on which others it goes on, by their order:
    for papers whose page numbers are not known yet. No query.
    """
    papers = UPRIGHT if upright else tuple(PAPERS)
    entry = branch or outline.root
    boxes = sum(not below.is_duty and not below.frame for below in entry.walk())
    if boxes <= 2:  # a department and its head: one box
        return []
    options = replace(usual(outline), show="positions", start=branch.ref if branch else "", levels=0)
    rules = (rule,) if rule else RULES[boxes > MOST :]
    key = key_of(outline, options, rules, papers)
    known = _found.get(key)
    best = _try(outline, known, papers) if known else _search(outline, options, rules, papers)
    _found.put(key, best.options)
    name = _("Organisation chart of %(name)s")
    title = name % {"name": entry.title} if branch else _("Organisation chart")
    anchors = ["chart", *(f"chart-{page.start.entry.ref}" for page in best.pages if page.start and page.start.entry)]
    return [
        _figure(page, paper, scale, anchors, name % {"name": page.name} if page.name else title, written=upright)
        for page, (paper, scale) in zip(best.pages, best.papers, strict=True)
    ]


def _search(outline: Outline, options: Options, rules: Sequence[str], papers: tuple[str, ...]) -> Try:
    """Return the best by the first rule by which it can be read, else by the last."""
    *others, last = rules
    for rule in others:
        best = _best(outline, replace(options, pages=rule), papers, legibly=True)
        if best.legible:
            return best
    return _best(outline, replace(options, pages=last), papers)


def _best(outline: Outline, options: Options, papers: tuple[str, ...], *, legibly: bool = False) -> Try:
    """Return the best of the layouts, tried until one is good; several rows only where no other can be read.

    `legibly`: one that cannot be read is of no use, and is laid out only as far as that is seen.
    """
    best = _best_of(outline, _layouts(options), papers, legibly=legibly)
    if best.legible or not (legibly or any(may_fold(page.picture.boxes) for page in best.pages if page.picture)):
        return best
    folded = _best_of(outline, _layouts(replace(options, rows=SEVERAL)), papers, legibly=legibly)
    return min(best, folded, key=lambda one: one.rank)


def _best_of(outline: Outline, layouts: Iterator[Options], papers: tuple[str, ...], *, legibly: bool) -> Try:
    """Return the best of these layouts; no more than two are in memory."""
    best = _try(outline, next(layouts), papers, legibly=legibly)
    for wanted in layouts:
        if best.rank <= (False, False, 0, -GOOD):
            break
        best = min(best, _try(outline, wanted, papers, legibly=legibly), key=lambda one: one.rank)
    return best


def _try(outline: Outline, options: Options, papers: tuple[str, ...], *, legibly: bool = False) -> Try:
    one = Try(options, [], [])
    for page in compose_page_by_page(outline, options):
        one.pages.append(page)
        if page.picture:
            one.papers.append(_paper(page.picture, papers))
        if legibly and not one.legible:
            break
    return one


def _layouts(options: Options) -> Iterator[Options]:
    for english in (True, False):
        for layout in LAYOUTS:
            yield replace(options, english=english, **layout)


def _paper(picture: Picture, papers: tuple[str, ...]) -> tuple[str, float]:
    """Return the one of these papers that shows a picture largest, A3 only where it cannot be read on A4; and how large."""
    width, height = _size(picture)
    scales = {paper: min(PAPERS[paper][0] / width, PAPERS[paper][1] / height, 1.0) for paper in papers}
    paper = max((one for one in papers if one != LARGEST), key=lambda one: scales[one])
    if scales[paper] < LEAST and LARGEST in papers:
        paper = LARGEST
    return paper, scales[paper]


def _size(picture: Picture) -> tuple[float, float]:
    _foot, width, height = legend_foot(picture)
    return max(picture.width, width), picture.height + height


def _figure(  # what a figure is made of
    page: Page, paper: str, scale: float, anchors: list[str], title: str, *, written: bool
) -> Figure:
    picture = page.picture
    assert picture is not None  # noqa: S101  # compose_pages lays all out
    said = " ".join([said_below(picture), _("The chapters that follow say in words what is drawn.")]).strip()
    leads = tuple(
        Lead(
            anchors[box.goes_on - 1],
            foot.x * scale,
            top * scale,
            NOTE * scale,
            foot.room * scale,
            box.goes_on > HUNDRED,
        )
        for box in picture.boxes
        if box.goes_on
        for foot in [box.foot]
        for top in [_size(picture)[1] - foot.y if foot.room else foot.y]
    )
    beyond = zip(lines_beyond(page, numbered=False), page.beyond, strict=True)
    svg = draw(picture, label=title, said=said, alone=True, scale=scale)
    return Figure(
        anchors[page.number - 1],
        title,
        _written(svg, picture) if written else svg,
        paper,
        round(_size(picture)[0] * scale, 1),
        Lead(anchors[page.above - 1]) if page.above else None,
        leads,
        tuple((words, Lead(anchors[number - 1])) for words, (_tie, number) in islice(beyond, NAMED)),
        max(0, len(page.beyond) - NAMED),
    )


def _written(svg: SafeString, picture: Picture) -> SafeString:
    """Return a drawing that says at the foot of boxes on which chart they go on."""
    words = _("see chart %(number)d")  # outside the f-string, where gathering messages finds it
    said = []
    for box in picture.boxes:
        if not box.goes_on:
            continue
        foot = box.foot
        lines = wrap(words % {"number": box.goes_on}, NOTE, foot.room or float("inf"))
        where = f'text-anchor="middle" x="{foot.x + foot.room / 2:g}"' if foot.room else f'x="{foot.x}"'
        first = foot.y + NOTE - (NOTE_LINE * len(lines) if foot.room else 0)
        said += [
            f'<text fill="{RED}" font-size="{NOTE}" {where} y="{first + NOTE_LINE * at}">{escape(line)}</text>'
            for at, line in enumerate(lines)
        ]
    whole = svg.removesuffix("</svg>") + "".join(said) + "</svg>"
    return mark_safe(whole)  # noqa: S308  # our own words, and escaped
