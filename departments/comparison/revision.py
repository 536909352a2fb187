"""What changed from one edition of a design to the next, node by node: nothing is guessed, the uid says what is the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.comparison.verdicts import Part, changes
from departments.models.entries import Entry
from departments.models.nodes import Section
from departments.models.outlines import Outline

FIELDS: dict[str, str | Promise] = {
    "title": _("its title"),
    "title_en": _("English title"),
    "code": _("code"),
    "aliases": _("also called"),
    "summary": _("job summary"),
    "headcount": _("headcount"),
    "grade": _("grade"),
    "raci": _("RACI"),
    "head": _("head of the department"),
    "superiors": _("superior"),
    "relations": _("works with and assists"),
    "section": _("section"),
    "weight": _("primary or auxiliary"),
    "text": _("wording"),
    "measure": _("measure"),
    "functions": _("functions"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing said differently: its name, and both sides with what changed marked."""

    label: str | Promise
    left: list[Part]
    right: list[Part]


@dataclass(slots=True)
class Revision:
    """What became of one node: added, removed, or moved and said differently."""

    old: Entry | None
    new: Entry | None
    fields: list[Field] = field(default_factory=list)
    moved: bool = False

    @property
    def entry(self) -> Entry:
        """The node as it is now, or was."""
        entry = self.new or self.old
        assert entry is not None  # noqa: S101  # one of the two is always there
        return entry

    @property
    def verdict(self) -> str:
        """Return added, removed, moved or reworded; what was moved may be reworded too."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "moved" if self.moved else "reworded"

    @property
    def elsewhere(self) -> bool:
        """Whether it stands under another node, not only in another place among its siblings."""
        return bool(self.moved and self.old and self.new and _above(self.old) != _above(self.new))


@dataclass(slots=True)
class Place:
    """A department or position with what changed of it and of its duties."""

    entry: Entry
    revisions: list[Revision] = field(default_factory=list)


def revise(old: Outline, new: Outline, origins: Mapping[UUID, UUID] | None = None) -> list[Place]:
    """Return the places in which something changed, in the order of the new edition; what is gone follows. No query.

    `origins`: uid of a new node → that of the old one, where a design was adopted and has uids of its own.
    """
    origins = origins or {}
    before = {entry.uid: entry for entry in old.entries}
    names = {slug: name for outline in (old, new) for slug, (name, _english) in outline.function_names.items()}
    pairs = {entry: before.get(origins.get(entry.uid, entry.uid)) for entry in new.entries}
    moved = _moved(pairs)
    kept = {was for was in pairs.values() if was is not None}
    places: dict[Entry, Place] = {}
    counterpart = {was: entry for entry, was in pairs.items() if was is not None}
    for entry, was in pairs.items():
        revision = Revision(was, entry, _fields(was, entry, names) if was else [], entry in moved)
        if was is None or revision.fields or revision.moved:
            _place(places, entry).revisions.append(revision)
    for was in old.entries:
        if was not in kept:
            holder = was.holder if was.is_duty else was
            _place(places, counterpart.get(holder, holder)).revisions.append(Revision(was, None))
    return list(places.values())


def _place(places: dict[Entry, Place], entry: Entry) -> Place:
    holder = entry.holder if entry.is_duty else entry
    return places.setdefault(holder, Place(holder))


def _above(entry: Entry) -> str:
    return " › ".join(str(one) for one in entry.trail)


def _moved(pairs: dict[Entry, Entry | None]) -> set[Entry]:
    """Return the nodes under another parent, and of those that stayed the ones that left the order."""
    counterpart = {was: entry for entry, was in pairs.items() if was is not None}
    moved: set[Entry] = set()
    now: dict[Entry, list[Entry]] = defaultdict(list)
    for entry, was in pairs.items():
        if was is None or entry.parent is None or was.parent is None:
            continue
        if counterpart.get(was.parent) is entry.parent:
            now[entry.parent].append(entry)
        else:
            moved.add(entry)
    stood = {entry: was.lft for entry, was in pairs.items() if was is not None}
    for siblings in now.values():
        stayed = sorted(siblings, key=stood.__getitem__)
        matcher = SequenceMatcher(None, [one.pk for one in stayed], [one.pk for one in siblings], autojunk=False)
        in_order = {siblings[block.b + step] for block in matcher.get_matching_blocks() for step in range(block.size)}
        moved |= set(siblings) - in_order
    return moved


def _fields(old: Entry, new: Entry, names: Mapping[str, str]) -> list[Field]:
    before, after = dict(_said(old, names)), dict(_said(new, names))
    return [Field(FIELDS[name], *changes(before[name], after[name])) for name in FIELDS if before[name] != after[name]]


def _said(entry: Entry, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return every field of a node as text."""
    for name in ("title", "title_en", "code", "summary", "grade", "text", "measure"):
        yield name, getattr(entry, name)
    yield "aliases", "、".join(entry.aliases)
    yield "headcount", str(entry.headcount) if entry.headcount else ""
    yield "head", str(_("yes")) if entry.head else ""
    yield "section", str(Section(entry.section).label) if entry.section else ""
    yield "weight", str(_("auxiliary") if entry.weight == "auxiliary" else _("primary")) if entry.weight else ""
    yield "functions", "、".join(names.get(slug, slug) for slug in entry.functions)
    yield "raci", "、".join(f"{names.get(slug, slug)} {letters or '—'}" for slug, letters in entry.raci.items())
    yield "superiors", "、".join(line.other for line in entry.relations_out if line.superior)
    others = (line for line in entry.relations_out if not line.superior)
    yield "relations", "；".join(f"{line.other} {line.about}".strip() for line in others)
