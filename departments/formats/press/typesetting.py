"""Text set with less ado, the very lines that WeasyPrint sets.

Pango's context and font description are made once a style, not once a line; a line that was laid out is not laid out anew
to be drawn; glyphs are read from Pango's memory at once.
"""

from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

WORDS = 5  # of 32 bits that a glyph takes in Pango: number, width, two offsets, attributes
UNUSUAL = frozenset("\n\r\u2029")  # ends of paragraphs
UNKNOWN, EMPTY = pango.PANGO_GLYPH_UNKNOWN_FLAG, pango.PANGO_GLYPH_EMPTY

_setup, _reactivate, _deactivate = Layout.setup, Layout.reactivate, Layout.deactivate
_draw_first_line = drawing.draw_first_line
theirs_font_key = line_break._font_style_cache_key  # noqa: SLF001  # tests/formats/test_hastening.py fails when it changes


def setup(layout: Layout, style: Any) -> None:
    """Prepare a layout for text of a style."""
    known = style.__dict__.get("pango")
    if known is None:
        known = style.__dict__["pango"] = _prepared(style)
    if not known:
        _setup(layout, style)
        return
    context, description, layout.language = known
    layout.style = style
    layout.first_line_direction = 0
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)  # noqa: FBT003  # theirs
    pango.pango_layout_set_font_description(layout.layout, description)
    layout.ascent = layout.underline_position = layout.strikethrough_position = None


def _prepared(style: Any) -> tuple[Any, ...] | bool:
    """Return Pango's context, font description and language of a style; False where it has more than a plain font."""
    features = font_features(
        *(style[f"font_{name}"] for name in ("kerning", "variant_ligatures", "variant_position", "variant_caps")),
        *(style[f"font_variant_{name}"] for name in ("numeric", "alternates", "east_asian")),
        style["font_feature_settings"],
    )
    if features or style["text_decoration_line"] != "none" or style["font_language_override"] in LST_TO_ISO:
        return False
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003  # theirs
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    if style["font_language_override"] != "normal" or not style["lang"]:
        return False
    name, _kept = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    return context, get_font_description(style), language


def deactivate(layout: Layout) -> None:
    """Keep the line: it will be drawn soon."""
    if layout.style.__dict__.get("pango"):
        layout.kept = layout.style
    else:
        _deactivate(layout)


def reactivate(layout: Layout, style: Any) -> None:
    """Lay a line out again, unless it was kept."""
    if layout.__dict__.get("kept") is not style or layout.justification_spacing:
        _reactivate(layout, style)


def font_key(style: Any, include_size: bool = False) -> str:  # noqa: FBT001, FBT002  # theirs
    """Return what equal fonts share."""
    name = "sized_font" if include_size else "font"
    key = style.__dict__.get(name)
    if key is None:
        key = style.__dict__[name] = theirs_font_key(style, include_size)
    return key


def draw_first_line(stream: Any, box: Any, text_overflow: str, block_ellipsis: str, matrix: Matrix) -> list[Any]:
    """Draw a line; return what is drawn over it, which our fonts do not have."""
    plain = text_overflow != "ellipsis" and block_ellipsis == "none" and UNUSUAL.isdisjoint(box.text)
    if not plain or not box.text.strip() or box.style["font_size"] < 1e-6:
        return _draw_first_line(stream, box, text_overflow, block_ellipsis, matrix)
    runs = list(_runs(box.pango_layout.get_first_line()[0]))
    fonts = [stream.add_font(item.item.analysis.font) for item, *_ in runs]
    if any(font.bitmap or font.svg or font.png or font.colr for font, _size in fonts) or not all(map(_is_plain, runs)):
        return _draw_first_line(stream, box, text_overflow, block_ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    string, previous = "", None
    for (item, glyphs, words), (font, size) in zip(runs, fonts, strict=True):
        pango_font = item.item.analysis.font
        if pango_font != previous:
            previous = pango_font
            if string:
                stream.show_text(string)
            string = ""
            stream.set_font_size(font.hash, size)
        pieces = [string, "<"]
        _note_texts(font, item, glyphs, words, box.pango_layout.text)
        widths = font.widths
        for at in range(0, len(words), WORDS):
            glyph, width, offset = words[at], words[at + 1], words[at + 2] / size
            if offset:
                pieces.append(f">{-offset}<")
            pieces.append(f"{glyph:04x}")
            if glyph not in widths:
                pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
                widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
            kerning = widths[glyph] + offset - width * 1000 * FROM_UNITS / size
            if kerning:
                pieces.append(f">{int(kerning)}<")
        string = "".join(pieces)
        string = string[:-1] if string[-1] == "<" else f"{string}>"
    stream.show_text(string)
    return []


def _runs(line: Any) -> Any:
    """Yield the runs of a line: Pango's item, its glyphs, and what the glyphs are in memory."""
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        glyphs = item.glyphs
        size = glyphs.num_glyphs * WORDS * 4
        yield item, glyphs, memoryview(ffi.buffer(glyphs.glyphs, size)).cast("i").tolist()


def _is_plain(run: tuple[Any, Any, list[int]]) -> bool:
    """Whether every glyph of a run is one of its font, and stands on the line."""
    words = run[2]
    return not any(words[3::WORDS]) and not any(glyph & UNKNOWN or glyph == EMPTY for glyph in words[::WORDS])


def _note_texts(font: Any, item: Any, glyphs: Any, words: list[int], text: str) -> None:
    """Note what characters the glyphs of a run stand for, where the font does not know yet."""
    new = [(at, glyph) for at, glyph in enumerate(words[::WORDS]) if glyph not in font.to_unicode]
    if not new:
        return
    encoded, clusters = text.encode(), glyphs.log_clusters
    start, length, last = item.item.offset, item.item.length, glyphs.num_glyphs - 1
    for at, glyph in new:
        if item.item.analysis.level % 2:  # from right to left
            end = length if at == 0 else clusters[at - 1]
        else:
            end = length if at == last else clusters[at + 1]
        font.to_unicode.setdefault(glyph, encoded[start + clusters[at] : start + end].decode())
