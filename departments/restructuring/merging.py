"""Two departments, or two positions, become one: everything goes over to the one that stays, as one change.

What pointed at the one that goes points at the one that stays: relations, superiors, steps of processes. Nothing is said
twice: a statement, a function or a line that both have stays once. The words of the one that stays are left as they are.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from departments.models import Kind, Node
from departments.restructuring.lines import lines_of, relate, unrelate
from departments.restructuring.procedures import rename_actor
from departments.restructuring.room import Room, says
from departments.restructuring.rows import Refused


def merge(room: Room, uid: UUID, *, into: UUID) -> Node:
    """Merge a department or position into another of its kind, and return that. Raises Refused.

    Of two heads the one of the department that stays leads. About 12 queries for each child and each line.
    """
    source, target = room.node(uid), room.node(into)
    _check(source, target)
    words = _("merged “%(one)s” into “%(other)s”") % {"one": source.title, "other": target.title}
    with room.together(words[:200], about=into):
        _children(room, source, target)
        _functions(room, source, target)
        _lines(room, source, target)
        rename_actor(room, uid, into)
        room.remove(uid)
    return room.node(into)


def _check(source: Node, target: Node) -> None:
    if source.kind != target.kind or source.kind == Kind.DUTY or source.pk == target.pk:
        raise Refused(_("Only departments with departments, and positions with positions, are merged."))
    if source.parent_id is None:
        raise Refused(_("The root stays where it is."))
    if source.lft < target.lft and target.rght < source.rght:
        raise Refused(_("A department cannot be merged into one that stands in it. Move that one out first."))


def _children(room: Room, source: Node, target: Node) -> None:
    led = Node.tree.filter(parent=target, head=True).exclude(lft__gte=source.lft, rght__lte=source.rght).exists()
    said = set(Node.tree.filter(parent=target, kind=Kind.DUTY).values_list("section", "text"))
    for child in Node.tree.filter(parent=source).order_by("lft"):
        if child.pk == target.pk:
            continue
        if child.kind == Kind.DUTY and child.is_leaf_node() and (child.section, child.text) in said:
            continue  # it goes with the one that goes
        if child.head and led:
            room.edit(child.uid, {"head": False})
        room.move(child.uid, under=target.uid, before=_before(room, child, target))


def _before(room: Room, child: Node, target: Node) -> UUID | None:
    """Return where a child goes: statements before the positions and departments of the one that stays, others last."""
    if child.kind != Kind.DUTY:
        return None
    first = Node.tree.filter(parent__uid=target.uid, edition=room.edition).exclude(kind=Kind.DUTY)
    return first.order_by("lft").values_list("uid", flat=True).first()


def _functions(room: Room, source: Node, target: Node) -> None:
    own, others = says(target, "functions")["functions"], says(source, "functions")["functions"]
    if missing := [slug for slug in others if slug not in own]:
        room.edit(target.uid, {"functions": own + missing})


def _lines(room: Room, source: Node, target: Node) -> None:
    """Let every line of the one that goes begin or end at the one that stays, where that one has not got it already."""
    ends = (source.uid.hex, target.uid.hex)
    own = {_said(line) for line in lines_of(room, target.uid)}
    superiors = any(line["superior"] and line["start"] == ends[1] for line in lines_of(room, target.uid))
    for line in lines_of(room, source.uid):
        turned = line | {end: ends[1] for end in ("start", "end") if line[end] == ends[0]}
        twice = turned["start"] == turned["end"] or _said(turned) in own
        if twice or (line["superior"] and line["start"] == ends[0] and superiors):
            unrelate(room, UUID(line["uid"]))  # the one that stays keeps its own superiors
        else:
            relate(room, turned)


def _said(line: dict[str, Any]) -> tuple[str, ...]:
    return line["kind"], line["start"], line["end"], line["outside"]
