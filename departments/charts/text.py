"""How wide a text will be, and where it breaks: an estimate good for every font, because the server has none at hand.

A Chinese character is one em wide; Latin is estimated on the wide side, so that a line never sticks out of its box.
"""

import re
from functools import cache, lru_cache
from unicodedata import east_asian_width

OPENING = "（《〈「『【〔“‘([{"
CLOSING = "，。、；：！？）》〉」』】〕”’…—～·%,.;:!?)]}"
# What a line may end after: one Chinese character or one Latin word, with the marks that must stay with it and the space
# that follows.
PIECE = re.compile(
    rf"[{re.escape(OPENING)}]*(?:[\u1100-\U0010ffff]|[^\s\u1100-\U0010ffff/-]*[/-]|[^\s\u1100-\U0010ffff/-]+)"
    rf"[{re.escape(CLOSING)}]*\s*"
)
WIDE_LATIN = frozenset("MWmw@%&—…")
NARROW_LATIN = frozenset("iljtfIr.,:;!|'()[] -/·")


@cache
def _em(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return 1.0
    if character in WIDE_LATIN:
        return 0.95
    if character in NARROW_LATIN:
        return 0.4
    return 0.72 if character.isupper() else 0.6


def width(text: str, size: float) -> float:
    """Return the width in px of a line of text at a font size in px. Costs O(characters)."""
    return size * _ems(text)


@lru_cache(maxsize=16384)
def _ems(text: str) -> float:
    return sum(map(_em, text))


@lru_cache(maxsize=16384)
def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a text into lines no wider than `room` px at a font size of `size` px, of about equal length.

    Chinese breaks between any two characters except before a closing and after an opening mark; Latin between
    words, inside a word only where it alone is too wide. Empty text: no line. Costs O(characters), remembered.
    """
    text = " ".join(text.split())
    whole = width(text, size)
    if whole <= room:
        return (text,) if text else ()
    pieces = _pieces(text, size, room)
    lines = _fill(pieces, room)
    before, bracket, inside = text.partition("（")
    if before and bracket:
        parted = (*wrap(before, size, room), *wrap(bracket + inside, size, room))
        if len(parted) <= len(lines):
            return parted
    for narrower in (whole / len(lines) + size * extra for extra in (0.2, 1.2, 2.2)):
        balanced = _fill(pieces, narrower) if narrower < room else lines
        if len(balanced) == len(lines):
            return tuple(balanced)
    return tuple(lines)


Piece = tuple[str, float, float]  # its text, its width without the space at its end, and with it


def _fill(pieces: list[Piece], room: float) -> list[str]:
    lines, line, used = [], "", 0.0
    for piece, tight, wide in pieces:
        if line and used + tight > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line += piece
        used += wide
    return [*lines, line.rstrip()]


def _pieces(text: str, size: float, room: float) -> list[Piece]:
    """Cut a text where a line may end; a space stays with the piece before it. No piece is wider than `room`."""
    pieces: list[Piece] = []
    for piece in PIECE.findall(text):
        wide = size * _ems(piece)
        tight = wide if piece[-1] != " " else size * _ems(piece.rstrip())
        if tight <= room:
            pieces.append((piece, tight, wide))
        else:
            pieces += [(part, width(part, size), width(part, size)) for part in _cut(piece, size, room)]
    return pieces


def _cut(piece: str, size: float, room: float) -> list[str]:
    """Cut a word that is too wide for a line of its own."""
    parts, part = [], ""
    for character in piece:
        if part and width(part + character, size) > room:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]
