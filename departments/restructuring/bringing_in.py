"""What was read elsewhere, put below a department of a draft: one change, however much it is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from departments.models import Edition, Kind
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.restructuring.lines import set_superiors
from departments.restructuring.room import open_edition
from departments.restructuring.rows import Refused, Row


@dataclass
class Brought:
    """Branches in document order, and of whom a source says by name who is above."""

    branches: list[list[Row]]
    superiors: dict[UUID, str]


def bring_in(
    edition: Edition, make: Callable[[Outline, Entry], Brought], *, under: UUID, by: User | None, note: str
) -> int:
    """Put what `make` returns for the draft as it is now below a department; return how many places that were.

    A superior of a name that one position has is that position, else somebody outside. Raises Refused, NotADraft, and
    IntegrityError for a code in use.
    """
    with open_edition(edition, by=by) as room:
        outline = Outline(room.edition)
        above = outline.by_uid.get(under)
        if above is None or not above.is_department:
            raise Refused(_("This department is no longer there."))
        brought = make(outline, above)
        rows = [row for branch in brought.branches for row in branch]
        named = [(row.content["title"], row.uid) for row in rows if row.kind == Kind.POSITION]
        named += [(entry.title, entry.uid) for entry in outline.positions]
        times = Counter(title for title, _uid in named)
        uids = {title: uid for title, uid in named if times[title] == 1}
        with room.together(note, about=above.uid):
            for branch in brought.branches:
                room.insert_branch(branch, under=above.uid)
            for uid, name in brought.superiors.items():
                if uids.get(name) != uid:
                    end = uids[name].hex if name in uids else ""
                    set_superiors(room, uid, [{"end": end, "outside": "" if end else name}])
    return sum(row.kind != Kind.DUTY for row in rows)
