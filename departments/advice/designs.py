"""Which designs to look at: their classification held against the answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from departments.models import Design

MOST = 5
ANY = "any"
WHOLE = {Design.Kind.COMPLETE, Design.Kind.SINGLE_DEPARTMENT, Design.Kind.SIZE_MODEL, Design.Kind.STRUCTURAL_OPTION}


@dataclass(slots=True)
class Candidate:
    """A design beside the answers: the questions on which it fits, fits everybody, does not fit, or does not say."""

    design: Design
    structure: bool
    fits: list[str] = field(default_factory=list)
    fits_any: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def points(self) -> int:
        """Return two for a fit, one for 不限, two off for a difference, three for the structure; silence counts nothing."""
        return 2 * len(self.fits) + len(self.fits_any) - 2 * len(self.differs) + 3 * self.structure

    @property
    def judged(self) -> int:
        """Return on how many answers it can be judged."""
        return len(self.fits) + len(self.fits_any) + len(self.differs)


def candidates(designs: Iterable[Design], given: dict[str, str], structure: str) -> list[Candidate]:
    """Return at most five designs worth looking at, best first. `classifications` are prefetched; no query then.

    Only whole designs, not fragments and old versions; of a design that differs as often as it fits, nothing is learnt.
    """
    found = [_held(design, given, structure) for design in designs if design.kind in WHOLE]
    worth = [one for one in found if (one.fits or one.structure) and len(one.differs) < len(one.fits) + one.structure]
    return sorted(worth, key=lambda one: (-one.points, -one.judged, one.design.name))[:MOST]


def _held(design: Design, given: dict[str, str], structure: str) -> Candidate:
    values: dict[str, set[str]] = {}
    for row in design.classifications.all():
        values.setdefault(row.facet, set()).add(row.value)
    candidate = Candidate(design, structure in values.get("structure", ()))
    for question, value in given.items():
        said = values.get(question, set())
        kind = (
            candidate.fits
            if value in said
            else candidate.fits_any
            if ANY in said
            else candidate.differs
            if said
            else candidate.silent
        )
        kind.append(question)
    return candidate
