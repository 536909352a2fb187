"""Text set with less ado, the very lines that WeasyPrint sets.

Pango's context and font description are made once a style, not once a line; a line that was laid out is not laid out anew
to be drawn, nor where the same words come again in the same style and width, as labels and numbers do; glyphs are read from
Pango's memory at once.
"""

import copy
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.svg.text import Style as DrawingStyle
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

WORDS = 5  # of 32 bits that a glyph takes in Pango: number, width, two offsets, attributes
UNUSUAL = frozenset("\n\r\u2029")  # ends of paragraphs
MOST = 3000  # lines that are kept, some kilobytes each; beyond so many, all are forgotten
LONGEST = 400  # characters of a text whose lines are kept
UNKNOWN, EMPTY = pango.PANGO_GLYPH_UNKNOWN_FLAG, pango.PANGO_GLYPH_EMPTY

_setup, _reactivate, _deactivate = Layout.setup, Layout.reactivate, Layout.deactivate
_draw_first_line = drawing.draw_first_line
_split_first_line = line_break.split_first_line
theirs_font_key = line_break._font_style_cache_key  # noqa: SLF001  # tests/formats/test_hastening.py fails when it changes

_lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}
_drawing_styles: dict[tuple[Any, ...], Any] = {}


def split_first_line(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float, *rest: Any, **named: Any
) -> tuple[Any, ...]:
    """Return the first line of a text and where the next begins; the same line for the same words."""
    style = _one_of_equal(style)
    key = (id(style), text, max_width, justification_spacing, rest, *named.items())
    found = _lines.get(key)
    if found is None:
        found = _split_first_line(text, style, context, max_width, justification_spacing, *rest, **named)
        if len(text) <= LONGEST and found[0].__dict__.get("kept") is style:  # it lives as long as its number is a key
            if len(_lines) >= MOST:
                _lines.clear()
                _drawing_styles.clear()
            _lines[key] = found
    return found


def _one_of_equal(style: Any) -> Any:
    """Return one style for all texts of drawings that are set in the same font; any other as it is."""
    if type(style) is not DrawingStyle:
        return style
    font = (style["font_style"], style["font_weight"], style["font_size"], style["direction"], *style["font_family"])
    return _drawing_styles.setdefault((id(style.font_config), *font), style)


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
    if style["font_language_override"] != "normal":
        return False
    if style["lang"]:
        name, _kept = unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(name)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    return context, get_font_description(style), language


def deactivate(layout: Layout) -> None:
    """Keep the line: it will be drawn soon."""
    if layout.style.__dict__.get("pango"):
        layout.kept = layout.style
    else:
        _deactivate(layout)


def reactivate(layout: Layout, style: Any) -> None:
    """Lay a line out again, unless it was kept."""
    if layout.__dict__.get("kept") is not _one_of_equal(style) or layout.justification_spacing:
        _set_anew(layout, style)


def _set_anew(layout: Layout, style: Any) -> None:
    """Lay a line out again."""
    layout.__dict__.pop("runs", None)
    _reactivate(layout, style)


def font_key(style: Any, include_size: bool = False) -> str:  # noqa: FBT001, FBT002  # theirs
    """Return what equal fonts share."""
    name = "sized_font" if include_size else "font"
    key = style.__dict__.get(name)
    if key is None:
        key = style.__dict__[name] = theirs_font_key(style, include_size)
    return key


class Run:
    """A run of a line: glyphs of one font. `shown` and `known` are what was drawn of it, and its glyphs' widths and texts."""

    __slots__ = ("font", "glyphs", "item", "known", "shown", "words")

    def __init__(self, item: Any):
        self.item, self.glyphs, self.font = item.item, item.glyphs, item.item.analysis.font
        size = self.glyphs.num_glyphs * WORDS * 4
        self.words = memoryview(ffi.buffer(self.glyphs.glyphs, size)).cast("i").tolist()
        self.shown = ""
        self.known: dict[int, tuple[int, str]] = {}

    @property
    def is_plain(self) -> bool:
        """Whether every glyph is one of the font, and stands on the line."""
        words = self.words
        return not any(words[3::WORDS]) and not any(glyph & UNKNOWN or glyph == EMPTY for glyph in words[::WORDS])


def draw_first_line(stream: Any, box: Any, text_overflow: str, block_ellipsis: str, matrix: Matrix) -> list[Any]:
    """Draw a line; return what is drawn over it, which our fonts do not have."""
    layout = box.pango_layout
    if text_overflow == "ellipsis" or block_ellipsis != "none":  # the line is changed, and may be another's too
        layout = box.pango_layout = copy.copy(layout)
        _set_anew(layout, box.style)
        return _draw_first_line(stream, box, text_overflow, block_ellipsis, matrix)
    if not UNUSUAL.isdisjoint(box.text) or not box.text.strip() or box.style["font_size"] < 1e-6:
        return _draw_first_line(stream, box, text_overflow, block_ellipsis, matrix)
    runs = layout.__dict__.get("runs")
    if runs is None:
        runs = list(_runs(layout.get_first_line()[0]))
        runs = layout.runs = runs if all(run.is_plain for run in runs) else []
    fonts = [stream.add_font(run.font) for run in runs]
    if not runs or any(font.bitmap or font.svg or font.png or font.colr for font, _size in fonts):
        return _draw_first_line(stream, box, text_overflow, block_ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    string, previous = "", None
    for run, (font, size) in zip(runs, fonts, strict=True):
        if run.font != previous:
            previous = run.font
            if string:
                stream.show_text(string)
            string = ""
            stream.set_font_size(font.hash, size)
        if not run.shown or not _note_glyphs(font, run):
            _draw(run, layout.text, font, size, stream)
        string += run.shown
    stream.show_text(string)
    return []


def _runs(line: Any) -> Any:
    """Yield the runs of a line."""
    run = line.runs[0]
    while run != ffi.NULL:
        yield Run(run.data)
        run = run.next


def _draw(run: Run, text: str, font: Any, size: float, stream: Any) -> None:
    """Work out what shows a run."""
    widths, words, texts = font.widths, run.words, _texts(run, text)
    pieces = ["<"]
    for at in range(0, len(words), WORDS):
        glyph, width, offset = words[at], words[at + 1], words[at + 2] / size
        if offset:
            pieces.append(f">{-offset}<")
        pieces.append(f"{glyph:04x}")
        if glyph not in widths:
            pango.pango_font_get_glyph_extents(run.font, glyph, stream.ink_rect, stream.logical_rect)
            widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        kerning = widths[glyph] + offset - width * 1000 * FROM_UNITS / size
        if kerning:
            pieces.append(f">{int(kerning)}<")
    string = "".join(pieces)
    run.shown = string[:-1] if string[-1] == "<" else f"{string}>"
    run.known = {glyph: (widths[glyph], said) for glyph, said in texts.items()}
    _note_glyphs(font, run)


def _note_glyphs(font: Any, run: Run) -> bool:
    """Note the glyphs of a run that was drawn before; return whether they are as wide as then."""
    widths, texts = font.widths, font.to_unicode
    for glyph, (width, text) in run.known.items():
        if widths.setdefault(glyph, width) != width:
            return False
        if glyph not in texts:
            texts[glyph] = text
    return True


def _texts(run: Run, text: str) -> dict[int, str]:
    """Return what characters the glyphs of a run stand for, each where it comes first."""
    encoded, clusters = text.encode(), run.glyphs.log_clusters
    start, length, last = run.item.offset, run.item.length, run.glyphs.num_glyphs - 1
    ends = [length, *clusters[0:last]] if run.item.analysis.level % 2 else [*clusters[1 : last + 1], length]
    found: dict[int, str] = {}
    for at, glyph in enumerate(run.words[::WORDS]):
        if glyph not in found:
            found[glyph] = encoded[start + clusters[at] : start + ends[at]].decode()
    return found
