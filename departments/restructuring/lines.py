"""Relations written through the room: who reports to whom beside the place, who assists whom, who works with whom.

A line is given and logged as plain values with uids for its ends (`relation_as_json`). One verb, `relate`: a line that is
new has nothing before, one that is taken away nothing after.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from departments.models import Change, Kind, Node, Relation
from departments.models.guard import require_room
from departments.restructuring.refusals import Clash
from departments.restructuring.relations import relation_as_json
from departments.restructuring.room import Room
from departments.restructuring.rows import Refused

PLAIN = {
    "outside": "",
    "superior": False,
    "about": "",
    "basis": "stated",
    "line": "solid",
    "sources": [],
    "end": "",
    "origin_uid": "",
}


def lines_of(room: Room, uid: UUID) -> list[dict[str, Any]]:
    """Return the lines that begin or end at a node, in order. 1 query."""
    ends = Relation.objects.filter(Q(start__uid=uid) | Q(end__uid=uid), edition=room.edition)
    return [relation_as_json(relation) for relation in ends.select_related("start", "end")]


def relate(
    room: Room, line: Mapping[str, Any], *, expected: Mapping[str, Any] | None = None, undoes: Change | None = None
) -> dict[str, Any]:
    """Store a line (new without a known `uid`) and return it as stored; what is equal already is left alone.

    `expected`: the line as the editor saw it. Raises Clash where it says something else by now, Refused where an end is
    gone or is no department or position, IntegrityError where a constraint says no.
    """
    require_room(room.edition.pk)
    now = _find(room, line.get("uid"))
    if now is None and expected:
        raise Refused(_("This line is no longer there."))
    said = relation_as_json(now) if now else {}
    if now is not None and expected is not None:
        _check_seen(now.start, said, expected, line)
    new = {**PLAIN, "uid": uuid4().hex, "order": _next(room), **said, **line}
    if new == said:
        return new
    columns = {name: value for name, value in new.items() if name not in ("uid", "start", "end")}
    room.reach(_end(room, new["start"]))
    start, end = _end(room, new["start"]), _end(room, new["end"]) if new["end"] else None
    if start == end:
        raise Refused(_("A line leads from one to another."))
    Relation.objects.update_or_create(
        edition=room.edition, uid=UUID(new["uid"]), defaults={**columns, "start": start, "end": end}
    )
    _log(room, said or None, new, undoes=undoes)
    return new


def unrelate(room: Room, uid: UUID, *, undoes: Change | None = None) -> None:
    """Take a line away. Raises Refused where it is gone."""
    require_room(room.edition.pk)
    relation = _find(room, uid.hex)
    if relation is None:
        raise Refused(_("This line is no longer there."))
    room.reach(relation.start)
    said = relation_as_json(relation)
    relation.delete()
    _log(room, said, None, undoes=undoes)


def set_superiors(room: Room, uid: UUID, wanted: list[dict[str, Any]]) -> None:
    """Let a node have these superiors and no others, as one change; what stays the same is left alone."""
    own = [line for line in lines_of(room, uid) if line["superior"] and line["start"] == uid.hex]
    kept = {(line["end"], line["outside"]): line for line in own}
    with room.together(_("superiors"), about=uid):
        for line in own:
            if (line["end"], line["outside"]) not in [(one["end"], one["outside"]) for one in wanted]:
                unrelate(room, UUID(line["uid"]))
        for one in wanted:
            known = kept.get((one["end"], one["outside"]), {})
            relate(room, {"kind": "reports_to", "superior": True, "start": uid.hex, **known, **one})


def undo_relate(room: Room, change: Change) -> None:
    """Put a line back as it was before a change. Raises Refused where it was changed again since."""
    before, after = change.before.get("line"), change.after.get("line")
    now = _find(room, (after or before or {})["uid"])
    if not unchanged(relation_as_json(now) if now else None, after):
        raise Refused(_("It was changed again since."))
    if before:
        relate(room, before, undoes=change)
    else:
        unrelate(room, UUID(after["uid"]), undoes=change)


def unchanged(now: Mapping[str, Any] | None, logged: Mapping[str, Any] | None) -> bool:
    """Whether something still is as it was logged; a column that came later is not asked."""
    if now is None or logged is None:
        return now is logged
    return all(now[name] == value for name, value in logged.items())


def _find(room: Room, uid: str | None) -> Relation | None:
    found = Relation.objects.filter(edition=room.edition, uid=UUID(uid)) if uid else Relation.objects.none()
    return found.select_related("start", "end").first()


def _end(room: Room, uid: str) -> Node:
    node = Node.tree.filter(edition=room.edition, uid=UUID(uid)).exclude(kind=Kind.DUTY).first()
    if node is None:
        raise Refused(_("One end of the line is no longer there."))
    return node


def _next(room: Room) -> int:
    last = Relation.objects.filter(edition=room.edition).aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _check_seen(start: Node, said: Mapping[str, Any], expected: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    clashes = {
        name: (expected[name], said[name], wanted[name])
        for name in wanted.keys() & expected.keys()
        if said[name] != expected[name] and said[name] != wanted[name]
    }
    if clashes:
        raise Clash(start, clashes)


def _log(room: Room, before: dict[str, Any] | None, after: dict[str, Any] | None, *, undoes: Change | None) -> None:
    start = UUID((after or before or {})["start"])
    sides = {"before": {"line": before} if before else {}, "after": {"line": after} if after else {}}
    room.log.write(Change.Verb.RELATE, node_uid=start, version=0, undoes=undoes, **sides)
