"""How much of a design was recognised: the measure of the tests and of benchmarks/recognition.py.

A position counts as found where a position was recognised whose title says the same: blanks and brackets aside, and one
may lack what the other begins with (拓展专员 for 市场拓展专员). Each recognised position stands for one.

A duty is a leaf statement of section responsibility that is stated, not inferred. It counts as found where, under a
department or position of the same title, a recognised statement shares at least 40 % of the pairs of characters (Dice's
measure, over texts without punctuation, 的 and the words of course 负责, 工作, 等). Each recognised statement stands for one,
the best pairs first. The designs are worded anew, so that the same duty shares no more.
"""

import re
from collections import Counter
from dataclasses import dataclass

from departments.documents import schema
from departments.documents.checks import walk
from departments.formats.recognition import Part

ENOUGH = 0.4
OF_COURSE = re.compile(r"负责|工作|的|等|并|和|与|及|以及|[^\w\u4e00-\u9fff]")


@dataclass(frozen=True)
class Found:
    positions: int
    all_positions: int
    duties: int
    all_duties: int
    missed: tuple[str, ...]


def measured(tree: schema.Department, recognised: Part) -> Found:
    """Return how much of a design's tree was recognised."""
    nodes = [(node, trail[-1] if trail else None) for node, trail in walk(tree)]
    titles = [node.title for node, _above in nodes if isinstance(node, schema.Position)]
    candidates = [part for part in recognised.walk() if part.kind == "position"]
    missed = []
    for title in sorted(titles, key=len, reverse=True):
        alike = sorted(
            (part for part in candidates if same_title(title, part.text)), key=lambda part: part.text != title
        )
        if alike:
            candidates.remove(alike[0])
        else:
            missed.append(title)
    wanted = [
        (holder_of(trail), node.text)
        for node, trail in walk(tree)
        if isinstance(node, schema.Duty)
        and node.section == "responsibility"
        and not node.inferred
        and not node.children
    ]
    given = [
        (holder.text, duty.text)
        for holder in recognised.walk()
        if holder.kind in ("department", "position")
        for child in holder.children
        for duty in child.walk()
        if child.kind == "duty" and duty.section == "responsibility"
    ]
    pairs = sorted(
        (
            (likeness(text, said), at, other)
            for at, (title, text) in enumerate(wanted)
            for other, (holder, said) in enumerate(given)
            if same_title(title, holder)
        ),
        reverse=True,
    )
    found: set[int] = set()
    used: set[int] = set()
    for score, at, other in pairs:
        if score >= ENOUGH and at not in found and other not in used:
            found.add(at)
            used.add(other)
    missed += [f"{title}: {text}" for at, (title, text) in enumerate(wanted) if at not in found]
    return Found(
        len(titles) - len([one for one in missed if ": " not in one]),
        len(titles),
        len(found),
        len(wanted),
        tuple(missed),
    )


def holder_of(trail: tuple[schema.Department | schema.Position | schema.Duty, ...]) -> str:
    return next(node.title for node in reversed(trail) if not isinstance(node, schema.Duty))


def same_title(one: str, other: str) -> bool:
    one, other = (re.sub(r"\s|（.*?）|\(.*?\)|岗位$|[\\/]", "", title) for title in (one, other))
    return one == other or (min(len(one), len(other)) > 2 and (one.endswith(other) or other.endswith(one)))


def likeness(one: str, other: str) -> float:
    first, second = pairs_of(one), pairs_of(other)
    return 2 * (first & second).total() / max((first + second).total(), 1)


def pairs_of(text: str) -> Counter[str]:
    text = OF_COURSE.sub("", text)
    return Counter(text[at : at + 2] for at in range(len(text) - 1))
