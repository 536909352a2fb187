"""The position register (岗位目录): every position a row; what is asked of it, in which order, in which groups. No query."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.models import Section
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.pinyin import lazy_pinyin
from departments.wording import Hint, hints

PARTS: dict[str, str | Promise] = {  # what a job description may lack, in the form's order
    "summary": _("job summary"),
    "headcount": _("headcount"),
    Section.RESPONSIBILITY.value: Section.RESPONSIBILITY.label,
    Section.AUTHORITY.value: Section.AUTHORITY.label,
    Section.QUALIFICATION.value: Section.QUALIFICATION.label,
    Section.INDICATOR.value: Section.INDICATOR.label,
}
ONLY: dict[str, str | Promise] = {
    "vacant": _("with vacancies"),
    "overstaffed": _("with too many people"),
    "hinted": _("with hints on the wording"),
    "changed": _("changed in this edition"),
    "remarked": _("with open comments"),
}
WORKING = ("changed", "remarked")  # for who may see drafts


@dataclass(frozen=True, slots=True)
class Row:
    """One position; `missing` names the keys of PARTS that its description lacks."""

    entry: Entry
    missing: list[str]
    hints: list[Hint] = field(default_factory=list)
    changed: datetime.datetime | None = None
    remarks: int = 0
    named: int = 0  # holders, where they may be seen

    @property
    def department(self) -> Entry | None:
        """The department it stands in."""
        return self.entry.department

    @property
    def superior(self) -> str:
        """Its superior's name, the first where there are several."""
        return next((line.other for line in self.entry.superiors), "")

    @property
    def filled(self) -> int | None:
        """How many people are in post: as stated, else as holders are named; None where neither says anything."""
        stated = self.entry.headcount.filled
        return stated if stated is not None else self.named or None

    @property
    def vacant(self) -> int | None:
        """How many people are wanting."""
        return replace(self.entry.headcount, filled=self.filled).vacant

    @property
    def surplus(self) -> int:
        """How many people are too many."""
        return max(-(self.vacant or 0), 0)

    @property
    def lacks(self) -> list[str | Promise]:
        """What is missing, in words."""
        return [PARTS[key] for key in self.missing]


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort: its name, what it goes by (None comes last), and whether the greatest comes first."""

    label: str | Promise
    key: Callable[[Row], Any]
    falling: bool = False


def _spoken(text: str) -> list[str] | None:
    return lazy_pinyin(text) if text else None


ORDERS = {
    "place": Order(_("by place"), lambda row: row.entry.lft),
    "title": Order(_("by title"), lambda row: _spoken(row.entry.title)),
    "code": Order(_("by code"), lambda row: row.entry.code or None),
    "superior": Order(_("by superior"), lambda row: _spoken(row.superior)),
    "grade": Order(_("by grade"), lambda row: row.entry.grade or None),
    "headcount": Order(_("by headcount"), lambda row: row.entry.headcount.min, falling=True),
    "filled": Order(_("by people in post"), lambda row: row.filled, falling=True),
    "vacant": Order(_("by vacancies"), lambda row: row.vacant, falling=True),
    "duties": Order(_("by number of duties"), lambda row: row.entry.duty_count, falling=True),
    "missing": Order(_("by what is missing"), lambda row: len(row.missing), falling=True),
    "hints": Order(_("by hints on the wording"), lambda row: len(row.hints), falling=True),
    "changed": Order(_("by last change"), lambda row: row.changed, falling=True),
    "remarks": Order(_("by open comments"), lambda row: row.remarks, falling=True),
}
GROUPS: dict[str, tuple[str | Promise, Callable[[Row], Any]]] = {
    "department": (_("by department"), lambda row: row.department),
    "superior": (_("by superior"), lambda row: row.superior),
    "grade": (_("by grade"), lambda row: row.entry.grade),
}


def rows(
    outline: Outline,
    changes: Mapping[UUID, datetime.datetime] | None = None,
    remarks: Mapping[UUID, int] | None = None,
    holders: Mapping[UUID, Sequence[str]] | None = None,
) -> list[Row]:
    """Return a row for each position in document order; changes and remarks on its statements are its own."""
    changed: dict[Entry, datetime.datetime] = {}
    for uid, at in (changes or {}).items():
        if (entry := outline.by_uid.get(uid)) is not None:
            changed[entry.holder] = max(at, changed.get(entry.holder, at))
    remarked: dict[Entry, int] = {}
    for uid, number in (remarks or {}).items():
        if (entry := outline.by_uid.get(uid)) is not None:
            remarked[entry.holder] = remarked.get(entry.holder, 0) + number
    found = hints(outline)
    return [
        Row(
            entry,
            missing(entry),
            hints=found.get(entry, []),
            changed=changed.get(entry),
            remarks=remarked.get(entry, 0),
            named=len((holders or {}).get(entry.uid, ())),
        )
        for entry in outline.positions
    ]


def missing(entry: Entry) -> list[str]:
    """Return the keys of PARTS that a position's description lacks, in the form's order."""
    has = {"summary": bool(entry.summary), "headcount": bool(entry.headcount)}
    return [key for key in PARTS if not (has[key] if key in has else entry.statements(key))]


def fits(row: Row, *, within: Entry | None = None, lacking: str = "", grade: str = "", only: str = "") -> bool:
    """Whether a row is what was asked for; a word that is not known asks for nothing."""
    is_one = {
        "vacant": (row.vacant or 0) > 0,
        "overstaffed": (row.vacant or 0) < 0,
        "hinted": bool(row.hints),
        "changed": row.changed is not None,
        "remarked": row.remarks > 0,
    }
    return (
        (within is None or within.lft < row.entry.lft < within.rght)
        and (lacking not in PARTS or lacking in row.missing)
        and (not grade or row.entry.grade == grade)
        and is_one.get(only, True)
    )


def in_order(found: Sequence[Row], order: str) -> list[Row]:
    """Return the rows sorted, the other way round with a minus; what is not stated comes last, unknown orders by place."""
    chosen = ORDERS.get(order.removeprefix("-"), ORDERS["place"])
    known = [row for row in found if chosen.key(row) is not None]
    last = [row for row in found if chosen.key(row) is None]
    return sorted(known, key=chosen.key, reverse=chosen.falling != order.startswith("-")) + last


def grouped(found: Sequence[Row], by: str) -> list[tuple[Any, list[Row]]]:
    """Return the rows under what they have in common, in the order in which that comes first; all in one if unknown."""
    if by not in GROUPS:
        return [("", list(found))] if found else []
    groups: dict[Any, list[Row]] = {}
    for row in found:
        groups.setdefault(GROUPS[by][1](row), []).append(row)
    return list(groups.items())
