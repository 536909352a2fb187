"""What is written in the boxes of a chart that stand upright, as SVG text; see charts/standing.py."""

from html import escape

from departments.charts.picture import Box
from departments.charts.standing import ABOVE, BELOW, TYPE, Standing
from departments.charts.upright import Placed

HAN = 0x2E80  # where characters begin that are one em wide
BASELINE = 0.36  # from the middle of a character down to its line, ems


def columns(box: Box, kinds: tuple[str, ...], left: float = 0, right: float = float("inf")) -> list[str]:
    """Return the columns of these kinds whose middles stand between left and right, px from the box's left."""
    parts: list[str] = []
    for one in box.standing:
        if one.kind in kinds and left <= one.x <= right:
            parts += _column(one, box.x + one.x, box.y + ABOVE)
    return parts


def foot(box: Box) -> str:
    """Return the headcount below the title: right of the line before those who lead."""
    middle, line = box.x + (box.rule + box.width) / 2, box.y + (box.goes_on_y or box.height - BELOW)
    return f'<text class="note middle" x="{middle:g}" y="{line:g}">{escape(box.headcount)}</text>'


def _column(one: Standing, middle: float, top: float) -> list[str]:
    size = TYPE[one.kind][0]
    name = "" if one.kind == "leader" else one.kind
    parts: list[str] = []
    run: list[tuple[str, float, float]] = []  # characters one em wide: one text, so that they are copied as one
    for placed in one.placed:
        if placed.piece.kind == "character" and ord(placed.piece.text) >= HAN:
            right, down = placed.piece.shift
            at = top + (placed.top + placed.bottom) / 2 + size * (BASELINE + down)
            run.append((placed.piece.text, middle + size * (right - 0.5), at))
            continue
        parts += _run(run, name)
        run = []
        parts.append(_other(placed, name, middle, top, size))
    parts += _run(run, name)
    for number, sign in enumerate(one.signs):
        at = top + one.bottom - 14 * (len(one.signs) - number) + 11
        parts.append(f'<text class="mark middle" x="{middle:g}" y="{at:g}">{escape(sign)}</text>')
    return parts


def _run(run: list[tuple[str, float, float]], name: str) -> list[str]:
    if not run:
        return []
    text = escape("".join(character for character, _x, _y in run))
    xs, ys = (" ".join(f"{place[axis]:g}" for place in run) for axis in (1, 2))
    return [f'<text{_kind(name)} x="{xs}" y="{ys}">{text}</text>']


def _other(placed: Placed, name: str, middle: float, top: float, size: float) -> str:
    """Return what stands abreast, or is turned: a sign about its middle, a word onto its side."""
    text, at = escape(placed.piece.text), top + (placed.top + placed.bottom) / 2
    if placed.piece.kind in ("turned", "word"):
        place = f'transform="translate({middle:g} {at:g}) rotate(90)" x="0" y="{size * BASELINE:.2f}"'
    else:
        place = f'x="{middle:g}" y="{at + size * BASELINE:g}"'
    return f"<text{_kind(f'{name} middle'.strip())} {place}>{text}</text>"


def _kind(name: str) -> str:
    return f' class="{name}"' if name else ""
