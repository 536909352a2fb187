"""A text as a Word file can hold it."""

import re

# What ends a line, draws nothing, turns the direction of others, or cannot stand in XML.
UNPRINTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]+"
)


def plain(value: object) -> str:
    """Return a text as XML can hold it, on one line."""
    return UNPRINTED.sub(" ", str(value))
