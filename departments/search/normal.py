"""The form in which words are compared: simplified characters, lower case, no punctuation; and how they sound."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain

from opencc import OpenCC

from departments.pinyin import lazy_pinyin, seg

NOT_WORD = re.compile(r"[\W_]+")
BORDER = re.compile(r"(?<=[a-z0-9])(?=[^\sa-z0-9])|(?<=[^\sa-z0-9])(?=[a-z0-9])")  # between Latin and Chinese


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Return the text in simplified characters of one width, in lower case."""
    return _converter().convert(unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=20_000)
def spaced(text: str) -> str:
    """Return the text as words: no punctuation, one space before each word and where Latin meets Chinese."""
    words = NOT_WORD.sub(" ", BORDER.sub(" ", NOT_WORD.sub(" ", simplified(text))))
    return f" {words.strip()}" if words.strip() else ""


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Return the text without anything between its words, as names are compared."""
    return NOT_WORD.sub("", simplified(text))


@lru_cache(maxsize=50_000)
def syllables(text: str) -> tuple[str, ...]:
    """Return the pinyin of a text of `key`'s form, syllable by syllable; what is not Chinese stays as it is."""
    return tuple(chain.from_iterable(map(_of_word, seg(text))))


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> list[str]:
    return lazy_pinyin(word)  # four fifths of the time: duties repeat their words, not their sentences


def pinyin(text: str) -> str:
    """Return the full pinyin of a name: 市场部 → shichangbu."""
    return "".join(syllables(key(text)))


def initials(text: str) -> str:
    """Return the first letters of a name: 市场部 → scb. What is not Chinese stays whole: CRM专员 → crmzy."""
    plain = key(text)
    return "".join(part[0] if part not in plain else part for part in syllables(plain))


def is_latin(word: str) -> bool:
    """Whether a word can be pinyin or initials."""
    return word.isascii() and word.isalpha()


def sounds(text: str, *, name: bool) -> str:
    """Return how a text sounds, in full and in initials.

    A name is listed from each of its syllables on, so that what begins a word is told from what only occurs in one.
    """
    parts = syllables(key(text))
    if not name:
        return f" {''.join(parts)} {initials(text)}"
    plain = key(text)
    firsts = [part[0] if part not in plain else part for part in parts]
    starts = range(len(parts))
    return "".join(f" {''.join(parts[at:])} {''.join(firsts[at:])}" for at in starts)
