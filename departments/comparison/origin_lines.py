"""Since a design was adopted: the superiors of its nodes, and the lines between them, that its reference says otherwise by now.

The superiors of a node are one thing, compared as a whole. Any other line is known by what it was copied from, else (adopted
before that was noted down, or drawn by the company itself) by its kind and its two ends. Ends are compared in the reference's
own terms: a node there, or the name of a party outside; who stands outside an adopted branch is one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from departments.comparison.origin_parts import Difference, Reworded, digest, three_ways
from departments.comparison.snapshots import Said
from departments.models import Relation

Who = tuple[str, str]  # uid of a node in the reference, or a party outside
FIELDS = ("kind", "who", "about", "line", "basis")
KINDS = {
    "works_with": lambda: _("“%(start)s” works with “%(end)s”"),
    "assists": lambda: _("“%(start)s” assists “%(end)s”"),
    "reports_to": lambda: _("“%(start)s” reports to “%(end)s”"),
}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line as one edition says it; `who`: its other end in the reference's terms, `end`: the node, if it is one."""

    uid: UUID
    origin: str
    start: Said
    end: Said | None
    who: Who
    kind: str
    superior: bool
    about: str
    basis: str
    line: str

    @property
    def other(self) -> str:
        """The other end's name."""
        return str(self.end) if self.end else self.who[1] or _("nobody above")

    def __str__(self) -> str:
        names = {"start": self.start, "end": self.other}
        return str(KINDS[self.kind]() % names)

    def words(self, name: str) -> str:
        """Return a field for a reader."""
        if name == "kind":
            return str(Relation.Kind(self.kind).label)
        if name == "line":
            return str(Relation.Line(self.line).label)
        if name == "basis":
            return str(Relation.Basis(self.basis).label)
        return self.other if name == "who" else self.about

    def as_superior(self) -> str:
        """Return the superior it names, with how it is drawn and known where that is not the rule."""
        notes = [_("dotted line")] if self.line == Relation.Line.DOTTED else []
        notes += [_("inferred")] if self.basis == Relation.Basis.INFERRED else []
        return self.other + (_(" (%(notes)s)") % {"notes": _(", ").join(notes)} if notes else "")


@dataclass(slots=True, kw_only=True, eq=False)
class SuperiorsDifference(Difference):
    """The superiors of a node: `now` as the reference has them, `mine` the node of the draft."""

    now: list[SaidLine]
    mine: Said

    kind = "superiors"


@dataclass(slots=True, kw_only=True, eq=False)
class LineDifference(Difference):
    """A line: `now` as the reference has it (None: gone), `mine` as the draft has it (None: not yet), `start` in the draft."""

    now: SaidLine | None
    mine: SaidLine | None
    start: Said

    kind = "line"


class Lines:
    """The lines of a reference since it was adopted, and of the draft. 1 query.

    `pks`: the editions, the draft last; `trees`: what they say by uid, the draft's left out; `mine`: the draft's nodes by
    what they were copied from.
    """

    def __init__(
        self, pks: Sequence[int], trees: Sequence[Mapping[UUID, Said]], draft: Sequence[Said], mine: Mapping[UUID, Said]
    ):
        self.mine = mine
        self.trees = trees
        self.top = draft[0].origin if draft else None
        by_edition: dict[int, list[dict[str, Any]]] = defaultdict(list)
        rows = Relation.objects.filter(edition__in=pks).order_by("order", "pk")
        columns = ("edition_id", "uid", "origin_uid", "kind", "outside", "superior", "about", "basis", "line")
        for row in rows.values(*columns, "start__uid", "end__uid"):
            by_edition[row["edition_id"]].append(row)
        self.editions = [self._said(tree, by_edition[pk]) for tree, pk in zip(trees, pks, strict=False)]
        own = {said.uid: said for said in draft}
        self.draft = [self._own(row, own) for row in by_edition[pks[-1]]]

    def differences(self) -> Iterator[Difference]:
        """Yield what differs of nodes that are in the draft and in the reference by now."""
        now = self.trees[-1]
        lines = defaultdict(list)
        for one in self._lines():
            lines[one.start.origin].append(one)
        for uid, mine in self.mine.items():
            if uid in now:
                if (found := self._superiors(uid, mine)) is not None:
                    yield found
                yield from lines[uid]

    def _said(self, tree: Mapping[UUID, Said], rows: list[dict[str, Any]]) -> list[SaidLine]:
        """Return the lines of an edition of the reference; an end outside the adopted branch is a party outside."""
        inside = scope(tree, self.top, self.mine)
        found = []
        for row in rows:
            end = tree[row["end__uid"]] if row["end__uid"] else None
            if end is not None and end.uid not in inside:
                row["outside"], end = str(end), None
            found.append(_line(row, tree[row["start__uid"]], end, (end.uid.hex if end else "", row["outside"])))
        return found

    def _own(self, row: dict[str, Any], own: Mapping[UUID, Said]) -> SaidLine:
        end = own[row["end__uid"]] if row["end__uid"] else None
        who = (end.origin or end.uid).hex if end else ""
        return _line(row, own[row["start__uid"]], end, (who, row["outside"]))

    # Superiors

    @cached_property
    def _superior_lines(self) -> list[dict[UUID, list[SaidLine]]]:
        """The superiors of each node of each edition of the reference, then of the draft by what its nodes were copied from."""
        found = []
        for lines in (*self.editions, self.draft):
            by_start: dict[UUID, list[SaidLine]] = defaultdict(list)
            for line in lines:
                start = line.start.origin if lines is self.draft else line.start.uid
                if line.superior and start is not None:
                    by_start[start].append(line)
            found.append(by_start)
        return found

    def _superiors(self, uid: UUID, mine: Said) -> SuperiorsDifference | None:
        *past, now, own = (lines.get(uid, []) for lines in self._superior_lines)
        versions = [lines for lines, tree in zip(past, self.trees, strict=False) if uid in tree]
        if uid not in self.trees[0]:
            versions.insert(0, [])  # what came later was taken over without lines to what was not there
        clash = three_ways(_as_set(now), _as_set(own), [_as_set(lines) for lines in versions])
        if clash is None:
            return None
        said = [_in_words(lines) for lines in (versions[0], own, now)]
        return SuperiorsDifference(
            verdict="reworded",
            about=uid.hex,
            title=str(mine),
            place=self.trees[-1][uid].holder,
            against=digest(sorted(_as_set(now))),
            clash=clash,
            field=Reworded("superiors", clash, *said),
            waits=self._missing(now),
            now=now,
            mine=mine,
        )

    def _missing(self, lines: Sequence[SaidLine]) -> Said | None:
        """Return the first end that is not in the draft."""
        return next((line.end for line in lines if line.end is not None and line.end.uid not in self.mine), None)

    # Other lines

    def _lines(self) -> Iterator[LineDifference]:
        now = {line.uid: line for line in self.editions[-1] if not line.superior}
        past: dict[UUID, list[SaidLine]] = defaultdict(list)
        for lines in self.editions[:-1]:
            for line in lines:
                if not line.superior:
                    past[line.uid].append(line)
        adopted = {line.uid for line in self.editions[0] if not line.superior}
        own = self._matched(now, past)
        for uid, line in now.items():
            start = self.mine.get(line.start.uid)
            if start is None:
                continue
            if uid in own:
                yield from self._reworded(line, own[uid], past[uid])
            elif uid not in adopted:
                yield self._difference("added", line, None, start, clash=False, waits=self._missing([line]))
        for uid, mine in own.items():
            if uid not in now:
                yield self._difference(
                    "removed", None, mine, mine.start, clash=_says(mine) not in map(_says, past[uid])
                )

    def _matched(self, now: Mapping[UUID, SaidLine], past: Mapping[UUID, list[SaidLine]]) -> dict[UUID, SaidLine]:
        """Return the draft's lines by the reference's line that each of them is."""
        known = {**past, **{uid: [*past.get(uid, []), line] for uid, line in now.items()}}
        free = [line for line in self.draft if not line.superior and line.start.origin is not None]
        found: dict[UUID, SaidLine] = {}
        for line in free:
            if line.origin and (uid := UUID(line.origin)) in known:
                found.setdefault(uid, line)
        taken = {line.uid for line in found.values()}
        by_ends: dict[Any, list[SaidLine]] = defaultdict(list)
        for line in reversed(free):
            if line.uid not in taken:
                by_ends[(line.kind, line.start.origin, line.who)].append(line)
        for uid, versions in known.items():
            for one in versions if uid not in found else ():
                if lines := by_ends[(one.kind, one.start.uid, one.who)]:
                    found[uid] = lines.pop()
                    break
        return found

    def _reworded(self, now: SaidLine, mine: SaidLine, versions: Sequence[SaidLine]) -> Iterator[LineDifference]:
        for name in FIELDS if versions else ():
            wanted = getattr(now, name)
            clash = three_ways(wanted, getattr(mine, name), [getattr(version, name) for version in versions])
            if clash is not None:
                said = Reworded(name, clash, versions[0].words(name), mine.words(name), now.words(name))
                waits = self._missing([now]) if name == "who" else None
                against = digest(wanted)
                yield self._difference(
                    "reworded", now, mine, mine.start, clash=clash, waits=waits, field=said, against=against
                )

    def _difference(
        self, verdict: str, now: SaidLine | None, mine: SaidLine | None, start: Said, **more: Any
    ) -> LineDifference:
        line = now or mine
        assert line is not None  # noqa: S101  # one of the two is always there
        assert start.origin is not None  # noqa: S101  # only such lines are compared
        return LineDifference(
            verdict=verdict,
            about=now.uid.hex if now else line.origin or line.uid.hex,
            title=str(line) + (f"{_(': ')}{line.about}" if line.about else ""),
            place=self.trees[-1].get(start.origin, start),
            now=now,
            mine=mine,
            start=start,
            **{"against": digest(_says(now) if now else ""), **more},
        )


def scope(tree: Mapping[UUID, Said], top: UUID | None, mine: Mapping[UUID, Said]) -> set[UUID]:
    """Return the nodes of an edition of the reference that belong to what was adopted, the branch below `top`."""
    branch = tree.get(top) if top else None
    return {*mine, *(one.uid for one in branch.walk())} if branch else {*mine}


def _line(row: Mapping[str, Any], start: Said, end: Said | None, who: Who) -> SaidLine:
    plain = {name: row[name] for name in ("uid", "kind", "superior", "about", "basis", "line")}
    return SaidLine(origin=row["origin_uid"], start=start, end=end, who=who, **plain)


def _says(line: SaidLine) -> tuple[Any, ...]:
    return tuple(getattr(line, name) for name in FIELDS)


def _as_set(lines: Sequence[SaidLine]) -> frozenset[tuple[Any, ...]]:
    """Return superiors to be compared: of several, none is the first."""
    return frozenset((line.who, line.basis, line.line) for line in lines)


def _in_words(lines: Sequence[SaidLine]) -> str:
    return "、".join(line.as_superior() for line in lines) or _("from its place")
