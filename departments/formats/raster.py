"""Our own drawings as PNG, for papers that show no SVG: Word before 2016, LibreOffice in part.

It reads what `svg` and `lanes_svg` write and no more: groups, rectangles, circles, straight paths and text, with looks from
attributes and from the style sheet they carry. Lengths in a drawing are CSS pixels.
"""

import io
import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import cssselect2  # type: ignore[import-untyped]  # it carries no types
import tinycss2  # type: ignore[import-untyped]  # the same
from PIL import Image, ImageDraw, ImageFont

from departments.formats.press.fonts import find_font

DPI = 300
PIXEL = DPI / 96
FAMILY, REGULAR, BOLD = "Noto Sans CJK SC", "80", "200"
MOST_FACES = 32  # in one file
LARGEST = 40_000_000  # pixels: a drawing that would have more is drawn coarser
INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "text-anchor")
COMMAND = re.compile(r"([MLHVhvZz])([^MLHVhvZz]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Point = tuple[float, float]
Style = dict[str, str]


def png(svg: str) -> bytes:
    """Return a drawing as PNG with its true size in it. Raises FontsMissing."""
    root = fromstring(svg)  # noqa: S314  # written by ourselves
    width, height = (float(root.get(side, "0")) for side in ("width", "height"))
    left, top, across, _along = (float(one) for one in root.get("viewBox", f"0 0 {width} {height}").split())
    fine = min(1.0, math.sqrt(LARGEST / (width * height * PIXEL**2)))
    sheet = Sheet(round(width * PIXEL * fine), round(height * PIXEL * fine), PIXEL * fine * width / across, (left, top))
    sheet.draw_all(root)
    file = io.BytesIO()
    sheet.image.save(file, "PNG", dpi=(DPI * fine, DPI * fine))
    return file.getvalue()


@lru_cache(maxsize=256)
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """Return the font at a size in pixels. Raises FontsMissing."""
    file, number = _face(bold=bold)
    return ImageFont.truetype(file, size, number)


@cache
def _face(*, bold: bool) -> tuple[str, int]:
    """Return the file of the font and its number in there: a file of Noto CJK holds a face for each country."""
    file = str(find_font(FAMILY, BOLD if bold else REGULAR))
    for number in range(MOST_FACES):
        try:
            name = ImageFont.truetype(file, 10, number).getname()[0]
        except OSError:
            break
        if name == FAMILY:
            return file, number
    return file, 0


@lru_cache(maxsize=4)
def _rules(css: str) -> Any:
    """Return what tells the declarations of an element: read once a style sheet."""
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        said = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        values = {one.name: tinycss2.serialize(one.value).strip() for one in said if one.type == "declaration"}
        for selector in cssselect2.compile_selector_list(rule.prelude):
            matcher.add_selector(selector, values)
    return matcher


class Sheet:
    """A sheet of paper that is drawn on. `scale`: pixels for one of the drawing's units, whose corner is `origin`."""

    def __init__(self, width: int, height: int, scale: float, origin: Point):
        self.image = Image.new("RGB", (max(width, 1), max(height, 1)), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.scale = scale
        self.origin = origin

    def draw_all(self, root: Element) -> None:
        """Draw everything below the root."""
        css = next((one.text or "" for one in root.iter() if _tag(one) == "style"), "")
        start = {"fill": "#000000", "stroke": "none", "stroke-width": "1", "font-size": "12", "text-anchor": "start"}
        self._draw(cssselect2.ElementWrapper.from_xml_root(root), start, _rules(css), self.origin)

    def _draw(self, wrapped: Any, above: Style, rules: Any, origin: Point) -> None:
        element = wrapped.etree_element
        style = {key: above[key] for key in INHERITED if key in above}
        style |= {key: element.get(key) for key in INHERITED if key in element.attrib}
        for *_rank, values in rules.match(wrapped):
            style |= values
        shape = _tag(element)
        if shape == "g":
            x, y = _shift(element)
            origin = origin[0] - x, origin[1] - y
        elif shape == "text":
            self._text(wrapped, style, rules, origin)
        elif shape == "rect":
            self._rectangle(element, style, origin)
        elif shape == "circle":
            self._circle(element, style, origin)
        elif shape == "path":
            for line in _lines(element.get("d", "")):
                self._line([self._at(point, origin) for point in line], style, closed=line[0] == line[-1])
        if shape in ("svg", "g", "a"):
            for child in wrapped.iter_children():
                self._draw(child, style, rules, origin)

    def _at(self, point: Point, origin: Point) -> Point:
        return (point[0] - origin[0]) * self.scale, (point[1] - origin[1]) * self.scale

    def _ink(self, style: Style) -> tuple[str | None, str | None, int]:
        """Return fill and stroke, None where there is none, and how thick the stroke is."""
        fill, stroke = (None if style.get(key, "none") == "none" else style[key] for key in ("fill", "stroke"))
        return fill, stroke, max(1, round(_length(style.get("stroke-width", "1")) * self.scale))

    def _rectangle(self, element: Element, style: Style, origin: Point) -> None:
        x, y, width, height, round_ = (float(element.get(key, "0")) for key in ("x", "y", "width", "height", "rx"))
        corner, opposite = self._at((x, y), origin), self._at((x + width, y + height), origin)
        fill, stroke, thick = self._ink(style)
        if stroke and style.get("stroke-dasharray"):
            self.pen.rounded_rectangle((*corner, *opposite), round_ * self.scale, fill=fill)
            (left, top), (right, bottom) = corner, opposite
            self._line([corner, (right, top), opposite, (left, bottom), corner], style | {"fill": "none"})
        elif fill or stroke:
            self.pen.rounded_rectangle((*corner, *opposite), round_ * self.scale, fill, stroke, thick if stroke else 0)

    def _circle(self, element: Element, style: Style, origin: Point) -> None:
        x, y, radius = (float(element.get(key, "0")) for key in ("cx", "cy", "r"))
        box = (*self._at((x - radius, y - radius), origin), *self._at((x + radius, y + radius), origin))
        fill, stroke, thick = self._ink(style)
        dash = _dash(style)
        self.pen.ellipse(box, fill, None if dash else stroke, thick if stroke else 0)
        if stroke and dash:
            length = math.tau * radius
            for begin, end in _dashes(length, dash):
                self.pen.arc(box, 360 * begin / length, 360 * end / length, stroke, thick)

    def _line(self, points: list[Point], style: Style, *, closed: bool = False) -> None:
        fill, stroke, thick = self._ink(style)
        if fill and closed:
            self.pen.polygon(points, fill)
        if not stroke:
            return
        dash = [length * self.scale for length in _dash(style)]
        if not dash:
            self.pen.line(points, stroke, thick, joint="curve")
            return
        for (ax, ay), (bx, by) in pairwise(points):
            length = math.dist((ax, ay), (bx, by)) or 1
            for begin, end in _dashes(length, dash):
                from_, to = begin / length, end / length
                ends = (ax + from_ * (bx - ax), ay + from_ * (by - ay)), (ax + to * (bx - ax), ay + to * (by - ay))
                self.pen.line(ends, stroke, thick)

    def _text(self, wrapped: Any, style: Style, rules: Any, origin: Point) -> None:
        element = wrapped.etree_element
        turned = "rotate(90)" in element.get("transform", "")
        xs, ys = ([float(one) for one in element.get(key, "0").split()] for key in ("x", "y"))
        text = element.text or ""
        if turned:
            x, y = _shift(element)
            self._turned(text, style, self._at((x, y), origin), ys[0])
            return
        if len(xs) > 1:
            for character, x, y in zip(text, xs, ys, strict=False):
                self._write(character, style, self._at((x, y), origin))
            return
        where = self._at((xs[0], ys[0]), origin)
        end = self._write(text, style, where)
        for span in wrapped.iter_children():
            own = dict(style)
            for *_rank, values in rules.match(span):
                own |= values
            end += float(span.etree_element.get("dx", "0")) * self.scale
            end = self._write(span.etree_element.text or "", own | {"text-anchor": "start"}, (end, where[1]))

    def _write(self, text: str, style: Style, where: Point) -> float:
        """Write a text on its line, and return where it ends."""
        font = self._font(style)
        anchor = {"middle": "ms", "end": "rs"}.get(style.get("text-anchor", ""), "ls")
        self.pen.text(where, text, style["fill"], font, anchor)
        return float(where[0] + {"ms": 0.5, "rs": 0.0, "ls": 1.0}[anchor] * font.getlength(text))

    def _turned(self, text: str, style: Style, middle: Point, below: float) -> None:
        """Write a text that lies on its side, from the top down, about a place on its column; its line is `below` that."""
        font = self._font(style)
        size = round(font.getlength(text)) + 4, 2 * round(1.5 * font.size)
        patch = Image.new("L", size, 0)
        ImageDraw.Draw(patch).text((size[0] / 2, size[1] / 2 + below * self.scale), text, 255, font, "ms")
        patch = patch.transpose(Image.Transpose.ROTATE_270)
        corner = round(middle[0] - patch.width / 2), round(middle[1] - patch.height / 2)
        self.image.paste(Image.new("RGB", patch.size, style["fill"]), corner, patch)

    def _font(self, style: Style) -> ImageFont.FreeTypeFont:
        size = round(_length(style["font-size"]) * self.scale)
        return _font(max(size, 1), bold=style.get("font-weight", "400") in ("600", "700", "bold"))


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _length(said: str) -> float:
    return float(said.removesuffix("px"))


def _shift(element: Element) -> Point:
    """Return how far a transform moves."""
    found = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)", element.get("transform", ""))
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _dash(style: Style) -> list[float]:
    said = style.get("stroke-dasharray", "none")
    return [] if said == "none" else [float(one) for one in NUMBER.findall(said)]


def _dashes(length: float, dash: list[float]) -> Iterator[tuple[float, float]]:
    """Yield where each dash of a line begins and ends."""
    at, number = 0.0, 0
    while at < length:
        step = max(dash[number % len(dash)], 0.1)
        if number % 2 == 0:
            yield at, min(at + step, length)
        at, number = at + step, number + 1


def _lines(way: str) -> list[list[Point]]:
    """Return the lines of a path."""
    lines: list[list[Point]] = []
    x = y = 0.0
    for command, said in COMMAND.findall(way):
        values = [float(one) for one in NUMBER.findall(said)]
        if command in "Zz":
            lines[-1].append(lines[-1][0])
            continue
        if command in "ML":
            for at in range(0, len(values), 2):
                x, y = values[at : at + 2]
                if command == "M" and at == 0:
                    lines.append([])
                lines[-1].append((x, y))
            continue
        for value in values:
            x, y = {"H": (value, y), "V": (x, value), "h": (x + value, y), "v": (x, y + value)}[command]
            lines[-1].append((x, y))
    return lines
