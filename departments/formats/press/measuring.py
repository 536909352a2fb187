"""Lengths and backgrounds that are the same for every box of a style, worked out once a style; margins in which nothing is."""

from collections.abc import Iterator
from typing import Any

from weasyprint.layout import background, page, percent
from weasyprint.layout.absolute import AbsolutePlaceholder

SIDES = ("top", "right", "bottom", "left")
LENGTHS = (*(f"margin_{side}" for side in SIDES), *(f"padding_{side}" for side in SIDES), "width", "height")
SMALLEST, LARGEST = ("min_width", "min_height"), ("max_width", "max_height")
CORNERS = [f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")]
BARE = dict.fromkeys(CORNERS, (0, 0)) | {"background": None}
MARGINS = [
    f"@{side}-{place}"
    for side in ("top", "bottom")
    for place in ("left-corner", "left", "center", "right", "right-corner")
]
MARGINS += [f"@{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")]
NOTHING = ("normal", "inhibit", "none")

_make_margin_boxes = page.make_margin_boxes
_resolve_percentages, _layout_box_backgrounds = percent.resolve_percentages, background.layout_box_backgrounds


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Give a box the lengths of its style."""
    known = box.style.__dict__.get("lengths")
    if known is None:
        known = box.style.__dict__["lengths"] = _lengths(box.style)
    if known and not isinstance(box, AbsolutePlaceholder):
        box.__dict__.update(known)
    else:
        _resolve_percentages(box, containing_block)


def _lengths(style: Any) -> dict[str, Any]:
    """Return the lengths of a style; none where one of them depends on what is around the box."""
    found: dict[str, Any] = {}
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return {}
    for name in (*LENGTHS, *SMALLEST, *LARGEST):
        value = style[name]
        if value == "auto":
            found[name] = 0 if name in SMALLEST else value
        elif getattr(value, "unit", None) != "px":  # a share of something, or something to be worked out
            return {}
        else:
            found[name] = value.value
    return found | {f"border_{side}_width": style[f"border_{side}_width"] for side in SIDES}


def layout_box_backgrounds(
    page: Any,
    box: Any,
    get_image_from_uri: Any,
    layout_children: bool = True,  # noqa: FBT001, FBT002  # theirs
    style: Any = None,
) -> None:
    """Lay out the background of a box and of those in it."""
    if style is not None or box is page or isinstance(box, AbsolutePlaceholder) or not _is_bare(box.style):
        _layout_box_backgrounds(page, box, get_image_from_uri, layout_children, style)
        return
    box.__dict__.update(BARE)
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)


def _is_bare(style: Any) -> bool:
    """Whether nothing is drawn behind the boxes of a style."""
    known = style.__dict__.get("bare")
    if known is None:
        color = style["background_color"]
        color = style["color"] if color == "currentcolor" else color
        known = style.__dict__["bare"] = (
            all((0, "px") in style[corner] for corner in CORNERS)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and all(kind == "none" for kind, _value in style["background_image"])
            and color.alpha == 0
            and not style["box_shadow"]
        )
    return bool(known)


def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
    """Return the boxes in the margins of a page: none where nothing is to stand there."""
    styles = (context.style_for(page.page_type, margin) for margin in MARGINS)
    if all(style is None or style["content"] in NOTHING for style in styles):
        return iter(())
    boxes: Iterator[Any] = _make_margin_boxes(context, page, state)
    return boxes
