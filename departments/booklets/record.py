"""The change record (修订履历) of an own design: its editions, what each changed in figures, and who approved it."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.booklets.facts import written
from departments.booklets.signatures import signed_by
from departments.models import Design, Edition, Kind, Node

CONTENT = (
    *(
        "title",
        "title_en",
        "code",
        "aliases",
        "summary",
        "grade",
        "head",
        "raci",
        "section",
        "weight",
        "text",
        "measure",
    ),
    *("headcount_form", "headcount_min", "headcount_max", "headcount_per", "headcount_varies_with"),
)
Nodes = dict[UUID, tuple[str, tuple[object, ...]]]  # uid → kind, and what it says and where it stands


@dataclass(frozen=True, slots=True)
class Revision:
    """An edition in the record. `changes`: in words, against the one before; `status`: only where it was never in force."""

    number: int
    effective_on: datetime.date | None
    status: str
    changes: list[str]
    approved_by: str

    @property
    def since(self) -> str:
        """The day it came into force, written out; what it is where it never was."""
        return self.status or (written(self.effective_on) if self.effective_on else "")


def change_record(edition: Edition) -> list[Revision]:
    """Return the editions of a design up to this one, the oldest first; none for a reference design.

    What an edition said of the ones before it stays true: later editions are not in its record. 3 queries for an own design.
    """
    if edition.design.origin != Design.Origin.OWN:
        return []
    told = edition.design.editions.filter(number__lte=edition.number).order_by("number").prefetch_related("transitions")
    editions = [one for one in told if one.status in Edition.PUBLISHED or one.pk == edition.pk]
    said = _said([one.pk for one in editions])
    revisions, before = [], None
    for one in editions:
        approved, _on = signed_by(one.transitions.all()).get("approved", ("", None))
        after = said[one.pk]
        revisions.append(
            Revision(
                number=one.number,
                effective_on=one.effective_on,
                status="" if one.status in Edition.PUBLISHED else str(one.get_status_display()),
                changes=[_("first edition")] if before is None else _changes(before, after),
                approved_by=approved,
            )
        )
        before = after
    return revisions


def _said(editions: list[int]) -> dict[int, Nodes]:
    """Return edition → uid → what the node says. 1 query."""
    said: dict[int, Nodes] = {edition: {} for edition in editions}
    columns = ("tree_id", "uid", "kind", "parent__uid", *CONTENT)
    for edition, uid, kind, *values in Node.tree.filter(tree_id__in=editions, frame=False).values_list(*columns):
        said[edition][uid] = (kind, tuple(values))
    return said


def _changes(before: Nodes, after: Nodes) -> list[str]:
    """Return the differences in figures: 新增 2 个岗位、5 条职责; 删除 …; 修改 …."""
    added = _counted(after, after.keys() - before.keys())
    removed = _counted(before, before.keys() - after.keys())
    changed = _counted(after, {uid for uid in after.keys() & before.keys() if after[uid] != before[uid]})
    words = [(_("added: %(what)s"), added), (_("removed: %(what)s"), removed), (_("changed: %(what)s"), changed)]
    return [word % {"what": what} for word, what in words if what] or [_("no change of content")]


def _counted(nodes: Mapping[UUID, tuple[str, object]], uids: set[UUID]) -> str:
    """Return how many of each kind: 1 个部门、2 个岗位."""
    counts = Counter(nodes[uid][0] for uid in uids)
    words = []
    if n := counts[Kind.DEPARTMENT]:
        words.append(ngettext("%(n)d department", "%(n)d departments", n) % {"n": n})
    if n := counts[Kind.POSITION]:
        words.append(ngettext("%(n)d position", "%(n)d positions", n) % {"n": n})
    if n := counts[Kind.DUTY]:
        words.append(ngettext("%(n)d statement", "%(n)d statements", n) % {"n": n})
    return _(", ").join(words)
