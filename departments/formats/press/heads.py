"""Heads and feet, set by the binder and not by WeasyPrint: they know the whole, and they are artifacts, not content.

They look as paper.css and whole.css have them; tests/booklets/test_parts.py holds the two together.
"""

from dataclasses import dataclass
from pathlib import Path

from departments.formats.press.lettering import Typeface, typeface
from departments.formats.press.parts import Lettering

MM = 72 / 25.4
SIDE, TOP, BOTTOM = 22 * MM, 23 * MM, 20 * MM
SIZE, LINE = 8.0, 11.2
ASCENT, DESCENT = 1.16, 0.288  # of the font, in ems
RULE = 0.4
FAMILY = "Noto Sans CJK SC"
SEAL_SIZE, SEAL_INK, TURN = 13.0, "0.658824 0.196078 0.121569 RG", "0.9945 -0.1045 0.1045 0.9945"  # #a8321f, 6°
STAMP_AT, STAMP_APART = 70 * MM, 3 * MM  # from the right margin to the stamp's middle; what is free beside it
MOST = 2  # lines at the right: beside a stamp there is less room than the running head was shortened to
OPENING, CLOSING = "（《〈「『【〔“‘([", "）》〉」』】〕”’)]，。、；：！？·…,.;:!?"
INK, HAIRLINE = "0.356863 0.384314 0.419608 rg", "0.788235 0.760784 0.705882 rg"  # #5b626b, #c9c2b4


@dataclass(frozen=True, slots=True)
class Words:
    """What heads and feet say: at the head the `book`, at the foot the `edition` and a pattern for the page's number.

    `stamp`: 草稿, 作废 …, like a seal on every page.
    """

    book: str
    edition: str
    page: str
    stamp: str = ""


class Heads:
    """Sets the head and foot of one page after the other."""

    def __init__(self, words: Words, fonts: dict[str, Lettering], files: tuple[Path, ...], *, pages: int):
        self.words = words
        self.pages = pages
        self.key, self.font = _font(fonts, bold=False)
        self.face: Typeface = typeface(files, FAMILY, False, self.font.index)  # noqa: FBT003  # a key
        self.known: dict[str, tuple[bytes, float]] = {}
        self.seal: list[bytes] = []
        self.beside_seal = float("inf")  # the room right of it
        if words.stamp:
            self._cut_seal(fonts, files)

    def bare(self, width: float) -> bytes:
        """Return what is drawn over the contents of a page without head and foot."""
        return b"\n".join(self._sealed(width))

    def drawn(self, number: int, running: str, width: float, height: float) -> bytes:
        """Return what is drawn over a page's contents; there y grows downwards from the page's top."""
        right = width - SIDE
        room = (right - SIDE) / 2
        beside = min(room, self.beside_seal)
        head = [*self._lines(self.words.book, SIDE, room), *self._lines(running, right, beside, flush_right=True)]
        rule = TOP - 6 * MM
        lowest = rule - RULE - 2 * MM
        drawn = [_artifact("Header", "Top")]
        drawn.append(f"{HAIRLINE} {SIDE:.3f} {rule - RULE:.3f} {right - SIDE:.3f} {RULE} re f".encode())
        drawn += [self._text(text, x, lowest - LINE * (below + 1)) for text, x, below in head]
        drawn += [b"EMC", _artifact("Footer", "Bottom")]
        page = self.words.page.format(page=number, pages=self.pages)
        foot = self._lines(self.words.edition, SIDE, 1.64 * room) + self._lines(
            page, right, 0.36 * room, flush_right=True
        )
        above = height - BOTTOM + 5 * MM
        lines = max((below for *_text, below in foot), default=0)
        drawn += [self._text(text, x, above + LINE * (lines - below)) for text, x, below in foot]
        return b"\n".join([*drawn, b"EMC", *self._sealed(width)])

    def _cut_seal(self, fonts: dict[str, Lettering], files: tuple[Path, ...]) -> None:
        """Make the stamp, drawn around the origin: a word in a frame, a little askew."""
        key, font = _font(fonts, bold=True)
        shown, ems = typeface(files, FAMILY, True, font.index).set(self.words.stamp, font)  # noqa: FBT003  # a key
        across, along = ems * SEAL_SIZE + 4.8 * MM, SEAL_SIZE + 2.7 * MM
        frame = f"1 g {SEAL_INK} 1.2 w 1 j {-across / 2:.2f} {-along / 2:.2f} {across:.2f} {along:.2f} re B"
        where = f"1 0 0 -1 {-ems * SEAL_SIZE / 2:.2f} {0.36 * SEAL_SIZE:.2f} Tm"
        word = f"{SEAL_INK.lower()} BT /{key} {SEAL_SIZE} Tf {where} [".encode() + shown + b"] TJ ET"
        self.seal = [frame.encode(), word]
        self.beside_seal = STAMP_AT - across / 2 - STAMP_APART

    def _sealed(self, width: float) -> list[bytes]:
        if not self.seal:
            return []
        place = f"q {TURN} {width - SIDE - STAMP_AT:.2f} {TOP - 9.5 * MM:.2f} cm".encode()
        return [_artifact("Watermark", ""), place, *self.seal, b"Q EMC"]

    def _lines(self, text: str, x: float, room: float, *, flush_right: bool = False) -> list[tuple[str, float, int]]:
        """Return the lines of a text: each with where it starts, and how many are below it."""
        lines = [""]
        for character in text:
            if lines[-1] and SIZE * self._set(lines[-1] + character)[1] > room:
                end = _line_end(lines[-1], character)
                lines += [lines[-1][end:]]
                lines[-2] = lines[-2][:end].rstrip()
            lines[-1] += character
        if flush_right and len(lines) > MOST:
            lines = [*lines[: MOST - 1], f"{lines[MOST - 1][:-1]}…"]
        found = []
        for at, line in enumerate(filter(None, lines)):
            start = x - SIZE * self._set(line)[1] if flush_right else x
            found.append((line, start, len(lines) - 1 - at))
        return found

    def _text(self, text: str, x: float, top: float) -> bytes:
        baseline = top + (LINE - SIZE * (ASCENT + DESCENT)) / 2 + SIZE * ASCENT
        shown = self._set(text)[0]
        return f"{INK} BT /{self.key} {SIZE} Tf 1 0 0 -1 {x:.3f} {baseline:.3f} Tm [".encode() + shown + b"] TJ ET"

    def _set(self, text: str) -> tuple[bytes, float]:
        if text not in self.known:
            self.known[text] = self.face.set(text, self.font)
        return self.known[text]


def _line_end(line: str, following: str) -> int:
    """Return where a full line ends: in no word, before no closing mark and after no opening one, where that can be."""
    for end in range(len(line), 0, -1):
        before, after = line[end - 1], (line + following)[end]
        within = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if not (within or after in CLOSING or before in OPENING):
            return end
    return len(line)


def _artifact(kind: str, side: str) -> bytes:
    attached = f"/Attached[/{side}]" if side else ""
    return f"/Artifact<</Type/Pagination/Subtype/{kind}{attached}>>BDC".encode()


def _font(fonts: dict[str, Lettering], *, bold: bool) -> tuple[str, Lettering]:
    """Return the font of heads and its key; one of a booklet that does not use it is added."""
    for key, font in fonts.items():
        if font.family == FAMILY and font.bold is bold:
            return key, font
    index = next(iter(fonts.values())).index
    name = FAMILY.replace(" ", "-") + "-Bold" * bold
    key = "HEADSB" if bold else "HEADSR"
    fonts[key] = Lettering(name, FAMILY, bold, index, round(1000 * ASCENT), round(-1000 * DESCENT), 4, {})
    return key, fonts[key]
