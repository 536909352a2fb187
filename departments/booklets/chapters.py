"""A department's chapter: what it is, what it answers for, who is in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from departments.booklets.facts import Facts, Said, also, department_facts, headcount, superior
from departments.booklets.forms import Contacts, Part, contacts, has_form, statement_parts
from departments.models.entries import Entry


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
class DepartmentRow:
    """A department in the table of the one above; one of which nothing more is said stands only there."""

    entry: Entry
    heads: list[Said]
    headcount: Said
    also: str
    has_chapter: bool


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
    departments: list[DepartmentRow]

    @property
    def lists_departments(self) -> bool:
        """Whether a department below stands only in its table, and so the table is needed."""
        return not all(row.has_chapter for row in self.departments)

    @property
    def anchor(self) -> str:
        """Its id in a PDF."""
        return self.entry.anchor

    @property
    def lines(self) -> int:
        """About how many lines of a page it takes, of which a page has 44."""
        statements = sum(2 + len(row.text) // 42 for part in self.parts for row in part.rows)
        tables = (self.positions, self.departments if self.lists_departments else [], self.contacts.all)
        rows = sum(2 + 2 * len(table) for table in tables if table)
        said = [self.entry.summary, *(remark["text"] for remark in self.entry.remarks)]
        return 7 + len(self.facts.rows) + statements + rows + sum(1 + len(text) // 38 for text in said if text)


def build_chapters(root: Entry) -> list[Chapter]:
    """Return the chapters of a branch in document order: departments with more to say than their names. No query."""
    chapters: list[Chapter] = []
    for department, level in _departments(root):
        if department is not root and not _has_chapter(department):
            continue
        if department.frame and not _holds(department):
            continue
        chapter = Chapter(
            entry=department,
            level=min(level, 6),
            running=department.title,
            facts=department_facts(department),
            parts=statement_parts(department),
            contacts=contacts(department),
            positions=[_row(position, depth) for position, depth in positions_of(department)],
            departments=[_department_row(below) for below in department.departments],
        )
        chapters.append(chapter)
    return chapters


def _departments(root: Entry, level: int = 2) -> Iterator[tuple[Entry, int]]:
    """Yield the departments of a branch with their levels; those in an empty frame stand where the frame does."""
    yield root, level
    own = root.frame and not _holds(root)
    for child in root.children:
        if child.is_department:
            yield from _departments(child, level if own else level + 1)


def positions_of(above: Entry, depth: int = 0) -> Iterator[tuple[Entry, int]]:
    """Yield the positions of a department, heads first, each followed by those below it, with their depth."""
    for position in above.positions:
        yield position, depth
        yield from positions_of(position, depth + 1)


def _holds(department: Entry) -> bool:
    """Whether duties or positions stand directly in it."""
    return any(not child.is_department for child in department.children)


def _has_chapter(department: Entry) -> bool:
    """Whether there is more to say than its name, head and headcount, which the table above it says."""
    said = (department.summary, department.remarks, department.levels, contacts(department).all)
    return bool(department.children) or any(said)


def _department_row(department: Entry) -> DepartmentRow:
    heads = [Said(head.title) for head in department.heads] or [superior(line) for line in department.superiors]
    return DepartmentRow(department, heads, headcount(department.headcount), also(department), _has_chapter(department))


def _row(position: Entry, depth: int) -> PositionRow:
    return PositionRow(
        position,
        depth,
        headcount(position.headcount),
        [superior(line) for line in position.superiors],
        position.duty_count,
        has_form(position),
    )
