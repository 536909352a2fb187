"""Which department or position of one structure is which of another: by identity, by title, by what they do."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from departments.comparison.matching import alike_titles
from departments.models.entries import Entry

PAIRED = 0.5  # from here on two places are taken for each other


@dataclass(frozen=True, slots=True)
class PlacePair:
    """Two places taken for each other, or one that has no counterpart."""

    left: Entry | None
    right: Entry | None


def places(scope: Entry) -> list[Entry]:
    """Return the departments and positions of a branch in document order, the branch itself first, without frames."""
    return [entry for entry in scope.walk() if not entry.is_duty and not entry.frame]


def pair_places(left: Entry, right: Entry, *, same_design: bool) -> list[PlacePair]:
    """Return every department and position of both branches once: pairs in the left's order, then those only right."""
    mine, others = places(left), places(right)
    found = same(mine, others, same_design=same_design)
    unknown = left not in found and right not in found.values() and not (left.frame or right.frame)
    if unknown and left.is_department == right.is_department:
        found[left] = right  # whoever compares two departments takes them for each other
    taken = set(found.values())
    scored = sorted(
        (
            (-_alike(one, other), at, there, one, other)
            for at, one in enumerate(mine)
            if one not in found
            for there, other in enumerate(others)
            if other not in taken and one.is_department == other.is_department
        ),
        key=lambda row: row[:3],
    )
    for score, _at, _there, one, other in scored:
        if -score >= PAIRED and one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    pairs = [PlacePair(entry, found.get(entry)) for entry in mine]
    return pairs + [PlacePair(None, entry) for entry in others if entry not in taken]


def same(left: Iterable[Entry], right: Iterable[Entry], *, same_design: bool) -> dict[Entry, Entry]:
    """Return the entries of the left that are known to be one of the right, and which: each once, in the left's order.

    Of two editions it has the same uid; of two designs, the one was copied from the other or both from a third. Of several
    copies on either side that one counts which still says the same; where none does, or more than one, none is known to be it.
    """
    there: dict[str, list[Entry]] = defaultdict(list)
    for entry in right:
        for key in _known_as(entry, same_design=same_design):
            there[key].append(entry)
    might = {
        entry: {other for key in _known_as(entry, same_design=same_design) for other in there[key]} for entry in left
    }
    found: dict[Entry, Entry] = {}
    for said in (True, False):  # of several that are copies of one, those that still say the same
        taken = {*found.values()}
        options = {
            entry: [other for other in others - taken if not said or str(other) == str(entry)]
            for entry, others in might.items()
            if entry not in found
        }
        wanted = Counter(other for others in options.values() for other in others)
        found |= {entry: others[0] for entry, others in options.items() if len(others) == 1 and wanted[others[0]] == 1}
    return {entry: found[entry] for entry in might if entry in found}


def _known_as(entry: Entry, *, same_design: bool) -> list[str]:
    return [entry.uid.hex] if same_design or not entry.origin_uid else [entry.uid.hex, entry.origin_uid]


def functions_of(entry: Entry) -> set[str]:
    """Return the functions a place serves: its own and those of its duties, not of the places below it."""
    duties = (below for child in entry.children if child.is_duty for below in child.walk())
    return {*entry.functions, *(slug for duty in duties for slug in duty.functions)}


def _alike(one: Entry, other: Entry) -> float:
    mine, others = functions_of(one), functions_of(other)
    shared = len(mine & others) / len(mine | others) if mine | others else 0.0
    return 0.65 * alike_titles(one.title, other.title) + 0.35 * shared
