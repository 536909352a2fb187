"""Since a design was adopted: what its reference says otherwise by now, and what of that can be taken over.

Three sides are compared node by node, then line by line (origin_lines) and process by process (origin_processes): what was
copied, what the reference says now, what the company's own draft says. Where the company left the words as they were, the new
ones can be taken over; where it has words of its own, that is a clash: they stay until somebody who sees both replaces them.
What has been taken over is simply the same on both sides: nothing is noted down. What the company does not want is
(models/declined.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any
from uuid import UUID

from departments.comparison.origin_lines import Lines
from departments.comparison.origin_parts import Difference, Reworded, digest, three_ways
from departments.comparison.origin_processes import Processes
from departments.comparison.snapshots import FIELDS, Said, snapshots
from departments.models import Edition

__all__ = ["Difference", "NodeDifference", "Since"]


@dataclass(slots=True, kw_only=True, eq=False)
class NodeDifference(Difference):
    """A node that differs: `now` as the reference has it (None: gone), `mine` as the draft has it (None: not yet)."""

    now: Said | None
    mine: Said | None
    under: Said | None = None  # where in the draft it is to stand
    before: Said | None = None

    @property
    def said(self) -> Said:
        """The node as the reference has it, else as the draft does."""
        said = self.now or self.mine
        assert said is not None  # noqa: S101  # one of the two is always there
        return said


def _node(verdict: str, now: Said | None, mine: Said | None, against: str, **more: Any) -> NodeDifference:
    said = now or mine
    assert said is not None  # noqa: S101  # one of the two is always there
    uid = said.uid if now else said.origin
    about, place = uid.hex if uid else "", said.holder
    return NodeDifference(
        verdict=verdict, about=about, title=str(said), place=place, against=against, now=now, mine=mine, **more
    )


class Since:
    """The reference since a design was adopted from it. 6 queries.

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
        self.trees = [*self.past, self.now]
        self.pks = [*(edition.pk for edition in self.editions), draft.pk]

    @cached_property
    def mine(self) -> dict[UUID, Said]:
        """The draft's nodes by what they were copied from."""
        found: dict[UUID, Said] = {}
        for said in self.draft:
            if said.origin is not None:
                found.setdefault(said.origin, said)
        return found

    def differences(self) -> list[Difference]:
        """Return what differs, place by place in the reference's order; places it no longer has follow, then processes."""
        if not self.past:
            return []
        order = {uid: at for at, uid in enumerate(self.now)}
        nodes: list[Difference] = [*self._added(), *self._reworded(), *self._moved(), *self._reordered()]
        nodes.sort(key=lambda one: order[UUID(one.about)])
        lines = Lines(self.pks, self.trees, self.draft, self.mine).differences()
        placed = [*nodes, *self._removed(), *lines]
        placed.sort(key=lambda one: order.get(one.place.uid, len(order)) if one.place else 0)
        return [*placed, *Processes(self.pks, self.trees, self.draft, self.mine).differences()]

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
                against = digest([(one.uid, list(one.values.items())) for one in now.walk()])
                yield _node("added", now, None, against, under=under, before=self._follower(now, under))

    def _reworded(self) -> Iterator[Difference]:
        for uid, mine in self.mine.items():
            now = self.now.get(uid)
            if now is None or now.kind != mine.kind:
                continue
            for one in self._fields(now, mine):
                yield _node("reworded", now, mine, digest(now.pick(one.name)), clash=one.clash, field=one)

    def _fields(self, now: Said, mine: Said) -> Iterator[Reworded]:
        versions = self._versions(now.uid)
        for name in FIELDS[now.kind]:
            wanted, here = now.pick(name), mine.pick(name)
            clash = three_ways(wanted, here, [said.pick(name) for said in versions])
            if clash is not None:
                yield Reworded(name, clash, versions[0].words(name), mine.words(name), now.words(name))

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
            yield _node("moved", now, mine, self._stands(now), clash=clash, under=under, before=before, waits=waits)

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
                before_it = self._follower(said, under)
                yield _node("moved", said, self.mine[moved], self._stands(said), under=under, before=before_it)

    def _removed(self) -> Iterator[Difference]:
        gone = {uid for uid in self.mine if uid not in self.now and self._versions(uid)}
        for uid, mine in self.mine.items():
            if uid in gone and mine.parent is not None and mine.parent.origin not in gone:
                removed = _node("removed", None, mine, digest(), clash=any(map(self._touched, mine.walk())))
                if mine.holder.origin is not None:
                    removed.place = self.now.get(mine.holder.origin, mine.holder)
                yield removed

    def _touched(self, said: Said) -> bool:
        """Whether a node of the draft is the company's own, has its words, or lives on in the reference."""
        if said.origin is None or said.origin in self.now:
            return True
        versions = self._versions(said.origin)
        return any(
            all(said.pick(name) != version.pick(name) for version in versions if version.kind == said.kind)
            for name in FIELDS[said.kind]
        )

    def _stands(self, now: Said) -> str:
        """Return where a node stands in the reference, digested: below what, and after which of those adopted."""
        assert now.parent is not None  # noqa: S101  # the root is not moved
        siblings = now.parent.children
        known = [one.uid for one in siblings[: siblings.index(now)] if one.uid in self.past[0]]
        return digest(now.parent.uid, known[-1:])

    def _follower(self, now: Said, under: Said) -> Said | None:
        """Return the draft's node before which one is to stand, so that it comes after the same neighbours as there."""
        if now.parent is None:
            return None
        siblings = now.parent.children
        following = (self.mine.get(one.uid) for one in siblings[siblings.index(now) + 1 :])
        return next((one for one in following if one is not None and one.parent is under), None)
