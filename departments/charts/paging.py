"""Which boxes of a chart stand on which page: all on one, one a top department, or so many levels a page.

A box whose branch goes on elsewhere stands twice: as the last of its page, where it says which page to turn to, and as
the first of that page. Where levels part the chart, small branches of brothers share a page. A line beside the tree is
drawn where both its ends stand on one page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from departments.charts.forest import Forest, Tie
from departments.charts.picture import Box, Picture

RULES = ("fit", "departments")  # or a figure: so many levels a page
FEWEST_LEVELS = 2  # the box that is said again, and what is below it
TOGETHER = 16  # boxes on a page that brothers' branches share, at most

Cut = Callable[[Box, int], bool]  # whether the branch of a box goes on elsewhere, by its level on the page
Going = list[tuple[Box, Box]]  # boxes that go on elsewhere, each with the one in its place


@dataclass(slots=True)
class Page:
    """A page: `number` from 1; `above`: the number of the page its first boxes are the last of, 0 on the first.

    `below`: the box they stand below. Its `picture` comes last, when it is laid out.
    """

    number: int
    forest: Forest
    above: int = 0
    below: Box | None = None
    picture: Picture | None = None
    beyond: list[tuple[Tie, int]] = field(default_factory=list)  # lines not drawn, and the page where they would end

    @property
    def start(self) -> Box | None:
        """The first box that goes on here."""
        return self.forest.roots[0] if self.above else None

    @property
    def name(self) -> str:
        """What goes on here: the box, or where there are several the one above them; empty on the first page."""
        if not self.above:
            return ""
        first, *others = self.forest.roots
        return self.below.name if others and self.below else first.name


def paginate(forest: Forest, rule: str) -> list[Page]:
    """Return the pages of a forest, each department's pages together. Takes the forest apart. Costs O(boxes and lines)."""
    cut = _rule(forest, rule)
    pages: list[Page] = []
    pending: list[tuple[Going, int]] = [([], 0)]
    while pending:
        going, above = pending.pop()
        roots = [box for box, _stub in going] or forest.roots
        page = Page(len(pages) + 1, Forest(roots), above, going[0][1].parent if going else None)
        pages.append(page)
        for _box, stub in going:
            stub.goes_on = page.number
        page.forest.roots, going_on = _cut_off(roots, cut) if page.number == 1 else (roots, [])
        page.forest.boxes, below = _fill(page.forest.roots, cut)
        going_on += below
        together = TOGETHER if rule.isdecimal() else 0
        pending += [(group, page.number) for group in reversed(list(_together(going_on, cut, together)))]
    _tie(forest, pages)
    return pages


def _rule(forest: Forest, rule: str) -> Cut:
    if rule == "departments":
        tops = set(_top_departments(forest))
        return lambda box, _level: box in tops
    if rule.isdecimal():
        levels = max(int(rule), FEWEST_LEVELS)
        return lambda _box, level: level == levels
    return lambda _box, _level: False


def _top_departments(forest: Forest) -> list[Box]:
    """Return the departments of the first level that has several; below a single one, or below positions, it is sought on."""
    level = forest.roots
    while level:
        departments = [box for box in level if box.kind == "department"]
        if len(departments) > 1:
            return departments
        level = [child for box in departments or level for child in box.children]
    return []


def _together(going: Going, cut: Cut, most: int) -> Iterator[Going]:
    """Yield what shares a page: brothers while they have no more than so many boxes, else each alone."""
    group: Going = []
    used = 0
    for box, stub in going:
        boxes = _size(box, cut)
        if group and (used + boxes > most or stub.parent is not group[-1][1].parent):
            yield group
            group, used = [], 0
        group.append((box, stub))
        used += boxes
    if group:
        yield group


def _size(box: Box, cut: Cut, level: int = 1) -> int:
    """Return how many boxes of its branch stand on its page."""
    size, pending = 0, [(box, level)]
    while pending:
        one, depth = pending.pop()
        size += 1
        if depth == level or not cut(one, depth):
            pending += [(child, depth + 1) for child in one.children]
    return size


def _fill(roots: list[Box], cut: Cut) -> tuple[list[Box], Going]:
    """Return the boxes of a page, parents first, and those that go on elsewhere, each with what stands for it here."""
    boxes: list[Box] = []
    going_on: Going = []
    for box in _walk(roots):
        boxes.append(box)
        box.children, below = _cut_off(box.children, cut, box.depth + 1)
        going_on += below
    return boxes, going_on


def _cut_off(boxes: list[Box], cut: Cut, level: int = 1) -> tuple[list[Box], Going]:
    """Return brothers with others in the places of those that go on elsewhere; and these, each with the one in its place."""
    kept: list[Box] = []
    going_on: Going = []
    for box in boxes:
        if not (box.children and cut(box, level)):
            kept.append(box)
            continue
        stub = replace(box, children=[], heads=[replace(head) for head in box.heads], closed=True)
        box.parent = None
        kept.append(stub)
        going_on.append((box, stub))
    return kept, going_on


def _walk(roots: list[Box]) -> Iterator[Box]:
    """Yield boxes, parents first, each with its level on the page; whose children may be changed meanwhile."""
    for box in roots:
        box.depth = 1
    pending = list(reversed(roots))
    while pending:
        box = pending.pop()
        yield box
        for child in box.children:
            child.depth = box.depth + 1
        pending += reversed(box.children)


def _tie(forest: Forest, pages: list[Page]) -> None:
    """Give each line beside the tree to the page where both its ends stand; parties outside stand on every page they lead."""
    places: dict[int, list[tuple[Page, Box]]] = {}  # by the entry, since a box may stand twice
    for page in pages:
        for box in page.forest.boxes:
            places.setdefault(id(box.entry), []).append((page, box))
    parties: dict[tuple[int, Box], Box] = {}
    for tie in forest.ties:
        starts = places[id(tie.start.entry)]
        if tie.end.kind == "outside":
            page, start = starts[0]
            end = parties.setdefault((page.number, tie.end), replace(tie.end))
            page.forest.ties.append(replace(tie, start=start, end=end))
            continue
        ends = {page.number: box for page, box in places[id(tie.end.entry)]}
        shared = next(((page, box) for page, box in starts if page.number in ends), None)
        if shared:
            page, start = shared
            page.forest.ties.append(replace(tie, start=start, end=ends[page.number]))
        else:
            starts[-1][0].beyond.append((tie, max(ends)))
    for (number, _party), end in parties.items():
        pages[number - 1].forest.parties.append(end)
