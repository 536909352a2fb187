"""A duty statement read as clauses, and a clause as units: what is done (acts, from a list of words) to what.

No tokenizer: the acts are looked for, what is left between them is what they are done to. Clauses that say what for, how or by
what are left out.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from departments.comparison.synonyms import ALIKE
from departments.comparison.words import (
    ACTS,
    ASSISTING,
    CONTENTS,
    EMPTY,
    HEADS,
    INCLUSIONS,
    JOINTS,
    LEADING,
    MANNERS,
    NOISE,
    OPENINGS,
    PARTICLES,
    PERIODS,
    PURPOSES,
    RESULTS,
)

CLAUSE_ENDS = re.compile(r"[,;:。.!?()\n—]+")
CLAUSE_STARTS = r"(?:^|(?<=[,;:。]))"
NOT_TEXT = re.compile(r"[^\w]+")
FAMILY = {word: family[0] for family in ACTS for word in family}
ACT_WORDS = re.compile("|".join(sorted(FAMILY, key=len, reverse=True)))
ASSISTING_WORDS = re.compile("|".join(ASSISTING))
INCLUDING = re.compile("|".join((*CONTENTS, *INCLUSIONS)))
REMOVED = re.compile("|".join(sorted((*NOISE, *OPENINGS), key=len, reverse=True)))
INCLUDED_BEFORE = re.compile("含[^,;:]{2,30}内容的")
BETWEEN_WORDS = re.compile(rf"[\W{PARTICLES}]")
OPENING_WORDS = re.compile("|".join((*OPENINGS, "工作", "活动")))
SPANS_OF_TIME = re.compile(PERIODS)
LEADS_ALL = re.compile(LEADING)
SERVING = re.compile(CLAUSE_STARTS + "为[^,;:。]{2,24}?(?=打下|提供|奠定|创造)")  # 为制定品牌策略提供数据
ON_THE_BASIS_OF = re.compile(CLAUSE_STARTS + "(?:按照?|根据|依据)[^,;:。]{2,10}?(?=开展|组织|执行|实施|制定|编制)")
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
    text = ON_THE_BASIS_OF.sub("", SERVING.sub("", text))
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
    words = ACT_WORDS.findall(piece)
    acts = frozenset(FAMILY[word] for word in words if word not in EMPTY) or frozenset(FAMILY[word] for word in words)
    leads = bool(ACT_WORDS.match(REMOVED.sub("", piece)))
    return acts, _joined(REMOVED.sub("", rest)), _joined(OPENING_WORDS.sub("", rest)), leads


def _joined(text: str) -> str:
    return BETWEEN_WORDS.sub("", text)
