"""From boxes to blocks and back: which boxes are placed as one, and where each stands in its block.

A block is a box with its assistants below it on both sides of the line, a row of leaves that stand upright, or a stack:
leaves one above the other. The line to a stack runs down its left side where the chart grows downwards; where it grows
to the right a stack is just set closer.
"""

from dataclasses import dataclass
from itertools import groupby

from departments.charts.forest import Forest
from departments.charts.layout import Block
from departments.charts.options import SEVERAL, Options
from departments.charts.picture import Box

CHANNEL = 44  # between a box and those below it
RAIL = 22  # from a stack's edge, where its line runs, to its boxes
RAIL_AT = 5
CLOSE = 8  # between the boxes of a stack or a row
AISLE = 18  # from the line to the assistants on either side
LEDGE = 20  # from a box to its assistants, and between their rows
TALLEST = 6  # boxes in a stack


@dataclass(frozen=True, slots=True)
class Grid:
    """Which way the chart grows; turns sizes and places from x and y to u and v and back."""

    down: bool

    @property
    def gap(self) -> int:
        """The least distance between brothers' branches."""
        return 22 if self.down else 16

    def across(self, box: Box) -> int:
        """Return the box's size in u."""
        return box.width if self.down else box.height

    def along(self, box: Box) -> int:
        """Return the box's size in v."""
        return box.height if self.down else box.width

    def xy(self, u: float, v: float) -> tuple[float, float]:
        """Turn a point."""
        return (u, v) if self.down else (v, u)


def block_up(forest: Forest, options: Options, grid: Grid) -> list[Block]:
    """Return the root blocks of a forest whose boxes have sizes, each linked to the blocks below. Costs O(boxes)."""
    for box in reversed(forest.boxes):
        assistants = [child for child in box.children if _stands_beside(child)]
        box.block = _main(box, assistants, grid)
        rest = [child for child in box.children if child.role == "main"]
        box.block.children = _children(rest, options, grid)
    return _children(forest.roots, options, grid)


def _stands_beside(box: Box) -> bool:
    entry = box.entry
    return entry is not None and entry.assistant and not box.children and not box.closed


def _children(boxes: list[Box], options: Options, grid: Grid) -> list[Block]:
    """Return one block a box, but runs of leaves in rows where they stand upright, in stacks where the chart is compact.

    Where brothers may stand in several rows, `rows` joins what stands upright, when it is known in which.
    """
    blocks: list[Block] = []
    for run, group in groupby(boxes, key=lambda box: _run(box, options)):
        together = list(group)
        if len(together) > 1 and (run == "stack" or (run == "row" and options.rows != SEVERAL)):
            blocks += [abreast(together)] if run == "row" else _stacks(together, grid)
        else:
            blocks += [box.block for box in together if box.block]
    return blocks


def _run(box: Box, options: Options) -> str:
    """Return how a box joins its like beside it: in a row, in a stack; empty: not at all."""
    if box.standing:
        return "row"
    return "stack" if options.compact and not box.children and (box.goes_on or not box.closed) else ""


def abreast(boxes: list[Box]) -> Block:
    """Return the block of boxes that stand upright side by side."""
    for box in boxes:
        box.role = "abreast"
    wide = sum(box.width for box in boxes) + CLOSE * (len(boxes) - 1)
    block = Block(boxes, wide, max(box.height for box in boxes))
    for box in boxes:
        box.block = block
    return block


def _stacks(run: list[Box], grid: Grid) -> list[Block]:
    columns = -(-len(run) // TALLEST)
    tall = -(-len(run) // columns)
    return [_stack(run[at : at + tall], grid) for at in range(0, len(run), tall)]


def _stack(boxes: list[Box], grid: Grid) -> Block:
    for box in boxes:
        box.role = "stacked"
    high = sum(box.height for box in boxes) + CLOSE * (len(boxes) - 1)
    wide = max(box.width for box in boxes)
    block = Block(boxes, RAIL + wide, high) if grid.down else Block(boxes, high, wide)
    for box in boxes:
        box.block = block
    return block


def _main(box: Box, assistants: list[Box], grid: Grid) -> Block:
    across, along = grid.across(box), grid.along(box)
    if not assistants:
        return Block([box], across, along)
    for number, assistant in enumerate(assistants):
        assistant.role = "left" if number % 2 else "right"
    rows = [assistants[at : at + 2] for at in range(0, len(assistants), 2)]
    span = max(across, 2 * (AISLE + max(map(grid.across, assistants))))
    reach = along + sum(LEDGE + max(map(grid.along, row)) for row in rows)
    block = Block([box, *assistants], span, reach)
    for assistant in assistants:
        assistant.block = block
    return block


def settle(roots: list[Block], grid: Grid) -> None:
    """Set u and v of every box from its block's."""
    for root in roots:
        for block in root.walk():
            if not block.boxes:  # a pillar
                continue
            if block.boxes[0].role == "stacked":
                _settle_stack(block, grid)
            elif block.boxes[0].role == "abreast":
                _settle_row(block)
            else:
                _settle_main(block, grid)


def _settle_stack(block: Block, grid: Grid) -> None:
    at = 0
    for box in block.boxes:
        box.u, box.v = (block.u + RAIL, block.v + at) if grid.down else (block.u + at, block.v)
        at += box.height + CLOSE


def _settle_row(block: Block) -> None:
    at = block.u
    for box in block.boxes:
        box.u, box.v = at, block.v
        at += box.width + CLOSE


def _settle_main(block: Block, grid: Grid) -> None:
    box, *assistants = block.boxes
    box.u, box.v = round(block.u + (block.span - grid.across(box)) / 2), block.v
    middle = block.u + block.span / 2
    v = block.v + grid.along(box)
    for at in range(0, len(assistants), 2):
        row = assistants[at : at + 2]
        v += LEDGE
        for one in row:
            one.u = round(middle + AISLE if one.role == "right" else middle - AISLE - grid.across(one))
            one.v = v
        v += max(map(grid.along, row))
