"""Parts bound into one PDF/UA-1 document: pages numbered, heads and feet set, links, bookmarks, structure, fonts.

Twice through the parts, one at a time: first to learn where everything is, then to write. So a booklet of thousands of
pages needs little more memory than what is known of its anchors and bookmarks.
"""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from departments.formats.press.heads import Heads, Words
from departments.formats.press.lettering import typeface, write_font
from departments.formats.press.parts import DOCUMENT, FONTS, PAGES, Lettering, Part
from departments.formats.press.writing import Writer

BINDING = 14.17  # points, 5 mm: how far pages move where margins are mirrored
FRAME = re.compile(rb"(/(?:Media|Trim|Bleed)Box ?)\[[^\]]*\]")
NUMBER = "〠"  # what piece.css prints where a page number will stand: a character that no title consists of
SHOWN = re.compile(rb"([\d.]+) ([\d.]+) Tm\n/(\w+) ([\d.]+) Tf\n\[<([0-9a-f]{4})>-?\d*\] TJ")


@dataclass(slots=True)
class Sheaf:
    """A part in its place. `running`: anchors and what the head says from each on; `numbers`: anchors whose pages it
    prints, in order; `bare`: it has neither head nor foot."""

    file: str
    running: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    bare: bool = False


@dataclass(slots=True)
class Volume:
    """What is to be bound. `bookmarks`: level, label and anchor of each; without `words` no page has head or foot.

    `mirrored`: what is on an upright page moves away from where it is bound, at the left of the first page.
    """

    title: str
    lang: str
    sheaves: list[Sheaf]
    created: str = ""
    words: Words | None = None
    bookmarks: list[tuple[int, str, str]] = field(default_factory=list)
    mirrored: bool = False


def bind(volume: Volume, files: tuple[Path, ...], to: Path) -> None:
    """Write the document. `files`: the fonts. Raises Damaged, FileNotFoundError, KeyError for an anchor that is nowhere."""
    try:
        with to.open("wb") as written:
            _Binder(volume, files, Writer(written)).bind()
    finally:
        typeface.cache_clear()  # of four open fonts 80 MB would stay in memory


class _Binder:
    def __init__(self, volume: Volume, files: tuple[Path, ...], writer: Writer):
        self.volume = volume
        self.files = files
        self.writer = writer
        self.pages, self.fonts, self.structure, self.document = (self.writer.reserve() for _ in range(4))
        self.anchors: dict[str, tuple[int, float, float]] = {}
        self.lettering: dict[str, Lettering] = {}
        self.count = 0
        self.leaves: list[int] = []  # the objects of the pages
        self.tree: list[int] = []
        self.parents: list[bytes] = []

    def bind(self) -> None:
        for sheaf in self.volume.sheaves:
            self._survey(_read(sheaf))
        words = self.volume.words
        heads = Heads(words, self.lettering, self.files, pages=self.count) if words else None
        running = ""
        for sheaf in self.volume.sheaves:
            part = _read(sheaf)
            stamps: list[bytes] = []
            for page in part.pages:
                here = [text for anchor, text in sheaf.running if anchor in page.anchors]
                number = len(self.leaves) + len(stamps) + 1
                if heads is None:
                    stamps.append(b"")
                elif sheaf.bare:
                    stamps.append(heads.bare(page.size[0]))
                else:
                    stamps.append(heads.drawn(number, (here or [running])[0], *page.size))
                running = (here or [running])[-1]
            self._write(part, self._numbered(part, sheaf.numbers), stamps)
        self._finish()

    # First time through

    def _survey(self, part: Part) -> None:
        """Count pages, find anchors, gather glyphs."""
        for number, page in enumerate(part.pages, self.count):
            for name, (x, y) in page.anchors.items():
                self.anchors.setdefault(name, (number, x, y))
        self.count += len(part.pages)
        for name, font in part.fonts.items():
            self.lettering.setdefault(name, font).glyphs.update(font.glyphs)

    # Second time through

    def _write(self, part: Part, contents: dict[int, bytes], stamps: list[bytes]) -> None:
        base = self.writer.reserve(len(part.objects))
        shared = {PAGES: _ref(self.pages), FONTS: _ref(self.fonts), DOCUMENT: _ref(self.document)}
        objects = part.renumbered(base, len(self.parents), shared)
        for page, stamp in zip(part.pages, stamps, strict=True):
            shown = [base + page.contents, *([self.writer.add_packed(stamp)] if stamp else [])]
            leaf = objects[page.object][:-2] + b"/Contents[%s]>>" % _refs(shown)
            if self.volume.mirrored and page.size[0] < page.size[1]:
                leaf = _moved(leaf, page.size, BINDING if len(self.leaves) % 2 == 0 else -BINDING)
            objects[page.object] = leaf
            self.leaves.append(base + page.object)
        for number, data in enumerate(objects):
            if number in part.streams:
                self.writer.put_stream(base + number, data, contents.get(number) or part.streams[number])
            else:
                self.writer.put(base + number, data)
        self.tree += [base + number for number in part.tree]
        for value in part.parents:
            if isinstance(value, list):
                self.parents.append(b"[%s]" % _refs(base + number for number in value))
            else:
                self.parents.append(_ref(base + value))

    def _numbered(self, part: Part, numbers: list[str]) -> dict[int, bytes]:
        """Return contents in which page numbers stand where `NUMBER` stood, flush right as it was."""
        if not numbers:
            return {}
        anchors = iter(numbers)

        def number(match: re.Match[bytes]) -> bytes:
            key, size = match[3].decode(), float(match[4])
            font = self.lettering[key]
            face = typeface(self.files, font.family, font.bold, font.index)
            if match[5].decode() != face.glyph(NUMBER):
                return match[0]
            digits, width = face.set(str(self.anchors[next(anchors)][0] + 1), font)
            x = float(match[1]) + (face.advance(NUMBER) - width) * size
            return b"%.3f %s Tm\n/%s %s Tf\n[%s] TJ" % (x, match[2], match[3], match[4], digits)

        found = {}
        for page in part.pages:
            shown = SHOWN.sub(number, zlib.decompress(part.streams[page.contents]))
            found[page.contents] = zlib.compress(shown, 6)
        if (left := next(anchors, None)) is not None:
            raise KeyError(left)
        return found

    # The whole

    def _finish(self) -> None:
        writer, volume = self.writer, self.volume
        writer.put(self.pages, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.leaves), _refs(self.leaves)))
        fonts = []
        for key, font in sorted(self.lettering.items()):
            face = typeface(self.files, font.family, font.bold, font.index)
            fonts.append(b"/%s %d 0 R" % (key.encode(), write_font(writer, font, face, key)))
        writer.put(self.fonts, b"<<%s>>" % b"".join(fonts))
        parents = b" ".join(b"%d %s" % pair for pair in enumerate(self.parents))
        tree = writer.add(b"<</Nums[%s]>>" % parents)
        nothing = (self.structure, _ref(self.document), tree, len(self.parents))
        writer.put(nothing[0], b"<</Type/StructTreeRoot/K[%s]/ParentTree %d 0 R/ParentTreeNextKey %d>>" % nothing[1:])
        said = (_ref(self.structure), _refs(self.tree))
        writer.put(self.document, b"<</Type/StructElem/S/Document/P %s/K[%s]>>" % said)
        names = b" ".join(
            _string(name) + b"[%d 0 R/XYZ %g %g 0]" % (self.leaves[page], x, y)
            for name, (page, x, y) in sorted(self.anchors.items())
        )
        metadata = writer.reserve()
        writer.put_stream(metadata, b"<</Type/Metadata/Subtype/XML>>", _metadata(volume))
        catalog = b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R/Lang%s" % (
            self.pages, self.structure, metadata, _string(volume.lang),
        )  # fmt: skip
        catalog += b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"
        catalog += b"/Names<</Dests<</Names[%s]>>>>" % names if names else b""
        if volume.bookmarks:
            catalog += b"/PageMode/UseOutlines/Outlines %d 0 R" % self._outline()
        root = writer.add(catalog + b">>")
        info = b"<</Title%s/Producer(OrgDesign, WeasyPrint)" % _string(volume.title)
        if volume.created:
            info += b"/CreationDate(D:%s)" % volume.created.replace("-", "").encode()
        writer.finish(root, writer.add(info + b">>"))

    def _outline(self) -> int:
        """Write the bookmarks; return the object over them."""
        numbers = [self.writer.reserve() for _ in range(len(self.volume.bookmarks) + 1)]
        below: dict[int, list[int]] = {0: []}  # by place, the whole being 0
        above = [(0, 0)]  # level and place of what is open
        for place, (level, _label, _anchor) in enumerate(self.volume.bookmarks, 1):
            while above[-1][0] >= level:
                above.pop()
            below[above[-1][1]].append(place)
            below[place] = []
            above.append((level, place))
        owner = {kid: place for place, kids in below.items() for kid in kids}

        def descendants(place: int) -> int:
            return sum(1 + descendants(kid) for kid in below[place])

        def kids(place: int) -> bytes:
            own = below[place]
            if not own:
                return b""
            count = descendants(place)
            ends = (numbers[own[0]], numbers[own[-1]], count)
            return b"/First %d 0 R/Last %d 0 R/Count %d" % ends

        for place, (_level, label, anchor) in enumerate(self.volume.bookmarks, 1):
            page, x, y = self.anchors[anchor]
            siblings = below[owner[place]]
            at = siblings.index(place)
            said = b"<</Title%s/Parent %d 0 R" % (_string(label), numbers[owner[place]])
            said += b"/Dest[%d 0 R/XYZ %g %g 0]" % (self.leaves[page], x, y)
            said += b"/Prev %d 0 R" % numbers[siblings[at - 1]] if at else b""
            said += b"/Next %d 0 R" % numbers[siblings[at + 1]] if at + 1 < len(siblings) else b""
            self.writer.put(numbers[place], said + kids(place) + b">>")
        self.writer.put(numbers[0], b"<</Type/Outlines" + kids(0) + b">>")
        return numbers[0]


def _moved(page: bytes, size: tuple[float, float], right: float) -> bytes:
    """Return a page whose frame stands further left, so that all that is on it, links too, stands further right."""
    frame = b"[%g 0 %.6f %.6f]" % (-right, size[0] - right, size[1])
    return FRAME.sub(lambda box: box[1] + frame, page)


def _read(sheaf: Sheaf) -> Part:
    return Part.from_bytes(Path(sheaf.file).read_bytes())


def _ref(number: int) -> bytes:
    return b"%d 0 R" % number


def _refs(numbers: Iterable[int]) -> bytes:
    return b" ".join(map(_ref, numbers))


def _string(text: str) -> bytes:
    """Return a PDF string."""
    if text.isascii() and text.isprintable():
        return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode()) + b")"
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


def _metadata(volume: Volume) -> bytes:
    """Return the XMP packet that says title, language and PDF/UA-1."""
    created = f"<xmp:CreateDate>{volume.created}</xmp:CreateDate>" if volume.created else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        "<pdfuaid:part>1</pdfuaid:part>"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(volume.title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{escape(volume.lang)}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreatorTool>OrgDesign</xmp:CreatorTool>{created}"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()
