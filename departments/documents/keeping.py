"""What a new edition keeps of the one in force: versions of nodes that say the same, and what is said to have changed."""

import uuid
from bisect import bisect_left

from departments.models import Edition
from departments.models import Node as StoredNode
from departments.restructuring import Row
from departments.restructuring.rows import branch_rows


def keep_versions(rows: list[Row], current: Edition | None) -> dict[str, int]:
    """Give rows that changed the next version and say what changed against the edition in force."""
    if current is None:
        return {"added": len(rows)}
    before = branch_rows(StoredNode.tree.get(edition=current, parent__isnull=True))
    old, places = {row.uid: row for row in before}, _places(before)
    counts = {"added": 0, "changed": 0, "moved": 0, "removed": len(old.keys() - {row.uid for row in rows})}
    new_places = _places(rows)
    kept = stayed([row.uid for row in before], [row.uid for row in rows if places.get(row.uid) == new_places[row.uid]])
    for row in rows:
        if (was := old.get(row.uid)) is None:
            counts["added"] += 1
            continue
        same = row.functions == was.functions and row.content.items() <= was.content.items()
        row.version = was.version + (not same)
        counts["changed"] += not same
        counts["moved"] += row.uid not in kept
    return counts


def stayed(before: list[uuid.UUID], after: list[uuid.UUID]) -> set[uuid.UUID]:
    """Return as many of `after` as possible that stand in the order of `before`: the others were moved past them."""
    index = {uid: number for number, uid in enumerate(before)}
    ends: list[int] = []  # the smallest index with which an ordered row of each length ends
    lengths = []
    for uid in after:
        lengths.append(length := bisect_left(ends, index[uid]))
        ends[length : length + 1] = [index[uid]]
    kept, wanted, limit = set(), len(ends) - 1, len(before)
    for uid, length in zip(reversed(after), reversed(lengths), strict=True):
        if length == wanted and index[uid] < limit:
            kept.add(uid)
            wanted, limit = wanted - 1, index[uid]
    return kept


def _places(rows: list[Row]) -> dict[uuid.UUID, uuid.UUID | None]:
    """Return uid → uid of the parent."""
    trail: list[uuid.UUID] = []
    found: dict[uuid.UUID, uuid.UUID | None] = {}
    for row in rows:
        del trail[row.depth :]
        found[row.uid] = trail[-1] if trail else None
        trail.append(row.uid)
    return found
