"""Which boxes a chart has and which line holds each: from an outline and options to a forest. No sizes, no queries.

Heads stand in their department's box. Frames are drawn as nothing: what stands in one is a root. A box hangs where its
place is, a position at its superior where that one is of the same department. In a chart of reporting lines every box
hangs where its superior is; where the sources name none, at its place (derived); further superiors are drawn beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from departments.charts.options import Options
from departments.charts.picture import ASSISTS, BESIDE, DERIVED, DOTTED, PLACE, STATED, Box, Head
from departments.models.entries import Entry, Line
from departments.models.headcount import HeadcountSum
from departments.models.outlines import Outline


@dataclass(slots=True)
class Tie:
    """A line beside the tree, from a box to a box or to a party outside."""

    style: str
    start: Box
    end: Box
    inferred: bool = False


@dataclass(slots=True)
class Forest:
    """Roots in document order; the boxes drawn, each before those below it; parties outside; lines beside the tree."""

    roots: list[Box]
    boxes: list[Box] = field(default_factory=list)
    parties: list[Box] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    departing: int = 0  # reporting lines that depart from the place and are not drawn


def plant(outline: Outline, options: Options) -> Forest:
    """Return the forest that the options ask for. Costs O(entries and relations)."""
    found = _boxes(outline, options)
    boxes = [box for entry, box in found.items() if box.entry is entry]
    leading = _leading(boxes, found)
    for box in boxes:
        _hang(box, found, leading, options)
    _cut_rings(boxes, found)
    _fill_in_children(boxes)
    entry = outline.find(options.start) if options.start else None
    start = found.get(entry) if entry else None
    forest = Forest([start] if start else [box for box in boxes if box.parent is None])
    if start:
        start.parent = None
    forest.boxes = list(_descend(forest.roots, options))
    _tie(forest, found, options)
    return forest


def _boxes(outline: Outline, options: Options) -> dict[Entry, Box]:
    """Return the box of every department and position that has one, in document order; a head's is its department's."""
    found: dict[Entry, Box] = {}
    for entry in outline.entries:
        if entry.is_duty or entry.frame:
            continue
        above = entry.parent
        if entry.is_department:
            found[entry] = _box(entry)
        elif entry.head and above is not None and above.is_department and not above.frame:
            box = found[entry] = found[above]
            box.heads.append(Head(entry, (), ""))
        elif options.show != "departments":
            found[entry] = _box(entry)
    return found


def _box(entry: Entry) -> Box:
    return Box(str(entry.kind), entry, entry.title, inferred=entry.inferred, several=bool(entry.repeats))


Leading = dict[Box, list[Line]]


def _leading(boxes: list[Box], found: dict[Entry, Box]) -> Leading:
    """Return for each box the superiors stated or inferred for it: its entry's own, then its heads'."""
    leading: Leading = {}
    for box, line in _lines(boxes):
        solid = line.kind == "reports_to" and line.line == "solid"
        if solid and (line.end is None or found.get(line.end) is not box):
            leading.setdefault(box, []).append(line)
    return leading


def _hang(box: Box, found: dict[Entry, Box], leading: Leading, options: Options) -> None:
    """Give the box its parent and the style of the line to it."""
    entry = box.entry
    place = _place(box, found)
    lines = leading.get(box, ())
    inside = [(line, found[line.end]) for line in lines if line.end is not None and line.end in found]
    reporting = options.show == "reporting"
    if place is not None and not reporting:
        if box.kind == "department":
            box.parent, box.basis, box.line_inferred = place, PLACE, _is_placed(box)
            return
        inside = [
            (line, end)
            for line, end in inside
            if end is place or (end.entry and entry and end.entry.parent is entry.parent)
        ]
    if inside:
        line, box.parent = inside[0]
        box.basis, box.line_inferred = STATED, line.basis == "inferred"
    elif place is not None and not (reporting and lines):  # otherwise its superior is outside, or nobody
        box.parent, box.basis, box.line_inferred = place, DERIVED, _is_placed(box)


def _is_placed(box: Box) -> bool:
    """Whether we concluded where the box stands."""
    return box.entry is not None and box.entry.place_basis == "inferred"


def _place(box: Box, found: dict[Entry, Box]) -> Box | None:
    above = box.entry.parent if box.entry else None
    return found.get(above) if above else None


def _cut_rings(boxes: list[Box], found: dict[Entry, Box]) -> None:
    """Hang the first box of a ring of superiors (A under B under A) at its place instead, or nowhere."""
    known: set[Box] = set()
    for box in boxes:
        path: dict[Box, None] = {}
        step: Box | None = box
        while step is not None and step not in known and step not in path:
            path[step] = None
            step = step.parent
        if step is not None and step in path:
            ring = list(path)[list(path).index(step) :]
            first = min(ring, key=lambda one: one.entry.lft if one.entry else 0)
            first.parent, first.basis, first.line_inferred = None, DERIVED, False
            place = step = _place(first, found)
            while step is not None and step is not first:
                step = step.parent
            if step is None:
                first.parent = place
        known.update(path)


def _fill_in_children(boxes: list[Box]) -> None:
    for box in boxes:
        if box.parent is not None:
            box.parent.children.append(box)


def _descend(roots: list[Box], options: Options) -> Iterable[Box]:
    """Yield the boxes drawn, parents first; count what is left out where a branch is closed or the levels end."""
    pending = list(reversed(roots))
    for box in pending:
        box.depth = 1
    left_out: list[Box] = []
    while pending:
        box = pending.pop()
        yield box
        ref = box.entry.ref if box.entry else ""
        deep = 0 < options.levels <= box.depth and ref not in options.opened
        if box.children and (deep or ref in options.closed):
            left_out.append(box)
            continue
        for child in reversed(box.children):
            child.depth = box.depth + 1
            pending.append(child)
    for box in left_out:
        below = list(box.children)
        while below:
            one = below.pop()
            box.hidden += 1
            one.depth = 0
            below += one.children
        box.children, box.closed = [], True


def _tie(forest: Forest, found: dict[Entry, Box], options: Options) -> None:
    """Add the lines beside the tree whose two ends are drawn, each once, and the parties outside they lead to.

    Only a chart of reporting lines has solid ones within the design; others count them.
    """
    drawn = set(forest.boxes)
    parties: dict[str, Box] = {}
    seen: set[tuple[str, Box, Box]] = set()
    for box, line in _lines(forest.boxes):
        style = _style(line)
        if style and line.outside:
            end = parties.setdefault(line.outside, Box("outside", None, line.outside))
            if style == BESIDE and box.parent is None:
                style = STATED  # it is all that holds the box
        elif style and line.end in found and found[line.end] in drawn:
            end = found[line.end]
            if end is box or (style == BESIDE and end is box.parent):
                continue
        else:
            continue
        if (style, box, end) in seen:
            continue
        seen.add((style, box, end))
        if style == BESIDE and end.entry and options.show != "reporting":
            forest.departing += 1
        else:
            forest.ties.append(Tie(style, box, end, line.basis == "inferred"))
    forest.parties = list(parties.values())


def _lines(boxes: list[Box]) -> Iterable[tuple[Box, Line]]:
    """Yield every relation that begins in a box: its entry's, then its heads'."""
    for box in boxes:
        for entry in (box.entry, *(head.entry for head in box.heads)):
            if entry is not None:
                for line in entry.relations_out:
                    yield box, line


def _style(line: Line) -> str:
    if line.kind == "reports_to":
        return DOTTED if line.line == "dotted" else BESIDE
    return ASSISTS if line.kind == "assists" else ""


def headcounts(outline: Outline) -> dict[Entry, HeadcountSum]:
    """Return what the positions of each department come to. Costs one pass, from the last entry to the first.

    What gives no number is counted as `unstated` whatever its form: a chart has room to say "at least", not why.
    """
    sums: dict[Entry, list[int]] = {}
    for entry in reversed(outline.entries):
        if entry.is_duty:
            continue
        own = sums.setdefault(entry, [0, 0, 0, 0, 0])
        if entry.is_position:
            if entry.headcount_form in ("number", "range"):
                own[0] += entry.headcount_min or 0
                own[1] += entry.headcount_max or 0
                own[2] += 1
                own[3] += entry.headcount_max is None
            else:
                own[4] += 1
        if entry.parent is not None:
            above = sums.setdefault(entry.parent, [0, 0, 0, 0, 0])
            for index, number in enumerate(own):
                above[index] += number
    return {
        entry: HeadcountSum(least, None if open_ranges else most, counted, unstated=unstated)
        for entry, (least, most, counted, open_ranges, unstated) in sums.items()
        if entry.is_department and counted
    }
