"""Since a design was adopted: what its reference says otherwise by now, and what of that can be taken over.

Three sides are compared node by node: what was copied, what the reference says now, what the company's own draft says. Where
the company left the words as they were, the new ones can be taken over; where it has words of its own, that is a clash, shown
and left alone. What has been taken over is simply the same on both sides: nothing is noted down.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from uuid import UUID

from django.utils.functional import Promise

from departments.comparison.revision import FIELDS as LABELS
from departments.comparison.snapshots import FIELDS, Said, snapshots
from departments.models import Edition


@dataclass(frozen=True, slots=True)
class Reworded:
    """One field that the reference says otherwise by now."""

    name: str
    clash: bool
    was: str
    mine: str
    now: str

    @property
    def label(self) -> str | Promise:
        """The field in words."""
        return LABELS[self.name]


@dataclass(slots=True)
class Difference:
    """One thing that differs: `now` as the reference has it (None: gone), `mine` as the draft has it (None: not yet)."""

    verdict: str  # added, reworded, moved or removed
    now: Said | None
    mine: Said | None
    clash: bool = False  # the company has changed the same itself
    fields: list[Reworded] = field(default_factory=list)
    under: Said | None = None  # where in the draft it is to stand
    before: Said | None = None
    waits: Said | None = None  # what has to be taken over first

    @property
    def said(self) -> Said:
        """The node as the reference has it, else as the draft does."""
        said = self.now or self.mine
        assert said is not None  # noqa: S101  # one of the two is always there
        return said

    @property
    def key(self) -> str:
        """What names it on the page."""
        uid = self.now.uid if self.now else self.mine and self.mine.origin
        return f"{self.verdict}:{uid.hex if uid else ''}"

    @property
    def takeable(self) -> bool:
        """Whether anything of it can be taken over now."""
        return self.waits is None and (any(not one.clash for one in self.fields) if self.fields else not self.clash)


class Since:
    """The reference since a design was adopted from it. 3 queries.

    `base`: the edition adopted from, `draft`: the own edition that is compared.
    """

    def __init__(self, base: Edition, draft: Edition):
        published = (Edition.Status.IN_FORCE, Edition.Status.SUPERSEDED)
        later = Edition.objects.filter(design=base.design_id, number__gte=base.number, status__in=published)
        self.editions = list(later.order_by("number")) or [base]
        found = snapshots([*(edition.pk for edition in self.editions), draft.pk])
        self.past = [found[edition.pk] for edition in self.editions[:-1]]
        self.now = found[self.editions[-1].pk]
        self.draft = list(found[draft.pk].values())

    @cached_property
    def mine(self) -> dict[UUID, Said]:
        """The draft's nodes by what they were copied from."""
        found: dict[UUID, Said] = {}
        for said in self.draft:
            if said.origin is not None:
                found.setdefault(said.origin, said)
        return found

    def differences(self) -> list[Difference]:
        """Return what differs, in the reference's order; what it no longer has follows."""
        if not self.past:
            return []
        order = {uid: at for at, uid in enumerate(self.now)}
        found = [*self._added(), *self._reworded(), *self._moved(), *self._reordered()]
        found.sort(key=lambda one: order[one.now.uid] if one.now else 0)
        return [*found, *self._removed()]

    def find(self, key: str) -> Difference:
        """Return the difference of that key. Raises KeyError where it is none any more."""
        return {one.key: one for one in self.differences()}[key]

    def _versions(self, uid: UUID) -> list[Said]:
        """Return what the reference said of a node since it was adopted, before now."""
        return [edition[uid] for edition in self.past if uid in edition]

    def _added(self) -> Iterator[Difference]:
        for uid, now in self.now.items():
            if uid in self.past[0] or uid in self.mine or now.parent is None:
                continue
            if (under := self.mine.get(now.parent.uid)) is not None:
                yield Difference("added", now, None, under=under, before=self._follower(now, under))

    def _reworded(self) -> Iterator[Difference]:
        for uid, mine in self.mine.items():
            now = self.now.get(uid)
            if now is None or now.kind != mine.kind:
                continue
            if fields := list(self._fields(now, mine)):
                yield Difference("reworded", now, mine, all(one.clash for one in fields), fields)

    def _fields(self, now: Said, mine: Said) -> Iterator[Reworded]:
        versions = self._versions(now.uid)
        for name in FIELDS[now.kind]:
            wanted, here = now.pick(name), mine.pick(name)
            before = [said.pick(name) for said in versions]
            if here == wanted or all(one == wanted for one in before):
                continue  # taken over already, or not changed by the reference
            if here not in before and before[0] == wanted:
                continue  # changed by the company alone
            yield Reworded(name, here not in before, versions[0].words(name), mine.words(name), now.words(name))

    def _moved(self) -> Iterator[Difference]:
        for uid, mine in self.mine.items():
            now = self.now.get(uid)
            if now is None or now.parent is None or mine.parent is None:
                continue
            stood = [said.parent.uid for said in self._versions(uid) if said.parent is not None]
            wanted = now.parent.uid
            if mine.parent.origin == wanted or all(one == wanted for one in stood):
                continue
            under = self.mine.get(wanted)
            before = self._follower(now, under) if under else None
            clash = mine.parent.origin not in stood
            waits = now.parent if under is None and not clash else None
            yield Difference("moved", now, mine, clash, under=under, before=before, waits=waits)

    def _reordered(self) -> Iterator[Difference]:
        """Yield what stands elsewhere among its siblings by now, where the company left their order as it was."""
        for uid, under in self.mine.items():
            if uid not in self.now or uid not in self.past[0]:
                continue
            here = [child.origin for child in under.children if child.origin is not None]
            was = [child.uid for child in self.past[0][uid].children]
            now = [child.uid for child in self.now[uid].children]
            common = {*here} & {*was} & {*now}
            mine, before, wanted = ([one for one in row if one in common] for row in (here, was, now))
            if mine != before or mine == wanted:
                continue
            matcher = SequenceMatcher(None, mine, wanted, autojunk=False)
            in_order = {wanted[block.b + step] for block in matcher.get_matching_blocks() for step in range(block.size)}
            for moved in (one for one in wanted if one not in in_order):
                said = self.now[moved]
                yield Difference("moved", said, self.mine[moved], under=under, before=self._follower(said, under))

    def _removed(self) -> Iterator[Difference]:
        gone = {uid for uid in self.mine if uid not in self.now and self._versions(uid)}
        for uid, mine in self.mine.items():
            if uid in gone and mine.parent is not None and mine.parent.origin not in gone:
                yield Difference("removed", None, mine, clash=any(map(self._touched, mine.walk())))

    def _touched(self, said: Said) -> bool:
        """Whether a node of the draft is the company's own, has its words, or lives on in the reference."""
        if said.origin is None or said.origin in self.now:
            return True
        versions = self._versions(said.origin)
        return any(
            all(said.pick(name) != version.pick(name) for version in versions if version.kind == said.kind)
            for name in FIELDS[said.kind]
        )

    def _follower(self, now: Said, under: Said) -> Said | None:
        """Return the draft's node before which one is to stand, so that it comes after the same neighbours as there."""
        if now.parent is None:
            return None
        siblings = now.parent.children
        following = (self.mine.get(one.uid) for one in siblings[siblings.index(now) + 1 :])
        return next((one for one in following if one is not None and one.parent is under), None)
