"""Titles over narrow columns on paper, as HTML: Chinese from top to bottom, what is all Latin on its side, from the foot up.

matrix.css has the looks.
"""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from departments.charts.text import width, wrap
from departments.charts.upright import Piece, pieces

LINE = 1.15  # from line to line, and from character to character, ems
HAN = 0x2E80  # where Chinese characters and their marks begin
ABREAST = 2  # lines of a title on its side, at most
FORMS = str.maketrans("（）()《》〈〉「」『』【】—", "︵︶︵︶︽︾︿﹀﹁﹂﹃﹄︻︼︱")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as HTML, and how high it is, ems."""

    html: SafeString
    height: float


def upright(title: str) -> Title:
    """Return a title that stands in a column at least 2.5 ems wide."""
    found = pieces(title)
    latin = all(ord(character) < HAN for character in title) and any(piece.kind == "word" for piece in found)
    return _on_its_side(title) if latin else _standing(found)


def _on_its_side(title: str) -> Title:
    whole = width(title, 1)
    lines: tuple[str, ...] = (title,)
    for share in (0.55, 0.65, 0.8):
        tried = wrap(title, 1, max(share * whole, 1))
        if len(tried) <= ABREAST:
            lines = tried
            break
    long = max(width(line, 1) for line in lines) + 0.2
    said = "<br>".join(map(escape, lines))
    sizes = f'style="height: {long:.2f}em; width: {LINE * len(lines):.2f}em"'
    return Title(_safe(f'<div class="side" {sizes}><div style="width: {long:.2f}em">{said}</div></div>'), long)


def _standing(found: tuple[Piece, ...]) -> Title:
    parts: list[str] = []
    height = 0.0
    for number, piece in enumerate(found):
        if piece.kind == "word":
            long = piece.length(1, 1)
            parts.append(f'<div class="word" style="height: {long:.2f}em"><div>{escape(piece.text)}</div></div>')
            height += long
            continue
        follows = number + 1 < len(found) and found[number + 1].kind != "word"
        parts.append(escape(piece.text.translate(FORMS) if piece.kind == "turned" else piece.text) + "<br>" * follows)
        height += LINE
    return Title(_safe("".join(parts)), height)


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  # texts are escaped where they are put in
