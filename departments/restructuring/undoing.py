"""Taking a change back: in the open draft, from its log row, itself logged. What cannot be taken back says why.

Nothing is guessed: where somebody has changed the same thing again since, the undo is refused and both versions stay in the
history.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from departments.models import Change, Node
from departments.restructuring.room import Clash, Room
from departments.restructuring.rows import Refused, Row

Verb = Change.Verb


def undo(room: Room, change: Change) -> None:
    """Take one change back and log that as a change which undoes it. Raises Refused with the reason."""
    if change.edition_id != room.edition.pk:
        raise Refused(_("This change belongs to another edition."))
    if Change.objects.filter(undoes=change).exists():
        raise Refused(_("This change has been taken back already."))
    ways: dict[str, Callable[[Room, Change], None]] = {
        Verb.INSERT: _undo_insert,
        Verb.EDIT: _undo_edit,
        Verb.MOVE: _undo_move,
        Verb.REMOVE: _undo_remove,
        Verb.RESTORE: _undo_restore,
    }
    if change.verb not in ways:
        raise Refused(_("This change cannot be taken back."))
    ways[change.verb](room, change)


def _node(room: Room, change: Change) -> Node:
    node = Node.tree.filter(edition=room.edition, uid=change.node_uid).first()
    if node is None:
        raise Refused(_("It is no longer there."))
    return node


def _undo_insert(room: Room, change: Change) -> None:
    node = _node(room, change)
    inserted = {Row.from_json(row).uid for row in change.after["rows"]}
    if set(node.get_descendants(include_self=True).values_list("uid", flat=True)) != inserted:
        raise Refused(_("More was put below it since. Remove that first."))
    if room.edition.changes.filter(number__gt=change.number, node_uid__in=inserted, verb=Verb.EDIT).exists():
        raise Refused(_("It was changed again since."))
    room.remove(node.uid, undoes=change)


def _undo_edit(room: Room, change: Change) -> None:
    node = _node(room, change)
    try:
        room.edit(node.uid, change.before, expected=change.after, undoes=change)
    except Clash as clash:
        raise Refused(_("It was changed again since.")) from clash


def _undo_move(room: Room, change: Change) -> None:
    node = _node(room, change)
    place = change.before["place"]
    parent = Node.tree.filter(edition=room.edition, uid=place["under"]).first()
    if parent is None:
        raise Refused(_("What it stood under is no longer there."))
    siblings = [sibling for sibling in Node.tree.filter(parent=parent).order_by("lft") if sibling.pk != node.pk]
    follower = next((sibling for sibling in siblings if sibling.uid.hex == place["before"]), None)
    if follower is None and place["before"] and place["index"] < len(siblings):
        follower = siblings[place["index"]]
    room.move(node.uid, under=parent.uid, before=follower.uid if follower else None, undoes=change)


def _undo_remove(room: Room, change: Change) -> None:
    room.restore(change)


def _undo_restore(room: Room, change: Change) -> None:
    room.remove(_node(room, change).uid, undoes=change)
