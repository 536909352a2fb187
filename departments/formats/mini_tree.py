"""A tree as a thumbnail for a card in the library: the shape of an organisation at a glance."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 120, 60  # px
EDGE = 4
WIDEST, TALLEST = 16, 18  # the most one leaf, one level may take
DENSE = 40  # leaves above which positions are left out


def mini_tree(rows: Sequence[tuple[int, str]]) -> SafeString:
    """Return an SVG of 120 × 60 px, coloured by classes of chart.css (currentColor without it).

    `rows`: (level, kind) in document order, kind department, position or frame; a frame takes its place, but neither it
    nor a line to it is drawn. Costs O(rows).
    """
    rows = [row for row in rows if row[1] in ("department", "position", "frame")]
    if not rows:
        return mark_safe(_svg([]))  # noqa: S308  # numbers only, here and below
    if _leaves(rows) > DENSE:
        rows = [row for row in rows if row[1] != "position"]
    parents, xs, deepest = _place(rows)
    step = min(WIDEST, (WIDTH - 2 * EDGE) / max(1, _leaves(rows)))
    drop = min(TALLEST, (HEIGHT - 2 * EDGE) / max(1, deepest))
    left = (WIDTH - step * _leaves(rows)) / 2
    top = (HEIGHT - drop * deepest) / 2
    points = [(left + x * step, top + level * drop) for x, (level, _kind) in zip(xs, rows, strict=True)]
    size = max(1.0, min(2.6, step * 0.36))
    lines: list[str] = []
    marks: dict[str, list[str]] = {"department": [], "position": []}
    for index, ((_level, kind), (x, y)) in enumerate(zip(rows, points, strict=True)):
        above = parents[index]
        if above is not None and rows[above][1] != "frame":
            up_x, up_y = points[above]
            middle = (up_y + y) / 2
            lines.append(f"M{up_x:.1f} {up_y:.1f}V{middle:.1f}H{x:.1f}V{y:.1f}")
        if kind == "department":
            half = size * 1.5
            marks[kind].append(f"M{x - half:.1f} {y - size:.1f}h{2 * half:.1f}v{2 * size:.1f}h{-2 * half:.1f}z")
        elif kind == "position":
            half = size * 0.75
            arc = f"a{half:.1f} {half:.1f} 0 1 0"
            marks[kind].append(f"M{x - half:.1f} {y:.1f}{arc} {2 * half:.1f} 0{arc} {-2 * half:.1f} 0")
    way = "".join(lines)
    paths = [f'<path class="mini-line" fill="none" stroke="currentColor" stroke-width=".75" d="{way}"/>'] if way else []
    for kind, shapes in marks.items():
        if shapes:
            paths.append(f'<path class="mini-{kind}" fill="currentColor" d="{"".join(shapes)}"/>')
    return mark_safe(_svg(paths))  # noqa: S308


def _svg(paths: list[str]) -> str:
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="mini-tree" {size} aria-hidden="true">{"".join(paths)}</svg>'


def _leaves(rows: Sequence[tuple[int, str]]) -> int:
    following = [level for level, _kind in rows[1:]] + [-1]
    return sum(level >= after for (level, _kind), after in zip(rows, following, strict=True))


def _place(rows: Sequence[tuple[int, str]]) -> tuple[list[int | None], list[float], int]:
    """Return each row's parent, its x in leaves (a parent over the middle of its first and last child), the depth."""
    parents: list[int | None] = []
    open_rows: list[int] = []
    xs: list[float] = []
    leaves = 0
    for index, (level, _kind) in enumerate(rows):
        while open_rows and rows[open_rows[-1]][0] >= level:
            open_rows.pop()
        parents.append(open_rows[-1] if open_rows else None)
        open_rows.append(index)
        xs.append(leaves + 0.5)
        following = rows[index + 1][0] if index + 1 < len(rows) else -1
        leaves += level >= following
    last: dict[int, float] = {}
    for index in range(len(rows) - 1, -1, -1):
        above = parents[index]
        if above is not None:
            xs[above] = (xs[index] + last.setdefault(above, xs[index])) / 2
    return parents, xs, max((level for level, _kind in rows), default=0)
