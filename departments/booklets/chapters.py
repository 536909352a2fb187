"""A department's chapter: what it is, what it answers for, who is in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from departments.booklets.facts import Facts, Said, department_facts, headcount, superior
from departments.booklets.forms import Contacts, Part, contacts, has_form, statement_parts
from departments.models.outlines import Entry


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position in its department's table."""

    entry: Entry
    depth: int
    headcount: Said
    superiors: list[Said]
    duties: int
    has_form: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A department in a booklet. `level`: how deep it stands, 2 for the first: chapters are below their part."""

    entry: Entry
    level: int
    running: str
    facts: Facts
    parts: list[Part]
    contacts: Contacts
    positions: list[PositionRow]

    @property
    def anchor(self) -> str:
        """Its id in a PDF."""
        return self.entry.anchor


def build_chapters(root: Entry) -> list[Chapter]:
    """Return the chapters of a branch in document order; a frame has one for what stands in it alone. No query."""
    chapters: list[Chapter] = []
    for department, level in _departments(root):
        if department.frame and not any(not child.is_department for child in department.children):
            continue
        chapter = Chapter(
            entry=department,
            level=min(level, 6),
            running=department.title,
            facts=department_facts(department),
            parts=statement_parts(department),
            contacts=contacts(department),
            positions=[_row(position, depth) for position, depth in positions_of(department)],
        )
        chapters.append(chapter)
    return chapters


def _departments(root: Entry, level: int = 2) -> Iterator[tuple[Entry, int]]:
    """Yield the departments of a branch with their levels; those in an empty frame stand where the frame does."""
    yield root, level
    own = root.frame and not any(not child.is_department for child in root.children)
    for child in root.children:
        if child.is_department:
            yield from _departments(child, level if own else level + 1)


def positions_of(above: Entry, depth: int = 0) -> Iterator[tuple[Entry, int]]:
    """Yield the positions of a department, heads first, each followed by those below it, with their depth."""
    for position in above.positions:
        yield position, depth
        yield from positions_of(position, depth + 1)


def _row(position: Entry, depth: int) -> PositionRow:
    return PositionRow(
        position,
        depth,
        headcount(position.headcount),
        [superior(line) for line in position.superiors],
        position.duty_count,
        has_form(position),
    )
