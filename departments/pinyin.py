"""How Chinese is read: pypinyin, whose dictionaries are the largest thing in a process, held with less.

It would hold them twice over, for phrases of one's own, which we have none of; and each of the 140,000 syllables of its phrases
is a list of its own: equal ones become one list, though never two of the same phrase, since they are copied phrase by phrase.
"""

import os

os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")

from pypinyin import Style, lazy_pinyin  # it reads the environment
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.simpleseg import seg

__all__ = ["Style", "lazy_pinyin", "seg"]


def _share() -> None:
    """Let equal syllables at the same place of phrases be one list."""
    shared: dict[tuple[int, *tuple[str, ...]], list[str]] = {}
    for syllables in PHRASES_DICT.values():
        syllables[:] = [shared.setdefault((at, *readings), readings) for at, readings in enumerate(syllables)]


_share()
