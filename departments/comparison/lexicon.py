"""The words of duty statements by what they mean: fixtures/duty_words.yaml, read once."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import yaml
from django.conf import settings


class Sort(StrEnum):
    """What a word is in a duty statement; named as in the file."""

    ACT = "acts"
    OBJECT = "objects"
    FIELD = "fields"
    NARROWING = "narrowing"
    OPENING = "openings"
    ASSISTING = "assisting"
    HOUSE = "house"
    NOISE = "noise"
    UNKNOWN = "unknown"


CLASSED = (Sort.ACT, Sort.OBJECT, Sort.FIELD)
LISTED = (Sort.NARROWING, Sort.OPENING, Sort.ASSISTING, Sort.HOUSE, Sort.NOISE)
GROUPS = (
    "general",
    "heads",
    "activities",
    "relations",
    "made",
    "drawn",
    "promoting",
    "topics",
    "brand",
    "people",
    "won",
    "traded",
)
HOUSE = "@"  # before the name of another department
BEGINNINGS = ("purposes", "results", "manners", "inclusions", "contents")

Nearness = dict[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: of which sort, and the concept it stands for (itself where the file does not know it)."""

    sort: Sort
    concept: str
    text: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they mean, and what goes together; the file says what each part of it is.

    `known`: word → word; `longest`: first character → the most characters of a word; `concepts`: all, in the file's order;
    `related` acts and `near` concepts: two, either way round → how far the one stands for the other; `neighbours`: by one.
    """

    known: dict[str, Word]
    longest: dict[str, int]
    concepts: dict[str, int]
    related: Nearness
    near: Nearness
    neighbours: dict[str, set[str]]
    groups: dict[str, frozenset[str]]
    implied: dict[str, frozenset[str]]
    narrower: dict[str, str]
    short: dict[str, str]
    said_of: dict[str, dict[str, frozenset[str]]]
    everywhere: tuple[frozenset[str], ...]
    houses: tuple[str, ...]
    named_houses: frozenset[str]
    beginnings: dict[str, tuple[str, ...]]

    def read(self, text: str) -> Iterator[Word]:
        """Yield a text as words, always the longest that fits; what is between them as unknown words."""
        at = unknown = 0
        while at < len(text):
            for end in range(at + self.longest.get(text[at], 0), at, -1):
                if word := self.known.get(text[at:end]):
                    if unknown < at:
                        yield Word(Sort.UNKNOWN, text[unknown:at], text[unknown:at])
                    yield word
                    at = unknown = end
                    break
            else:
                at += 1
        if unknown < at:
            yield Word(Sort.UNKNOWN, text[unknown:], text[unknown:])


@cache
def lexicon() -> Lexicon:
    """Return the words. Raises ValueError for a word that stands twice."""
    path = settings.FIXTURES_DIR / "duty_words.yaml"
    file: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    classes = {sort: [_words(line) for line in file[sort]] for sort in CLASSED}
    classed = [Word(sort, words[0], word) for sort in CLASSED for words in classes[sort] for word in words]
    known: dict[str, Word] = {}
    longest: dict[str, int] = {}
    for word in (*classed, *(Word(sort, word, word) for sort in LISTED for word in _words(file[sort]))):
        text = unicodedata.normalize("NFKC", word.text).lower()
        if text in known:
            raise ValueError(f"duty_words.yaml: {word.text} stands twice")
        known[text] = word
        longest[text[0]] = max(longest.get(text[0], 0), len(text))
    houses = _words(file["houses"])
    for house in houses:
        known[HOUSE + house] = Word(Sort.NARROWING, HOUSE + house, house)
        longest[HOUSE] = max(longest.get(HOUSE, 0), len(HOUSE + house))
    groups = {name: frozenset(_words(file[name])) for name in GROUPS}
    groups["activities"] |= {words[0] for words in classes[Sort.FIELD]}
    near = _both_ways(file["near"])
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in near:
        neighbours[one].add(other)
    return Lexicon(
        known=known,
        longest=longest,
        concepts={concept: number for number, concept in enumerate(dict.fromkeys(word.concept for word in classed))},
        related=_both_ways(file["related"]),
        near=near,
        neighbours=dict(neighbours),
        groups=groups,
        implied={concept: frozenset(_words(said)) for concept, said in file["implied"].items()},
        narrower=file["narrower"],
        short=file["short"],
        said_of={
            concept: {act: frozenset(said) for act, said in acts.items()} for concept, acts in file["said_of"].items()
        },
        everywhere=tuple(map(frozenset, file["everywhere"])),
        houses=houses,
        named_houses=frozenset(HOUSE + house for house in houses),
        beginnings={name: _words(file[name]) for name in BEGINNINGS},
    )


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split(", ")) if line else ()


def _both_ways(lines: list[str]) -> Nearness:
    rows = map(_words, lines)
    return {pair: float(value) for one, other, value in rows for pair in ((one, other), (other, one))}
