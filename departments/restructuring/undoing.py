"""Taking a change back: in the open draft, from its log row, itself logged. What cannot be taken back says why.

Nothing is guessed: where somebody has changed the same thing again since, the undo is refused and both versions stay in the
history.
"""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from departments.models import Change, Node
from departments.models.nodes import CONTENT
from departments.restructuring.lines import undo_relate
from departments.restructuring.procedures import undo_procedure
from departments.restructuring.refusals import Clash
from departments.restructuring.room import Room, says
from departments.restructuring.rows import Refused, Row, branch_rows

Verb = Change.Verb
UNSAID = says(Node(), *CONTENT)  # what columns say that were not given


def undo(room: Room, change: Change) -> None:
    """Take one change back and log that as a change which undoes it. Raises Refused with the reason.

    A group is taken back whole, its parts from the last to the first, or not at all; that is again a group.
    """
    if change.edition_id != room.edition.pk:
        raise Refused(_("This change belongs to another edition."))
    if change.group is not None:
        whole = {"number": change.group.number}
        raise Refused(_("This is a part of change %(number)s. Take that back as a whole.") % whole)
    if Change.objects.filter(undoes=change).exists():
        raise Refused(_("This change has been taken back already."))
    if change.verb == Verb.GROUP:
        _undo_group(room, change)
    else:
        _take_back(room, change)


def _take_back(room: Room, change: Change) -> None:
    ways: dict[str, Callable[[Room, Change], None]] = {
        Verb.INSERT: _undo_insert,
        Verb.EDIT: _undo_edit,
        Verb.MOVE: _undo_move,
        Verb.REMOVE: _undo_remove,
        Verb.RESTORE: _undo_restore,
        Verb.RELATE: undo_relate,
        Verb.PROCESS: undo_procedure,
    }
    if change.verb not in ways:
        raise Refused(_("This change cannot be taken back."))
    ways[change.verb](room, change)


def _undo_group(room: Room, group: Change) -> None:
    part = group
    try:
        with room.together(group.note, about=group.node_uid, undoes=group):
            for part in group.parts.order_by("-number"):
                _take_back(room, part)
    except (Refused, IntegrityError) as error:
        reason = str(error) if isinstance(error, Refused) else _("Its code is in use by now.")
        told = {"name": _name(room, part), "reason": reason}
        raise Refused(_("Nothing was taken back. “%(name)s”: %(reason)s") % told) from error


def _name(room: Room, change: Change) -> str:
    """Return what the node of a change is called, there or gone."""
    node = Node.tree.filter(edition=room.edition, uid=change.node_uid).first()
    if node is not None:
        return str(node)
    rows = change.before.get("rows") or change.after.get("rows") or [{"content": {}}]
    return rows[0]["content"].get("title") or rows[0]["content"].get("text", "")[:40]


def _node(room: Room, change: Change) -> Node:
    node = Node.tree.filter(edition=room.edition, uid=change.node_uid).first()
    if node is None:
        raise Refused(_("It is no longer there."))
    return node


def _undo_insert(room: Room, change: Change) -> None:
    node = _node(room, change)
    inserted = {row.uid: row for row in map(Row.from_json, change.after["rows"])}
    now = {row.uid: row for row in branch_rows(node)}
    if now.keys() != inserted.keys():
        raise Refused(_("More was put below it since. Remove that first."))
    if any(_words(inserted[uid]) != _words(row) for uid, row in now.items()):
        raise Refused(_("It was changed again since."))
    room.remove(node.uid, undoes=change)


def _words(row: Row) -> dict[str, Any]:
    """Return what a row says, the columns that were not given included."""
    return {**UNSAID, **row.content, "functions": row.functions}


def _undo_edit(room: Room, change: Change) -> None:
    node = _node(room, change)
    before, after = dict(change.before), dict(change.after)
    if "raci" in before:
        before["raci"], after["raci"] = _cells(node.raci, before["raci"], after["raci"])
    try:
        room.edit(node.uid, before, expected=after, undoes=change)
    except Clash as clash:
        raise Refused(_("It was changed again since.")) from clash


def _cells(now: dict[str, str], before: dict[str, str], after: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the RACI of a position is to say, and what is expected: letters of other functions set since stay."""
    touched = {slug for slug in {*before, *after} if before.get(slug) != after.get(slug)}
    if any(now.get(slug) != after.get(slug) for slug in touched):
        return before, after  # which clashes
    kept = {slug: letters for slug, letters in now.items() if slug not in touched}
    return kept | {slug: before[slug] for slug in touched if slug in before}, now


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
