"""Statements under headings: a heading over some, a statement in under the one above it, or out again."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from departments.models import Kind, Node
from departments.restructuring.room import Room
from departments.restructuring.rows import Refused


def group_statements(room: Room, holder: UUID, heading: str, *, uids: Sequence[UUID | str]) -> Node:
    """Put a new heading where the first of the statements stands, and them under it, in their order. Raises Refused."""
    parent = room.node(holder)
    found = list(Node.tree.filter(parent=parent, kind=Kind.DUTY, uid__in=uids).order_by("lft"))
    if len(found) < len(uids):
        raise Refused(_("Some of the statements are no longer there."))
    first = found[0]
    with room.together(_("grouped under a heading"), about=holder):
        made = room.insert(
            Kind.DUTY, under=holder, before=first.uid, section=first.section, weight=first.weight, text=heading
        )
        for node in found:
            room.move(node.uid, under=made.uid)
    return made


def place_statement(
    room: Room, uid: UUID, *, under: UUID, before: UUID | None = None, section: str = "", weight: str = ""
) -> Node:
    """Move a statement, and let it say the section and weight of where it goes to: a heading's, or the list's.

    One change. Raises Refused.
    """
    parent = room.node(under)
    if parent.kind == Kind.DUTY:
        section, weight = parent.section, parent.weight
    node = room.node(uid)
    with room.together(_("moved to another list"), about=uid):
        for one in node.get_descendants(include_self=True):
            wanted = {"section": section or one.section, "weight": weight or one.weight}
            if wanted["section"] != one.section:
                wanted["aspect"] = ""  # it belongs to a section
            room.edit(one.uid, wanted)
        return room.move(uid, under=under, before=before)


def move_in(room: Room, uid: UUID) -> Node:
    """Put a statement under the one above it in its list. Raises Refused."""
    node = room.node(uid)
    above = _siblings(node).filter(lft__lt=node.lft).last()
    if above is None:
        raise Refused(_("There is no statement above it to go under."))
    return room.move(uid, under=above.uid)


def move_out(room: Room, uid: UUID) -> Node:
    """Put a statement behind the heading it stands under. Raises Refused."""
    node = room.node(uid)
    heading = node.parent
    if heading is None or heading.kind != Kind.DUTY or heading.parent is None:
        raise Refused(_("It does not stand under a heading."))
    follower = Node.tree.filter(parent_id=heading.parent_id, lft__gt=heading.rght).order_by("lft").first()
    return room.move(uid, under=heading.parent.uid, before=follower.uid if follower else None)


def move_up(room: Room, uid: UUID) -> Node:
    """Move a node before the one above it among its like; the first stays."""
    node = room.node(uid)
    above = _siblings(node).filter(lft__lt=node.lft).last()
    if above is None or node.parent is None:
        return node
    return room.move(uid, under=node.parent.uid, before=above.uid)


def move_down(room: Room, uid: UUID) -> Node:
    """Move a node behind the one below it among its like; the last stays."""
    node = room.node(uid)
    below = _siblings(node).filter(lft__gt=node.lft).first()
    if below is None or node.parent is None:
        return node
    follower = Node.tree.filter(parent_id=node.parent_id, lft__gt=below.rght).order_by("lft").first()
    return room.move(uid, under=node.parent.uid, before=follower.uid if follower else None)


def _siblings(node: Node):  # type: ignore[no-untyped-def]  # mptt's querysets carry no types
    """Return the siblings of a node's kind, section and weight, in order: the list it is read in."""
    like = {"kind": node.kind, "section": node.section, "weight": node.weight}
    return Node.tree.filter(parent_id=node.parent_id, edition_id=node.edition_id, **like).order_by("lft")
