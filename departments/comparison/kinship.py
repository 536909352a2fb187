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
    likeness,
    logistic,
    may_be_alike,
    same_characters,
)

ALIKE = 0.32  # two are akin where the duties of the smaller side are so alike, in the mean, to the nearest of the other side,
REWORDED = 0.215  # and so alike those that are not there nearly word for word
NEARLY = 0.6  # so alike are two that are nearly word for word the same
FAITHFUL = 0.6  # of the duties nearly word for word: then it does not matter how the rest is worded
ENOUGH = 8  # duties, to tell any of that
SAMPLE = 200  # of the smaller side's duties tell as much as all
SOME = 0.2  # two that are less alike, and share no concept, are no candidates
ASKED = ACCEPTED / 2  # at most so likely are two that are at odds: somebody is asked
RARE = 10.0  # what the rare characters count for in the score by which rivals are compared
WORST, FARTHEST = -7.0, 6.0  # a score not worse, a lead not larger than this is looked at

# What each feature adds to the logarithm of the odds that two duties of akin structures are the same. Fitted.
AKIN = {
    "nothing": -3.80,
    "contained": 1.27,
    "weakest": 0.23,
    "whole": 0.68,
    "back": 0.42,
    "longer": -0.14,
    "characters": 0.88,
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

    Pairs are named by the places of both duties in the two lists. `settled`: those known to be the same; they are no candidates
    any more, but tell about kinship and are rivals.
    """

    def __init__(self, left: Sequence[Statement], right: Sequence[Statement], *, settled: Collection[Pair] = ()):
        self.left, self.right = left, right
        self._settled = {at for at, _there in settled}, {there for _at, there in settled}

    @cached_property
    def likely(self) -> dict[Pair, float]:
        """How likely each pair that is worth a question says the same."""
        pairs = [pair for pair in self.pairs if self._is_free(pair)]
        value = self._among_rivals if self.akin else self._alone
        return {pair: found for pair in pairs if (found := value(pair)) >= DOUBTFUL}

    @cached_property
    def akin(self) -> bool:
        """Whether one of both seems to be made from the other: its duties are there, and many in nearly its words.

        Two that only share a source have some word for word, and nothing else alike.
        """
        fewer = min(len(self.left), len(self.right))
        if fewer < ENOUGH:
            return False
        both = ((self.left, self.right), (self.right, self.left))
        alike = max((self._nearest(these, others) for these, others in both if len(these) == fewer), key=sum)
        reworded = [value for value in alike if value < NEARLY]
        if mean(alike) < ALIKE:
            return False
        return len(reworded) <= (1 - FAITHFUL) * len(alike) or mean(reworded) >= REWORDED

    @staticmethod
    def _nearest(these: Sequence[Statement], others: Sequence[Statement]) -> list[float]:
        """Return how alike a sample of these are to the nearest of the others, by their characters."""
        having: dict[str, list[int]] = defaultdict(list)
        for there, other in enumerate(others):
            for gram in grams(other.text):
                having[gram].append(there)
        found = []
        for one in these[:: max(1, len(these) // SAMPLE)]:
            mine = grams(one.text)
            common = Counter(there for gram in mine for there in having.get(gram, ()))
            alike = (2 * times / (len(mine) + len(grams(others[there].text))) for there, times in common.items())
            found.append(max(alike, default=0.0))
        return found

    @cached_property
    def pairs(self) -> list[Pair]:
        """Those of one weight that share a concept or some characters; a settled duty stands in some only as a rival."""
        return [
            (at, there)
            for at, one in enumerate(self.left)
            for there, other in enumerate(self.right)
            if (self._is_rival((at, there)) if self.akin else self._is_free((at, there)))
            and one.weight == other.weight
            and (may_be_alike(one.text, other.text) or same_characters(one.text, other.text) >= SOME)
        ]

    def _is_free(self, pair: Pair) -> bool:
        return pair[0] not in self._settled[0] and pair[1] not in self._settled[1]

    def _is_rival(self, pair: Pair) -> bool:
        return pair[0] not in self._settled[0] or pair[1] not in self._settled[1]

    @cached_property
    def grounds(self) -> dict[Pair, dict[str, float]]:
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
            score[at, there] = RARE * alike + sum(weight * alone[name] for name, weight in WEIGHTS.items())
        for pair, leads in _leads(self.left, self.right, score).items():
            found[pair] |= {"least": min(leads), "most": max(leads)}
        return found

    def _alone(self, pair: Pair) -> float:
        one, other = self.left[pair[0]], self.right[pair[1]]
        return likeness(one.text, other.text, one.functions, other.functions)

    def _among_rivals(self, pair: Pair) -> float:
        value = logistic(sum(weight * self.grounds[pair][name] for name, weight in AKIN.items()))
        odd = value > ASKED and at_odds(self.left[pair[0]].text, self.right[pair[1]].text)
        return ASKED if odd else value


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
    return max(-FARTHEST, min(FARTHEST, value - rival))
