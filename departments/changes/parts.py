"""The parts a sentence is made of: words with a kind; the template decides how they look."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from departments.comparison import verdicts

LONGEST = 40  # characters of a duty statement that stands for itself


class Part(NamedTuple):
    """A stretch of a sentence; `kind`: name of a node, words that are gone or new, empty for all others."""

    text: str
    kind: str = ""


Parts = list[Part]


def named(name: str) -> Parts:
    """Return a name, a long one cut; what nobody knows any more is an ellipsis."""
    return [Part(name if 0 < len(name) <= LONGEST else f"{name[:LONGEST]}…", "name")]


def marked(before: str, after: str) -> tuple[Parts, Parts]:
    """Return both texts in parts, what only one of them says marked."""
    left, right = verdicts.changes(before, after)
    return (
        [Part(part.text, "gone" if part.changed else "") for part in left],
        [Part(part.text, "new" if part.changed else "") for part in right],
    )


def fill(sentence: str, **values: Parts) -> Parts:
    """Return a sentence with parts in the places of %(name)s."""
    parts: Parts = []
    for text, name in re.findall(r"([^%]*)(?:%\((\w+)\)s)?", sentence):
        parts += [Part(text)] if text else []
        parts += values[name] if name else []
    return parts


def join(told: Sequence[Parts]) -> Parts:
    """Return several tellings as one."""
    parts: Parts = []
    for number, one in enumerate(told):
        parts += [Part(str(_("; ")))] if number else []
        parts += one
    return parts
