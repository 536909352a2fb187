"""Which duties of two structures say the same, seen among all their duties.

Two texts alone say how likely they mean one duty (matching.py). Of two structures that are akin, one made from the other and
rewritten by a company for itself, more is known: most duties have a counterpart, and the one that is far ahead of all others is
it, however it was reworded. What is weighed then: the features of the two texts; the Dice measure of their characters, each
weighed by how few duties have it (K. Spärck Jones, 1972); by how much the pair is ahead of the best rival of either duty.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from statistics import mean
from typing import Protocol

from departments.comparison.matching import (
    ACCEPTED,
    DOUBTFUL,
    WEIGHTS,
    at_odds,
    bare,
    evidence,
    features,
    grams,
    likely,
    likeness,
    may_be_alike,
)

ALIKE = (
    0.32  # from here on two structures are akin: how far, in the mean, a duty of the smaller one is one of the other
)
REWORDED = 0.215  # … and one that is not there nearly word for word
NEARLY = 0.6  # of the characters of two texts that are nearly word for word the same
ENOUGH = 8  # duties, to tell that
SOME = 0.2  # two that share fewer, and no concept, are no candidates
ASKED = ACCEPTED / 2  # at most so likely are two that are at odds: somebody is asked
CHARACTERS = 10.0  # what the weighed characters count for in the score by which rivals are compared
READIER = 0.8  # added to the odds: where most have a counterpart, to miss one is worse
WORST, FARTHEST = -7.0, 6.0  # a score not worse, a lead not larger than this is looked at

# What each feature adds to the logarithm of the odds that two duties of akin structures are the same. Fitted.
AKIN = {
    "nothing": -3.80,
    "contained": 1.27,
    "weakest": 0.23,
    "whole": 0.67,
    "back": 0.42,
    "longer": -0.14,
    "characters": 0.87,
    "functions": 2.00,
    "rare": 2.14,  # the characters in common, those most that few duties have
    "least": 0.18,  # by how much it is ahead of every other pair of either duty
    "most": 0.56,  # … of one of them
}

Pair = tuple[int, int]


class Statement(Protocol):
    """A duty: what it says, the functions it serves, whether it is primary or auxiliary."""

    @property
    def text(self) -> str: ...
    @property
    def functions(self) -> Collection[str]: ...
    @property
    def weight(self) -> str: ...


class Candidates:
    """The duties of two structures that may be the same; a primary one and an auxiliary one may not. No query.

    Pairs are named by the places of both duties in the two lists.
    """

    def __init__(self, left: Sequence[Statement], right: Sequence[Statement]):
        self.left, self.right = left, right

    @cached_property
    def likely(self) -> dict[Pair, float]:
        """How likely each pair that is worth a question says the same."""
        found = self._among_rivals() if self.akin else self._alone()
        return {pair: value for pair, value in found.items() if value >= DOUBTFUL}

    @cached_property
    def akin(self) -> bool:
        """Whether one of both seems to be made from the other: its duties are there, and many in nearly its words.

        Two that only share a source have some word for word, and nothing else alike.
        """
        best_left: list[float] = [0.0] * len(self.left)
        best_right: list[float] = [0.0] * len(self.right)
        for (at, there), value in self.characters.items():
            best_left[at], best_right[there] = max(best_left[at], value), max(best_right[there], value)
        alike = min(best_left, best_right, key=len)
        reworded = [value for value in alike if value < NEARLY]
        return len(alike) >= ENOUGH and mean(alike) >= ALIKE and bool(reworded) and mean(reworded) >= REWORDED

    @cached_property
    def characters(self) -> dict[Pair, float]:
        """The Dice measure of the characters of every two duties that have some in common, in twos and threes."""
        having: dict[str, list[int]] = defaultdict(list)
        sizes = [len(grams(other.text)) for other in self.right]
        for there, other in enumerate(self.right):
            for gram in grams(other.text):
                having[gram].append(there)
        found: dict[Pair, float] = {}
        for at, one in enumerate(self.left):
            mine = grams(one.text)
            common = Counter(there for gram in mine for there in having.get(gram, ()))
            found |= {(at, there): 2 * times / (len(mine) + sizes[there]) for there, times in common.items()}
        return found

    @cached_property
    def pairs(self) -> list[Pair]:
        """Those that have anything alike."""
        return [
            (at, there)
            for at, one in enumerate(self.left)
            for there, other in enumerate(self.right)
            if one.weight == other.weight
            and (may_be_alike(one.text, other.text) or self.characters.get((at, there), 0.0) >= SOME)
        ]

    @cached_property
    def features(self) -> dict[Pair, dict[str, float]]:
        """What the likelihood of every pair rests on where its rivals are seen, by the names of the weights."""
        rare = _rarity([*self.left, *self.right])
        found: dict[Pair, dict[str, float]] = {}
        score: dict[Pair, float] = {}
        for at, there in self.pairs:
            one, other = self.left[at], self.right[there]
            alone = features(one.text, other.text) | {
                "functions": evidence(one.functions, other.functions),
                "nothing": 1.0,
            }
            alike = _weighed_dice(frozenset(bare(one.text)), frozenset(bare(other.text)), rare)
            found[at, there] = alone | {"rare": alike}
            score[at, there] = CHARACTERS * alike + sum(weight * alone[name] for name, weight in WEIGHTS.items())
        for pair, leads in _leads(self.left, self.right, score).items():
            found[pair] |= {"least": min(leads), "most": max(leads)}
        return found

    def _alone(self) -> dict[Pair, float]:
        pairs = ((pair, self.left[pair[0]], self.right[pair[1]]) for pair in self.pairs)
        return {
            pair: likeness(one.text, other.text, one.functions, other.functions)
            for pair, one, other in pairs
            if may_be_alike(one.text, other.text)
        }

    def _among_rivals(self) -> dict[Pair, float]:
        found = {}
        for (at, there), values in self.features.items():
            one, other = self.left[at].text, self.right[there].text
            if bare(one) == bare(other):
                found[at, there] = 1.0
                continue
            value = likely(READIER + sum(weight * values[name] for name, weight in AKIN.items()))
            found[at, there] = ASKED if value > ASKED and at_odds(one, other) else value
        return found


def _rarity(statements: Sequence[Statement]) -> dict[str, float]:
    """Return for every character how much it tells a duty of these apart: the logarithm of how few have it."""
    having = Counter(character for one in statements for character in {*bare(one.text)})
    return {character: math.log(len(statements) / times) + 0.1 for character, times in having.items()}


def _weighed_dice(one: frozenset[str], other: frozenset[str], weights: dict[str, float]) -> float:
    whole = sum(weights[each] for each in one) + sum(weights[each] for each in other)
    return 2 * sum(weights[each] for each in one & other) / whole if whole else 0.0


def _leads(
    left: Sequence[Statement], right: Sequence[Statement], score: dict[Pair, float]
) -> dict[Pair, tuple[float, float]]:
    """Return by how much every pair is ahead of the best rival of its left duty and of its right one.

    Duties of one text are no rivals.
    """
    of_left: dict[int, dict[str, float]] = defaultdict(dict)
    of_right: dict[int, dict[str, float]] = defaultdict(dict)
    for (at, there), value in score.items():
        for best, text in ((of_left[at], bare(right[there].text)), (of_right[there], bare(left[at].text))):
            best[text] = max(value, best.get(text, WORST))
    first_two = [
        {at: sorted(best.items(), key=lambda each: -each[1])[:2] for at, best in side.items()}
        for side in (of_left, of_right)
    ]
    return {
        (at, there): (
            _ahead(value, bare(right[there].text), first_two[0][at]),
            _ahead(value, bare(left[at].text), first_two[1][there]),
        )
        for (at, there), value in score.items()
    }


def _ahead(value: float, text: str, best: list[tuple[str, float]]) -> float:
    rival = next((other for said, other in best if said != text), WORST)
    return max(-FARTHEST, min(FARTHEST, value - max(rival, WORST)))
