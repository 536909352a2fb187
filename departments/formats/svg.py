"""Charts as SVG text, written by a plain string builder, because templates take seconds where it takes milliseconds.

One picture for the page, for chart.svg and for paper. On the page its colours come from the page's style sheets; a
picture that leaves the page carries the same rules, with the light colours filled in. All text is escaped here.
"""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from departments.charts import Box, Options, Picture, Point, Stroke, compose
from departments.charts.picture import BESIDE_THE_TREE
from departments.charts.sizes import (
    ABOVE,
    ENGLISH_LINE,
    HEAD_LINE,
    NOTE_LINE,
    PAD,
    RULE,
    TITLE_LINE,
    notes,
)
from departments.formats import svg_upright
from departments.formats.mini_tree import mini_tree
from departments.formats.svg_legend import legend_foot
from departments.models.entries import Entry
from departments.models.outlines import Outline

__all__ = ["chart_figure", "draw", "mini_tree", "style"]

STATIC = Path(__file__).resolve().parent.parent / "static" / "departments"
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
PIECE = 60  # lines in one path: a path is drawn anew wherever a part of it shows
FOLD = 17  # height of the sign that opens or closes a branch
BEHIND = 3  # how far the frame behind a box shows

Address = Callable[[Entry], str]
FoldAddress = Callable[[Box], str]


def chart_figure(outline: Outline, options: Options, *, label: str, href: Address | None = None) -> SafeString:
    """Return the chart of an outline as a picture that may stand anywhere: with a style and a legend of its own."""
    return draw(compose(outline, options), label=label, href=href, alone=True)


def draw(
    picture: Picture,
    *,
    label: str,
    said: str = "",
    href: Address | None = None,
    fold: FoldAddress | None = None,
    alone: bool = False,
    legend: bool = True,
    scale: float = 1,
) -> SafeString:
    """Return the SVG of a picture. Costs O(boxes + lines).

    `label`: its name for those who do not see it; `said`: what it shows, which a tagged PDF reads out. `href`: where the
    link of an entry leads; without it nothing is a link. `fold`: where the sign under a box leads that closes or opens its
    branch; without it only closed branches have one. `alone`: with a style of its own, and a `legend`. `scale`: how large
    it is drawn.
    """
    width, height, foot = picture.width, picture.height, ""
    if alone and legend:
        foot, wide, high = legend_foot(picture)
        width, height = max(width, wide), height + high
    role = "group" if href else "img"
    size = f'viewBox="0 0 {width} {height}" width="{width * scale:g}" height="{height * scale:g}"'
    parts = [f'<svg {NAMESPACE} class="orgchart" role="{role}" aria-label="{escape(label)}" {size}>']
    if said:
        parts.append(f"<title>{escape(label)}</title><desc>{escape(said)}</desc>")
    if alone:
        parts.append(f"<style>{style()}</style>")
    parts.append('<g class="lines">')
    parts += _paths(picture.strokes)
    parts.append("</g>")
    parts += _signs_on_lines(picture.strokes)
    numbers = {box: number for number, box in enumerate(picture.boxes)}
    for box in picture.boxes:
        parts += _box(box, href, numbers.get(box.parent) if box.parent else None)
    for party in picture.parties:
        parts.append('<g class="outside">')
        parts.append(f'<rect class="frame" x="{party.x}" y="{party.y}" width="{party.width}" height="{party.height}"')
        parts.append(f' rx="{party.height / 2 if len(party.title) == 1 else 12:g}"/>')
        parts += _lines(party.title, "title middle", party.x + party.width / 2, party.y + ABOVE + 15, TITLE_LINE)
        parts.append("</g>")
    folding = [box for box in picture.boxes if (box.closed and not box.goes_on) or (fold and box.children)]
    parts += [_fold(box, picture.direction, fold) for box in folding]
    parts += [foot, "</svg>"]
    return mark_safe("".join(parts))  # noqa: S308  # texts and addresses are escaped where they are put in


@cache
def style() -> str:
    """Return the rules of chart.css with the light colours of tokens.css in place of the variables."""
    tokens, rules = ((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "chart.css"))
    light = tokens.split("@media")[0] + rules.split("@media")[0]
    values = dict(re.findall(r"--([\w-]+):\s*([^;]+);", light))
    values["paper"] = "#ffffff"
    values["sans"] = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'
    rules = rules[rules.index(".orgchart {") :]
    rules = re.sub(r"/\*.*?\*/", "", rules)
    rules = re.sub(r"var\(--([\w-]+)\)", lambda found: values[found[1]], rules)
    return re.sub(r"\s*([{};,])\s*", r"\1", rules).replace(": ", ":").strip()


# Lines


def _paths(strokes: list[Stroke]) -> list[str]:
    by_style: dict[str, list[str]] = {}
    for stroke in strokes:
        by_style.setdefault(stroke.style, []).append(_way(stroke.points))
    return [
        f'<path class="{name}" d="{"".join(ways[at : at + PIECE])}"/>'
        for name, ways in by_style.items()
        for at in range(0, len(ways), PIECE)
    ]


def _way(points: list[Point]) -> str:
    """Return the path through orthogonal points."""
    x, y = points[0]
    way = [f"M{x:g} {y:g}"]
    for (ax, _ay), (bx, by) in pairwise(points):
        way.append(f"V{by:g}" if ax == bx else f"H{bx:g}")
    return "".join(way)


def _signs_on_lines(strokes: list[Stroke]) -> list[str]:
    parts = []
    for stroke in strokes:
        if stroke.dot and stroke.style in BESIDE_THE_TREE:
            x, y = stroke.dot
            parts.append(f'<circle class="{stroke.style}" cx="{x:g}" cy="{y:g}" r="2.5"/>')
        if stroke.mark:
            x, y = stroke.mark
            parts.append(f'<circle class="halo" cx="{x:g}" cy="{y:g}" r="7"/>')
            parts.append(f'<text class="mark middle" x="{x:g}" y="{y + 3.5:g}">推</text>')
    return parts


# Boxes


def _box(box: Box, href: Address | None, above: int | None) -> list[str]:
    entry = box.entry
    assert entry is not None  # noqa: S101  # parties have a drawing of their own
    kinds = " ".join(word for word in (box.kind, "inferred" if box.inferred else "", box.state) if word)
    tag, link = "g", ""
    if href:
        tag, link = "a", f' id="box-{entry.anchor}" href="{escape(href(entry))}"'
        if above is not None:
            link += f' data-above="{above}"'
    if href and box.standing:  # whose characters would be spelt one by one
        link += f' aria-label="{escape(f"{box.name} {box.headcount}".strip())}"'
    parts = [f'<{tag} class="{kinds}"{link}>', *_frame(box)]
    if box.standing:
        return [*parts, *_standing(box, tag, href)]
    x, y, width = box.x, box.y, box.width
    left, right, at = x + PAD, x + width - PAD, y + ABOVE
    if box.headcount and not box.headcount_below:
        parts.append(f'<text class="note end" x="{right}" y="{at + 15}">{escape(box.headcount)}</text>')
    parts += _lines(box.title, "title", left, at + 15, TITLE_LINE, box.signs)
    at += len(box.title) * TITLE_LINE
    if box.english:
        parts += _lines(box.english, "english", left, at + 10, ENGLISH_LINE)
        at += len(box.english) * ENGLISH_LINE
    if box.headcount_below:
        parts += _lines(notes(box), "note", left, at + 12, NOTE_LINE)
    parts.append(f"</{tag}>")
    for number, head in enumerate(box.heads):
        top = y + head.y
        if number == 0:
            parts.append(f'<path class="rule" d="M{left} {top - RULE}H{right}"/>')
        link = f' href="{escape(href(head.entry))}"' if href else ""
        parts.append(f'<{tag} class="leader"{link}><rect class="row" x="{x + 4}" y="{top}"')
        parts.append(f' width="{width - 8}" height="{head.height}"/>')
        if head.headcount:
            parts.append(f'<text class="note end" x="{right}" y="{top + 13}">{escape(head.headcount)}</text>')
        parts += _lines(head.lines, "", left, top + 13, HEAD_LINE, head.signs)
        parts.append(f"</{tag}>")
    return parts


def _frame(box: Box) -> list[str]:
    """Return the frame; behind that of a box that stands for several another one shows."""
    x, y, width, height = box.x, box.y, box.width, box.height
    size = f'width="{width}" height="{height}" rx="2"'
    parts = [f'<rect class="frame behind" x="{x + BEHIND}" y="{y + BEHIND}" {size}/>'] if box.several else []
    parts.append(f'<rect class="frame" x="{x}" y="{y}" {size}/>')
    if box.kind == "department":
        wide, high = (width, 3) if box.standing else (3, height)
        parts.append(f'<path class="bar" d="M{x} {y}h{wide}v{high}h-{wide}z"/>')
    return parts


def _standing(box: Box, tag: str, href: Address | None) -> list[str]:
    """Return what is written in a box that stands upright."""
    parts = svg_upright.columns(box, ("title", "english", "note"), left=box.rule)
    if box.headcount_below:
        parts.append(svg_upright.foot(box))
    parts.append(f"</{tag}>")
    if box.heads:
        parts.append(
            f'<path class="rule" d="M{box.x + box.rule:g} {box.y + 8}V{box.y + (box.goes_on_y or box.height - 6)}"/>'
        )
    for head in box.heads:
        name = escape(f"{head.entry.title} {head.headcount}".strip())
        link = f' href="{escape(href(head.entry))}" aria-label="{name}"' if href else ""
        parts.append(f'<{tag} class="leader"{link}><rect class="row" x="{box.x + head.x}" y="{box.y + 4}"')
        parts.append(f' width="{head.width}" height="{box.height - 8}"/>')
        parts += svg_upright.columns(box, ("leader", "note"), left=head.x, right=head.x + head.width)
        parts.append(f"</{tag}>")
    return parts


def _lines(  # noqa: PLR0917  # what, where, and its marks
    lines: tuple[str, ...], name: str, x: float, y: float, step: float, signs: tuple[str, ...] = ()
) -> list[str]:
    """Return a text element a line; the last carries the marks."""
    kind = f' class="{name}"' if name else ""
    parts = [f'<text{kind} x="{x:g}" y="{y + step * at:g}">{escape(line)}</text>' for at, line in enumerate(lines)]
    if parts and signs:
        marks = "".join(f'<tspan class="mark" dx="3">{one}</tspan>' for one in signs)
        parts[-1] = parts[-1].replace("</text>", f"{marks}</text>")
    return parts


def _fold(box: Box, direction: str, fold: FoldAddress | None) -> str:
    """Return the sign where the line leaves a box: a minus, or how many boxes are hidden."""
    count = str(box.hidden) if box.closed else ""
    wide = max(FOLD, 10 + 6 * len(count))
    x: float
    y: float
    if direction == "down":
        x, y = box.x + box.width / 2 - wide / 2, box.y + box.height - 2
    else:
        x, y = box.x + box.width - 2, box.y + box.height / 2 - FOLD / 2
    frame = f'<rect x="{x:g}" y="{y:g}" width="{wide}" height="{FOLD}" rx="{FOLD / 2:g}"/>'
    middle = x + wide / 2
    if count:
        inner = f'<text class="middle" x="{middle:g}" y="{y + 12:g}">{count}</text>'
    else:
        inner = f'<path class="sign" d="M{middle - 3.5:g} {y + FOLD / 2:g}h7"/>'
    if fold is None:
        return f'<g class="fold">{frame}{inner}</g>'
    said = _("Open the branch %(title)s") if box.closed else _("Close the branch %(title)s")
    name = escape(said % {"title": box.name})
    return f'<a class="fold" href="{escape(fold(box))}" aria-label="{name}">{frame}{inner}</a>'
