"""Vacancies by department: the headcount (编制), who is in post (在岗), how many are missing (缺编) or too many (超编).

What is not known stays unknown: a position without people in post, or without a number to hold them against, adds nothing to
either sum and is counted apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from departments.company.holders import staffing
from departments.models.entries import Entry
from departments.models.headcount import HeadcountSum, total

NOBODY: Mapping[UUID, Sequence[str]] = {}


@dataclass(frozen=True)
class Vacancies:
    """What the positions of a department come to. `known`: of how many it is known how many are in post."""

    department: Entry
    planned: HeadcountSum
    positions: int
    known: int
    filled: int
    missing: int
    surplus: int
    open_ended: int  # known how many are in post, but not how many there ought to be

    @property
    def unknown(self) -> int:
        """Of how many positions nobody says how many are in post."""
        return self.positions - self.known


def vacancies(departments: Sequence[Entry], holders: Mapping[UUID, Sequence[str]] = NOBODY) -> list[Vacancies]:
    """Return the figures of these departments with all below them; `holders`: named people by position. No query."""
    return [_vacancies(entry, holders) for entry in departments if entry.all_positions]


def _vacancies(department: Entry, holders: Mapping[UUID, Sequence[str]]) -> Vacancies:
    positions = department.all_positions
    filled = missing = surplus = known = open_ended = 0
    for entry in positions:
        staffed = staffing(entry.headcount, len(holders.get(entry.uid, ())))
        if staffed is None:
            continue
        known += 1
        filled += staffed.filled
        if staffed.vacant is None:
            open_ended += 1
            continue
        missing += staffed.vacant
        surplus += max(0, staffed.filled - (entry.headcount.max or staffed.filled))
    planned = total(position.headcount for position in positions)
    return Vacancies(department, planned, len(positions), known, filled, missing, surplus, open_ended)
