"""WeasyPrint's pages cut into parts. Fonts are left out: the binder puts one in for all parts.

That works because WeasyPrint writes a font's own glyph numbers (Identity-H), so that the glyphs of all parts, kept under
their numbers in one subset, serve every part. What is touched of WeasyPrint beyond its public names is touched here and
in `tagging`, at import, in the child process alone.
"""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint import HTML, Document
from weasyprint.pdf import fonts

from departments.formats.press.parts import DOCUMENT, FONTS, KEY, MARK, PAGES, Lettering, Page, Part, joined
from departments.formats.press.slicing import lay_out, lay_out_in_slices
from departments.formats.press.spacing import GAP, close_gaps
from departments.formats.press.tagging import name_links, structure

PIECE = "piece-"  # with a number: how parts.css bookmarks a piece that becomes a part of its own
POINTS = 0.75  # a CSS pixel
REFERENCE = re.compile(rb"(\d+) 0 R")
NO_FONTS = "no font here"

# No copy of a 20 MB font file for each document, and no subset for each part.
fonts.get_hb_object_data = lambda *_: NO_FONTS
weasyprint.pdf.build_fonts_dictionary = lambda *_: pydyf.Dictionary({"None": "null"})


def cut(html: HTML) -> list[Part]:
    """Return a document as parts: one for each element bookmarked piece-0, piece-1 …, each on pages of its own."""
    document = lay_out(html)
    starts = [0]
    for number, page in enumerate(document.pages):
        begun = [label for _level, label, *_ in page.bookmarks if label.startswith(PIECE)]
        starts += [number] * len(begun) if number else []
    ends = [*starts[1:], len(document.pages)]
    return [_part(document.copy(document.pages[start:end])) for start, end in zip(starts, ends, strict=True)]


def cut_list(html: HTML) -> Part:
    """Return a document that is one piece, a long list, as a part."""
    return joined(lay_out_in_slices(html, _part))


def _leading_outside(link: tuple[str, str, Any, Any]) -> tuple[str, str, Any, Any]:
    """Return a link as one to an address outside: WeasyPrint drops those whose anchors stand in other parts."""
    kind, target, rectangle, box = link
    return ("external", f"#{target}", rectangle, box) if kind == "internal" else link


def _part(document: Document) -> Part:
    """Return pages as a part."""
    for page in document.pages:
        page.links[:] = [_leading_outside(link) for link in page.links]
    parts: list[Part] = []

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        parts.append(_extract(document, pdf))
        del pdf.objects[1:]  # nothing else is written

    document.write_pdf(io.BytesIO(), finisher=finish, pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    return parts[0]


def _extract(document: Document, pdf: pydyf.PDF) -> Part:
    name_links(document)
    root, tree, parents = structure(pdf)
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    contents = [page.pop("Contents") for page in pages]
    _close_gaps(document, [pdf.objects[_number(content)] for content in contents])
    resources = pdf.objects[_number(pages[0]["Resources"])]
    objects = _Objects(pdf, {pdf.pages.reference: PAGES, root: DOCUMENT, resources["Font"]: FONTS})
    return Part(
        pages=[
            Page(objects.place(page.reference), objects.place(content), page["MediaBox"][2:], anchors)
            for page, content, anchors in zip(pages, contents, _anchors(document), strict=True)
        ],
        tree=[objects.place(kid) for kid in tree],
        parents=[
            [objects.place(one) for one in value] if isinstance(value, list) else objects.place(value)
            for value in parents
        ],
        fonts={font.hash: _lettering(font) for font in document.fonts.values()},
        objects=objects.written(),
        streams=objects.streams,
    )


def _anchors(document: Document) -> Iterator[dict[str, list[float]]]:
    """Yield for each page the anchors that begin on it, in points from its lower left."""
    seen: set[str] = set()
    for page in document.pages:
        new = {name: where for name, where in page.anchors.items() if name not in seen}
        seen |= set(new)
        yield {name: [round(POINTS * x, 3), round(POINTS * (page.height - y), 3)] for name, (x, y, *_) in new.items()}


def _close_gaps(document: Document, contents: list[pydyf.Stream]) -> None:
    """Turn the gaps between Han and Latin, which are spaces here, into shifts."""
    spaces = {
        font.hash.encode(): (f"{glyph:04x}", font.widths[glyph])
        for font in document.fonts.values()
        for glyph, text in font.to_unicode.items()
        if text in (" ", GAP)
    }
    for stream in contents:
        stream.compress = False
        stream.stream = [close_gaps(stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream"), spaces)]


def _lettering(font: Any) -> Lettering:
    glyphs = {
        str(glyph): (" " if text == GAP else text, font.widths[glyph])
        for glyph, text in sorted(font.to_unicode.items())
    }
    name = font.name.decode().partition("+")[2]
    return Lettering(name, font.family, font.weight >= 600, font.index, font.ascent, font.descent, font.flags, glyphs)


class _Objects:
    """The objects of a part in the order in which they are met, their references turned into marks."""

    def __init__(self, pdf: pydyf.PDF, shared: dict[bytes, bytes]):
        self.pdf = pdf
        self.shared = shared
        self.places: dict[int, int] = {}
        self.order: list[int] = []
        self.streams: dict[int, bytes] = {}

    def place(self, reference: bytes) -> int:
        """Return the place of an object; from now on it is in the part."""
        number = _number(reference)
        if number not in self.places:
            self.places[number] = len(self.order)
            self.order.append(number)
        return self.places[number]

    def written(self) -> list[bytes]:
        """Return the objects in their places, and whatever they refer to."""
        found: list[bytes] = []
        while len(found) < len(self.order):
            one = self.pdf.objects[self.order[len(found)]]
            if isinstance(one, pydyf.Stream):
                self.streams[len(found)] = _packed(one)
                found.append(self._write({"Filter": "/FlateDecode"} | one.extra))
            else:
                found.append(self._write(one))
        return found

    def _write(self, value: Any) -> bytes:
        if isinstance(value, pydyf.String):
            return value.data
        if isinstance(value, dict):
            return b"<<%s>>" % b"".join(b"/%s %s" % (str(key).encode(), self._entry(key, value[key])) for key in value)
        if isinstance(value, list):
            return b"[%s]" % b" ".join(map(self._write, value))
        if isinstance(value, bytes) and (match := REFERENCE.fullmatch(value)):
            return MARK + (self.shared.get(match[0]) or b"%d" % self.place(value)) + MARK
        return pydyf.Array([value]).data[1:-1]

    def _entry(self, key: str, value: Any) -> bytes:
        if key in ("StructParents", "StructParent"):
            return MARK + KEY + b"%d" % value + MARK
        return self._write(value)


def _packed(stream: pydyf.Stream) -> bytes:
    """Return what a stream holds, packed; a picture is packed already."""
    stream.compress = False
    _said, _, data = stream.data.partition(b"\nstream\n")
    data = data.removesuffix(b"\nendstream")
    return data if "Filter" in stream.extra else zlib.compress(data, 6)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
