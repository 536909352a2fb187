"""What is written in each box, how it breaks, and how large the box must be. px; type sizes as in chart.css."""

from departments.charts.forest import Forest, headcounts
from departments.charts.options import Options
from departments.charts.picture import Box, Head
from departments.charts.standing import stand_up, stands
from departments.charts.text import width, wrap
from departments.models.entries import Entry
from departments.models.headcount import Headcount, HeadcountSum
from departments.models.outlines import Outline

TITLE, ENGLISH, HEAD, NOTE = 14, 10.5, 12.5, 11.5  # font sizes
TITLE_LINE, ENGLISH_LINE, HEAD_LINE, NOTE_LINE = 20, 14, 18, 16  # distance from line to line
PAD = 12  # left and right of the text
ABOVE, BELOW = 7, 8  # above and below it
RULE = 6  # from the text to the line over the heads, and from there to the first head
MARK = 16  # room for a 推, and for each other sign after a title
BESIDE = 10  # at least between a title and the headcount to its right
BASES = {"stated": "", "inferred": "推", "example": "例"}
NARROWEST = {"department": 148, "position": 128, "outside": 88}
WIDEST = {"department": 184, "position": 156, "outside": 168}


def count(forest: Forest, outline: Outline, options: Options) -> None:
    """Write the headcounts of boxes and heads, where they are asked for. Costs O(entries)."""
    if options.headcount:
        _count(forest.boxes, headcounts(outline))


def dress(forest: Forest, options: Options) -> None:
    """Fill in text and size of every box. Boxes of a kind are equally wide: as most of their titles ask on one line."""
    upright = [box for box in forest.boxes if stands(box, options)]
    stand_up(upright, options)
    lying = [box for box in forest.boxes if not box.standing]
    for boxes in (lying, forest.parties):
        for kind in ("department", "position", "outside"):
            alike = [box for box in boxes if box.kind == kind]
            wide = _common_width(alike)
            for box in alike:
                _fit(box, wide, options)


def _count(boxes: list[Box], sums: dict[Entry, HeadcountSum]) -> None:
    """Write the headcounts of boxes and heads; a department's is its own, else what its positions come to, if known."""
    said: dict[Headcount | HeadcountSum, str] = {}

    def say(entry: Entry) -> str:
        count: Headcount | HeadcountSum | None = entry.headcount
        if entry.headcount_form == "unstated":
            count = sums.get(entry)
        if count is None:
            return ""
        if count not in said:
            said[count] = _say(count)
        return said[count]

    for box in boxes:
        if box.entry is not None:
            box.headcount = say(box.entry)
        for head in box.heads:
            head.headcount = say(head.entry)


def _say(count: Headcount | HeadcountSum) -> str:
    if isinstance(count, Headcount):
        return f"{count} {BASES[count.basis]}".rstrip()
    if count.unstated:  # room for "at least", not for why
        count = HeadcountSum(count.least, None, count.counted)
    return str(count)


def _common_width(boxes: list[Box]) -> int:
    if not boxes:
        return 0
    kind = boxes[0].kind
    wanted = sorted(_wanted(box) for box in boxes)
    most = wanted[int(0.85 * (len(wanted) - 1))]
    return 2 * int(min(max(most, NARROWEST[kind]), WIDEST[kind]) / 2 + 0.999)


def _wanted(box: Box) -> float:
    beside = BESIDE + width(box.headcount, NOTE) if box.headcount else 0
    return 2 * PAD + width(box.name, TITLE) + beside + MARK * len(box.signs)


def _fit(box: Box, wide: int, options: Options) -> None:
    entry = box.entry
    room = wide - 2 * PAD
    note = BESIDE + width(box.headcount, NOTE) if box.headcount else 0
    mark = MARK * len(box.signs)
    box.headcount_below = bool(note) and width(box.name, TITLE) + mark + note > room
    box.title = wrap(box.name, TITLE, room - mark)
    if options.english and entry and entry.title_en:
        box.english = wrap(entry.title_en, ENGLISH, room)
    height = ABOVE + len(box.title) * TITLE_LINE + len(box.english) * ENGLISH_LINE
    if box.headcount_below:
        height += NOTE_LINE * len(notes(box, room))
    for number, head in enumerate(box.heads):
        height += RULE * 2 if number == 0 else 2
        height = _fit_head(head, height, room)
    if box.goes_on:
        box.goes_on_y = height
        height += NOTE_LINE + 2
    box.width, box.height = wide, 2 * ((height + BELOW + 1) // 2)


def _fit_head(head: Head, y: int, room: float) -> int:
    """Fill in a head's row that begins `y` below the box's top; return where it ends."""
    beside = BESIDE + width(head.headcount, NOTE) if head.headcount else 0
    if beside > room * 0.45:
        head.headcount, beside = "", 0
    beside += MARK * len(head.signs)
    head.lines = wrap(head.entry.title, HEAD, room - beside)
    head.y, head.height = y, HEAD_LINE * len(head.lines)
    return y + head.height


def notes(box: Box, room: float | None = None) -> tuple[str, ...]:
    """Return the lines of a headcount that stands below the title."""
    return wrap(box.headcount, NOTE, box.width - 2 * PAD if room is None else room)
