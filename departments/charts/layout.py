"""Where the boxes of a forest stand: a non-layered tidy tree with boxes of any size, in linear time, at any depth.

Works in u (across) and v (along the direction in which the chart grows), so that both directions are one computation.
The method is van der Ploeg's (Drawing Non-layered Tidy Trees in Linear Time, 2014): Reingold and Tilford's, contours
by height instead of by level: brothers are pushed apart just as far as the contours of their branches ask,
contours are threaded so that each is walked once, and brothers caught between two wide ones are spread evenly. Written
without recursion.

Every block reaches down through the channel below it. So no foreign box ever stands in the channel between a block and
its children, nor within half a gap beside a block: what `routing` relies on.
"""

from collections.abc import Iterator

from departments.charts.picture import Box


class Block:
    """What is placed as one: a box with the assistants below it, or a stack of leaves. u, v: its first corner, px."""

    __slots__ = (
        "boxes", "children", "late", "left_end", "left_sum", "parent", "reach", "right_end", "right_sum",
        "shift", "span", "spread", "thread_left", "thread_right", "u", "v",
    )  # fmt: skip

    def __init__(self, boxes: list[Box], span: float, reach: float):
        self.boxes = boxes
        self.span = span  # across
        self.reach = reach  # along, without the channel below
        self.parent: Block | None = None
        self.children: list[Block] = []
        self.u = 0.0
        self.v = 0.0
        # the walk's own
        self.shift = 0.0  # moves the whole branch
        self.spread = 0.0
        self.late = 0.0
        self.thread_left: Block | None = None
        self.thread_right: Block | None = None
        self.left_end: Block = self
        self.right_end: Block = self
        self.left_sum = 0.0
        self.right_sum = 0.0

    def walk(self) -> Iterator["Block"]:
        """Yield itself and all below, parents first."""
        pending = [self]
        while pending:
            block = pending.pop()
            yield block
            pending += reversed(block.children)


def arrange(roots: list[Block], gap: float, channel: float) -> None:
    """Set u and v of every block: brothers' branches at least `gap` apart, children `channel` below. Costs O(blocks).

    The first edge of the leftmost block comes to u = 0; roots stand at v = 0.
    """
    top = Block([], 0, -channel)
    top.children = roots
    order = list(top.walk())
    for block in order:
        block.span += gap
        block.reach += channel
        for child in block.children:
            child.v = block.v + block.reach
    for block in reversed(order):
        _gather(block)
    sums = {top: 0.0}
    for block in order:
        moved = sums.pop(block) + block.shift
        block.u += moved
        late = spread = 0.0
        for child in block.children:
            late += child.late
            spread += late + child.spread
            child.shift += spread
            sums[child] = moved
    first = min((block.u for block in order[1:]), default=0.0)
    for block in order:
        block.u = round(block.u - first)
        block.span -= gap
        block.reach -= channel
        for child in block.children:
            child.parent = None if block is top else block


def _gather(block: Block) -> None:
    """Push the branches below apart and stand in the middle above them."""
    children = block.children
    if not children:
        return
    first, last = children[0], children[-1]
    # Seen from the right, which branches reach lower than those after them: index, lowest v; the lowest first.
    seen: list[tuple[int, float]] = [(0, _bottom(first.left_end))]
    for index in range(1, len(children)):
        lowest = _bottom(children[index].right_end)
        _separate(block, index, seen)
        while seen and lowest >= seen[-1][1]:
            seen.pop()
        seen.append((index, lowest))
    block.u = (first.u + first.shift + last.u + last.shift + last.span - block.span) / 2
    block.left_end, block.left_sum = first.left_end, first.left_sum
    block.right_end, block.right_sum = last.right_end, last.right_sum


def _bottom(block: Block) -> float:
    return block.v + block.reach


def _separate(block: Block, index: int, seen: list[tuple[int, float]]) -> None:
    """Walk the right contour of the branches before `index` and the left contour of that branch; push it clear."""
    children = block.children
    before: Block | None = children[index - 1]
    after: Block | None = children[index]
    before_sum, after_sum = children[index - 1].shift, children[index].shift
    place = len(seen) - 1
    while before and after:
        if place > 0 and _bottom(before) > seen[place][1]:
            place -= 1
        distance = before_sum + before.u + before.span - after_sum - after.u
        if distance > 0:
            after_sum += distance
            _push(children, index, seen[place][0], distance)
        before_bottom, after_bottom = _bottom(before), _bottom(after)
        if before_bottom <= after_bottom:
            before = before.children[-1] if before.children else before.thread_right
            before_sum += before.shift if before else 0
        if before_bottom >= after_bottom:
            after = after.children[0] if after.children else after.thread_left
            after_sum += after.shift if after else 0
    if before is None and after is not None:
        _thread_left(children, index, after, after_sum)
    elif before is not None and after is None:
        _thread_right(children, index, before, before_sum)


def _push(children: list[Block], index: int, against: int, distance: float) -> None:
    """Move a branch away from the one it met; those between take their share of the way."""
    child = children[index]
    child.shift += distance
    child.left_sum += distance
    child.right_sum += distance
    if against != index - 1:
        share = distance / (index - against)
        children[against + 1].late += share
        child.late -= share
        child.spread -= distance - share


def _thread_left(children: list[Block], index: int, goes_on: Block, total: float) -> None:
    first, deeper = children[0], children[index]
    end = first.left_end
    end.thread_left = goes_on
    difference = (total - goes_on.shift) - first.left_sum
    end.shift += difference
    end.u -= difference
    first.left_end, first.left_sum = deeper.left_end, deeper.left_sum


def _thread_right(children: list[Block], index: int, goes_on: Block, total: float) -> None:
    last, deeper = children[index], children[index - 1]
    end = last.right_end
    end.thread_right = goes_on
    difference = (total - goes_on.shift) - last.right_sum
    end.shift += difference
    end.u -= difference
    last.right_end, last.right_sum = deeper.right_end, deeper.right_sum
