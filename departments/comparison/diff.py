"""The duty diff: what became of every duty between two structures. Nothing is dropped, nothing guessed.

A duty is taken for another only where the score is high enough and the runner-up far enough behind; what is in between goes to
a list of questions. Duties of two editions, and those a design has from another, are matched by identity before that.
"""

from collections import defaultdict

from departments.comparison.kinship import Candidates
from departments.comparison.matching import ACCEPTED, MARGIN, bare, contained
from departments.comparison.places import pair_places, same
from departments.comparison.verdicts import Diff, Question, Row, Verdict
from departments.models.entries import Entry
from departments.models.nodes import Section

NEAR = 0.05  # what standing with the same place adds when two candidates are weighed against each other
WHOLE = 0.7  # contained so far in a longer duty, a duty is a part of it
SAID = 0.95  # contained so far in another, a duty says nothing else
LONGER = 1.3  # how many times as long the longer one is at least

Edges = dict[Entry, dict[Entry, float]]


def duties(scope: Entry) -> list[Entry]:
    """Return the single responsibilities of a branch, auxiliary ones too, in document order."""
    return [
        entry for entry in scope.walk() if entry.is_duty and entry.section == Section.RESPONSIBILITY and entry.is_leaf
    ]


def compare(left: Entry, right: Entry, *, same_design: bool = False) -> Diff:
    """Return what became of every duty from the left branch to the right one. No query."""
    matching = _Matching(left, right, same_design=same_design)
    matching.run()
    return matching.diff


class _Matching:
    def __init__(self, left: Entry, right: Entry, *, same_design: bool):
        self.same_design = same_design
        self.left, self.right = duties(left), duties(right)
        self.diff = Diff(pair_places(left, right, same_design=same_design))
        self.counterpart: dict[Entry | None, Entry] = {
            pair.left: pair.right for pair in self.diff.places if pair.left and pair.right
        }
        self.on_the_left = {*self.left}
        self.free = {*self.left, *self.right}
        self.rows: list[Row] = []

    def run(self) -> None:
        self.known = same(self.left, self.right, same_design=self.same_design)
        for one, other in self.known.items():
            self._pair(one, other)
        self.edges = self._edges()
        self._same_texts()
        self._groups(Verdict.MERGED)
        self._groups(Verdict.SPLIT)
        while self._best_pairs():
            pass
        self._twins()
        self._questions()
        self._alone()

    # What is certain

    def _same_texts(self) -> None:
        """Pair equal texts: with the counterpart of their place first, then where only one of them is left on each side."""
        for near in (True, False):
            by_text: dict[str, list[Entry]] = defaultdict(list)
            for entry in self.right:
                if entry in self.free:
                    by_text[bare(entry.text)].append(entry)
            mine: dict[str, list[Entry]] = defaultdict(list)
            for entry in self.left:
                if entry in self.free:
                    mine[bare(entry.text)].append(entry)
            for text, entries in mine.items():
                for entry in entries:
                    there = [other for other in by_text[text] if other in self.free and self._fits(entry, other)]
                    if near:
                        there = [other for other in there if self._near(entry, other)]
                    elif len(there) > 1 or len(entries) > 1:
                        continue
                    if there:
                        self._pair(entry, there[0])

    def _pair(self, one: Entry, other: Entry) -> None:
        if self._moved(one, other):
            verdict = Verdict.MOVED
        else:
            kept = bare(one.text) == bare(other.text) and self._fits(one, other)
            verdict = Verdict.KEPT if kept else Verdict.REWORDED
        self._take(verdict, [one], [other])

    def _take(self, verdict: Verdict, left: list[Entry], right: list[Entry]) -> None:
        self.rows.append(Row(verdict, left, right))
        self.free -= {*left, *right}

    def _near(self, one: Entry, other: Entry) -> bool:
        """Whether two duties stand with the same place: the same holder in editions, the same department in two designs."""
        if self.same_design:
            return self.counterpart.get(one.holder) is other.holder
        return self.counterpart.get(_department(one)) is _department(other)

    def _moved(self, one: Entry, other: Entry) -> bool:
        """Whether a duty stands elsewhere although its place, or the other's, has a counterpart."""
        known = self.counterpart.get(_department(one)) or _department(other) in self.counterpart.values()
        return not self._near(one, other) and (self.same_design or bool(known))

    @staticmethod
    def _fits(one: Entry, other: Entry) -> bool:
        """Whether both are primary, or both auxiliary: to help is another duty."""
        return one.weight == other.weight

    # What the texts say

    def _edges(self) -> Edges:
        """Return for every free duty its candidates on the other side, and how alike they are."""
        edges: Edges = defaultdict(dict)
        left, right, settled = self.left, self.right, self._settled()
        if self.same_design:  # what is left is new or gone: that all the rest is alike tells nothing about it
            left, right = ([entry for entry in side if entry in self.free] for side in (left, right))
            settled = set()
        found = Candidates(left, right, settled=settled)
        for (at, there), value in found.likely.items():
            edges[left[at]][right[there]] = edges[right[there]][left[at]] = value
        self.diff.akin = found.akin and not self.same_design
        return edges

    def _settled(self) -> set[tuple[int, int]]:
        """Return the pairs known by identity, by their places in both lists."""
        there = {entry: number for number, entry in enumerate(self.right)}
        return {(at, there[self.known[entry]]) for at, entry in enumerate(self.left) if entry in self.known}

    def _ordered(self, entry: Entry, other: Entry) -> tuple[Entry, Entry]:
        return (entry, other) if entry in self.on_the_left else (other, entry)

    def _ranked(self, entry: Entry) -> list[tuple[float, Entry]]:
        """Return the free candidates of a duty, the best first; the same place counts in favour."""
        candidates = [
            (value + (NEAR if self._near(*self._ordered(entry, other)) else 0.0), other)
            for other, value in self.edges.get(entry, {}).items()
            if other in self.free
        ]
        return sorted(candidates, key=lambda row: -row[0])

    def _best(self, entry: Entry) -> Entry | None:
        """Return the one candidate that is good enough and ahead by the margin of all that say something else than it."""
        ranked = self._ranked(entry)
        if not ranked or self.edges[entry][ranked[0][1]] < ACCEPTED:
            return None
        best = ranked[0][1]
        near = (other for value, other in ranked[1:] if ranked[0][0] - value < MARGIN)
        return best if all(self._twin(best, other) for other in near) else None

    @staticmethod
    def _twin(one: Entry, other: Entry) -> bool:
        """Whether two duties of one side say the same: then it is all the same which of them is taken first."""
        return max(contained(one.text, other.text), contained(other.text, one.text)) >= SAID

    def _groups(self, verdict: Verdict) -> None:
        """Take several duties of one side that one longer duty of the other side contains; of akin sides whatever its words."""
        many, ones = (self.left, self.right) if verdict == Verdict.MERGED else (self.right, self.left)
        parts: dict[Entry, list[Entry]] = defaultdict(list)
        for entry in many:
            best = self._best(entry) if entry in self.free else None
            if best is not None and (self.diff.akin or _part_of(entry.text, best.text)):
                parts[best].append(entry)
        for one in ones:
            if len(parts[one]) > 1:
                left, right = (parts[one], [one]) if verdict == Verdict.MERGED else ([one], parts[one])
                self._take(verdict, left, right)

    def _best_pairs(self) -> bool:
        """Pair duties that are each other's best. Returns whether there were any: what they took no longer competes."""
        found = False
        for entry in self.left:
            best = self._best(entry) if entry in self.free else None
            if best is not None and self._best(best) is entry:
                self._pair(entry, best)
                found = True
        return found

    def _twins(self) -> None:
        """Put a duty without a like candidate of its own to the row of the one it says the same as: two there, one here."""
        for entry in (*self.left, *self.right):
            if entry not in self.free or not self.edges.get(entry):
                continue
            other, value = max(self.edges[entry].items(), key=lambda edge: edge[1])
            if any(value - mine < MARGIN for mine, _candidate in self._ranked(entry)):
                continue
            at = next((number for number, row in enumerate(self.rows) if other in (*row.left, *row.right)), None)
            if value < ACCEPTED or at is None:
                continue
            row, on_the_left = self.rows[at], entry in self.on_the_left
            if len(row.right if on_the_left else row.left) != 1:
                continue
            if on_the_left:
                left = sorted([*row.left, entry], key=lambda one: one.lft)
                self.rows[at] = Row(Verdict.MERGED, left, row.right)
            else:
                right = sorted([*row.right, entry], key=lambda one: one.lft)
                self.rows[at] = Row(Verdict.SPLIT, row.left, right)
            self.free.discard(entry)

    # What is left

    def _questions(self) -> None:
        """Ask about every free duty that has a candidate: it and its best one, put together where they meet."""
        joined: dict[Entry, set[Entry]] = {}
        for entry in (*self.left, *self.right):
            if entry in self.free and (ranked := self._ranked(entry)):
                both = {entry, ranked[0][1], *joined.get(entry, ()), *joined.get(ranked[0][1], ())}
                for one in both:
                    joined[one] = both
        for group in {id(group): group for group in joined.values()}.values():
            left = [entry for entry in self.left if entry in group]
            right = [entry for entry in self.right if entry in group]
            self.diff.questions.append(Question(left, right))
            self.free -= group
        self.diff.questions.sort(key=lambda question: question.left[0].lft)

    def _alone(self) -> None:
        for entry in self.left:
            if entry in self.free:
                self._take(Verdict.ONLY_LEFT, [entry], [])
        for entry in self.right:
            if entry in self.free:
                self._take(Verdict.ONLY_RIGHT, [], [entry])
        at = {id(entry): number for number, entry in enumerate(self.left)}
        self.diff.rows = sorted(
            self.rows, key=lambda row: (0, at[id(row.left[0])]) if row.left else (1, row.right[0].lft)
        )


def _part_of(text: str, longer: str) -> bool:
    return len(bare(longer)) >= LONGER * len(bare(text)) and contained(text, longer) >= WHOLE


def _department(duty: Entry) -> Entry | None:
    """Return the department a duty's holder stands in, or is."""
    holder = duty.holder
    return holder if holder.is_department else holder.department
