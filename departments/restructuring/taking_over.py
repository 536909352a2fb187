"""Taking over what a reference has changed since: one difference, one change of the draft, which can be undone."""

from uuid import uuid4

from django.utils.translation import gettext as _

from departments.comparison.origins import Difference
from departments.models import Node
from departments.restructuring.adopting import adopted
from departments.restructuring.room import Room
from departments.restructuring.rows import Refused, Row, branch_rows


def take_over(room: Room, difference: Difference) -> None:
    """Write one difference into the draft; what the company changed itself stays. Raises Refused.

    The difference must have been found under the room's lock.
    """
    if not difference.takeable:
        raise Refused(_("The company has changed this itself. Edit it where it stands."))
    now, mine, under = difference.now, difference.mine, difference.under
    before = difference.before.uid if difference.before else None
    if difference.verdict == "added" and now is not None and under is not None:
        _add(room, difference)
    elif difference.verdict == "moved" and mine is not None and under is not None:
        room.move(mine.uid, under=under.uid, before=before)
    elif difference.verdict == "removed" and mine is not None:
        room.remove(mine.uid)
    elif now is not None and mine is not None:
        names = [one.name for one in difference.fields if not one.clash]
        wanted = {column: value for name in names for column, value in now.columns(name).items()}
        seen = {column: value for name in names for column, value in mine.columns(name).items()}
        room.edit(mine.uid, wanted, expected=seen)


def _add(room: Room, difference: Difference) -> None:
    """Insert the branch with uids of its own, its origins remembered; a code only where it is free in the draft."""
    if difference.now is None or difference.under is None:
        return
    top = Node.tree.select_related("edition").get(pk=difference.now.pk)
    rows = _new_ones(room, branch_rows(top))
    uids = {row.uid.hex: uuid4() for row in rows}
    taken = set(Node.tree.filter(edition=room.edition).exclude(code="").values_list("code", flat=True))
    parent = difference.now.parent
    own_codes = parent is not None and difference.under.code != parent.code
    new = [adopted(row, top.edition, uids) for row in rows]
    for row in new:
        if own_codes or row.content["code"] in taken:
            row.content["code"] = ""
    before = difference.before.uid if difference.before else None
    room.insert_branch(new, under=difference.under.uid, before=before)


def _new_ones(room: Room, rows: list[Row]) -> list[Row]:
    """Return the rows without the branches that the draft has already, elsewhere: those are moved, not copied."""
    origins = Node.tree.filter(edition=room.edition).exclude(origin_uid="")
    here = set(origins.values_list("origin_uid", flat=True))
    kept: list[Row] = []
    skipped = 0  # the depth of the branch left out; 0: none
    for row in rows:
        if skipped and row.depth > skipped:
            continue
        skipped = row.depth if row.uid.hex in here else 0
        if not skipped:
            kept.append(row)
    return kept
