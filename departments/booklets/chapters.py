"""A department's chapter: what it is, what it answers for, who is in it; and the forms that follow it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from departments.booklets.facts import Facts, Said, department_facts, headcount, superior
from departments.booklets.forms import Contact, Form, Part, build_form, contacts, has_form, statement_parts
from departments.models.outlines import Entry, Outline


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position in its department's table."""

    entry: Entry
    depth: int
    headcount: Said
    superiors: list[Said]
    duties: int
    has_form: bool


@dataclass(slots=True)
class Chapter:
    """A department in a booklet. `level`: how deep it stands, 1 for the first; it `opens` a page after forms."""

    entry: Entry
    level: int
    running: str
    facts: Facts
    parts: list[Part]
    contacts: list[Contact]
    positions: list[PositionRow]
    forms: list[Form] = field(default_factory=list)
    opens: bool = True

    @property
    def anchor(self) -> str:
        """Its id in a PDF."""
        return self.entry.anchor

    @property
    def form_level(self) -> int:
        """How deep its forms stand in the bookmarks."""
        return self.level + 1


def build_chapters(outline: Outline, root: Entry, sources: dict[str, Any]) -> list[Chapter]:
    """Return the chapters of a branch in document order; a frame has one for what stands in it alone. No query."""
    chapters: list[Chapter] = []
    for department, level in _departments(root):
        if department.frame and not any(not child.is_department for child in department.children):
            continue
        rows = [_row(position, depth) for position, depth in _positions(department)]
        chapter = Chapter(
            entry=department,
            level=min(level, 5),
            running=department.title,
            facts=department_facts(department),
            parts=statement_parts(department),
            contacts=contacts(department),
            positions=rows,
            forms=[build_form(outline, row.entry, sources) for row in rows if row.has_form],
        )
        # Small departments share a page; what follows forms, or stands at the top, opens one.
        chapter.opens = not chapters or bool(chapters[-1].forms) or chapter.level == 1
        chapters.append(chapter)
    return chapters


def _departments(root: Entry, level: int = 1) -> Iterator[tuple[Entry, int]]:
    """Yield the departments of a branch with their levels; those in an empty frame stand where the frame does."""
    yield root, level
    own = root.frame and not any(not child.is_department for child in root.children)
    for child in root.children:
        if child.is_department:
            yield from _departments(child, level if own else level + 1)


def _positions(above: Entry, depth: int = 0) -> Iterator[tuple[Entry, int]]:
    for position in above.positions:
        yield position, depth
        yield from _positions(position, depth + 1)


def _row(position: Entry, depth: int) -> PositionRow:
    return PositionRow(
        position,
        depth,
        headcount(position.headcount),
        [superior(line) for line in position.superiors],
        position.duty_count,
        has_form(position),
    )
