"""Chinese set upright, from top to bottom: for narrow columns and boxes."""

import re

PIECES = re.compile(r"[A-Za-z0-9]{1,3}|[^A-Za-z0-9\s]")
TURNED = str.maketrans("（）()《》—", "︵︶︵︶︽︾︱")


def upright(text: str) -> list[str]:
    """Return the lines: a character each, Latin letters and figures up to three abreast, brackets turned."""
    return [piece.translate(TURNED) for piece in PIECES.findall(text)]
