"""One change to many positions: planned step by step, shown, and carried out only if the plan is still the same.

A plan is made of the draft as it is. What was shown is known by its signs: where somebody has changed the draft since, the
plan made under the lock has other signs, nothing is written, and the new plan is shown.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from departments.models import Edition, Kind, Section
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.restructuring.room import Room, open_edition
from departments.wording.codes import numbered

LONGEST = {"title": 120, "code": 40}
COLUMNS = {"title": ("title",), "summary": ("summary",), "duties": ("text",)}
EVERYTHING = ("title", "summary", "duties")


@dataclass(frozen=True)
class Step:
    """One thing to be written for a position, or why it is not (`refused`)."""

    position: Entry
    verb: str
    target: Entry | None = None  # None: something new
    column: str = ""
    before: str = ""
    after: str = ""
    refused: str = ""

    @property
    def sign(self) -> str:
        """What the step is known by: the same only while it writes the same over the same."""
        under = self.target.parent.uid if self.target and self.target.parent else ""
        target = self.target.uid if self.target else ""
        words = (self.position.uid, self.verb, target, under, self.column, self.before, self.after, self.refused)
        return hashlib.sha256("\0".join(map(str, words)).encode()).hexdigest()[:12]


class Task(Protocol):
    """What is to be done to every chosen position."""

    @property
    def note(self) -> str:
        """What the history says."""

    def steps(self, outline: Outline, chosen: Sequence[Entry]) -> Iterator[Step]:
        """Yield what is to be written. No query."""

    def write(self, room: Room, steps: Sequence[Step]) -> None:
        """Write the steps."""


class Stale(Exception):
    """The draft is no longer what the plan was made of; `plan` is the plan as it would be now."""

    def __init__(self, plan: list[Step]):
        self.plan = plan
        super().__init__(f"{len(plan)} steps")


def plan(outline: Outline, refs: Collection[str], task: Task, may: Callable[[Entry], bool]) -> list[Step]:
    """Return the steps of a task for the positions with these codes or uids, in document order. No query.

    A position out of reach has one step that says so; one that is gone has none.
    """
    named = {entry.uid for ref in refs if (entry := outline.find(ref)) is not None}
    chosen = [entry for entry in outline.positions if entry.uid in named]
    reached = [entry for entry in chosen if may(entry)]
    beyond = _("This stands outside the branch that is yours to edit.")
    refused = [Step(entry, "", refused=beyond) for entry in chosen if not may(entry)]
    steps = [*task.steps(outline, reached), *refused]
    return sorted(steps, key=lambda step: step.position.lft)


def carry_out(
    edition: Edition,
    refs: Collection[str],
    task: Task,
    *,
    may: Callable[[Outline], Callable[[Entry], bool]],
    signs: Collection[str],
    by: User | None,
) -> int:
    """Write what was planned as one change and return how many steps that were. Raises Stale, Refused, NotADraft.

    `signs` are those of the plan that was shown; `may` says of an outline what of it may be written.
    """
    with open_edition(edition, by=by) as room:
        outline = Outline(room.edition)
        steps = plan(outline, refs, task, may(outline))
        if {step.sign for step in steps} != set(signs):
            raise Stale(steps)
        wanted = [step for step in steps if not step.refused]
        with room.together(task.note):
            task.write(room, wanted)
    return len(wanted)


@dataclass(frozen=True)
class Replace:
    """Put one term in the place of another."""

    old: str
    new: str
    where: Collection[str] = EVERYTHING

    @property
    def note(self) -> str:
        """What the history says."""
        return _("“%(old)s” became “%(new)s”") % {"old": self.old, "new": self.new}

    def steps(self, outline: Outline, chosen: Sequence[Entry]) -> Iterator[Step]:  # noqa: ARG002  # as every task
        """Yield an edit for every title, summary and statement that has the term."""
        for position in chosen:
            statements = [entry for child in position.children if child.is_duty for entry in child.walk()]
            targets = {"title": [position], "summary": [position], "duties": statements}
            for part in EVERYTHING:
                for target in targets[part] if part in self.where else ():
                    (column,) = COLUMNS[part]
                    before = getattr(target, column)
                    if self.old in before:
                        yield self._step(position, target, column, before)

    def _step(self, position: Entry, target: Entry, column: str, before: str) -> Step:
        step = Step(position, "edit", target, column, before, before.replace(self.old, self.new).strip())
        if not step.after and column != "summary":
            return replace(step, refused=_("Nothing would be left."))
        if len(step.after) > LONGEST.get(column, 4000):
            return replace(step, refused=_("It would be too long."))
        return step

    def write(self, room: Room, steps: Sequence[Step]) -> None:
        """Write the texts."""
        for step in steps:
            _edit(room, step)


@dataclass(frozen=True)
class Share:
    """Give positions the same statement; alone in its section where `alone`, else besides what stands there."""

    section: str
    text: str
    alone: bool = False

    @property
    def note(self) -> str:
        """What the history says."""
        words = {"section": Section(self.section).label, "text": self.text[:60]}
        if self.alone:
            return _("only “%(text)s” under %(section)s") % words
        return _("“%(text)s” under %(section)s") % words

    def steps(self, outline: Outline, chosen: Sequence[Entry]) -> Iterator[Step]:  # noqa: ARG002  # as every task
        """Yield an insertion where nobody says it yet, and a removal of what else stands there."""
        for position in chosen:
            there = position.statements(self.section)
            if not any(entry.text == self.text for one in there for entry in one.walk()):
                yield Step(position, "insert", column=self.section, after=self.text)
            for one in there if self.alone else ():
                if one.text != self.text:
                    yield Step(position, "remove", one, self.section, one.text)

    def write(self, room: Room, steps: Sequence[Step]) -> None:
        """Write the statement last in its section's holder, and take away what goes."""
        for step in steps:
            if step.target is None:
                room.insert(Kind.DUTY, under=step.position.uid, section=self.section, text=self.text)
            else:
                room.remove(step.target.uid)


@dataclass(frozen=True)
class Move:
    """Put positions into a department, with what stands below them."""

    under: Entry

    @property
    def note(self) -> str:
        """What the history says."""
        return _("moved to “%(place)s”") % {"place": self.under.title}

    def steps(self, outline: Outline, chosen: Sequence[Entry]) -> Iterator[Step]:
        """Yield a move for every position that does not stand there, nor below another that moves."""
        under = outline.by_uid.get(self.under.uid)
        for position in chosen:
            if under is None or position.parent is under:
                continue
            if any(one.lft < position.lft < one.rght for one in chosen):
                continue  # it moves along
            if under.lft > position.lft and under.rght < position.rght:
                continue  # a department never stands below a position
            yield Step(position, "move", position, before=str(position.parent), after=under.title)

    def write(self, room: Room, steps: Sequence[Step]) -> None:
        """Move them in order."""
        for step in steps:
            room.move(step.position.uid, under=self.under.uid)


@dataclass(frozen=True)
class Renumber:
    """Give positions the codes of the pattern, in document order."""

    @property
    def note(self) -> str:
        """What the history says."""
        return _("renumbered by the pattern")

    def steps(self, outline: Outline, chosen: Sequence[Entry]) -> Iterator[Step]:
        """Yield an edit for every code that differs. 1 query."""
        among = {entry.uid for entry in chosen}
        taken = [entry.code for entry in outline.entries if entry.code and entry.uid not in among]
        for position, code in numbered(outline, chosen, taken).items():
            step = Step(position, "edit", position, "code", position.code, code)
            if not code:
                yield replace(step, refused=_("No department above it has a code."))
            elif len(code) > LONGEST["code"]:
                yield replace(step, refused=_("It would be too long."))
            elif code != position.code:
                yield step

    def write(self, room: Room, steps: Sequence[Step]) -> None:
        """Write each code once nobody else has it; where they go round in a circle, one waits without a code."""
        waiting = list(steps)
        held = {step.before for step in waiting if step.before}
        while waiting:
            free = next((step for step in waiting if step.after not in held), None)
            if free is None:
                first = waiting[0]
                room.edit(first.position.uid, {"code": ""}, expected={"code": first.before})
                held.discard(first.before)
                waiting[0] = replace(first, before="")
                continue
            _edit(room, free)
            held.discard(free.before)
            waiting.remove(free)


def _edit(room: Room, step: Step) -> None:
    target = step.target or step.position
    room.edit(target.uid, {step.column: step.after}, expected={step.column: step.before})
