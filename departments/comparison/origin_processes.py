"""Since a design was adopted: the processes that its reference says otherwise by now, with their steps.

A process is known by its name, within a name by its order, and one renamed by the number it kept; the draft's by the name of
what it was copied from, else by its own. Who acts is compared in the reference's terms, as in origin_lines.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from departments.comparison.origin_lines import scope
from departments.comparison.origin_parts import Difference, Reworded, digest, three_ways
from departments.comparison.snapshots import Said
from departments.models import Process, Step

PLAIN = ("name", "name_en", "owner", "summary", "lead_time", "basis", "ordered")
FIELDS = (*PLAIN, "steps")
STEP = ("name", "action", "output", "lead_time", "approval", "who_basis")


@dataclass(frozen=True, slots=True)
class SaidProcess:
    """One process as one edition says it. `steps`: to be compared, `told`: with the names of who acts, `who`: its nodes."""

    number: int
    origin: str
    values: dict[str, Any]
    steps: tuple[Any, ...]
    told: tuple[str, ...]
    who: frozenset[UUID]
    rows: list[dict[str, Any]]  # the steps as they are stored
    sources: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.values["name"])

    def pick(self, name: str) -> Any:
        """Return what it says in a field, to be compared."""
        return self.steps if name == "steps" else self.values[name]

    def words(self, name: str) -> str:
        """Return the same for a reader; steps a line each."""
        value = self.values.get(name, "")
        if name == "steps":
            return "\n".join(self.told)
        if name == "basis":
            return _("inferred") if value == "inferred" else _("stated")
        return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)


@dataclass(slots=True, kw_only=True, eq=False)
class ProcessDifference(Difference):
    """A process: `now` as the reference has it (None: gone), `mine` as the draft has it (None: not yet)."""

    now: SaidProcess | None
    mine: SaidProcess | None

    kind = "process"


Chain = list[SaidProcess | None]  # one process of the reference through its editions, None where it is not there


class Processes:
    """The processes of a reference since it was adopted, and of the draft. 2 queries. Takes what `Lines` does."""

    def __init__(
        self, pks: Sequence[int], trees: Sequence[Mapping[UUID, Said]], draft: Sequence[Said], mine: Mapping[UUID, Said]
    ):
        self.mine = mine
        self.trees = trees
        self.top = trees[0].get(draft[0].origin) if draft and draft[0].origin else None
        steps: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for step in Step.objects.filter(process__edition__in=pks).values("process_id", "number", "who", *STEP):
            steps[step.pop("process_id")].append(step)
        self.editions: list[list[SaidProcess]] = [[] for _pk in pks]
        top = draft[0].origin if draft else None
        inside = [scope(tree, top, mine) for tree in trees]
        named = [
            {uid: (uid.hex if uid in near else str(one), one) for uid, one in tree.items()}
            for tree, near in zip(trees, inside, strict=True)
        ]
        named.append({one.uid: ((one.origin or one.uid).hex, one) for one in draft})
        at = {pk: place for place, pk in enumerate(pks)}
        rows = Process.objects.filter(edition__in=pks).values("pk", "edition_id", "number", "origin", "sources", *PLAIN)
        for row in rows:
            place = at[row["edition_id"]]
            self.editions[place].append(_process(row, steps[row["pk"]], named[place]))

    def differences(self) -> Iterator[ProcessDifference]:
        """Yield what differs, in the reference's order; what is gone follows."""
        *editions, draft = self.editions
        chains = _chains(editions)
        own = _matched(chains, draft)
        for at, chain in enumerate(chains):
            now, mine = chain[-1], own.get(at)
            if now is None and mine is not None:
                same = any(_same(mine, one) for one in chain[:-1] if one is not None)
                yield _difference("removed", None, mine, digest(), clash=not same)
            elif now is not None and mine is not None:
                yield from _reworded(now, mine, [one for one in chain[:-1] if one is not None])
            elif now is not None and chain[0] is None and self._concerns(now):
                yield _difference("added", now, None, digest(now.values, now.steps))

    def _concerns(self, process: SaidProcess) -> bool:
        """Whether somebody of what was adopted acts in it; the whole design has all."""
        return self.top is None or self.top.parent is None or bool(process.who & self.mine.keys())


def _process(row: Mapping[str, Any], rows: list[dict[str, Any]], named: Mapping[UUID, tuple[str, Said]]) -> SaidProcess:
    """Return a process; `named`: the edition's nodes by uid, each with what it is in the reference's terms."""
    steps, told, acting = [], [], set()
    for step in rows:
        who, names = [], []
        for one in step["who"]:
            ref, node = named.get(UUID(one["node"]), ("", None)) if "node" in one else (one["text"], None)
            who.append(ref)
            names.append(str(node) if node else one.get("text", ""))
            acting |= {node.uid} if node else set()
        steps.append((tuple(who), *(step[name] for name in STEP)))
        told.append(_told(step, "、".join(names)))
    values = {name: row[name] for name in PLAIN}
    return SaidProcess(
        row["number"], row["origin"], values, tuple(steps), tuple(told), frozenset(acting), rows, row["sources"]
    )


def _told(step: Mapping[str, Any], who: str) -> str:
    words = [step["name"], step["action"], step["output"], step["lead_time"], step["approval"]]
    said = "，".join(word for word in words if word)
    return f"{step['number']}. {who}：{said}" if who else f"{step['number']}. {said}"


def _chains(editions: Sequence[Sequence[SaidProcess]]) -> list[Chain]:
    """Return every process of the reference through its editions, those of the newest first and in its order."""
    chains: list[Chain] = []
    for at, processes in enumerate(editions):
        free = [chain for chain in chains if chain[-1] is not None]
        taken: dict[int, Chain] = {}
        for key in ("name", "number"):
            for process in processes:
                if process.number not in taken:
                    twin = next((one for one in free if getattr(one[-1], key) == getattr(process, key)), None)
                    if twin is not None:
                        taken[process.number] = twin
                        free.remove(twin)
        for process in processes:
            if process.number in taken:
                taken[process.number].append(process)
            else:
                chains.append([*[None] * at, process])
        for chain in chains:
            chain.extend([None] * (at + 1 - len(chain)))
    return sorted(chains, key=lambda chain: chain[-1].number if chain[-1] else math.inf)


def _matched(chains: Sequence[Chain], draft: Sequence[SaidProcess]) -> dict[int, SaidProcess]:
    """Return the draft's processes by the chain of what they were copied from."""
    found: dict[int, SaidProcess] = {}
    for mine in draft:
        name = mine.origin or mine.name
        for at, chain in enumerate(chains):
            if at not in found and any(one is not None and one.name == name for one in chain):
                found[at] = mine
                break
    return found


def _reworded(now: SaidProcess, mine: SaidProcess, versions: Sequence[SaidProcess]) -> Iterator[ProcessDifference]:
    for name in FIELDS if versions else ():
        clash = three_ways(now.pick(name), mine.pick(name), [version.pick(name) for version in versions])
        if clash is not None:
            said = Reworded(name, clash, versions[0].words(name), mine.words(name), now.words(name))
            yield _difference("reworded", now, mine, digest(now.pick(name)), clash=clash, field=said)


def _same(mine: SaidProcess, other: SaidProcess) -> bool:
    return all(mine.pick(name) == other.pick(name) for name in FIELDS)


def _difference(
    verdict: str, now: SaidProcess | None, mine: SaidProcess | None, against: str, **more: Any
) -> ProcessDifference:
    process = now or mine
    assert process is not None  # noqa: S101  # one of the two is always there
    about = now.name if now else process.origin or process.name
    return ProcessDifference(
        verdict=verdict, about=about, title=process.name, place=None, against=against, now=now, mine=mine, **more
    )
