"""Whether two duty statements say the same, without a tokenizer.

Both are read as tasks (statements.py): acts done to concepts of the lexicon. How far one statement is contained in the other is
asked of every task of it; a few such features are blended by logistic regression (D. R. Cox, 1958) into how likely a reader
takes the two for the same duty. The weights were fitted by benchmarks/fit_matching.py on what was judged by hand in
tests/comparison; it also says how they do on designs they were not fitted on.
"""

import math
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from departments.comparison.lexicon import lexicon
from departments.comparison.meanings import DOING, DONE, SEEING, Task, single
from departments.comparison.statements import plain, statement
from departments.comparison.tasks import EMPTY, HOUSE_WORK

ACCEPTED = 0.73  # the same duty from here on; in doubt rather a question than a guess
DOUBTFUL = 0.08  # below it not worth a question
MARGIN = 0.05  # by which the best must be ahead of the second best

# What each feature adds to the logarithm of the odds. Fitted.
WEIGHTS = {
    "nothing": -7.38,  # two statements with nothing alike
    "contained": 2.31,  # how far the one is contained in the other
    "weakest": 0.61,  # … and how far the task of it that is least
    "whole": 4.17,  # whether every task of it is there
    "back": 2.05,  # how far the other is contained in it
    "longer": -0.14,  # how many more tasks the one has than the other
    "characters": 4.78,  # the Dice measure (L. R. Dice, 1945) of their characters in twos and threes
    "functions": 1.21,  # the functions both serve, from -0.5 to 0.5
}

FIRST = 3.0  # what the first clause weighs, against one for every other
GENERAL = 0.35  # what a concept weighs that says little: 营销, 业务
UNKNOWN = 0.25  # what a character weighs of a word that is not in the lexicon, at most one in all
LEAST = 0.3  # the least a task weighs
OTHER_SCOPE = 0.7  # 市场调研, 区域市场调研
MOST = 0.6  # of the departments that one names
OTHER_PART = 0.55  # whoever assists does not do it
UNSAID = 0.7  # the one says what is done, the other only that somebody is responsible
SEEN_TO = 0.85  # … and that is to see to it
HALF = 0.5  # of a duty has another part or another act in the other: then it is another duty
SHARED = 0.7  # from here on a task is worth naming as common
THERE = 0.95  # from here on a task is there
OTHER_ACT = 0.15  # what remains where another thing is done to the same

HALF_THE_WORDS = 0.5  # two that share so many characters are at least worth a question

SPACE = re.compile(r"[\W等的了及与和并]+")


@lru_cache(maxsize=100_000)
def _twos(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset(text)


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


@lru_cache(maxsize=20_000)
def _weight(concept: str) -> float:
    """Return how much a concept counts for what a task is about."""
    words = lexicon()
    if concept in words.groups["general"]:
        return GENERAL
    return 1.0 if concept in words.concepts else min(1.0, UNKNOWN * len(concept))


@lru_cache(maxsize=100_000)
def _near(one: str, other: str) -> float:
    """Return how far one concept stands for another: as the lexicon says, or by the characters of unknown words."""
    words = lexicon()
    if (value := words.near.get((one, other))) is not None:
        return value
    return 0.0 if one in words.concepts or other in words.concepts else _dice(_twos(one), _twos(other))


@lru_cache(maxsize=20_000)
def _around(concepts: frozenset[str]) -> frozenset[str]:
    """Return what concepts must share with others to be alike at all: themselves, those near, unknown words in twos."""
    words = lexicon()
    found: set[str] = set()
    for concept in concepts:
        found |= {concept, *words.neighbours.get(concept, ())} if concept in words.concepts else _twos(concept)
    return frozenset(found)


@lru_cache(maxsize=200_000)
def _objects_alike(one: Task, other: Task) -> float:
    """Return how alike what two tasks are done to is: the Dice measure of their concepts, each by its weight."""
    common = sum(map(_weight, one.concepts & other.concepts))
    left = sorted(other.concepts - one.concepts)
    for concept in sorted(one.concepts - other.concepts):
        value, best = max(((_near(concept, there), there) for there in left), default=(0.0, ""))
        if value:
            common += value * min(_weight(concept), _weight(best))
            left.remove(best)
    whole = sum(map(_weight, one.concepts)) + sum(map(_weight, other.concepts))
    alike = min(1.0, 2 * common / whole) if whole else 0.0
    if one.assists and one.concepts == {HOUSE_WORK}:
        alike *= OTHER_SCOPE  # to help with all the work of a department says next to nothing
    return alike * _scope_alike(one.narrowing, other.narrowing)


def _scope_alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how far two tasks are of one scope; departments are the same where most are, or where one names none."""
    houses = lexicon().named_houses
    ours, theirs = one & houses, other & houses
    if one - houses != other - houses:
        return OTHER_SCOPE
    if not ours or not theirs:
        return 1.0
    return 1.0 if len(ours & theirs) / min(len(ours), len(theirs)) >= MOST else OTHER_SCOPE


@lru_cache(maxsize=20_000)
def _acts_alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how far the acts of one task are those of another."""
    if one == other or (one and one <= other):
        return 1.0
    if not one or not other:
        return 1.0 if one | other <= DOING else SEEN_TO if one | other <= SEEING | DOING else UNSAID
    related = lexicon().related
    asked = one - SEEING or one
    found = sum(
        1.0 if act in other else max((related.get((act, there), 0.0) for there in other), default=0.0) for act in asked
    )
    return OTHER_ACT + (1 - OTHER_ACT) * found / len(asked)


def _alike(one: Task, other: Task) -> float:
    objects = _objects_there(one, other)
    if not objects:
        return 0.0
    return objects * (OTHER_PART if one.assists != other.assists else _acts_alike(one.acts, other.acts))


@lru_cache(maxsize=50_000)
def _weighed(text: str) -> tuple[tuple[Task, float, bool], ...]:
    """Return a text's tasks, each with its share of the whole and whether it is of the first clause."""
    read = statement(text)
    whole = FIRST + len(read) - 1
    found = []
    for number, tasks in enumerate(read):
        clause = [each for task in tasks if not task.example for each in single(task)]
        weights = [max(LEAST, sum(map(_weight, task.concepts))) for task in clause]
        share = (1.0 if number else FIRST) / whole / sum(weights)
        found += [(task, share * weight, not number) for task, weight in zip(clause, weights, strict=True)]
    return tuple(found)


@lru_cache(maxsize=50_000)
def _tasks(text: str) -> tuple[Task, ...]:
    """Return everything a text speaks of, what comes of it too."""
    return tuple(task for clause in statement(text, unfolded=True) for task in clause)


@lru_cache(maxsize=100_000)
def _found(one: str, other: str) -> tuple[float, float]:
    """Return how far the one statement is contained in the other, and how far its weakest task; a lesser clause half."""
    whole, weakest = 0.0, 1.0
    there = _tasks(other)
    for task, share, main in _weighed(one):
        best = max(_alike(task, each) for each in there)
        whole += share * best
        weakest = min(weakest, best if main else (best + 1) / 2)
    return whole, weakest


def at_odds(one: str, other: str) -> bool:
    """Whether two statements, as they are read, differ in who does it (does, assists) or in what is done to the same."""
    if _found(one, other) < _found(other, one):
        one, other = other, one
    objects = another_part = 0.0
    for task, share, _main in _weighed(one):
        alike, there = max(((_objects_there(task, each), each) for each in _tasks(other)), key=lambda found: found[0])
        objects += share * alike
        another_part += share * (task.assists != there.assists)
    return another_part > HALF or objects - contained(one, other) > HALF


def _objects_there(one: Task, other: Task) -> float:
    return 0.0 if _around(one.concepts).isdisjoint(_around(other.concepts)) else _objects_alike(one, other)


def shared(one: str, other: str) -> list[str]:
    """Return why two statements are taken for the same: what is done in both, in the words of the one."""
    names = {word.concept: word.text for word in lexicon().read(plain(one))}
    names.setdefault("传播", names.get("推广", "传播"))
    if _found(one, other) < _found(other, one):
        one, other = other, one
    found = []
    for task in (each for clause in statement(one) for each in clause if not each.example):
        there = max(_tasks(other), key=lambda each: _alike(task, each))
        if _alike(task, there) >= SHARED:
            found.append(_in_words(task.acts & there.acts, task, names))
    return list(dict.fromkeys(found))


def _in_words(acts: frozenset[str], task: Task, names: dict[str, str]) -> str:
    """Return what is done to a task's concepts as one says it: 制定营销策略."""
    words = lexicon()
    things = sorted(
        task.concepts,
        key=lambda concept: (
            concept in words.groups["heads"],
            concept in words.groups["activities"],
            words.concepts.get(concept, len(words.concepts)),
            concept,
        ),
    )
    done = sorted(acts - {DONE}, key=lambda act: words.concepts.get(act, 0))
    said = (*sorted(task.narrowing), *(names.get(concept, concept) for concept in things))
    return "、".join(names.get(act, act) for act in done) + "".join(said)


def contained(one: str, other: str) -> float:
    """Return how far the one statement is contained in the other, from 0 to 1."""
    return _found(one, other)[0]


@lru_cache(maxsize=50_000)
def grams(text: str) -> frozenset[str]:
    """Return the characters of a text in twos and threes, without what says nothing."""
    said = EMPTY.sub("", plain(text))
    return frozenset(said[at : at + size] for size in (2, 3) for at in range(len(said) - size + 1)) or frozenset(said)


def same_characters(left: str, right: str) -> float:
    """Return the Dice measure of the characters of two texts in twos and threes."""
    return _dice(grams(left), grams(right))


@lru_cache(maxsize=50_000)
def _clues(text: str) -> frozenset[str]:
    """Return what another text must share one of to be alike: its concepts, those near them, its unknown words in twos."""
    general = lexicon().groups["general"]
    return frozenset[str]().union(*(_around(task.concepts - general or task.concepts) for task in _tasks(text)))


def may_be_alike(left: str, right: str) -> bool:
    """Whether a score worth a question is possible: cheap, and it spares scoring nearly all pairs."""
    return not _clues(left).isdisjoint(_clues(right))


def features(left: str, right: str) -> dict[str, float]:
    """Return what the score of two texts rests on, by the names of the weights; symmetric."""
    (contained, weakest), (back, _weakest) = sorted((_found(left, right), _found(right, left)), reverse=True)
    return {
        "contained": contained,
        "weakest": weakest,
        "whole": float(weakest >= THERE),
        "back": back,
        "characters": same_characters(left, right),
        "longer": abs(math.log(len(_weighed(left)) / len(_weighed(right)))),
    }


def evidence(one: Collection[str], other: Collection[str]) -> float:
    """Return what the functions of two duties say: above 0 for the same ones, below for others."""
    if not one or not other:
        return 0.0
    return len({*one} & {*other}) / min(len({*one}), len({*other})) - 0.5


@lru_cache(maxsize=100_000)
def _odds(left: str, right: str) -> float:
    return WEIGHTS["nothing"] + sum(WEIGHTS[name] * value for name, value in features(left, right).items())


def likeness(left: str, right: str, functions: Collection[str] = (), others: Collection[str] = ()) -> float:
    """Return how likely two statements say the same, given the functions they serve, from 0 to 1; symmetric."""
    if left == right:
        return 1.0
    left, right = sorted((left, right))
    value = logistic(_odds(left, right) + WEIGHTS["functions"] * evidence(functions, others))
    return max(value, DOUBTFUL) if same_characters(left, right) >= HALF_THE_WORDS else value


def logistic(odds: float) -> float:
    """Return the likelihood, from 0 to 1, of which the logarithm of the odds is this."""
    return 1 / (1 + math.exp(-odds))


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Return a text without what may differ between two that are equal: punctuation, 等, 的, 及, forms of a character."""
    said = unicodedata.normalize("NFKC", text).lower()
    return SPACE.sub("", said) or said


def alike_titles(left: str, right: str) -> float:
    """Return how alike two titles are, from 0 to 1."""
    return 1.0 if left == right else _dice(_twos(left), _twos(right))
