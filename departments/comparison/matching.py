"""Whether two duty statements say the same, without a tokenizer.

Both are read as clauses of units (clauses.py): what is done to what. How far one statement is contained in the other is a
question of its units, answered with the characters of what they are done to, in twos; this containment is blended with the
Dice measure (L. R. Dice, 1945) of both texts' characters in twos and threes, and the functions both duties are tagged with
count for or against. The weights and limits were chosen by hand on the pairs to tune with, tests/comparison/pairs.yaml.
Weighing rare characters more (IDF over the library) and fitting the weights (logistic regression, trees; cross-validated)
told no more of them apart.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from departments.comparison.clauses import ACT_WORDS, FAMILY, NOT_TEXT, REMOVED, Unit, clauses, plain
from departments.comparison.words import ATTRIBUTES, FIELDS, INFORMATION, JOINTS, NARROWING, PARTICLES, RELATED

ACCEPTED = 0.74  # the same duty from here on; in doubt rather a question than a guess
DOUBTFUL = 0.38  # below it not worth a question
MARGIN = 0.08  # by which the best must be ahead of the second best

FIRST = 3.0  # what the first clause weighs, against one for every other
TAGS = 0.15  # what the functions two duties serve add at most, half of it for or against
PRESENT = 0.6  # what is done to something less alike is not there
LACKING = 0.85  # what remains of a containment where an object of the first clause is not there
SAME_FIELD = 0.9  # 数据, 营销数据: in a marketing organisation all data are
SIDE = 0.85  # 竞品, 竞品价格
OF_A_KIND = 0.8  # 市场数据, 市场信息
UNSAID = 0.88  # the one says what is done, the other only that somebody is responsible
VAGUE = 0.75  # … and does not say much about what for: 品牌工作

WORTH = DOUBTFUL - TAGS / 2  # a score from which the evidence can make a question

EQUAL = re.compile(r"[\W等的了及与和并]+")
RELATED_ACTS = {*RELATED, *((other, one) for one, other in RELATED)}
LIGHT = frozenset({FAMILY["管理"]})  # beside another act it says no more than that somebody sees to it


@lru_cache(maxsize=100_000)
def _twos(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset(text)


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _item_alike(one: str, other: str, around: str) -> float:
    """Return how alike two items are; `around` is everything the other's statement speaks of."""
    if sorted(one) == sorted(other):
        return 1.0  # 产品销售, 销售产品
    core, other_core = _core(one), _core(other)
    if core == other_core:
        return SAME_FIELD
    if core in INFORMATION and other_core in INFORMATION:
        return OF_A_KIND
    alike = _dice(_twos(one), _twos(other))
    if one not in FIELDS and other.startswith(one) and other.removeprefix(one).startswith(ATTRIBUTES):
        alike = max(alike, SIDE)
    head, rest = one[-2:], one[:-2]
    if len(rest) >= 2 and other.endswith(head) and rest in around:
        if other.startswith(rest):
            alike = max(alike, 0.72)  # 品牌策略, 品牌定位策略
        elif other == head:
            alike = max(alike, 0.8)  # 市场竞争, 市场调研和竞争分析
    return alike * 0.75 if _narrowing(one) != _narrowing(other) else alike


@lru_cache(maxsize=100_000)
def _core(item: str) -> str:
    """Return an item without the field all the items here are of."""
    for field in FIELDS:
        if len(item) > len(field) + 1 and item.startswith(field):
            return item.removeprefix(field)
    return item


@lru_cache(maxsize=100_000)
def _narrowing(item: str) -> tuple[str, ...]:
    return tuple(word for word in NARROWING if word in item)


def _acts_alike(one: Unit, other: Unit, beside: frozenset[str]) -> float:
    """Return how far the acts of one unit are those of another; `beside`: what else is done in the other's clause."""
    if one.assists != other.assists:
        return 0.5
    if one.acts and one.acts <= other.acts:
        return 1.0
    if not one.acts or not other.acts:
        vague = (one.acts | other.acts) <= LIGHT or len((other if one.acts else one).item) <= 2
        return VAGUE if vague else UNSAID
    acts = one.acts - LIGHT or one.acts
    missing, more = acts - other.acts, other.acts - acts
    near = sum(act in beside or any((act, there) in RELATED_ACTS for there in more) for act in missing)
    return 0.4 + 0.6 * (len(acts & other.acts) + 0.85 * near) / len(acts)


@lru_cache(maxsize=50_000)
def _weighed(text: str) -> tuple[tuple[Unit, float], ...]:
    """Return a text's units, each with its share of the whole."""
    read = clauses(text)
    whole = FIRST + len(read) - 1
    return tuple(
        (
            unit,
            (1.0 if number else FIRST) / whole * len(unit.item) / sum(len(each.item) for each in clause),
        )
        for number, clause in enumerate(read)
        for unit in clause
    )


@lru_cache(maxsize=50_000)
def _around(text: str) -> tuple[tuple[Unit, str, frozenset[str]], ...]:
    """Return a text's units, each with everything the text speaks of, and all that is done in its clause."""
    read = clauses(text, results=True)
    around = " ".join(unit.item for clause in read for unit in clause)
    return tuple(
        (unit, around, frozenset[str]().union(*(each.acts for each in clause))) for clause in read for unit in clause
    )


@lru_cache(maxsize=100_000)
def contained(one: str, other: str) -> float:
    """Return how far the one statement is contained in the other, from 0 to 1."""
    others = _around(other)
    in_the_first = len(clauses(one)[0])
    whole, lacking = 0.0, False
    for number, (unit, share) in enumerate(_weighed(one)):
        items = [_item_alike(unit.item, there.item, around) for there, around, _beside in others]
        lacking |= number < in_the_first and max(items) < PRESENT
        whole += share * max(
            item * _acts_alike(unit, there, beside)
            for item, (there, _around, beside) in zip(items, others, strict=True)
        )
    return whole * LACKING if lacking else whole


@lru_cache(maxsize=50_000)
def _grams(text: str) -> frozenset[str]:
    said = re.sub(f"[{PARTICLES}{JOINTS}]", "", NOT_TEXT.sub("", REMOVED.sub("", plain(text))))
    said = ACT_WORDS.sub(lambda found: FAMILY[found.group()], said)
    return frozenset(said[at : at + size] for size in (2, 3) for at in range(len(said) - size + 1)) or frozenset(said)


@lru_cache(maxsize=50_000)
def _all_twos(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(_clues(unit.item) for unit, _all, _acts in _around(text)))


def _clues(item: str) -> frozenset[str]:
    """Return an item's twos, words of a kind as one."""
    return _twos(item) | {INFORMATION[0]} if _core(item) in INFORMATION else _twos(item)


def may_be_alike(left: str, right: str) -> bool:
    """Whether a score worth a question is possible: cheap, and it spares scoring nearly all pairs."""
    dice = _dice(_grams(left), _grams(right))
    return dice >= WORTH or 0.8 * max(_most(left, right), _most(right, left)) + 0.2 * dice >= WORTH


def _most(one: str, other: str) -> float:
    """Return more than `contained` can come to: every unit's characters are looked for in the whole other text."""
    there = _all_twos(other)
    most = 0.0
    for unit, share in _weighed(one):
        mine = _clues(unit.item)
        common = len(mine & there)
        most += share * 2 * common / (common + len(mine))
    return most


def score(left: str, right: str) -> float:
    """Return how likely two duty statements say the same, from 0 to 1; symmetric."""
    if left == right:
        return 1.0
    containment = max(contained(left, right), contained(right, left))
    dice = _dice(_grams(left), _grams(right))
    nearly_equal = dice * min(1.0, containment + 0.35)  # 监督营销工作, 监督营销团队 share characters and not the object
    return max(0.8 * containment + 0.2 * dice, nearly_equal * _same_part(left, right))


def evidence(one: Collection[str], other: Collection[str]) -> float:
    """Return what the functions of two duties add to their score: above 0 for the same ones, below for others."""
    if not one or not other:
        return 0.0
    return TAGS * (len({*one} & {*other}) / len({*one, *other}) - 0.5)


def likeness(left: str, right: str, functions: Collection[str] = (), others: Collection[str] = ()) -> float:
    """Return the score of two texts with the evidence of the functions they serve, from 0 to 1."""
    return min(1.0, max(0.0, score(left, right) + evidence(functions, others)))


def _same_part(left: str, right: str) -> float:
    return 1.0 if clauses(left)[0][0].assists == clauses(right)[0][0].assists else 0.5


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Return a text without what may differ between two that are equal: punctuation, 等, 的, 及, forms of a character."""
    return EQUAL.sub("", unicodedata.normalize("NFKC", text).lower())


def alike_titles(left: str, right: str) -> float:
    """Return how alike two titles are, from 0 to 1."""
    return 1.0 if left == right else _dice(_twos(left), _twos(right))
