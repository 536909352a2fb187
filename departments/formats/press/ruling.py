"""Solid borders without round corners, drawn as WeasyPrint draws them, without its detours."""

from typing import Any

from pydyf import _to_bytes
from weasyprint.draw import border

SIDES = ("top", "right", "bottom", "left")

_draw_border = border.draw_border


def draw_border(stream: Any, box: Any) -> None:
    """Draw the borders of a box."""
    style = box.style
    colors = style.__dict__.get("borders")
    if colors is None:
        colors = style.__dict__["borders"] = _colors(style)
    widths = top, right, bottom, left = (
        *(box.border_top_width, box.border_right_width),
        *(box.border_bottom_width, box.border_left_width),
    )
    if not colors or all(widths) or any(width and not color for width, color in zip(widths, colors, strict=True)):
        _draw_border(stream, box)
        return
    if not any(widths):
        return
    x, y, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    outer = [_point(x + width, y + height), _point(x, y + height), _point(x, y), _point(x + width, y)]
    inner_right, inner_bottom = x + width + -right, y + height + -bottom
    inner = [
        *(_point(inner_right, inner_bottom), _point(x + left, inner_bottom)),
        *(_point(x + left, y + top), _point(inner_right, y + top)),
    ]
    padding = _rectangle(x + left, y + top, width - left - right, height - top - bottom)
    drawn = b"%s\n%s\nf*" % (padding, _rectangle(x, y, width, height))
    # Each side: two corners of the border's outside, two of its inside.
    corners = {"bottom": (0, 1, 1, 0), "left": (1, 2, 2, 1), "right": (0, 3, 3, 0), "top": (3, 2, 2, 3)}
    for side, (one, other, third, fourth) in corners.items():
        number = SIDES.index(side)
        if not widths[number]:
            continue
        with stream.artifact(), stream.stacked():
            clip = (outer[one], outer[other], inner[third], inner[fourth])
            stream.stream.append(b"%s m\n%s l\n%s l\n%s l\nW*\nn" % clip)
            stream.set_color(colors[number])
            stream.stream.append(drawn)


def _colors(style: Any) -> list[Any]:
    """Return the colour of each side, None for a side that is not solid; nothing where more than lines is drawn."""
    columns = style["column_width"] != "auto" or style["column_count"] != "auto"
    if columns or style["visibility"] != "visible" or style["border_image_source"][0] != "none":
        return []
    if any((0, "px") not in style[f"border_{corner}_radius"] for corner in ("top_left", "top_right")):
        return []
    if any((0, "px") not in style[f"border_{corner}_radius"] for corner in ("bottom_left", "bottom_right")):
        return []
    colors = []
    for side in SIDES:
        color = style[f"border_{side}_color"]
        color = style["color"] if color == "currentcolor" else color
        colors.append(color if style[f"border_{side}_style"] == "solid" and color.alpha else None)
    return colors


def _point(x: float, y: float) -> bytes:
    return b"%s %s" % (_to_bytes(x), _to_bytes(y))


def _rectangle(x: float, y: float, width: float, height: float) -> bytes:
    return b"%s %s %s %s re" % (_to_bytes(x), _to_bytes(y), _to_bytes(width), _to_bytes(height))
