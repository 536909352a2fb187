"""The swim lanes of a process as SVG text, in the hand of the org charts (see also svg.py).

Every shape has a class and, beside it, its looks in light colours: lanes.css follows the page's colours where there is a
page, and on paper the picture needs no style sheet. All text is escaped here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.charts.lanes import (
    ABOVE,
    ACTION,
    ACTION_LINE,
    HEAD,
    HEAD_LINE,
    MARK,
    NAME,
    NAME_LINE,
    NOTE,
    NOTE_LINE,
    PAD,
    PARTED,
    Box,
    Lane,
    Part,
    Picture,
    lay_out,
)
from departments.charts.tasks import Task, read_tasks
from departments.charts.text import width, wrap
from departments.formats.svg import NAMESPACE, STATIC
from departments.models import Step
from departments.models.outlines import Outline

# What is free for a part of the picture, px: beside the tree at a desk, on a phone, between the margins of A4. A part is
# as high as lets its head be seen with its last step, or two stand on one page.
DESK = {"room": 1000, "tall": 760}
PHONE = {"room": 340, "tall": 620}
PAPER = {"room": 625, "tall": 520}
FIGURE = 10.5  # size of the numbers


def lanes_figure(steps: Sequence[Step], outline: Outline, *, paper: bool = False) -> SafeString:
    """Return the swim lanes of a process: a figure for a page, or for paper pieces that a page has room for.

    `steps` come with their process, as `process.steps.all()` gives them; without any nothing is drawn. No query.
    """
    tasks = read_tasks(steps, outline)
    if not tasks:
        return SafeString("")
    process = steps[0].process
    name = _("Swim lanes: %(name)s") % {"name": process.name}
    if paper:
        whole = "".join(f'<div class="lanes-piece">{piece}</div>' for piece in lanes_pieces(steps, outline))
        return mark_safe(whole)  # noqa: S308  # escaped where it is made
    desk, phone = (lay_out(tasks, ordered=process.ordered, **space) for space in (DESK, PHONE))
    drawn = [("desk", desk), ("phone", phone)] if desk != phone else [("", desk)]
    svg = "".join(
        _svg(picture, tasks, name, f"lanes-{kind or 'all'}", kind=kind, key=picture) for kind, picture in drawn
    )
    label = escape(_("Swim lanes"))
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{svg}</div>'
    return mark_safe(f'<figure class="lanes-figure">{region}</figure>')  # noqa: S308  # escaped where it is made


def lanes_pieces(steps: Sequence[Step], outline: Outline) -> list[str]:
    """Return the swim lanes of a process as drawings, one below the other, for each of which a page has room. No query."""
    tasks = read_tasks(steps, outline)
    if not tasks:
        return []
    process = steps[0].process
    picture = lay_out(tasks, ordered=process.ordered, **PAPER)
    scale = min(1.0, PAPER["room"] / picture.width)
    name, pieces = _("Swim lanes: %(name)s") % {"name": process.name}, []
    for at, part in enumerate(picture.parts, 1):
        key = picture if at == len(picture.parts) else None
        piece = Picture(picture.direction, [part])
        pieces.append(_svg(piece, tasks, name, f"lanes-{process.number}-{at}", key=key, scale=scale))
    return pieces


def describe(tasks: Sequence[Task]) -> str:
    """Return what the picture shows, for those who do not see it."""
    names = dict.fromkeys(actor_name(actor.name) for task in tasks for actor in task.actors)
    steps = ngettext("%(n)d step", "%(n)d steps", len(tasks)) % {"n": len(tasks)}
    lanes = _("A lane for each who acts: %(names)s.") % {"names": _(", ").join(names)}
    return " ".join([_(" · ").join([steps, lanes]), _("The table below says the same in words.")])


def actor_name(name: str) -> str:
    """Return the name in the head of a lane: also of those whom the source does not name."""
    return name or _("actor not stated")


def _svg(
    picture: Picture,
    tasks: Sequence[Task],
    name: str,
    anchor: str,
    *,
    kind: str = "",
    key: Picture | None,
    scale: float = 1,
) -> str:
    """Return the drawing of a picture, above the legend of `key`: the whole of which the picture is the last piece."""
    wide, high = picture.width + 2, picture.height + 2
    foot, foot_high = _legend(key, wide, high) if key else ("", 0)
    high += foot_high
    size = f'viewBox="0 0 {wide:g} {high:g}" width="{wide * scale:g}" height="{high * scale:g}"'
    look = 'font-family="Noto Sans CJK SC, sans-serif" font-size="12"'
    said = f'role="img" aria-labelledby="{anchor}-title {anchor}-text"'
    pieces = [f'<svg {NAMESPACE} class="{f"lanes {kind}".strip()}" {said} {size} {look}>']
    pieces.append(f'<title id="{anchor}-title">{escape(name)}</title>')
    pieces.append(f'<desc id="{anchor}-text">{escape(describe(tasks))}</desc>')
    top = 1.0
    for part in picture.parts:
        pieces.append(f'<g transform="translate(1 {top:g})">')
        pieces += _part(part, down=picture.direction == "down")
        pieces.append("</g>")
        top += part.height + PARTED
    return "".join([*pieces, foot, "</svg>"])


def _part(part: Part, *, down: bool) -> Iterator[str]:
    for number, lane in enumerate(part.lanes):
        yield from _lane(lane, part.head, number, down=down)
    edge = f"M0 {part.head:g}H{part.width:g}" if down else f"M{part.head:g} 0V{part.height:g}"
    yield _shape("path", "edge", d=edge)
    yield _shape("rect", "outline", x=0, y=0, width=part.width, height=part.height)
    for mark in part.marks:
        (ax, ay), (bx, by) = mark.link
        yield _shape("path", "link", d=f"M{ax:g} {ay:g}L{bx:g} {by:g}")
    for route in part.arrows:
        (x, y), *rest = route
        yield _shape("path", "arrow", d=f"M{x:g} {y:g}" + "".join(f"L{bx:g} {by:g}" for bx, by in rest))
        yield _tip(*list(pairwise(route))[-1])
    for box in part.boxes:
        yield from _box(box)
    for mark in part.marks:
        yield from _disc(str(mark.task.number), *mark.at, kind="mark")
    for box in part.boxes:
        yield from _disc(str(box.task.number), box.x + PAD + 3, box.y, kind="number")
        if box.task.inferred:
            yield from _disc("推", box.x + box.width - PAD - 3, box.y, kind="sign")


def _lane(lane: Lane, head: float, number: int, *, down: bool) -> Iterator[str]:
    yield f'<g class="lane {lane.actor.kind}">'
    yield _shape("rect", "band odd" if number % 2 else "band", **_place(lane))
    if number:
        way = f"M{lane.x:g} 0V{lane.height:g}" if down else f"M0 {lane.y:g}H{lane.width:g}"
        yield _shape("path", "between", d=way)
    lines = lane.lines or wrap(_("actor not stated"), HEAD, (lane.width if down else head) - 2 * PAD)
    name = "head" if lane.actor.kind in ("department", "position") else "head other"
    if down:
        top = (head - HEAD_LINE * len(lines)) / 2
        bar = f"M{lane.x:g} 0h{lane.width:g}v3h{-lane.width:g}z"
        for at, line in enumerate(lines):
            yield _text(line, name, lane.x + (lane.width - width(line, HEAD)) / 2, top + 13 + at * HEAD_LINE)
    else:
        top = lane.y + (lane.height - HEAD_LINE * len(lines)) / 2
        bar = f"M0 {lane.y:g}h3v{lane.height:g}h-3z"
        yield from _lines(lines, name, lane.x + PAD + 1, top + 13, HEAD_LINE)
    if lane.actor.kind == "department":
        yield _shape("path", "bar", d=bar)
    yield "</g>"


def _box(box: Box) -> Iterator[str]:
    yield '<g class="step">'
    if box.cut:
        yield f"<title>{escape(box.task.text)}</title>"
    yield _shape("rect", "frame", rx=2, **_place(box))
    x, y = box.x + PAD, box.y + ABOVE
    for lines, name, size, line in (
        (box.name, "name", NAME, NAME_LINE),
        (box.action, "action", ACTION, ACTION_LINE),
        (box.lead_time, "when", NOTE, NOTE_LINE),
    ):
        yield from _lines(lines, name, x, y + size, line)
        y += line * len(lines)
    yield "</g>"


def _place(thing: Box | Lane) -> dict[str, float]:
    return {"x": thing.x, "y": thing.y, "width": thing.width, "height": thing.height}


def _disc(figure: str, x: float, y: float, *, kind: str) -> Iterator[str]:
    yield _shape("circle", f"disc-{kind}", cx=x, cy=y, r=MARK)
    yield _text(figure, f"figure-{kind}", x - width(figure, FIGURE) / 2, y + 3.8)


def _tip(before: tuple[float, float], end: tuple[float, float]) -> str:
    (ax, ay), (x, y) = before, end
    if ax == x:
        back = 6 if y > ay else -6
        return _shape("path", "tip", d=f"M{x:g} {y:g}L{x - 4:g} {y - back:g}H{x + 4:g}z")
    return _shape("path", "tip", d=f"M{x:g} {y:g}L{x - 6:g} {y - 4:g}V{y + 4:g}z")


def _legend(picture: Picture, wide: float, top: float) -> tuple[str, float]:
    """Return the legend below the picture, an item a line, and the height it adds: only what is drawn."""
    items = []
    if any(part.marks for part in picture.parts):
        items.append(("mark", "n", _("takes part in the step of that number")))
    if any(box.task.inferred for part in picture.parts for box in part.boxes):
        items.append(("sign", "推", _("who acts is inferred")))
    pieces: list[str] = []
    y = top + PAD
    for kind, figure, word in items:
        lines = wrap(word, NOTE, wide - 3 * MARK - 4)
        pieces += _disc(figure, MARK + 2, y + MARK + 1, kind=kind)
        pieces += _lines(lines, "note", 2 * MARK + 8, y + MARK + 5, NOTE_LINE)
        y += NOTE_LINE * len(lines) + 6
    return "".join(pieces), y - top + 2 if items else 0


# Looks


def _lines(lines: tuple[str, ...], name: str, x: float, y: float, step: float) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield _text(line, name, x, y + at * step)


def _text(words: str, name: str, x: float, y: float) -> str:
    return f'<text {_look(name)} x="{x:g}" y="{y:g}">{escape(words)}</text>'


def _shape(tag: str, name: str, **place: Any) -> str:
    where = " ".join(f'{key}="{value:g}"' if key != "d" else f'd="{value}"' for key, value in place.items())
    return f"<{tag} {_look(name)} {where}/>"


@cache
def _look(name: str) -> str:
    """Return the class and the attributes of everything of that name: each word of it adds some."""
    attributes: dict[str, str] = {}
    for word in name.split():
        attributes |= LOOKS.get(word, {})
    colours = _light()
    return " ".join([f'class="{name}"', *(f'{key}="{colours.get(value, value)}"' for key, value in attributes.items())])


@cache
def _light() -> dict[str, str]:
    """Return the light colours of tokens.css by name."""
    light = (STATIC / "tokens.css").read_text(encoding="utf-8").split("@media")[0]
    return dict(re.findall(r"--([\w-]+):\s*(#\w+);", light))


LOOKS: dict[str, dict[str, str]] = {
    "band": {"fill": "surface"},
    "odd": {"fill": "paper"},
    "between": {"stroke": "hairline", "stroke-width": "1"},
    "edge": {"stroke": "ink-2", "stroke-width": "0.75"},
    "outline": {"fill": "none", "stroke": "hairline", "stroke-width": "1"},
    "bar": {"fill": "department"},
    "head": {"fill": "ink", "font-size": f"{HEAD:g}", "font-weight": "600"},
    "other": {"fill": "ink-2", "font-weight": "400"},
    "frame": {"fill": "surface", "stroke": "ink-2", "stroke-width": "0.75"},
    "name": {"fill": "ink", "font-size": f"{NAME:g}", "font-weight": "600"},
    "action": {"fill": "ink", "font-size": f"{ACTION:g}"},
    "when": {"fill": "accent", "font-size": f"{NOTE:g}"},
    "note": {"fill": "ink-2", "font-size": f"{NOTE:g}"},
    "arrow": {"fill": "none", "stroke": "ink", "stroke-width": "1.25"},
    "tip": {"fill": "ink"},
    "link": {"stroke": "ink-2", "stroke-width": "0.75"},
    "disc-number": {"fill": "ink"},
    "figure-number": {"fill": "surface", "font-size": f"{FIGURE:g}", "font-weight": "600"},
    "disc-mark": {"fill": "surface", "stroke": "ink-2", "stroke-width": "0.75"},
    "figure-mark": {"fill": "ink-2", "font-size": f"{FIGURE:g}"},
    "disc-sign": {"fill": "surface", "stroke": "ink-2", "stroke-width": "0.75", "stroke-dasharray": "3 2"},
    "figure-sign": {"fill": "ink-2", "font-size": f"{FIGURE:g}"},
}
