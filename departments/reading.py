"""What nearly every page and every answer of the API starts with: a design, the edition read, its outline, who reads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from departments.company.holders import holders, said_of_holders
from departments.models import Design, Edition, Node, PrintJob
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.permissions import (
    Reach,
    Role,
    User,
    can_adopt,
    can_begin,
    can_edit,
    can_see_drafts,
    can_see_holders,
    reach,
)
from departments.wording import Hint, hints

DRAFT = "draft"
STRANGER = AnonymousUser()


@dataclass(frozen=True)
class Reading:
    """One edition of a design, whole, in memory: what is asked of it costs no query."""

    design: Design
    edition: Edition
    outline: Outline
    address: str = ""  # what the reader asked for: see EditionConverter
    viewer: User = STRANGER

    def url(self, name: str, *args: object) -> str:
        """Return the address of a page of this design, in the edition that is read."""
        return reverse(name, args=[self.address or self.design.slug, *args])

    @property
    def home(self) -> str:
        """Return the address of the overview."""
        return self.url("design")

    @property
    def in_force(self) -> bool:
        """Whether this is the edition that readers see."""
        return self.edition.status == Edition.Status.IN_FORCE

    @property
    def may_edit(self) -> bool:
        """Whether the viewer may change something of what is read here: on the draft's own pages only."""
        return self.address.endswith(f"/{DRAFT}") and can_edit(self.viewer, self.edition)

    def may_edit_entry(self, entry: Entry | None) -> bool:
        """Whether the viewer may change this department, position or duty; None is the place of the root."""
        return self.may_edit and self.reach.covers(entry)

    @cached_property
    def reach(self) -> Reach:
        """How far the viewer's right to edit goes. No query for who edits everything."""
        return reach(self.viewer, self.outline, Role.EDITOR)

    @property
    def may_see_drafts(self) -> bool:
        """Whether the viewer may see what is on its way, and what the reference changed since."""
        return can_see_drafts(self.viewer, self.design)

    @property
    def is_own(self) -> bool:
        """Whether the design is a company's own, not a reference."""
        return self.design.origin == Design.Origin.OWN

    @property
    def may_adopt(self) -> bool:
        """Whether the viewer may make an own design of it."""
        return can_adopt(self.viewer)

    @property
    def may_revise(self) -> bool:
        """Whether the viewer may start a revision: nothing is on its way."""
        return self.in_force and can_begin(self.viewer, self.design) and self.on_its_way is None

    @cached_property
    def on_its_way(self) -> Edition | None:
        """The design's draft, or what is in review or approved, where the viewer may see it. 1 query for those who may."""
        return self.design.editions.open().first() if can_see_drafts(self.viewer, self.design) else None

    def may_name_holders(self, entry: Entry) -> bool:
        """Whether the viewer may name who holds a position; see also `permissions.can_name_holders_of`."""
        return self.is_own and entry.is_position and self.reach.covers(entry)

    @cached_property
    def holders(self) -> dict[UUID, list[str]]:
        """The holders of each position, of a superseded edition's then, where the viewer may see them. 2 queries for an
        own design, 3 for a superseded edition; else none."""
        return self._holders(on_paper=False)

    @cached_property
    def holders_carried(self) -> dict[UUID, list[str]]:
        """The holders that may be handed out to the viewer, on paper and in files. 1–2 queries for an own design."""
        return self._holders(on_paper=True)

    def _holders(self, *, on_paper: bool) -> dict[UUID, list[str]]:
        if not self.is_own:
            return {}
        seen_by, carried = said_of_holders()
        if on_paper and not carried:
            return {}
        if can_see_holders(self.viewer, self.design, seen_by):
            return holders(self.edition)
        if on_paper or not self.reach.ranges:  # what paper carries, everybody who is signed in sees
            return {}
        by_uid = self.outline.by_uid  # who edits a branch sees whom she names
        return {
            uid: names
            for uid, names in holders(self.edition).items()
            if uid in by_uid and self.reach.covers(by_uid[uid])
        }

    @cached_property
    def hints(self) -> dict[Entry, list[Hint]]:
        """Hints on the wording of statements, and of positions as a whole, for who edits them. No query."""
        found: dict[Entry, list[Hint]] = {}
        for holder, given in hints(self.outline).items() if self.may_edit else ():
            for hint in given:
                found.setdefault(hint.statement or holder, []).append(hint)
        return found

    def entry_url(self, entry: Entry) -> str:
        """Return the page of a department or position; a duty's is its holder's page at the duty."""
        if entry.is_duty:
            return f"{self.entry_url(entry.holder)}#{entry.anchor}"
        return self.url(entry.kind, entry.ref)

    def page_url(self, entry: Entry) -> str:
        """Return the page on which an entry is edited; a frame, which readers never see, has one here only."""
        return self.url("edit", entry.ref) if entry.frame else self.entry_url(entry)

    def entry_or_404(self, kind: str, ref: str) -> Entry:
        """Return the department or position named in an address. Raises Http404."""
        entry = self.outline.find(ref)
        if entry is None or entry.kind != kind or entry.frame:
            raise Http404
        return entry

    def renumbered(self, kind: str, ref: str) -> Entry | None:
        """Return who had a code in a published edition, where nobody has it in this one: old addresses lead on.

        1 query where nobody has it.
        """
        if self.outline.find(ref) is not None:
            return None
        uids = Node.tree.once_called(ref, self.design.pk).values_list("uid", flat=True)
        found = (self.outline.by_uid.get(uid) for uid in uids)
        return next((entry for entry in found if entry is not None and entry.kind == kind), None)


def reading_or_404(
    address: str, viewer: User = STRANGER, *, outline: Callable[[Edition], Outline] = Outline
) -> Reading:
    """Return the edition that an address names, where the viewer may see it. Costs 4 queries, 5 for what is on its way.

    `outline`: what is read of it, the whole unless somebody needs less. Raises Http404; PermissionDenied for a stranger
    who asks for a draft.
    """
    slug, _slash, which = address.partition("/")
    editions = Edition.objects.filter(design__slug=slug).select_related("design__variant_of")
    if which == DRAFT:
        editions = editions.open()
    elif number := re.fullmatch(r"editions/([0-9]+)", which):
        editions = editions.filter(number=int(number[1]))
    else:
        editions = editions.in_force()
    if which == DRAFT and not viewer.is_authenticated:
        raise PermissionDenied
    edition = editions.first()
    if edition is None:
        raise Http404
    if edition.status in Edition.OPEN and not can_see_drafts(viewer, edition.design):
        raise Http404 if viewer.is_authenticated else PermissionDenied
    return Reading(edition.design, edition, outline(edition), address, viewer)


def job_or_404(pk: UUID, viewer: User) -> PrintJob:
    """Return a paper in the making, where the viewer may see what it prints. 1 query, 2 where holders are on it.

    Raises Http404; PermissionDenied for a stranger, who may be somebody who has signed out.
    """
    job = PrintJob.objects.filter(pk=pk).select_related("edition__design").first()
    if job is None:
        raise Http404
    design = job.edition.design
    may = job.edition.status not in Edition.OPEN or can_see_drafts(viewer, design)
    if may and job.holders:
        seen_by, carried = said_of_holders()
        may = carried and can_see_holders(viewer, design, seen_by)
    if not may:
        raise Http404 if viewer.is_authenticated else PermissionDenied
    return job
