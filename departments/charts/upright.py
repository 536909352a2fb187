"""Chinese set upright, from top to bottom in columns from right to left: what stands below what, and how it is turned.

A Chinese character stands as it is. Up to three Latin letters or figures stand abreast in one place; longer words lie on
their sides. Brackets and dashes are turned; a comma or a full stop stands at the upper right of its place.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from departments.charts.text import CLOSING, OPENING, width

ABREAST = 3
WORD = r"\(?[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f&.,;:'’/+#%()-]*"
PIECE = re.compile(rf"{WORD}(?: {WORD})*|\S")
TURNED = frozenset("（）()《》〈〉「」『』【】〔〕[]{}<>“”‘’—–-－…～~_|｜")
RAISED = dict.fromkeys("，。、", (0.55, -0.55)) | dict.fromkeys("：；！？", (0.25, 0.0))
GAP = 0.25  # between words that lie on their sides, ems


@dataclass(frozen=True, slots=True)
class Piece:
    """What takes one place in a column. `kind`: character, abreast, turned (a sign), word (lies on its side)."""

    text: str
    kind: str = "character"

    @property
    def shift(self) -> tuple[float, float]:
        """How far it stands from the middle of its place, ems to the right and downwards."""
        return RAISED.get(self.text, (0.0, 0.0))

    def length(self, size: float, step: float) -> float:
        """Return how much of a column it takes at a font size, px; a character takes `step`."""
        return width(self.text, size) + GAP * size if self.kind == "word" else step


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and where its place begins and ends, px from the top."""

    piece: Piece
    top: float
    bottom: float


Column = tuple[Placed, ...]


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a text into what takes one place each. Costs O(characters)."""
    found: list[Piece] = []
    for run in PIECE.findall(text):
        words = run.split(" ")
        if not re.match(WORD, run):
            found.append(Piece(run, "turned" if run in TURNED else "character"))
        elif all(len(word) <= ABREAST for word in words):
            found += [Piece(word, "abreast") for word in words]
        else:
            found += [Piece(word, "word") for word in words]
    return tuple(found)


@lru_cache(maxsize=4096)
def columns(text: str, size: float, step: float, room: float) -> tuple[Column, ...]:
    """Set a text in columns no longer than `room` px, of about equal length. Empty text: none.

    No column begins with a closing mark or ends with an opening one; a bracket begins one where that takes no more of
    them. A word longer than `room` is cut. Costs O(characters).
    """
    groups = _groups(text, size, step, room)
    whole = sum(long for _group, long in groups)
    filled = _fill(groups, room)
    before, bracket, inside = text.partition("（")
    if before and bracket and len(filled) > 1:
        parted = (*columns(before, size, step, room), *columns(bracket + inside, size, step, room))
        if len(parted) <= len(filled):
            return parted
    for narrower in (whole / max(len(filled), 1) + step * extra for extra in (0.1, 1.1, 2.1)):
        balanced = _fill(groups, narrower) if narrower < room else filled
        if len(balanced) == len(filled):
            filled = balanced
            break
    return tuple(_placed(column, size, step) for column in filled)


def length(text: str, size: float, step: float) -> float:
    """Return how long a text is in one column, px."""
    return sum(piece.length(size, step) for piece in pieces(text))


Group = tuple[list[Piece], float]


def _groups(text: str, size: float, step: float, room: float) -> list[Group]:
    """Return the pieces that stay together, and how long they are; no group is longer than `room` but for its marks."""
    groups: list[Group] = []
    opened = False
    for piece in pieces(text):
        if piece.kind == "word" and piece.length(size, step) > room:
            groups += [([part], part.length(size, step)) for part in _cut(piece, size, step, room)]
            opened = False
            continue
        long = piece.length(size, step)
        if groups and (opened or piece.text in CLOSING) and groups[-1][1] + long <= room:
            groups[-1][0].append(piece)
            groups[-1] = groups[-1][0], groups[-1][1] + long
        else:
            groups.append(([piece], long))
        opened = piece.text in OPENING
    return groups


def _cut(piece: Piece, size: float, step: float, room: float) -> list[Piece]:
    parts = [""]
    for character in piece.text:
        if parts[-1] and Piece(parts[-1] + character, "word").length(size, step) > room:
            parts.append("")
        parts[-1] += character
    return [Piece(part, "word") for part in parts]


def _fill(groups: list[Group], room: float) -> list[list[Piece]]:
    filled: list[list[Piece]] = []
    used = 0.0
    for group, long in groups:
        if not filled or used + long > room:
            filled.append([])
            used = 0.0
        filled[-1] += group
        used += long
    return filled


def _placed(column: list[Piece], size: float, step: float) -> Column:
    placed: list[Placed] = []
    top = 0.0
    for piece in column:
        bottom = top + piece.length(size, step)
        placed.append(Placed(piece, top, bottom))
        top = bottom
    return tuple(placed)
