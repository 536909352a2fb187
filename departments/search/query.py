"""What somebody typed, and what fits it: as conditions for the database, and the same for rows in memory (a draft's)."""

import re
from dataclasses import dataclass
from functools import reduce
from math import ceil
from operator import add, and_, or_

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from departments.models import SearchEntry
from departments.search.normal import is_latin, key, spaced
from departments.search.pairs import narrowed

MOST_WORDS = 8
INSIDE = 5  # letters from which pinyin is looked for inside a long text too, not only where a name begins
TOPICS_TEXT = 8
SHORTEST_PHRASE = 4  # characters of words that are taken apart where nothing holds them whole
ASKED_BEFORE = re.compile(
    "^(?:请问)?(?:(?:由?谁|哪个部门|哪些部门|哪个岗位|哪些岗位)(?:来)?(?:负责|主管|管|做)|(?:怎样|怎么|如何|该怎么)(?:做好|开展|做|写)?|什么是)"
)
ASKED_AFTER = re.compile(
    "(?:的)?(?:由谁负责|谁负责|归谁管|是什么|有哪些|做什么|干什么|怎么做|怎么写|岗位职责|工作职责|岗位说明书?|职位说明书?)[吗呢?？]*$"
)
JOINING = "的和与及在为等"  # a pair with one of these tells nothing apart
ENOUGH = 0.6  # of a phrase's pairs of characters; one that only occurs in the place counts half


@dataclass(frozen=True)
class Query:
    """The words, each as it must occur, and all of them as one name."""

    text: str
    words: tuple[str, ...]
    whole: str

    @classmethod
    def of(cls, text: str) -> "Query":
        """Return what a text asks for; words are parted by spaces, and letters that stand alone are one word (s c b)."""
        words = [found for word in text.split() if (found := spaced(word).strip())]
        if all(is_latin(word) and len(word) == 1 for word in words):
            words = ["".join(words)] if words else []
        return cls(text, tuple(words[:MOST_WORDS]), key(text))

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def asked(self) -> "Query | None":
        """What a question is about: 谁负责采购 → 采购; None for what is no question."""
        about = [ASKED_AFTER.sub("", ASKED_BEFORE.sub("", word)) for word in self.words]
        found = Query.of(" ".join(about))
        return Query(self.text, found.words, found.whole) if found and found.words != self.words else None

    # In the database

    @property
    def fits(self) -> Q:
        """What a row must hold: every word, one at least in what it says itself, the others may be said of its place."""
        own = [self._own(word) for word in self.words]
        if len(own) == 1:
            return own[0]
        # Around a name several words are one: shi chang bu. The last condition spares rows that only stand there.
        every = reduce(and_, (q | Q(beside__contains=_needle(w)) for q, w in zip(own, self.words, strict=True)))
        return every & reduce(or_, own)

    @staticmethod
    def _own(word: str) -> Q:
        found = Q(words__contains=_needle(word)) & narrowed(word)
        if is_latin(word):
            found |= Q(sounds__contains=word if len(word) >= INSIDE else f" {word}")
        return found

    @property
    def rank(self) -> Case:
        """How well a row fits, 0 best; see `rank_of`."""
        exact, start, part = f"\n{self.whole}\n", f"\n{self.whole}", self.whole
        duty = Q(kind=SearchEntry.Kind.DUTY)
        return Case(
            When(duty & Q(names__contains=exact), then=Value(5)),
            When(duty & Q(names__contains=start), then=Value(6)),
            When(duty & Q(names__contains=part), then=Value(7)),
            When(duty, then=Value(8)),
            When(names__contains=exact, then=Value(0)),
            When(names__contains=start, then=Value(1)),
            When(reduce(and_, (Q(names__contains=key(word)) for word in self.words)), then=Value(2)),
            When(reduce(or_, (Q(names__contains=f"\n{key(word)}\n") for word in self.words)), then=Value(2)),
            When(also__contains=part, then=Value(3)),
            When(kind=SearchEntry.Kind.TOPIC, then=Value(TOPICS_TEXT)),
            default=Value(4),
            output_field=IntegerField(),
        )

    @property
    def pairs(self) -> tuple[str, ...]:
        """The pairs of neighbouring characters of Chinese words long enough to be phrases; none where there is no such word."""
        phrases = [word for word in self.words if not word.isascii() and len(word) >= SHORTEST_PHRASE]
        pairs = dict.fromkeys(word[at : at + 2] for word in phrases for at in range(len(word) - 1))
        return tuple(pair for pair in pairs if not {*pair} & {*JOINING}) or tuple(pairs)

    @property
    def nearness(self) -> Combinable:
        """How much of the phrase a row holds: 3 for each pair in its name, 2 for one in its text, 1 for one of its place."""
        return reduce(
            add,
            (
                Case(
                    When(names__contains=pair, then=Value(3)),
                    When(words__contains=pair, then=Value(2)),
                    When(beside__contains=pair, then=Value(1)),
                    default=Value(0),
                    output_field=IntegerField(),
                )
                for pair in self.pairs
            ),
        )

    @property
    def near_enough(self) -> int:
        """The nearness from which a row is worth showing where nothing fits."""
        return ceil(ENOUGH * 2 * len(self.pairs))

    # In memory

    def fits_row(self, row: SearchEntry) -> bool:
        """Whether a row fits; see also `fits`."""
        own = [self._says(row, word) for word in self.words]
        return any(own) and all(
            said or (len(own) > 1 and _needle(word) in row.beside) for said, word in zip(own, self.words, strict=True)
        )

    @staticmethod
    def _says(row: SearchEntry, word: str) -> bool:
        return _needle(word) in row.words or (
            is_latin(word) and (word if len(word) >= INSIDE else f" {word}") in row.sounds
        )

    def nearness_of(self, row: SearchEntry) -> int:
        """Return how much of the phrase a row holds; see also `nearness`."""
        return sum(
            3 if pair in row.names else 2 if pair in row.words else 1 if pair in row.beside else 0
            for pair in self.pairs
        )

    def rank_of(self, row: SearchEntry) -> int:
        """Return how well a row fits: exact title, beginning of it, part of it, other name or code, summary, wording.

        See also `rank`.
        """
        exact, start = f"\n{self.whole}\n" in row.names, f"\n{self.whole}" in row.names
        if row.kind == SearchEntry.Kind.DUTY:
            return 5 if exact else 6 if start else 7 if self.whole in row.names else 8
        keys = [key(word) for word in self.words]
        if exact or start:
            return 0 if exact else 1
        if all(word in row.names for word in keys) or any(f"\n{word}\n" in row.names for word in keys):
            return 2
        if self.whole in row.also:
            return 3
        return TOPICS_TEXT if row.kind == SearchEntry.Kind.TOPIC else 4


def _needle(word: str) -> str:
    """Return what to look for: a Latin word from its beginning, Chinese anywhere."""
    return f" {word}" if word[0].isascii() else word
