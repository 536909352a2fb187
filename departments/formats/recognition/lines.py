"""The lines of a source: what was read, where it stood, and, in a form, under which label."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

LINES, LONGEST, CHARACTERS = 20_000, 20_000, 2_000_000
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\ud800-\udfff\ufeff\ufffe\uffff]")

WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")


class Unreadable(Exception):
    """A source that cannot be read; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of a source.

    `number` counts from 1; `heading` is the level of a heading's style, 0 for none; `bullet` says that the word processor
    numbers it, at the level `indent`; `table` counts tables from 1, 0 outside; `label` is what stood beside it in a form.
    """

    number: int
    text: str
    heading: int = 0
    bullet: bool = False
    indent: int = 0
    table: int = 0
    label: str = ""


def text_lines(text: str) -> list[Line]:
    """Return the lines of a plain text; empty ones are counted and left out. Raises Unreadable where it is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\\x0d\\x0a|\\r\\n|\\n(?![A-Za-z])", "\n", text)  # line ends that were written out
    return checked(Line(number, clean(line)) for number, line in enumerate(text.split("\n"), start=1))


def checked(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that say something. Raises Unreadable beyond the bounds."""
    kept: list[Line] = []
    characters = 0
    for line in lines:
        if not line.text and not line.label:
            continue
        characters += len(line.text)
        if len(kept) >= LINES or characters > CHARACTERS:
            most = {"lines": LINES, "characters": CHARACTERS}
            raise Unreadable(_("The text is longer than %(lines)d lines or %(characters)d characters.") % most)
        if len(line.text) > LONGEST:
            said = {"number": line.number, "most": LONGEST}
            raise Unreadable(_("Line %(number)d is longer than %(most)d characters.") % said)
        kept.append(line)
    return kept


def clean(text: str) -> str:
    """Return a line without what cannot be seen; full-width letters and digits become narrow, blanks become one kind."""
    text = UNPRINTABLE.sub("", text.replace("\u2028", " ").replace("\u00a0", " "))
    text = WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return text.replace("\u3000", " ").replace("\t", " ").strip()
