"""A part of a booklet as it is kept on disk: PDF objects that have no numbers yet, and what the binder must know of them.

In an object a reference is a mark between two MARK bytes: a figure is the place of another object of the part; PAGES,
FONTS and DOCUMENT are objects of the whole booklet; KEY and a figure is a key of the parent tree. No text holds a MARK:
controls are not printed.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

MARK = b"\x1a"
PAGES, FONTS, DOCUMENT, KEY = b"P", b"F", b"D", b"S"
SEPARATOR = b"\x1b"
MAGIC = b"OrgDesign part 1\n"
MARKED = re.compile(rb"\x1a(S?)(\w+)\x1a")


class Damaged(Exception):
    """The bytes are not those of a whole part."""


@dataclass(slots=True)
class Page:
    """A page: its object and that of its contents, its width and height in points, and where its anchors are on it."""

    object: int
    contents: int
    size: tuple[float, float]
    anchors: dict[str, list[float]]


@dataclass(slots=True)
class Lettering:
    """A font of a part: which it is, and each glyph used with its text and its width in thousandths."""

    name: str
    family: str
    bold: bool
    index: int
    ascent: int
    descent: int
    flags: int
    glyphs: dict[str, tuple[str, int]]


@dataclass(slots=True)
class Part:
    """A part. `tree`: its topmost structure elements; `parents`: for each key of the parent tree an element, or many."""

    pages: list[Page]
    tree: list[int]
    parents: list[Any]
    fonts: dict[str, Lettering]
    objects: list[bytes] = field(default_factory=list)
    streams: dict[int, bytes] = field(default_factory=dict)

    def renumbered(self, base: int, key: int, shared: dict[bytes, bytes]) -> list[bytes]:
        """Return the objects with references that count from `base`, and keys from `key`."""

        def number(match: re.Match[bytes]) -> bytes:
            kind, name = match[1], match[2]
            if kind:
                return b"%d" % (key + int(name))
            return shared[name] if name in shared else b"%d 0 R" % (base + int(name))

        return MARKED.sub(number, SEPARATOR.join(self.objects)).split(SEPARATOR)

    def to_bytes(self) -> bytes:
        """Return the part as it is kept."""
        head = {
            "pages": [{name: getattr(page, name) for name in Page.__slots__} for page in self.pages],
            "tree": self.tree,
            "parents": self.parents,
            "fonts": {
                key: {name: getattr(font, name) for name in Lettering.__slots__} for key, font in self.fonts.items()
            },
            "objects": len(self.objects),
            "streams": {number: len(stream) for number, stream in self.streams.items()},
        }
        said = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        plain = zlib.compress(said + SEPARATOR + SEPARATOR.join(self.objects), 6)
        body = b"%d\n" % len(plain) + plain + b"".join(self.streams.values())
        return MAGIC + hashlib.sha256(body).digest() + body

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Part":
        """Return the part. Raises Damaged."""
        start = len(MAGIC) + 32
        body = kept[start:]
        if kept[: len(MAGIC)] != MAGIC or hashlib.sha256(body).digest() != kept[len(MAGIC) : start]:
            raise Damaged
        length, _, rest = body.partition(b"\n")
        said, *objects = zlib.decompress(rest[: int(length)]).split(SEPARATOR)
        head = json.loads(said)
        streams, at = {}, int(length)
        for number, size in head["streams"].items():
            streams[int(number)] = rest[at : at + size]
            at += size
        return cls(
            pages=[Page(**page) for page in head["pages"]],
            tree=head["tree"],
            parents=head["parents"],
            fonts={name: Lettering(**one) for name, one in head["fonts"].items()},
            objects=objects,
            streams=streams,
        )


def joined(parts: Sequence[Part]) -> Part:
    """Return parts as one, an anchor where it is first."""
    whole = Part([], [], [], {})
    known: set[str] = set()
    for part in parts:
        base, key = len(whole.objects), len(whole.parents)

        def moved(match: re.Match[bytes], base: int = base, key: int = key) -> bytes:
            kind, name = match[1], match[2]
            by = key if kind else base
            return MARK + kind + (b"%d" % (by + int(name)) if name.isdigit() else name) + MARK

        for page in part.pages:
            anchors = {name: where for name, where in page.anchors.items() if name not in known}
            known |= set(anchors)
            whole.pages.append(Page(base + page.object, base + page.contents, page.size, anchors))
        whole.tree += [base + place for place in part.tree]
        whole.parents += [
            [base + place for place in value] if isinstance(value, list) else base + value for value in part.parents
        ]
        for name, font in part.fonts.items():
            whole.fonts.setdefault(name, font).glyphs.update(font.glyphs)
        whole.objects += MARKED.sub(moved, SEPARATOR.join(part.objects)).split(SEPARATOR)
        whole.streams |= {base + place: stream for place, stream in part.streams.items()}
    return whole
