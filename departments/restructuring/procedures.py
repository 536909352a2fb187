"""Processes (工作流程) written through the room: a process with its steps is one thing, changed and taken back as a whole.

One verb, `process`: a new one has nothing before, one taken away nothing after. Given and logged as plain values
(`processes_as_json`).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from departments.models import Change, Process, Step
from departments.models.guard import require_room
from departments.restructuring.lines import unchanged
from departments.restructuring.refusals import OutOfReach
from departments.restructuring.room import Room
from departments.restructuring.rows import Refused

FIELDS = ("name", "name_en", "owner", "summary", "lead_time", "basis", "ordered", "sources")
STEP = ("name", "who", "who_basis", "action", "output", "lead_time", "approval")


class Overtaken(Exception):
    """Somebody changed the process since it was read; `now` is what it says."""

    def __init__(self, now: dict[str, Any]):
        self.now = now
        super().__init__(now["name"])


def procedure(room: Room, number: int) -> dict[str, Any] | None:
    """Return a process with its steps as plain values; None where there is none. 2 queries."""
    process = Process.objects.filter(edition=room.edition, number=number).first()
    return procedure_as_json(process) if process else None


def procedure_as_json(process: Process) -> dict[str, Any]:
    """Return a process with its steps as plain values. 1 query."""
    steps = [{"number": step.number, **{name: getattr(step, name) for name in STEP}} for step in process.steps.all()]
    said = {name: getattr(process, name) for name in (*FIELDS, "origin")}
    return {"number": process.number, **said, "steps": steps}


def write_procedure(
    room: Room, wanted: Mapping[str, Any], *, seen: Mapping[str, Any] | None = None, undoes: Change | None = None
) -> dict[str, Any]:
    """Store a process (new without a number) with its steps in order, and return it; what is equal is left alone.

    `seen`: the process as the editor saw it; what is given in `wanted` alone is written, other fields are kept. Raises
    Overtaken where a field or the steps that are to be changed say something else by now, Refused where it is gone.
    """
    _reach(room)
    number = wanted.get("number")
    now = procedure(room, number) if number else None
    if seen is not None and now is None:
        raise Refused(_("This process is no longer there."))
    if now is not None and seen is not None:
        clashing = [name for name in wanted if now[name] != seen.get(name) and now[name] != wanted[name]]
        if clashing:
            raise Overtaken(now)
    new: dict[str, Any] = {"number": number or _next(room), "steps": [], **(now or {}), **wanted}
    new["number"] = number or _next(room)
    new["steps"] = [{**step, "number": place} for place, step in enumerate(new["steps"], 1)]
    if new == now:
        return new
    process, _made = Process.objects.update_or_create(
        edition=room.edition,
        number=new["number"],
        defaults={name: new[name] for name in (*FIELDS, "origin") if name in new},
    )
    process.steps.all().delete()
    Step.objects.bulk_create(
        Step(process=process, number=step["number"], **{name: step[name] for name in STEP if name in step})
        for step in new["steps"]
    )
    process.refresh_from_db()
    stored = procedure_as_json(process)
    _log(room, now, stored, undoes=undoes)
    return stored


def remove_procedure(room: Room, number: int, *, undoes: Change | None = None) -> None:
    """Take a process away with its steps. Raises Refused where it is gone."""
    _reach(room)
    now = procedure(room, number)
    if now is None:
        raise Refused(_("This process is no longer there."))
    Process.objects.filter(edition=room.edition, number=number).delete()
    _log(room, now, None, undoes=undoes)


def undo_procedure(room: Room, change: Change) -> None:
    """Put a process back as it was before a change. Raises Refused where it was changed again since."""
    before, after = change.before.get("process"), change.after.get("process")
    if not unchanged(procedure(room, (after or before or {})["number"]), after):
        raise Refused(_("It was changed again since."))
    if before:
        write_procedure(room, before, undoes=change)
    else:
        remove_procedure(room, after["number"], undoes=change)


def rename_actor(room: Room, uid: UUID, other: UUID) -> None:
    """Let every step in which a node acts name another instead. 2 queries, some more for each process that does."""
    named = {"node": uid.hex}
    acting = [
        process
        for process in Process.objects.filter(edition=room.edition).prefetch_related("steps")
        if any(named in step.who for step in process.steps.all())
    ]
    for process in acting:
        told = procedure_as_json(process)
        steps = [{**step, "who": _renamed(step["who"], uid.hex, other.hex)} for step in told["steps"]]
        write_procedure(room, {**told, "steps": steps})


def _renamed(who: list[dict[str, str]], old: str, new: str) -> list[dict[str, str]]:
    renamed = [{"node": new} if one.get("node") == old else one for one in who]
    return [one for place, one in enumerate(renamed) if one not in renamed[:place]]


def _reach(room: Room) -> None:
    """Raise OutsideTheRoom once the room is closed, OutOfReach where the rights are limited to a branch.

    A process belongs to the whole design.
    """
    require_room(room.edition.pk)
    if room.branches is not None:
        raise OutOfReach(_("Processes belong to the whole design; your rights are limited to a branch."))


def _next(room: Room) -> int:
    return (Process.objects.filter(edition=room.edition).aggregate(last=Max("number"))["last"] or 0) + 1


def _log(room: Room, before: dict[str, Any] | None, after: dict[str, Any] | None, *, undoes: Change | None) -> None:
    sides = {"before": {"process": before} if before else {}, "after": {"process": after} if after else {}}
    room.log.write(Change.Verb.PROCESS, node_uid=None, version=0, undoes=undoes, **sides)
