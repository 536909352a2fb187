"""The legend of a chart: only what is drawn, each with a sample."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from departments.charts import Picture
from departments.charts.picture import ASSISTS, BESIDE, BESIDE_THE_TREE, DERIVED, DOTTED, MOVED, PLACE, SEVERAL, STATED
from departments.charts.text import width

MARGIN = 24  # left of the first sample, right of the last word
SAMPLE = 38  # from a sample's left edge to its word
APART = 22
ROW = 24
SIZE = 11.5
MARKS = {"part-time": "兼", "example": "例", "times": SEVERAL}


def legend(picture: Picture) -> list[tuple[str, str]]:
    """Return (what is drawn, what it means) for everything in the picture that needs a word, in a fixed order."""
    words = {
        PLACE: _("part of the department above"),
        STATED: _("reports to"),
        DERIVED: _("superior derived from the place"),
        BESIDE: _("reports to, apart from its place"),
        DOTTED: _("dotted line"),
        ASSISTS: _("assists"),
        MOVED: _("moved, from the old place to the new"),
    }
    items = [(name, words[name]) for name in picture.styles]
    if picture.inferred:
        items.append(("inferred", _("inferred")))
    signs = {sign for box in picture.boxes for head in box.heads for sign in head.signs}
    if "兼" in signs:
        items.append(("part-time", _("part-time")))
    if any(box.several for box in picture.boxes):
        items.append(("several", _("stands for several of its kind")))
    if SEVERAL in signs:
        items.append(("times", _("stands for several of its kind")))
    if "例" in picture.marks:
        items.append(("example", _("as an example")))
    if picture.parties:
        items.append(("outside", _("outside this design")))
    if any(box.closed and not box.goes_on for box in picture.boxes):
        items.append(("closed", _("so many boxes below are not drawn")))
    return items


def sample(name: str, x: float = 0, y: float = 0) -> SafeString:
    """Return the drawing of a legend's item, 30 × 16 px, as the content of an SVG of class orgchart."""
    return mark_safe(_sample(name, x, y))  # noqa: S308  # numbers and names of our own


def _sample(name: str, x: float, y: float) -> str:
    middle = y + 8
    if name == "inferred":
        frame = f'<rect class="frame" x="{x + 1}" y="{y + 2}" width="28" height="12" rx="2"/>'
        return f'<g class="inferred">{frame}<text class="mark middle" x="{x + 15}" y="{y + 11.5}">推</text></g>'
    if name in MARKS:
        mark = MARKS[name]
        return f'<text class="mark middle" x="{x + 15}" y="{y + 11.5}">{mark}</text>'
    if name == "several":
        back = f'<rect class="frame" x="{x + 4}" y="{y + 4}" width="25" height="11" rx="2"/>'
        return f'<g>{back}<rect class="frame" x="{x + 1}" y="{y + 1}" width="25" height="11" rx="2"/></g>'
    if name == "outside":
        return f'<g class="outside"><rect class="frame" x="{x + 1}" y="{y + 2}" width="28" height="12" rx="6"/></g>'
    if name == "closed":
        frame = f'<rect x="{x + 5}" y="{y + 1}" width="20" height="14" rx="7"/>'
        return f'<g class="fold">{frame}<text class="middle" x="{x + 15}" y="{y + 11.5}">n</text></g>'
    dot = f'<circle class="{name}" cx="{x + 28}" cy="{middle}" r="2.5"/>' if name in BESIDE_THE_TREE else ""
    return f'<g class="lines"><path class="{name}" d="M{x} {middle}H{x + 28}"/></g>{dot}'


def legend_foot(picture: Picture) -> tuple[str, int, int]:
    """Return the legend as SVG below the picture, the width it needs and the height it adds, px. Wraps."""
    content, room, high = legend_rows(picture, picture.width - 2 * MARGIN, MARGIN, picture.height)
    return content, round(room + 2 * MARGIN + 0.5), high + 8 if high else 0


def legend_rows(picture: Picture, room: float, left: float, top: int) -> tuple[str, float, int]:
    """Return the legend as SVG in rows, the width they need, at least `room`, and their height, px."""
    items = [(name, text, SAMPLE + width(text, SIZE)) for name, text in legend(picture)]
    room = max([room, *(wide for _name, _text, wide in items)])
    parts: list[str] = []
    x, y = 0.0, top
    for name, text, wide in items:
        if x and x + wide > room:
            x, y = 0.0, y + ROW
        parts.append(sample(name, left + x, y))
        parts.append(f'<text class="note" x="{left + x + SAMPLE:g}" y="{y + 12}">{escape(text)}</text>')
        x += wide + APART
    return "".join(parts), room, y + ROW - top if items else 0
