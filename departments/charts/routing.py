"""How lines run: the tree's, and those beside it, orthogonally and through no box. Works in u and v (see `layout`).

Lines beside the tree keep to the tree's own corridors: out of a box into the channel above it, along the channel to the
side of the box above, past it into the next channel, and so on up to the channel both ends share. `layout` keeps those
corridors free: no foreign block stands in the channel between a block and its children, nor within half a gap beside a
block. A route is as long as the way through the tree; several in one corridor take lanes of their own, as far as there
are any.
"""

from collections import Counter

from departments.charts.blocks import CHANNEL, RAIL_AT, Grid
from departments.charts.forest import Forest, Tie
from departments.charts.layout import Block
from departments.charts.picture import STATED, Box, Point, Stroke

BUS = CHANNEL // 2  # from a block to the line its children hang on
LANES = (BUS + 9, BUS - 5, BUS + 14, BUS - 9, BUS + 4)  # of lines beside the tree, from the channel's upper edge
PORTS = (14, -14, 24, -24, 32, -32)  # of lines beside the tree, from the middle of a box's edge
UNDER = (6, -6, 11, -11)  # the same where they enter from below, between the assistants
STRAIGHT = 3  # a smaller bend would look like a slip
MARK_AT = 12  # from the box to the 推 on its line


def tree_strokes(forest: Forest, grid: Grid) -> list[Stroke]:
    """Return the line from every box to its parent, in the boxes' order. Costs O(boxes)."""
    strokes = []
    for box in forest.boxes:
        parent = box.parent
        if parent is None or parent.block is None or box.block is None:
            continue
        points = _to_parent(box, parent, grid)
        mark = _mark(points) if box.line_inferred else None
        strokes.append(Stroke(box.basis, points, box, parent, mark))
    return strokes


def trunk(box: Box, grid: Grid) -> float:
    """Return the u of the line below a box."""
    return box.u + grid.across(box) / 2


def _to_parent(box: Box, parent: Box, grid: Grid) -> list[Point]:
    """Return the points from a box up to the lower edge of its parent's box."""
    block, above = box.block, parent.block
    assert block is not None and above is not None  # noqa: S101, PT018  # block_up gave every box one
    start, middle = (trunk(parent, grid), parent.v + grid.along(parent)), trunk(parent, grid)
    if box.role in ("left", "right"):
        inner = box.u if box.role == "right" else box.u + grid.across(box)
        v = box.v + grid.along(box) / 2
        return [(inner, v), (middle, v), start]
    bus = _bus(block)
    if box.role == "stacked" and grid.down:
        v, rail = box.v + box.height / 2, block.u + RAIL_AT
        points = [(box.u, v), (rail, v), (rail, bus)]
    else:
        own = trunk(box, grid)
        if abs(own - middle) <= STRAIGHT and block.parent is above:
            return [(own, box.v), (own, start[1])]
        points = [(own, box.v), (own, bus)]
    while block.parent is not None and block.parent is not above:  # up the pillars, from row to row: see `rows`
        pillar = block.parent
        points += [(pillar.u + pillar.span / 2, _bus(one)) for one in (block, pillar)]
        block = pillar
    return _straighten([*points, (middle, _bus(block)), start])


def _bus(block: Block) -> float:
    """Return the v of the line on which a block and its brothers hang."""
    return block.v - CHANNEL + BUS


def _mark(points: list[Point]) -> Point:
    (u, v), (next_u, next_v) = points[0], points[1]
    return (
        (u, v - min(MARK_AT, v - next_v))
        if u == next_u
        else ((u + next_u) / 2 if abs(u - next_u) < 20 else u + (10 if next_u > u else -10), v)
    )


class Router:
    """Finds the routes of lines beside the tree; remembers which lanes are taken."""

    def __init__(self, grid: Grid, ceiling: float):
        self.grid = grid
        self.ceiling = ceiling  # v of the edge above the channel over the roots
        self.lanes: Counter[Block | None] = Counter()
        self.sides: Counter[tuple[Block, bool]] = Counter()
        self.ports: Counter[tuple[Box, bool]] = Counter()
        self.buses: dict[Box, float] = {}

    def stroke(self, tie: Tie) -> Stroke:
        """Return the line of a tie. Costs O(depth)."""
        points = _straighten(self._to_party(tie) if tie.end.kind == "outside" else self._between(tie.start, tie.end))
        return Stroke(tie.style, points, tie.start, tie.end, _mark(points) if tie.inferred else None, points[-1])

    def _to_party(self, tie: Tie) -> list[Point]:
        party, box = tie.end, tie.start
        foot = party.v + self.grid.along(party)
        if tie.style == STATED and box.role == "main" and box.block and not box.block.parent:
            u, end = trunk(box, self.grid), trunk(party, self.grid)
            if party not in self.buses:
                self.buses[party] = self._lane(None) if self.buses else self.ceiling + BUS
            return [(u, box.v), (u, self.buses[party]), (end, self.buses[party]), (end, foot)]
        end = trunk(party, self.grid) + self._port(party, below=True)
        points = self._climb(box, None, end)
        lane = self._lane(None)
        return [*points, (points[-1][0], lane), (end, lane), (end, foot)]

    def _between(self, start: Box, end: Box) -> list[Point]:
        """Return the route from box to box."""
        if self._is_above(end, start):
            return self._up_to(start, end)
        if self._is_above(start, end):
            return self._up_to(end, start)[::-1]
        shared = self._shared(start, end)
        towards = trunk(end, self.grid)
        up = self._climb(start, shared, towards)
        down = self._climb(end, shared, up[-1][0])
        lane = self._lane(shared)
        return [*up, (up[-1][0], lane), (down[-1][0], lane), *reversed(down)]

    def _up_to(self, box: Box, above: Box) -> list[Point]:
        """Return the route from a box to the lower edge of one whose block stands above its own."""
        end = trunk(above, self.grid) + self._port(above, below=True)
        points = self._climb(box, above.block, end)
        lane = self._lane(above.block)
        return [*points, (points[-1][0], lane), (end, lane), (end, above.v + self.grid.along(above))]

    def _is_above(self, box: Box, other: Box) -> bool:
        """Whether `box` is the main box of a block above the other's."""
        return box.role == "main" and box.block is not other.block and box.block in self._blocks(other)

    def _blocks(self, box: Box) -> list[Block]:
        """The box's block and those above it, from below."""
        blocks, step = [], box.block
        while step is not None:
            blocks.append(step)
            step = step.parent
        return blocks

    def _shared(self, start: Box, end: Box) -> Block | None:
        """Return the block below which both ends come together; None: above the roots."""
        above = set(self._blocks(start)[_skipped(start) :])
        return next((block for block in self._blocks(end)[_skipped(end) :] if block in above), None)

    def _climb(self, box: Box, until: Block | None, towards: float) -> list[Point]:
        """Return the points from a box to where its last way up crosses the channel below `until`."""
        block = box.block
        assert block is not None  # noqa: S101  # block_up gave every box one
        points = self._leave(box)
        if block is until:  # an assistant, out at its block's side
            return points
        above = block.parent
        while above is not until and above is not None:
            lane = self._lane(above)
            u = self._beside(above, right=towards > above.u + above.span / 2)
            points += [(points[-1][0], lane), (u, lane)]
            above = above.parent
        return points

    def _leave(self, box: Box) -> list[Point]:
        """Return the points from a box's edge to where a way up begins that is free."""
        grid, block = self.grid, box.block
        assert block is not None  # noqa: S101  # block_up gave every box one
        if box.role in ("main", "abreast") or (box.role == "stacked" and not grid.down):
            return [(trunk(box, grid) + self._port(box, below=False), box.v)]
        right = box.role != "left"
        v = box.v + grid.along(box) / 2 + self.ports[box, False] % 3 * 4
        self.ports[box, False] += 1
        return [(box.u + grid.across(box) if right else box.u, v), (self._beside(block, right=right), v)]

    def _lane(self, above: Block | None) -> float:
        """Return the v of the next lane in the channel below a block, or over the roots."""
        taken = self.lanes[above]
        self.lanes[above] += 1
        edge = self.ceiling if above is None else above.v + above.reach
        return edge + LANES[taken % len(LANES)]

    def _beside(self, block: Block, *, right: bool) -> float:
        """Return the u of the next way past a block, within half a gap."""
        taken = self.sides[block, right]
        self.sides[block, right] += 1
        away = self.grid.gap / 2 - 1 - taken % 3 * 3
        return block.u + block.span + away if right else block.u - away

    def _port(self, box: Box, *, below: bool) -> float:
        """Return how far from the middle of a box's edge the next line meets it."""
        taken = self.ports[box, below]
        self.ports[box, below] += 1
        half = self.grid.across(box) / 2 - 4
        offers: list[float] = [port for port in (UNDER if below else PORTS) if abs(port) <= half] or [half / 2]
        return offers[taken % len(offers)]


def _skipped(box: Box) -> int:
    """How many of its blocks cannot be the shared one: its own, unless an assistant, who reaches the channel below."""
    return 0 if box.role in ("left", "right") else 1


def _straighten(points: list[Point]) -> list[Point]:
    """Drop points that repeat or lie on the way between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return kept
