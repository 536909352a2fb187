"""Codes by the pattern 公司–部门–序号: the company's code, a department's, a number of two digits, with hyphens between.

What is proposed for something new and what renumbering gives begin alike: see `stem`. A department whose code begins with
the company's says both.
"""

import re
from collections.abc import Collection, Iterable
from itertools import count

from departments.models import Design, Kind, Organisation
from departments.models.entries import Entry
from departments.models.outlines import Outline

NUMBERED = re.compile(r"(.*?-d?)(\d{1,6})")
LONGEST = 40
FIRST = {Kind.POSITION.value: "", Kind.DEPARTMENT.value: "D"}  # before the number


def next_code(outline: Outline, above: Entry, kind: str = Kind.POSITION) -> str:
    """Return the next free code for something new under a department or position; empty where nothing above has a code.

    The number after the greatest that is in use: a gap may be a code that was given up, and old codes lead on. 1 query for
    the company's code, as in `numbered`.
    """
    prefix = stem(above, company_of(outline))
    if not prefix:
        return ""
    return Numbers(entry.code for entry in outline.entries).next(prefix, kind)


class Numbers:
    """Free codes, one after the other; what was given out is taken."""

    def __init__(self, taken: Iterable[str]):
        self._last: dict[str, int] = {}  # what stands before the number, in lower case → the greatest
        for code in taken:
            self.take(code)

    def take(self, code: str) -> None:
        """Remember a code that is in use."""
        if found := NUMBERED.fullmatch(code.lower()):
            self._last[found[1]] = max(int(found[2]), self._last.get(found[1], 0))

    def next(self, prefix: str, kind: str) -> str:
        """Return the next code below a department's; empty where it has none, or where it would be too long."""
        before = f"{prefix}-{FIRST[kind]}"
        code = f"{before}{self._last.get(before.lower(), 0) + 1:02}"
        if not prefix or len(code) > LONGEST:
            return ""
        self.take(code)
        return code


def numbered(outline: Outline, positions: Iterable[Entry], taken: Collection[str]) -> dict[Entry, str]:
    """Return new codes for positions: in each department from 01 on, past the codes taken; empty without a department's."""
    found: dict[Entry, str] = {}
    company = company_of(outline)
    taken = {code.lower() for code in taken}
    counters: dict[str, count[int]] = {}
    for position in positions:
        prefix = stem(position.department, company)
        numbers = counters.setdefault(prefix, count(1))
        code = next(code for number in numbers if (code := f"{prefix}-{number:02}").lower() not in taken)
        found[position] = code if prefix else ""
    return found


def stem(above: Entry | None, company: str = "") -> str:
    """Return what codes below an entry begin with: the nearest department's upwards that has one, after the company's."""
    while above is not None and not (above.is_department and above.code):
        above = above.parent
    if above is None:
        return ""
    begins = f"{above.code}-".lower().startswith(f"{company}-".lower())
    return above.code if begins or not company else f"{company}-{above.code}"


def company_of(outline: Outline) -> str:
    """Return the company's code, with which the codes of its own designs begin; empty for a reference. 1 query."""
    if outline.edition.design.origin != Design.Origin.OWN:
        return ""
    code = Organisation.objects.values_list("code", flat=True).first() or ""
    return "-".join(filter(None, code.split("-")))
