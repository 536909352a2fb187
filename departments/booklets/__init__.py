"""What is printed: a position's form and the booklet (岗位说明书汇编) of a design or a branch; order and queries.

Everything here is plain data when it leaves this room: templates that set it cost no query.
"""

from dataclasses import dataclass
from typing import Any

from departments.booklets.chapters import Chapter, build_chapters, positions_of
from departments.booklets.forms import Form, build_form, has_form
from departments.booklets.imprint import Imprint, build_imprint
from departments.booklets.index import IndexGroup, build_index, by_code
from departments.booklets.processes import Workflow, build_workflows
from departments.booklets.signatures import Signature, signatures, stamp
from departments.models import Design, Edition, Source
from departments.models.entries import Counts, Entry
from departments.models.outlines import Outline

__all__ = ["Booklet", "build_booklet", "build_position_form", "signatures", "stamp"]


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The forms of a department's positions."""

    department: Entry
    forms: list[Form]


@dataclass(frozen=True, slots=True)
class Booklet:
    """A design, or one branch of it, as a book."""

    design: Design
    edition: Edition
    root: Entry
    branch: Entry | None
    counts: Counts
    chapters: list[Chapter]
    groups: list[FormGroup]
    workflows: list[Workflow]
    index: list[IndexGroup]
    codes: list[Entry]
    imprint: Imprint
    citations: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """What the booklet is of: the design, or the branch."""
        return self.branch.title if self.branch else self.design.name


def build_booklet(edition: Edition, outline: Outline, branch: Entry | None = None, *, holder: bool = True) -> Booklet:
    """Return the booklet of an edition whose outline and design are read, or of one branch. 3 queries, 9 for an own design.

    `holder`: forms have a place for the position holder's signature.
    """
    root = branch or outline.root
    sources = Source.objects.in_bulk(field_name="document")
    positions = root.all_positions
    entries = list(root.walk())
    return Booklet(
        design=edition.design,
        edition=edition,
        root=root,
        branch=branch,
        counts=Counts(
            departments=sum(entry.is_department and not entry.frame for entry in entries),
            positions=len(positions),
            duties=sum(entry.counts_as_duty for entry in entries),
            auxiliary=sum(entry.is_duty and entry.is_leaf and entry.weight == "auxiliary" for entry in entries),
        ),
        chapters=build_chapters(root),
        groups=_groups(outline, root, sources, signatures(edition, holder=holder)),
        workflows=build_workflows(edition, outline, branch),
        index=build_index(positions),
        codes=by_code(positions),
        imprint=build_imprint(edition),
        citations=[citation | {"source": sources.get(citation["document"])} for citation in edition.design.sources],
    )


def _groups(outline: Outline, root: Entry, sources: dict[str, Any], signed: list[Signature]) -> list[FormGroup]:
    groups = []
    for department in root.walk():
        if department.is_department:
            filled = [position for position, _depth in positions_of(department) if has_form(position)]
            if filled:
                groups.append(FormGroup(department, [build_form(outline, entry, sources, signed) for entry in filled]))
    return groups


def build_position_form(outline: Outline, entry: Entry, *, holder: bool = True) -> Form:
    """Return the form of one position, with or without a place for its holder's signature. 1 query, 2 for an own design."""
    sources = Source.objects.in_bulk(field_name="document")
    return build_form(outline, entry, sources, signatures(outline.edition, holder=holder))
