"""Boxes that stand upright: the leaves of a chart that grows downwards, narrow and all of one height. px.

In each the columns run from right to left: the title, the English title on its side, a line, those who lead it. The
headcount stands at the foot where it is short, else in a column beside the title. Below all it is said where a branch
goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from departments.charts.options import Options
from departments.charts.picture import Box
from departments.charts.text import width, wrap
from departments.charts.upright import Column, Piece, Placed, columns, length

# Of each kind of text: size of type, from character to character, width of a column.
TYPE = {"title": (14, 17, 20), "english": (10.5, 14, 14), "leader": (12.5, 15.5, 18), "note": (11.5, 14, 16)}
SIDE = 8  # left and right of the columns
ABOVE, BELOW = 9, 9  # above and below them
FOOT = 16  # of a headcount below the title
GOES_ON, ABREAST = 42, 60  # of what is said at the foot of a box that goes on: two lines, and how broad they are
RULE = 7  # for the line before those who lead
SIGN = 14  # of a 推 below a title
NARROWEST = 36
SHORTEST, LONGEST = 5, 10  # characters in the columns of titles


@dataclass(frozen=True, slots=True)
class Standing:
    """A column in a box: `kind` of text, its middle from the box's left, what stands in it from the top of the columns."""

    kind: str
    x: float
    placed: Column
    signs: tuple[str, ...] = ()  # below it

    @property
    def bottom(self) -> float:
        """Where it ends, from the top of the columns."""
        return (self.placed[-1].bottom if self.placed else 0) + SIGN * len(self.signs)


def stands(box: Box, options: Options) -> bool:
    """Whether a box of the forest stands upright."""
    if options.leaves != "upright" or options.direction != "down" or box.parent is None or box.entry is None:
        return False
    closed = box.closed and not box.goes_on
    return not (box.children or closed or box.entry.assistant or box.kind == "outside")


def stand_up(boxes: list[Box], options: Options) -> None:
    """Fill in text and size of boxes that stand upright. Costs O(boxes)."""
    if not boxes:
        return
    size, step, _wide = TYPE["title"]
    wanted = sorted(length(box.name, size, step) for box in boxes)
    room = min(max(wanted[int(0.85 * (len(wanted) - 1))], SHORTEST * step), LONGEST * step)
    for box in boxes:
        _fill(box, room, options)
    tallest = max(box.height for box in boxes)
    for box in boxes:
        box.height = tallest
        if box.goes_on:
            box.goes_on_y = tallest - GOES_ON


def _fill(box: Box, room: float, options: Options) -> None:
    """Fill in a box's columns, and how large it must be."""
    box.title = (box.name,)
    found: list[Set] = list(_set("title", box.name, room, box.signs))
    if options.english and box.entry and box.entry.title_en:
        size = TYPE["english"][0]
        english = wrap(box.entry.title_en, size, room)
        found += [("english", (Placed(Piece(line, "word"), 0, width(line, size)),), ()) for line in english]
    leading = [
        [*_set("leader", head.entry.title, room, head.signs), *_set("note", head.headcount, room)] for head in box.heads
    ]
    part = max(_across(found), 0 if leading else NARROWEST - 2 * SIDE)  # of the title, up to those who lead
    across = width(box.headcount, TYPE["note"][0]) - SIDE  # it may reach into the edges
    box.headcount_below = bool(box.headcount) and across <= part + TYPE["note"][2]
    if box.headcount_below:
        part = max(part, across)
    elif box.headcount:
        found += _set("note", box.headcount, room)
        part = max(part, _across(found))
    led = RULE + sum(map(_across, leading)) if leading else 0
    if box.goes_on:
        part = max(part, ABREAST - led - 2 * SIDE)
    box.width = 2 * ceil((part + led + 2 * SIDE) / 2)
    _stand(box, found, box.width - SIDE - (part - _across(found)) / 2)
    x = box.width - SIDE - part - RULE
    box.rule = x + RULE / 2 if leading else 0
    for head, lines in zip(box.heads, leading, strict=True):
        right, x = x, _stand(box, lines, x)
        head.x, head.width = round(x), round(right - x)
    bottom = ABOVE + max(one.bottom for one in box.standing)
    foot = (FOOT if box.headcount_below else 0) + (GOES_ON if box.goes_on else BELOW)
    box.height = 2 * ceil((bottom + foot) / 2)


Set = tuple[str, Column, tuple[str, ...]]


def _set(kind: str, text: str, room: float, signs: tuple[str, ...] = ()) -> Iterable[Set]:
    """Yield the columns of a text from right to left; the last carries the signs."""
    size, step, _wide = TYPE[kind]
    set_out = columns(text, size, step, room)
    for number, placed in enumerate(set_out, 1):
        yield kind, placed, signs if number == len(set_out) else ()


def _across(found: list[Set]) -> float:
    return sum(TYPE[kind][2] for kind, _placed, _signs in found)


def _stand(box: Box, found: list[Set], right: float) -> float:
    """Put columns into the box from `right` leftwards; return where they end."""
    for kind, placed, signs in found:
        across = TYPE[kind][2]
        box.standing += (Standing(kind, right - across / 2, placed, signs),)
        right -= across
    return right
