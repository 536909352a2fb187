"""Han and Latin stand a sixth of an em apart, and no character alone on a last line, as Chinese is set.

What does it is put in for paper alone: never stored, never copied.

WeasyPrint gets a six-per-em space, for which it sets our fonts' own space, kerned narrower. In the finished page that space
becomes a shift: what a reader copies or searches has the characters that were written and no other.
"""

import re
from collections.abc import Mapping

GAP = "\u2006"
JOINED = "\u2060"  # draws nothing; no line ends there
WIDTH = 1000 / 6  # of an em, in thousandths
HAN, LATIN = "\u3400-\u4dbf\u4e00-\u9fff", "A-Za-z0-9"
# A tag, a drawing or an entity; else a place between the two scripts, but none within 2026年11月22日.
PLACES = re.compile(
    rf"(<svg\b.*?</svg>|<[^>]*>|&#?\w+;)"
    rf"|(?<=[{HAN}])(?=[{LATIN}])(?!(?<=[年月])[0-9])"
    rf"|(?<=[{LATIN}])(?=[{HAN}])(?!(?<=[0-9])[年月日])",
    re.DOTALL,
)
LAST = re.compile(
    rf"(?<=[{HAN}])(?=[{HAN}][。！？；）]?(?:(?:</a>)?\s*</(?:td|p|h[1-6])>|&#160;<span class=\"mark\">))"
)
SET = re.compile(rb"/(\w+) [\d.]+ Tf|(?<=\[)[^\]]*(?=\] ?TJ)")

TWO = re.compile(rb">(-?\d+)<>(-?\d+)<")  # shifts, one after the other


def set_apart(html: str) -> str:
    """Return HTML with a gap wherever its texts go from Han to Latin or back, the last two characters of each kept together.

    What is drawn as SVG stays as it is.
    """
    return LAST.sub(JOINED, PLACES.sub(lambda place: place[0] or GAP, html))


def close_gaps(contents: bytes, spaces: Mapping[bytes, tuple[str, int]]) -> bytes:
    """Return a page's contents with a shift in the place of every gap. `spaces`: each font's space, its number and width."""
    known = {font: _gap(number, width) for font, (number, width) in spaces.items()}
    gap: re.Pattern[bytes] | None = None

    def closed(match: re.Match[bytes]) -> bytes:
        nonlocal gap
        if match[1]:
            gap = known.get(match[1])
            return match[0]
        if gap is None or not gap.search(match[0]):
            return match[0]
        shifted = gap.sub(b">%d<" % -round(WIDTH), match[0])
        return TWO.sub(lambda two: b">%d<" % (int(two[1]) + int(two[2])), shifted).replace(b"<>", b"")

    return SET.sub(closed, contents) if known else contents


def _gap(number: str, width: int) -> re.Pattern[bytes]:
    """Return how a gap looks in a text that is set: the space's glyph, and its kerning."""
    kerning = "|".join(str(int(width - WIDTH) + off) for off in (-1, 0, 1))
    return re.compile(rf"{number}>(?:{kerning})<".encode())
