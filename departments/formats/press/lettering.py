"""Fonts: text shaped for heads, feet and page numbers, and one font a style with the glyphs of all parts."""

from functools import cache
from pathlib import Path

import uharfbuzz as hb

from departments.formats.press.parts import Lettering
from departments.formats.press.writing import Writer

FAMILY = hb.OTNameIdPredefined.TYPOGRAPHIC_FAMILY, hb.OTNameIdPredefined.FONT_FAMILY
DROPPED = ("BASE", "DSIG", "GPOS", "GSUB", "VORG", "vhea", "vmtx")


class Typeface:
    """A face of a font file: shapes text, and is cut down to the glyphs that are used."""

    def __init__(self, file: Path, index: int):
        self.face = hb.Face(hb.Blob.from_file_path(str(file)), index)
        self.font = hb.Font(self.face)
        self.scale = 1000 / self.face.upem

    def glyph(self, character: str) -> str:
        """Return the number of a character's glyph as it stands in a PDF's text."""
        return f"{self.font.get_nominal_glyph(ord(character)) or 0:04x}"

    def advance(self, character: str) -> float:
        """Return the width of a character in ems."""
        glyph = self.font.get_nominal_glyph(ord(character)) or 0
        return self.font.get_glyph_h_advance(glyph) * self.scale / 1000

    def set(self, text: str, into: Lettering) -> tuple[bytes, float]:
        """Return the operand of TJ and the width in ems; the glyphs used are noted in the font `into`."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = "zh-hans"
        hb.shape(self.font, buffer)
        pieces, total = [], 0.0
        clusters = [info.cluster for info in buffer.glyph_infos] + [len(text)]
        for at, (info, position) in enumerate(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)):
            width = round(self.font.get_glyph_h_advance(info.codepoint) * self.scale)
            into.glyphs.setdefault(str(info.codepoint), (text[clusters[at] : clusters[at + 1]], width))
            advance = position.x_advance * self.scale
            closer = f"{width - advance:.0f}" if round(width - advance) else ""
            pieces.append(f"<{info.codepoint:04x}>{closer}")
            total += advance / 1000
        return "".join(pieces).replace("><", "").encode(), total

    def subset(self, glyphs: list[int]) -> tuple[bytes, bool]:
        """Return a font program with these glyphs under their own numbers, and whether it is bare CFF.

        A CFF of Noto CJK names its glyphs by number, so that those left keep their numbers though they move up; of a
        TrueType font every place must stay.
        """
        wanted, flags = hb.SubsetInput(), hb.SubsetFlags
        wanted.glyph_set.update(glyphs)
        is_cff = "CFF " in self.face.table_tags
        kept = flags.DESUBROUTINIZE if is_cff else flags.RETAIN_GIDS
        wanted.flags = kept | flags.NO_LAYOUT_CLOSURE | flags.NO_HINTING
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in DROPPED)
        found = hb.subset(self.face, wanted)
        return (found.reference_table("CFF ").data if is_cff else found.blob.data), is_cff


@cache
def typeface(files: tuple[Path, ...], family: str, bold: bool, index: int) -> Typeface:  # noqa: FBT001  # a key
    """Return the face of that family and weight. Raises LookupError where no file has it."""
    for file in files:
        found = Typeface(file, index)
        name = next(filter(None, map(found.face.get_name, FAMILY)), "")
        if name == family and ("Bold" in file.stem) == bold:
            return found
    raise LookupError(family)


def write_font(writer: Writer, font: Lettering, face: Typeface, tag: str) -> int:
    """Write a font with the glyphs it is used with; return its number."""
    glyphs = sorted((int(number), *said) for number, said in font.glyphs.items())
    data, is_cff = face.subset([number for number, *_ in glyphs])
    kind = b"<</Subtype/CIDFontType0C>>" if is_cff else b"<</Length1 %d>>" % len(data)
    file = writer.add_packed(data, kind)
    name = f"{tag}+{font.name}".encode()
    widest = max(width for *_, width in glyphs)
    flags = font.flags
    descriptor = writer.add(
        b"<</Type/FontDescriptor/FontName/%s/FontFamily(%s)/Flags %d/FontBBox[0 %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV 80/StemH 80/FontFile%d %d 0 R>>"
        % (
            *(name, font.family.encode(), flags, font.descent, widest, font.ascent, font.ascent, font.descent),
            *(font.ascent, 3 if is_cff else 2, file),
        )
    )
    widths = " ".join(f"{number}[{width}]" for number, _text, width in glyphs).encode()
    below = writer.add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"%s/W[%s]/FontDescriptor %d 0 R>>"
        % (0 if is_cff else 2, name, b"" if is_cff else b"/CIDToGIDMap/Identity", widths, descriptor)
    )
    unicode = writer.add_packed(_to_unicode(glyphs))
    return writer.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/ToUnicode %d 0 R/DescendantFonts[%d 0 R]>>"
        % (name, unicode, below)
    )


def _to_unicode(glyphs: list[tuple[int, str, int]]) -> bytes:
    """Return the map from glyphs to text, by which a reader copies and searches."""
    lines = [f"<{number:04x}> <{text.encode('utf-16-be').hex()}>" for number, text, _width in glyphs]
    batches = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            "<< /Registry (Adobe)",
            "/Ordering (UCS)",
            "/Supplement 0",
            ">> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <ffff>",
            "endcodespacerange",
            *(f"{len(batch)} beginbfchar\n{chr(10).join(batch)}\nendbfchar" for batch in batches),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    ).encode()
