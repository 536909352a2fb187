"""What a PDF says of its glyphs' widths beside what its fonts say."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen


def differences(document: bytes) -> tuple[int, list[tuple[str, int, float, float]]]:
    """Return how many glyphs were compared, and those whose width is another in the font: font, CID, said,
    true, or -1 where the font has no such glyph."""
    count, found = 0, []
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for font in filter(_is_cff, pdf.objects):
            true = dict(_of_font(font.FontDescriptor.FontFile3.read_bytes()))
            for cid, said in _said(list(font.W)):
                count += 1
                if abs(true.get(cid, -1) - said) > 1:
                    found.append((str(font.BaseFont), cid, said, true.get(cid, -1)))
    return count, found


def _is_cff(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/CIDFontType0"


def _said(widths: list[Any]) -> Iterator[tuple[int, float]]:
    """Read /W: a first CID and the widths from there on, or a first, a last and the width of all."""
    while widths:
        first, then = int(widths.pop(0)), widths.pop(0)
        if isinstance(then, pikepdf.Array):
            yield from ((cid, float(width)) for cid, width in enumerate(then, start=first))
        else:
            width = float(widths.pop(0))
            yield from ((cid, width) for cid in range(first, int(then) + 1))


def _of_font(data: bytes) -> Iterator[tuple[int, float]]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    (top,) = fonts.topDictIndex
    for name in top.charset:
        glyph = top.CharStrings[name]
        glyph.draw(NullPen())
        yield (0 if name == ".notdef" else int(name.removeprefix("cid"))), glyph.width
