"""What nodes said at the time of a change, so that an old sentence names them as they were called."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from departments.changes.fields import HEADCOUNT
from departments.models import Change, Node

Verb = Change.Verb
ASKED = ("title", "text", *(f"headcount_{name}" for name in HEADCOUNT))  # columns whose past is asked for


class Past:
    """What nodes of one edition said at the time of a change: as a change since found it, else as they say now."""

    def __init__(self) -> None:
        self.now: dict[str, dict[str, Any]] = {}
        self.found: dict[str, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
        self.gone: set[str] = set()

    def said(self, uid: str, column: str, *, after: int) -> Any:
        """Return what a column of a node said after the change of that number; None where nobody knows."""
        for number, columns in self.found.get(uid, ()):
            if number > after and column in columns:
                return columns[column]
        return self.now.get(uid, {}).get(column)

    def name(self, uid: str, *, after: int) -> str:
        """Return the title or text of a node after the change of that number."""
        return self.said(uid, "title", after=after) or self.said(uid, "text", after=after) or ""


def read_past(changes: Sequence[Change]) -> dict[int, Past]:
    """Return, by the key of each edition, what the changes speak of. 2 queries however many editions; none without changes."""
    pasts: dict[int, Past] = defaultdict(Past)
    if not changes:
        return pasts
    spoken: dict[int, set[str]] = defaultdict(set)
    for change in changes:
        spoken[change.edition_id] |= _spoken_of(change)
    everywhere = set().union(*spoken.values())
    nodes = Node.tree.filter(tree_id__in=spoken, uid__in=[UUID(uid) for uid in everywhere])
    for node in nodes.values("edition_id", "uid", "parent__uid", "parent__title", "parent__text", *ASKED):
        if (uid := node["uid"].hex) in spoken[node["edition_id"]]:
            above = node["parent__uid"].hex if node["parent__uid"] else ""
            pasts[node["edition_id"]].now[uid] = node | {"above": above}
    named = set(everywhere)
    for edition, uids in spoken.items():
        past = pasts[edition]
        past.gone = uids - past.now.keys()
        for node in list(past.now.values()):
            past.now.setdefault(node["above"], {"title": node["parent__title"], "text": node["parent__text"]})
        named |= past.now.keys()
    wanted = Q(verb__in=(Verb.EDIT, Verb.MOVE), node_uid__in=[UUID(uid) for uid in named if uid])
    if any(past.gone for past in pasts.values()):
        wanted |= Q(verb=Verb.REMOVE)
    first = min(change.number for change in changes)
    since = Change.objects.filter(wanted, edition__in=spoken, number__gt=first).order_by("number")
    for edition, number, verb, uid, before in since.values_list("edition_id", "number", "verb", "node_uid", "before"):
        past = pasts[edition]
        if verb in (Verb.EDIT, Verb.MOVE) and uid is not None:
            said = before if verb == Verb.EDIT else {"above": before["place"]["under"]}
            past.found[uid.hex].append((number, said))
        elif verb == Verb.REMOVE:
            for row in before["rows"]:
                if row["uid"] in past.gone:
                    past.found[row["uid"]].append((number, row["content"]))
    return pasts


def _spoken_of(change: Change) -> set[str]:
    places = [side["place"]["under"] for side in (change.before, change.after) if "place" in side]
    lines = [side["line"] for side in (change.before, change.after) if "line" in side]
    places += [line[end] for line in lines for end in ("start", "end")]
    return {uid for uid in (change.node_uid.hex if change.node_uid else "", *places) if uid}
