"""Our drawings as pictures: what is drawn where, in which ink."""

import io

from PIL import Image

from departments.formats.raster import png

INK, PAPER, RED, BLUE = (29, 33, 38), (255, 255, 255), (168, 50, 31), (35, 80, 122)
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" class="orgchart" viewBox="0 0 96 96" width="96" height="96">
<style>.orgchart .lines path{{stroke:#a8321f;stroke-width:4px;fill:none}} .bar{{fill:#23507a}}</style>{}</svg>"""


def at(inner: str, *places: tuple[float, float]) -> list[tuple[int, ...]]:
    """Return the colours at these places of a drawing of 96 by 96."""
    picture = Image.open(io.BytesIO(png(DRAWING.format(inner))))
    assert (picture.size, round(picture.info["dpi"][0])) == ((300, 300), 300)
    return [picture.convert("RGB").getpixel((round(x * 3.125), round(y * 3.125))) for x, y in places]


def test_shapes_have_the_looks_of_the_style_sheet() -> None:
    path = '<g class="lines"><path d="M8 48H60V90"/></g>'
    assert at(path, (30, 48), (60, 70), (30, 70)) == [RED, RED, PAPER]
    assert at('<path class="bar" d="M10 10h20v3h-20z"/>', (20, 11.5), (20, 16)) == [BLUE, PAPER]
    moved = '<g transform="translate(40 40)"><rect fill="#23507a" x="0" y="0" width="10" height="10"/></g>'
    assert at(moved, (45, 45), (5, 5)) == [BLUE, PAPER]
    ring = '<circle fill="none" stroke="#a8321f" stroke-width="4" cx="48" cy="48" r="20"/>'
    assert at(ring, (48, 48), (67, 48)) == [PAPER, RED]


def test_broken_lines_have_gaps() -> None:
    dashed = '<g class="lines"><path stroke-dasharray="8 8" d="M8 48H88"/></g>'
    assert at(dashed, (12, 48), (20, 48), (28, 48)) == [RED, PAPER, RED]


def test_text_stands_where_it_is_anchored_and_may_lie_on_its_side() -> None:
    text = '<text fill="#1d2126" font-size="40" font-weight="600" {}>一</text>'
    assert at(text.format('x="0" y="60"'), (20, 45), (70, 45)) == [INK, PAPER]
    assert at(text.format('x="96" y="60" text-anchor="end"'), (76, 45), (20, 45)) == [INK, PAPER]
    lying = text.format('transform="translate(48 48) rotate(90)" x="0" y="14.4" text-anchor="middle"')
    assert at(lying, (48, 36), (48, 60), (36, 48), (20, 48)) == [INK, INK, PAPER, PAPER]
