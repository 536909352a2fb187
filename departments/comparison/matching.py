"""Whether two duty statements say the same, without a tokenizer.

A statement is normalised and read as clauses; a clause as units: what is done (acts, from a list of words) to what. How far
one statement is contained in the other is a question of its units, answered with the characters of what they are done to, in
twos; this containment is blended with the Dice measure of both texts' characters in twos and threes.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from departments.comparison.synonyms import ALIKE
from departments.comparison.words import (
    ACTS,
    ASSISTING,
    CONTENTS,
    HEADS,
    INCLUSIONS,
    JOINTS,
    LEADING,
    MANNERS,
    NARROWING,
    NOISE,
    OPENINGS,
    PARTICLES,
    PERIODS,
    PURPOSES,
    RELATED,
    RESULTS,
)

ACCEPTED = 0.73  # the same duty from here on; in doubt rather a question than a guess
DOUBTFUL = 0.42  # below it not worth a question
FIRST = 3.0  # what the first clause weighs, against one for every other
MARGIN = 0.08  # by which the best must be ahead of the second best
TAGS = 0.15  # what the functions two duties serve add at most, half of it for or against

WORTH = DOUBTFUL - TAGS / 2  # a score from which the evidence can make a question

CLAUSE_ENDS = re.compile(r"[,;:。.!?()\n—]+")
NOT_TEXT = re.compile(r"[^\w]+")
FAMILY = {word: family[0] for family in ACTS for word in family}
ACT_WORDS = re.compile("|".join(sorted(FAMILY, key=len, reverse=True)))
ASSISTING_WORDS = re.compile("|".join(ASSISTING))
INCLUDING = re.compile("|".join((*CONTENTS, *INCLUSIONS)))
REMOVED = re.compile("|".join(sorted((*NOISE, *OPENINGS), key=len, reverse=True)))
RELATED_ACTS = {*RELATED, *((other, one) for one, other in RELATED)}
INCLUDED_BEFORE = re.compile("含[^,;:]{2,30}内容的")
BETWEEN_WORDS = re.compile(rf"[\W{PARTICLES}]")
OPENING_WORDS = re.compile("|".join((*OPENINGS, "工作", "活动")))
EQUAL = re.compile(r"[\W等的了及与和并]+")
SPANS_OF_TIME = re.compile(PERIODS)
LEADS_ALL = re.compile(LEADING)
LIGHT = frozenset({FAMILY["管理"]})  # beside another act it says no more than that somebody sees to it
ITEM_ENDS = re.compile(f"[{JOINTS}]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is done to one object, and whether only as a help to somebody."""

    acts: frozenset[str]
    item: str
    assists: bool


Clause = tuple[Unit, ...]


def plain(text: str) -> str:
    """Return the text in one form of its characters, alike words as one."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())
    for word, same in ALIKE.items():
        text = text.replace(word, same)
    return SPANS_OF_TIME.sub("", LEADS_ALL.sub("管理全面", text))


@lru_cache(maxsize=50_000)
def clauses(text: str, *, results: bool = False) -> tuple[Clause, ...]:
    """Return the clauses that say what is done; those that say what for are left out, and on request what comes of it."""
    found: list[Clause] = []
    parts = [part for part in CLAUSE_ENDS.split(plain(text)) if part]
    for part in parts:
        if (part.startswith(MANNERS) and part is not parts[-1]) or (
            found and part.startswith(PURPOSES if results else (*PURPOSES, *RESULTS))
        ):
            continue
        content = bool(found) and part.startswith(CONTENTS)
        inherited = found[-1][0].acts if found and (content or INCLUDING.match(part)) else frozenset()
        clause, loose = _clause(INCLUDING.sub("", part, count=1), inherited)
        if content:
            clause = tuple(Unit(inherited, unit.item, unit.assists) for unit in clause)
        if clause:
            found.append(clause)
        elif found and loose:
            found[-1] = tuple(Unit(unit.acts | loose, unit.item, unit.assists) for unit in found[-1])
    return tuple(found) or ((Unit(frozenset(), NOT_TEXT.sub("", plain(text)) or text, assists=False),),)


def _clause(part: str, inherited: frozenset[str]) -> tuple[Clause, frozenset[str]]:
    """Return the units of a clause; and its acts where it has nothing they are done to."""
    assists = bool(ASSISTING_WORDS.match(part))
    part = INCLUDED_BEFORE.sub("", ASSISTING_WORDS.sub("", part, count=1) if assists else part)
    pieces = [_piece(piece) for piece in ITEM_ENDS.split(part)]
    if not any(item for _acts, item, _bare, _leads in pieces):
        pieces = [(acts, bare, bare, leads) for acts, _item, bare, leads in pieces]
    units: list[Unit] = []
    waiting: frozenset[str] = frozenset()  # acts named before what they are done to: 收集、整理并分析数据
    before = inherited
    for acts, item, _bare, leads in pieces:
        if not item:
            waiting |= acts
            continue
        units.append(Unit((acts | waiting) or before, item, assists))
        # 市场调研与推广: only an act that stands before what it is done to is done to the next too
        before = (acts | waiting or before) if leads or not acts else frozenset()
        waiting = frozenset()
    units = _of_one_field(units)
    # 市场调研与分析: an act named last is done to all of it
    return tuple(Unit(unit.acts | waiting, unit.item, unit.assists) for unit in units), waiting


def _of_one_field(units: list[Unit]) -> list[Unit]:
    """Give a bare head the field of the unit before it: 营销策略和计划 is 营销策略 and 营销计划."""
    field, found = "", []
    for unit in units:
        if unit.item in HEADS and field:
            found.append(Unit(unit.acts, field + unit.item, unit.assists))
            continue
        field = unit.item[:-2] if unit.item.endswith(HEADS) else ""
        found.append(unit)
    return found


def _piece(piece: str) -> tuple[frozenset[str], str, str, bool]:
    """Return a piece's acts, what they are done to, the same with words that carry nothing, and whether an act leads it."""
    rest = ACT_WORDS.sub("", piece)
    acts = frozenset(FAMILY[word] for word in ACT_WORDS.findall(piece))
    leads = bool(ACT_WORDS.match(REMOVED.sub("", piece)))
    return acts, _joined(REMOVED.sub("", rest)), _joined(OPENING_WORDS.sub("", rest)), leads


def _joined(text: str) -> str:
    return BETWEEN_WORDS.sub("", text)


@lru_cache(maxsize=100_000)
def _twos(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset(text)


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _item_alike(one: str, other: str, around: str) -> float:
    """Return how alike two items are; `around` is everything the other's clause speaks of."""
    if sorted(one) == sorted(other):
        return 1.0  # 产品销售, 销售产品
    alike = _dice(_twos(one), _twos(other))
    head, rest = one[-2:], one[:-2]
    if len(rest) >= 2 and other.endswith(head) and rest in around:
        alike = max(
            alike, 0.72 if other.startswith(rest) else 0.8
        )  # 品牌策略, 品牌定位策略; 市场竞争, 市场调研和竞争分析
    return alike * 0.75 if _narrowing(one) != _narrowing(other) else alike


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
        return 0.88
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
    """Return a text's units, each with everything its clause speaks of, and all that is done in it."""
    return tuple(
        (unit, " ".join(each.item for each in clause), frozenset[str]().union(*(each.acts for each in clause)))
        for clause in clauses(text, results=True)
        for unit in clause
    )


def contained(one: str, other: str) -> float:
    """Return how far the one statement is contained in the other, from 0 to 1."""
    others = _around(other)
    return sum(
        share
        * max(
            _item_alike(unit.item, there.item, around) * _acts_alike(unit, there, beside)
            for there, around, beside in others
        )
        for unit, share in _weighed(one)
    )


@lru_cache(maxsize=50_000)
def _grams(text: str) -> frozenset[str]:
    said = re.sub(f"[{PARTICLES}{JOINTS}]", "", NOT_TEXT.sub("", REMOVED.sub("", plain(text))))
    said = ACT_WORDS.sub(lambda found: FAMILY[found.group()], said)
    return frozenset(said[at : at + size] for size in (2, 3) for at in range(len(said) - size + 1)) or frozenset(said)


@lru_cache(maxsize=50_000)
def _all_twos(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(_twos(unit.item) for unit, _all, _acts in _around(text)))


def may_be_alike(left: str, right: str) -> bool:
    """Whether a score worth a question is possible: cheap, and it spares scoring nearly all pairs."""
    dice = _dice(_grams(left), _grams(right))
    return dice >= WORTH or 0.8 * max(_most(left, right), _most(right, left)) + 0.2 * dice >= WORTH


def _most(one: str, other: str) -> float:
    """Return more than `contained` can come to: every unit's characters are looked for in the whole other text."""
    there = _all_twos(other)
    most = 0.0
    for unit, share in _weighed(one):
        mine = _twos(unit.item)
        common = len(mine & there)
        most += share * 2 * common / (common + len(mine))
    return most


def score(left: str, right: str) -> float:
    """Return how likely two duty statements say the same, from 0 to 1; symmetric."""
    if left == right:
        return 1.0
    containment = max(contained(left, right), contained(right, left))
    dice = _dice(_grams(left), _grams(right))
    return max(0.8 * containment + 0.2 * dice, dice * _same_part(left, right))


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
