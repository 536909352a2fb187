"""What nodes said at the time of a change, so that an old sentence names them as they were called."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from departments.changes.fields import HEADCOUNT
from departments.models import Change, Edition, Node

Verb = Change.Verb
ASKED = ("title", "text", *(f"headcount_{name}" for name in HEADCOUNT))  # columns whose past is asked for


class Past:
    """What nodes said at the time of a change: as an edit or a removal since found it, else as they say now."""

    def __init__(self, changes: Sequence[Change], edition: Edition):
        """Read what the changes speak of. 2 queries, none without changes."""
        self.now: dict[str, dict[str, Any]] = {}
        self.found: dict[str, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
        uids = {uid for change in changes for uid in _spoken_of(change)}
        if not uids:
            return
        nodes = Node.tree.filter(tree_id=edition.pk, uid__in=[UUID(uid) for uid in uids])
        for node in nodes.values("uid", "parent__uid", "parent__title", "parent__text", *ASKED):
            self.now[node["uid"].hex] = node | {"above": node["parent__uid"].hex if node["parent__uid"] else ""}
        gone = uids - self.now.keys()
        for node in list(self.now.values()):
            self.now.setdefault(node["above"], {"title": node["parent__title"], "text": node["parent__text"]})
        named = [UUID(uid) for uid in uids | self.now.keys() if uid]
        wanted = Q(verb__in=(Verb.EDIT, Verb.MOVE), node_uid__in=named)
        if gone:
            wanted |= Q(verb=Verb.REMOVE)
        since = edition.changes.filter(wanted, number__gt=min(change.number for change in changes)).order_by("number")
        for number, verb, uid, before in since.values_list("number", "verb", "node_uid", "before"):
            if verb in (Verb.EDIT, Verb.MOVE) and uid is not None:
                said = before if verb == Verb.EDIT else {"above": before["place"]["under"]}
                self.found[uid.hex].append((number, said))
            elif verb == Verb.REMOVE:
                for row in before["rows"]:
                    if row["uid"] in gone:
                        self.found[row["uid"]].append((number, row["content"]))

    def said(self, uid: str, column: str, *, after: int) -> Any:
        """Return what a column of a node said after the change of that number; None where nobody knows."""
        for number, columns in self.found.get(uid, ()):
            if number > after and column in columns:
                return columns[column]
        return self.now.get(uid, {}).get(column)

    def name(self, uid: str, *, after: int) -> str:
        """Return the title or text of a node after the change of that number."""
        return self.said(uid, "title", after=after) or self.said(uid, "text", after=after) or ""


def _spoken_of(change: Change) -> set[str]:
    places = [side["place"]["under"] for side in (change.before, change.after) if "place" in side]
    lines = [side["line"] for side in (change.before, change.after) if "line" in side]
    places += [line[end] for line in lines for end in ("start", "end")]
    return {uid for uid in (change.node_uid.hex if change.node_uid else "", *places) if uid}
