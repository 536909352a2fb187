"""Whatever the tree and the options: no box overlaps another, no line passes through a box, no text leaves its box."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.charts import Options, Picture, compose
from departments.charts.sizes import ENGLISH, HEAD, PAD, TITLE
from departments.charts.standing import ABOVE, TYPE
from departments.charts.text import width
from tests.charts.outlines import make_entry, make_outline, tie

TITLES = st.one_of(
    st.sampled_from(
        [
            "市场部",
            "公关科主任",
            "区域渠道管理与终端维护及促销物料统筹协调部（华东、华中两大区）",
            "Chief Marketing Officer",
            "A" * 40,
        ]
    ),
    st.text(alphabet="市场部销售（），。AaMi ", min_size=1, max_size=30).filter(str.strip),
)
HEADCOUNTS = st.sampled_from(
    [
        {},
        {"headcount_form": "number", "headcount_min": 3, "headcount_max": 3},
        {"headcount_form": "per", "headcount_per": "每个新品上市项目 1 人，按需增补"},
    ]
)


@st.composite
def outlines(draw, largest=24):
    """Draw trees of departments and positions in document order, with heads, assistants, frames and relations of all kinds."""
    size = draw(st.integers(1, largest))
    highest = draw(st.sampled_from([size, 1]))  # 1: a broad tree
    parents = [None] + [draw(st.integers(0, min(index - 1, highest))) for index in range(1, size)]
    below = {index: [] for index in range(size)}
    for index, parent in enumerate(parents[1:], 1):
        below[parent].append(index)
    entries = []

    def plant(index, parent):
        under_position = parent is not None and parent.is_position
        kind = "position" if under_position or (parent is not None and draw(st.booleans())) else "department"
        columns = {
            "title": draw(TITLES),
            "title_en": draw(st.sampled_from(["", "Marketing", "Regional Channel Administration"])),
        }
        columns |= {"inferred": draw(st.booleans())} | draw(HEADCOUNTS)
        if kind == "position":
            columns |= {"head": draw(st.booleans()) and not under_position, "assistant": draw(st.booleans())}
            columns |= {"head_form": draw(st.sampled_from(["person", "part_time"]))}
        else:
            columns |= {"frame": draw(st.integers(0, 5)) == 0}
        entry = make_entry(len(entries), parent, kind, **columns)
        entries.append(entry)
        for child in below[index]:
            plant(child, entry)

    plant(0, None)
    nodes = st.sampled_from(entries)
    lines = []
    for _number in range(draw(st.integers(0, 6))):
        start, end = draw(nodes), draw(st.one_of(nodes, st.sampled_from(["院长", "集团总部"])))
        kind, line = draw(st.sampled_from([("reports_to", "solid"), ("reports_to", "dotted"), ("assists", "solid")]))
        if end is not start:
            outside = end if isinstance(end, str) else ""
            basis = draw(st.sampled_from(["stated", "inferred"]))
            lines.append(tie(start, None if outside else end, kind, line, outside=outside, basis=basis))
    return make_outline(entries, lines)


@st.composite
def options(draw, refs):
    """Draw any combination of options over the entries named."""
    some = st.frozensets(st.sampled_from(refs), max_size=3)
    return Options(
        show=draw(st.sampled_from(["departments", "positions", "reporting"])),
        direction=draw(st.sampled_from(["down", "right"])),
        compact=draw(st.booleans()),
        leaves=draw(st.sampled_from(["across", "upright"])),
        rows=draw(st.sampled_from(["one", "several"])),
        headcount=draw(st.booleans()),
        english=draw(st.booleans()),
        start=draw(st.sampled_from(["", *refs])),
        levels=draw(st.integers(0, 3)),
        closed=draw(some),
        opened=draw(some),
    )


@st.composite
def charts(draw):
    """Draw an outline and the chart of it."""
    outline = draw(outlines())
    refs = [entry.ref for entry in outline.entries if not entry.frame] or ["none"]
    return compose(outline, draw(options(refs)))


def overlapping(picture: Picture) -> list[tuple[str, str]]:
    """Return the pairs of boxes that overlap or touch."""
    boxes = [*picture.boxes, *picture.parties]
    return [
        ("".join(one.title), "".join(other.title))
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if one.x < other.x + other.width + 1
        and other.x < one.x + one.width + 1
        and one.y < other.y + other.height + 1
        and other.y < one.y + one.height + 1
    ]


def crossed(picture: Picture) -> list[tuple[str, str, tuple, tuple]]:
    """Return every piece of line that runs through or along the inside of a box."""
    found = []
    for stroke in picture.strokes:
        for (ax, ay), (bx, by) in pairwise(stroke.points):
            assert ax == bx or ay == by, "a line is not orthogonal"
            left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
            found += [
                (stroke.style, "".join(box.title), (ax, ay), (bx, by))
                for box in [*picture.boxes, *picture.parties]
                if left < box.x + box.width and right > box.x and top < box.y + box.height and bottom > box.y
            ]
    return found


def outside(box) -> list[tuple[str, str]]:
    """Return what stands out of a box that stands upright, or in the column beside its own."""
    found = []
    edge = box.width
    for column in box.standing:
        half = TYPE[column.kind][2] / 2
        if column.x + half > edge + 0.01 or column.x - half < 0 or ABOVE + column.bottom > box.height:
            found.append((box.name, column.kind))
        edge = column.x - half
    return found


def on_edge(box, point) -> bool:
    """Whether a point lies on a box's edge."""
    x, y = point
    across = box.x <= x <= box.x + box.width and y in (box.y, box.y + box.height)
    return across or (box.y <= y <= box.y + box.height and x in (box.x, box.x + box.width))


@given(charts())
def test_boxes_stand_apart_and_lines_go_round_them(picture):
    assert overlapping(picture) == []
    assert crossed(picture) == []


@given(charts())
def test_every_line_begins_and_ends_at_the_edges_of_its_boxes(picture):
    for stroke in picture.strokes:
        assert on_edge(stroke.start, stroke.points[0]), stroke
        assert on_edge(stroke.end, stroke.points[-1]), stroke


@given(charts())
def test_everything_stands_within_the_picture(picture):
    corners = [(box.x, box.y) for box in [*picture.boxes, *picture.parties]]
    corners += [(box.x + box.width, box.y + box.height) for box in [*picture.boxes, *picture.parties]]
    corners += [point for stroke in picture.strokes for point in stroke.points]
    assert [(x, y) for x, y in corners if not (0 < x < picture.width and 0 < y < picture.height)] == []


@given(charts())
def test_every_line_of_text_fits_its_box(picture):
    for box in [*picture.boxes, *picture.parties]:
        if box.standing:
            assert outside(box) == []
            continue
        room = box.width - 2 * PAD
        sizes = [(line, TITLE) for line in box.title] + [(line, ENGLISH) for line in box.english]
        sizes += [(line, HEAD) for head in box.heads for line in head.lines]
        assert [line for line, size in sizes if width(line, size) > room] == []
        assert all(head.y + head.height <= box.height for head in box.heads)


@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_chain_of_a_thousand_levels_is_drawn(direction):
    entries = []
    for index in range(1000):
        entries.append(make_entry(index, entries[-1] if entries else None, "department"))
    picture = compose(make_outline(entries), Options(direction=direction))
    assert len(picture.boxes) == 1000
    assert overlapping(picture) == crossed(picture) == []
