"""Brothers in several rows, one below the other, where a single row would leave a sheet of paper nearly empty.

From row to row the line runs down between the halves of the upper one. There stands a pillar: a block without boxes, as
high as its row, whose children are the row below. To `layout` and `routing` it is a block like any other, so that what
they promise holds here too. Where a chart grows to the right its rows are columns.
"""

import math
from itertools import groupby

from departments.charts.blocks import CHANNEL, CLOSE, Grid, abreast
from departments.charts.layout import Block
from departments.charts.picture import Box
from departments.charts.sheets import SHEETS

FEWEST = 4  # branches in a row, on the average
MOST = 12  # how many times narrower than in one row a chart is made at most
WORTH = 1.05  # so much larger another row must make it

Size = tuple[float, float]  # of a branch with what keeps it from the next: across, along


def fold(roots: list[Block], grid: Grid) -> list[Block]:
    """Return the roots in as many rows as fill a sheet, and so all below them. Costs O(blocks × MOST)."""
    top = Block([], 0, -CHANNEL)
    top.children = roots
    blocks = list(top.walk())
    limit = math.inf
    sizes = _measure(blocks, grid, limit)
    whole, room = sizes[top][0], _room(sizes[top], grid)
    for parts in range(2, MOST + 1):
        tried = _measure(blocks, grid, whole / parts)
        if _room(tried[top], grid) > room * WORTH:
            limit, sizes, room = whole / parts, tried, _room(tried[top], grid)
    for block in blocks:
        block.children = _hang(_rows(block.children, sizes, limit), sizes)
    return top.children


def may_fold(boxes: list[Box]) -> bool:
    """Whether so many of these boxes are brothers somewhere that they may stand in rows."""
    fewest = 2 * FEWEST
    return sum(box.parent is None for box in boxes) >= fewest or any(len(box.children) >= fewest for box in boxes)


def _measure(blocks: list[Block], grid: Grid, limit: float) -> dict[Block, Size]:
    """Return how large each branch will be at most where rows are about so broad. Blocks stand parents first."""
    sizes: dict[Block, Size] = {}
    for block in reversed(blocks):
        across = block.span + (CLOSE if _stands(block) else grid.gap)
        along = block.reach + CHANNEL
        for row in _rows(block.children, sizes, limit) if block.children else ():
            across = max(across, sum(sizes[one][0] for one in row))
            along += max(sizes[one][1] for one in row)
        sizes[block] = across, along
    return sizes


def _room(size: Size, grid: Grid) -> float:
    """Return how large a picture of that size can be on a sheet, whichever way it is held."""
    width, height = size if grid.down else size[::-1]
    return max(sheet.room(max(width, 1), max(height, 1)) for sheet in SHEETS[0])


def _rows(branches: list[Block], sizes: dict[Block, Size], limit: float) -> list[list[Block]]:
    """Part brothers into rows of about equal breadth, not much broader than the limit, each with an even number but the last.

    An even number, because the line to the next row runs between its halves, and boxes stand below boxes that way.
    """
    total = sum(sizes[branch][0] for branch in branches)
    count = max(1, min(math.ceil(total / limit), len(branches) // FEWEST))
    rows: list[list[Block]] = [[]]
    used = 0.0
    for branch in branches:
        across = sizes[branch][0]
        if len(rows) < count and used + across / 2 > total / count and len(rows[-1]) % 2 == 0:
            rows.append([])
            used = 0.0
        rows[-1].append(branch)
        used += across
    return rows


def _hang(rows: list[list[Block]], sizes: dict[Block, Size]) -> list[Block]:
    """Return the first row with the others below it. In the last nothing hangs on the pillar, but it keeps the halves apart."""
    if len(rows) == 1:
        return _join(rows[0])
    hanging: list[Block] = []
    for row in reversed(rows):
        pillar = Block([], 0, max(sizes[one][1] for one in row) - CHANNEL)
        pillar.children = hanging
        half = len(row) // 2
        hanging = _join(row) if len(row) % 2 else [*_join(row[:half]), pillar, *_join(row[half:])]
    return hanging


def _join(row: list[Block]) -> list[Block]:
    """Return the blocks of a row; boxes that stand upright one beside the other are one block."""
    joined: list[Block] = []
    for upright, run in groupby(row, key=_stands):
        blocks = list(run)
        joined += [abreast([box for block in blocks for box in block.boxes])] if upright and len(blocks) > 1 else blocks
    return joined


def _stands(block: Block) -> bool:
    """Whether it is a box that stands upright."""
    return len(block.boxes) == 1 and bool(block.boxes[0].standing)
