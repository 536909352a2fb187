"""How often the lines of a chart cross. None crosses a box: routing sees to that."""

from bisect import bisect_left, bisect_right, insort
from itertools import pairwise

from departments.charts.picture import Picture

ENDS, PASSES, BEGINS = range(3)  # at one x, what ends goes before what passes, what begins comes after: no touch counts


def crossings(picture: Picture) -> int:
    """Return at how many points lines cross; that they meet is no crossing.

    Costs O(lines × log(lines) + crossings): a line that sweeps from left to right over all pieces. Without lines beside
    the tree there are none.
    """
    if all(stroke.dot is None for stroke in picture.strokes):
        return 0
    events: set[tuple[float, int, float, float]] = set()
    for stroke in picture.strokes:
        for (ax, ay), (bx, by) in pairwise(stroke.points):
            if ax == bx:
                events.add((ax, PASSES, min(ay, by), max(ay, by)))
            else:
                left, right = min(ax, bx), max(ax, bx)
                events.add((left, BEGINS, ay, right))
                events.add((right, ENDS, ay, left))
    found: set[tuple[float, float]] = set()
    heights: list[float] = []
    for x, kind, y, end in sorted(events):
        if kind == BEGINS:
            insort(heights, y)
        elif kind == ENDS:
            del heights[bisect_left(heights, y)]
        else:
            found.update((x, height) for height in heights[bisect_right(heights, y) : bisect_left(heights, end)])
    return len(found)
