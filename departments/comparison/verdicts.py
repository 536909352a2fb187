"""What became of duties between two structures, as rows and questions: what the diff (diff.py) finds, and how it is told."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from departments.comparison.matching import shared
from departments.comparison.places import PlacePair
from departments.models.entries import Entry


class Verdict(StrEnum):
    """What became of a duty."""

    KEPT = "kept"
    REWORDED = "reworded"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    ONLY_LEFT = "only-left"
    ONLY_RIGHT = "only-right"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, and whether the other side has it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Duties taken for each other, or one alone, with the verdict."""

    verdict: Verdict
    left: list[Entry]
    right: list[Entry]

    @property
    def parts(self) -> tuple[list[Part], list[Part]]:
        """The two texts with what changed marked; only for one duty against one."""
        return changes(self.left[0].text, self.right[0].text)

    @property
    def shared(self) -> list[str]:
        """What duties in other words have in common: why they were taken for each other."""
        return _in_common(self.left, self.right)

    @property
    def reworded(self) -> bool:
        """Whether one duty stands against one with other words."""
        return len(self.left) == len(self.right) == 1 and self.left[0].text != self.right[0].text


@dataclass(frozen=True, slots=True)
class Question:
    """Duties that may be the same: somebody has to decide."""

    left: list[Entry]
    right: list[Entry]

    @property
    def shared(self) -> list[str]:
        """What they have in common: why somebody is asked."""
        return _in_common(self.left, self.right)


@dataclass
class Diff:
    """Every duty of both sides, once: in a row or in a question."""

    places: list[PlacePair]
    akin: bool = False  # one side seems to be made from the other
    rows: list[Row] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        return {verdict: sum(row.verdict == verdict for row in self.rows) for verdict in Verdict}


def changes(left: str, right: str) -> tuple[list[Part], list[Part]]:
    """Return both texts in parts, what the other does not have marked as changed."""
    mine: list[Part] = []
    others: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if b > a:
            mine.append(Part(left[a:b], tag != "equal"))
        if d > c:
            others.append(Part(right[c:d], tag != "equal"))
    return mine, others


def _in_common(left: list[Entry], right: list[Entry]) -> list[str]:
    """Return what the duties of both sides have in common, in words; nothing where their texts are the same."""
    if {entry.text for entry in left} == {entry.text for entry in right}:
        return []
    found = (said for one in left for other in right for said in shared(one.text, other.text))
    return list(dict.fromkeys(found))
