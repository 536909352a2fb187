"""Spans and layers: how many report to whom, and how many steps there are from the top.

Counted over the lines a source states and those we inferred; the ones that only follow from a position's place (derived) on
request. A department that reports to a position counts as one where no head of its own carries that line. Assistants are
left out on both sides: they help their superior and lead nobody on the way down.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from departments.models.entries import Entry, Line
from departments.models.outlines import Outline

LEAST, MOST = 3, 8  # the band a span should lie in, where the reader asks for none of his own
BANDS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 3), (4, 6), (7, 9), (10, None))


@dataclass(frozen=True, slots=True)
class Span:
    """A manager and everybody who reports to him, in document order."""

    manager: Entry
    subordinates: list[Entry]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.subordinates)


@dataclass(frozen=True, slots=True)
class Band:
    """The managers whose span lies between two bounds; without the upper one, from the lower on."""

    least: int
    most: int | None
    spans: list[Span]
    of: int  # managers in all

    @property
    def share(self) -> int:
        """The share of all managers, in whole percent."""
        return round(100 * len(self.spans) / self.of) if self.of else 0


@dataclass(frozen=True, slots=True)
class Branch:
    """A department below the top, and how many layers of positions it reaches, the top's own counted."""

    department: Entry
    layers: int


class Spans:
    """The reporting lines of an outline, counted. No query."""

    def __init__(self, outline: Outline, *, derived: bool = False):
        self.outline = outline
        self.derived = derived

    @cached_property
    def assistants(self) -> list[Entry]:
        """The positions left out."""
        return [entry for entry in self.outline.positions if entry.assistant]

    def lines(self, entry: Entry) -> list[Line]:
        """Return the lines upwards that count, inside the design or out of it."""
        return [
            line
            for line in entry.superiors
            if self.derived or line.basis != "derived"
            if line.end is None or not line.end.assistant
        ]

    @cached_property
    def spans(self) -> list[Span]:
        """Everybody to whom somebody reports, in document order."""
        found: dict[Entry, list[Entry]] = defaultdict(list)
        for entry in self.outline.entries:
            if entry.is_duty or entry.assistant:
                continue
            ends = dict.fromkeys(
                line.end for line in self.lines(entry) if line.end is not None and line.end.is_position
            )
            for end in ends:
                if entry.is_position or not self._carried_by_head(entry, end):
                    found[end].append(entry)
        return [Span(entry, found[entry]) for entry in self.outline.positions if entry in found]

    def _carried_by_head(self, department: Entry, superior: Entry) -> bool:
        """Whether a head of the department reports to the same superior, or is the superior himself."""
        return any(
            head is superior or any(line.end is superior for line in self.lines(head)) for head in department.heads
        )

    @property
    def bands(self) -> list[Band]:
        """The spans by bands, empty bands too."""
        return [
            Band(
                least,
                most,
                [span for span in self.spans if least <= span.size and (most is None or span.size <= most)],
                len(self.spans),
            )
            for least, most in BANDS
        ]

    @property
    def chains(self) -> list[Span]:
        """The managers of exactly one: a layer that may not be needed."""
        return [span for span in self.spans if span.size == 1]

    def out_of_band(self, least: int = LEAST, most: int = MOST) -> list[Span]:
        """Return the managers with fewer or more subordinates than wanted."""
        return [span for span in self.spans if not least <= span.size <= most]

    @cached_property
    def unplaced(self) -> list[Entry]:
        """The positions with no counted line up, and nobody who reports to them: no layer can be told."""
        managers = {span.manager for span in self.spans}
        return [
            entry
            for entry in self.outline.positions
            if not entry.assistant and not self.lines(entry) and entry not in managers
        ]

    @cached_property
    def layer(self) -> dict[Entry, int]:
        """For every position that can be placed its layer, the top being 1."""
        above: dict[Entry, set[Entry]] = defaultdict(set)
        for span in self.spans:
            for below in span.subordinates:
                for position in [below] if below.is_position else below.heads:
                    above[position].add(span.manager)
        found: dict[Entry, int] = {}

        def depth(entry: Entry, seen: frozenset[Entry]) -> int:
            if entry not in found:
                superiors = [one for one in above[entry] if one not in seen]
                found[entry] = 1 + max((depth(one, seen | {entry}) for one in superiors), default=0)
            return found[entry]

        skipped = {*self.assistants, *self.unplaced}
        return {entry: depth(entry, frozenset({entry})) for entry in self.outline.positions if entry not in skipped}

    @property
    def layers(self) -> int:
        """How many layers of positions there are from the top."""
        return max(self.layer.values(), default=0)

    @property
    def branches(self) -> list[Branch]:
        """The departments side by side below the top, with the layers each reaches; none where no layer can be told."""
        return [
            Branch(department, max((self.layer.get(entry, 0) for entry in department.all_positions), default=0))
            for department in side_by_side(self.outline)
        ]


def side_by_side(outline: Outline) -> list[Entry]:
    """Return the departments of the first level at which there are several; none where there never are."""
    found = outline.root.departments
    while len(found) == 1:
        found = found[0].departments
    return found
