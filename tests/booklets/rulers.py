"""Drawings measured: which of their texts leave the rectangle they stand in, by the font they are printed in."""

from typing import Any
from xml.etree.ElementTree import Element, fromstring

from departments.formats import raster

SCALE = 2
SLACK = 1.5  # px: what rounding costs


def leaving(svg: str) -> list[str]:
    """Return the texts that leave the last rectangle of their group, or the drawing."""
    root = fromstring(svg)  # noqa: S314  # our own
    left, top, width, height = (float(one) for one in root.get("viewBox", "").split())
    ruler = Ruler(round(width * SCALE), round(height * SCALE), SCALE, (left, top))
    ruler.draw_all(root)
    return ruler.outside


class Ruler(raster.Sheet):
    """A sheet that remembers the rectangle last drawn in each group, and what was written beyond it."""

    def __init__(self, *sheet: Any):
        super().__init__(*sheet)
        self.whole = self.frame = (0.0, 0.0, float(self.image.width), float(self.image.height))
        self.outside: list[str] = []

    def _draw(self, wrapped: Any, *more: Any) -> None:
        before = self.frame
        super()._draw(wrapped, *more)
        if wrapped.etree_element.tag.endswith("}g"):
            self.frame = before

    def _rectangle(self, element: Element, _style: raster.Style, origin: raster.Point) -> None:
        x, y, width, height = (float(element.get(key, "0")) for key in ("x", "y", "width", "height"))
        self.frame = (*self._at((x, y), origin), *self._at((x + width, y + height), origin))

    def _write(self, text: str, style: raster.Style, where: raster.Point) -> float:
        end = super()._write(text, style, where)
        font = self._font(style)
        size, long = font.size, font.getlength(text)
        start = {"middle": where[0] - long / 2, "end": where[0] - long}.get(style.get("text-anchor", ""), where[0])
        self._hold(text, (start, where[1] - 0.88 * size, start + long, where[1] + 0.12 * size))
        return end

    def _turned(self, text: str, style: raster.Style, middle: raster.Point, _below: float) -> None:
        font = self._font(style)
        across, along = font.size / 2, font.getlength(text) / 2
        self._hold(text, (middle[0] - across, middle[1] - along, middle[0] + across, middle[1] + along))

    def _hold(self, text: str, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = (one * SCALE for one in (-SLACK, -SLACK, SLACK, SLACK))
        frame = self.frame[0] + left, self.frame[1] + top, self.frame[2] + right, self.frame[3] + bottom
        if box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]:
            self.outside.append(text)
