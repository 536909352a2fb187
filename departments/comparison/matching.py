"""Whether two duty statements say the same, without a tokenizer.

A statement is normalised and read as clauses; a clause is what is done (acts, from a list of words) to what (the rest, as
items). How far one statement is contained in the other is a question of its clauses, answered with the characters of their
items in twos; this containment is blended with the Dice measure of both texts' characters in twos and threes.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from departments.comparison.words import (
    ACTS,
    ALIKE,
    ASSISTING,
    INCLUSIONS,
    JOINTS,
    MANNERS,
    NOISE,
    OPENINGS,
    PARTICLES,
    PURPOSES,
    RELATED,
)

ACCEPTED = 0.62  # the same duty from here on
DOUBTFUL = 0.42  # below it not worth a question
FIRST = 3.0  # what the first clause weighs, against one for every other
MARGIN = 0.08  # by which the best must be ahead of the second best

CLAUSE_ENDS = re.compile(r"[,;:。.!?()\n—]+")
NOT_TEXT = re.compile(r"[^\w]+")
FAMILY = {word: family[0] for family in ACTS for word in family}
ACT_WORDS = re.compile("|".join(sorted(FAMILY, key=len, reverse=True)))
ASSISTING_WORDS = re.compile("|".join(ASSISTING))
INCLUDING = re.compile("(?:" + "|".join(INCLUSIONS) + ")")
REMOVED = re.compile("|".join(sorted((*NOISE, *OPENINGS), key=len, reverse=True)))
RELATED_ACTS = {*RELATED, *((other, one) for one, other in RELATED)}
INCLUDED_BEFORE = re.compile("含[^,;:]{2,30}内容的")
BETWEEN_WORDS = re.compile(rf"[\W{PARTICLES}]")
OPENING_WORDS = re.compile("|".join((*OPENINGS, "工作", "活动")))
EQUAL = re.compile(r"[\W等的了及与和并]+")
ITEM_ENDS = re.compile(f"[{JOINTS}]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """What is done to what, and whether only as a help to somebody."""

    acts: frozenset[str]
    items: tuple[str, ...]
    assists: bool


def plain(text: str) -> str:
    """Return the text in one form of its characters, alike words as one."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())
    for word, same in ALIKE.items():
        text = text.replace(word, same)
    return text


@lru_cache(maxsize=50_000)
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses that say what is done; those that say what for are left out."""
    found: list[Clause] = []
    parts = [part for part in CLAUSE_ENDS.split(plain(text)) if part]
    for part in parts:
        if (part.startswith(MANNERS) and part is not parts[-1]) or (found and part.startswith(PURPOSES)):
            continue
        included = INCLUDING.match(part)
        clause = _clause(INCLUDING.sub("", part, count=1))
        if included and found and not clause.acts:
            clause = Clause(found[-1].acts, clause.items, found[-1].assists)
        if clause.items:
            found.append(clause)
        elif found and clause.acts:
            found[-1] = Clause(found[-1].acts | clause.acts, found[-1].items, found[-1].assists)
    return tuple(found) or (Clause(frozenset(), (NOT_TEXT.sub("", plain(text)) or text,), assists=False),)


def _clause(part: str) -> Clause:
    assists = bool(ASSISTING_WORDS.match(part))
    part = INCLUDED_BEFORE.sub("", ASSISTING_WORDS.sub("", part, count=1) if assists else part)
    acts = frozenset(FAMILY[word] for word in ACT_WORDS.findall(part))
    rest = ACT_WORDS.sub("", part)
    return Clause(acts, _items(REMOVED.sub("", rest)) or _items(OPENING_WORDS.sub("", rest)), assists)


def _items(text: str) -> tuple[str, ...]:
    items = (BETWEEN_WORDS.sub("", item) for item in ITEM_ENDS.split(text))
    return tuple(dict.fromkeys(filter(None, items)))


@lru_cache(maxsize=100_000)
def _twos(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset(text)


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _item_alike(one: str, other: str, around: str) -> float:
    """Return how alike two items are; `around` is everything the other's clause speaks of."""
    if sorted(one) == sorted(other):
        return 1.0  # 产品销售, 销售产品
    dice = _dice(_twos(one), _twos(other))
    head, rest = one[-2:], one[:-2]
    if len(rest) >= 2 and other.endswith(head) and rest in around:
        return max(dice, 0.8)  # 市场竞争; 市场调研和竞争分析
    return dice


def _items_alike(one: Clause, other: Clause) -> float:
    """Return how far the items of the one are among the other's, long items weighing more."""
    weights = [len(item) for item in one.items]
    around = " ".join(other.items)
    best = [max(_item_alike(item, there, around) for there in other.items) for item in one.items]
    alike = sum(w * b for w, b in zip(weights, best, strict=True)) / sum(weights)
    return alike * 0.75 if sum(weights) <= 2 < len(other.items) else alike


def _acts_alike(one: Clause, other: Clause) -> float:
    if one.assists != other.assists:
        return 0.5
    if one.acts <= other.acts and one.acts:
        return 1.0
    if not one.acts or not other.acts:
        return 0.85
    if one.acts & other.acts or any(pair in RELATED_ACTS for pair in product(one.acts, other.acts)):
        return 0.8
    return 0.55


def contained(one: str, other: str) -> float:
    """Return how far the one statement is contained in the other, from 0 to 1."""
    mine, others = clauses(one), clauses(other)
    weights = [FIRST if number == 0 else 1.0 for number in range(len(mine))]
    best = [max(_items_alike(clause, there) * _acts_alike(clause, there) for there in others) for clause in mine]
    return sum(w * b for w, b in zip(weights, best, strict=True)) / sum(weights)


@lru_cache(maxsize=50_000)
def _grams(text: str) -> frozenset[str]:
    said = re.sub(f"[{PARTICLES}{JOINTS}]", "", NOT_TEXT.sub("", REMOVED.sub("", plain(text))))
    said = ACT_WORDS.sub(lambda found: FAMILY[found.group()], said)
    return frozenset(said[at : at + size] for size in (2, 3) for at in range(len(said) - size + 1)) or frozenset(said)


@lru_cache(maxsize=50_000)
def traces(text: str) -> frozenset[str]:
    """Return what two statements must share one of to be alike at all: it spares scoring most pairs."""
    return _grams(text).union(*(_twos(item) for clause in clauses(text) for item in clause.items))


def score(left: str, right: str) -> float:
    """Return how likely two duty statements say the same, from 0 to 1; symmetric."""
    if left == right:
        return 1.0
    containment = max(contained(left, right), contained(right, left))
    dice = _dice(_grams(left), _grams(right))
    return max(0.8 * containment + 0.2 * dice, dice * _same_part(left, right))


def _same_part(left: str, right: str) -> float:
    return 1.0 if clauses(left)[0].assists == clauses(right)[0].assists else 0.5


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Return a text without what may differ between two that are equal: punctuation, 等, 的, 及, forms of a character."""
    return EQUAL.sub("", unicodedata.normalize("NFKC", text).lower())


def alike_titles(left: str, right: str) -> float:
    """Return how alike two titles are, from 0 to 1."""
    return 1.0 if left == right else _dice(_twos(left), _twos(right))
