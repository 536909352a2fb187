"""`open_edition` and what can be done inside: the verbs by which one edition is changed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from departments.models import Change, Edition, Kind, Node, NodeFunction, Relation, Step
from departments.models.guard import require_room, room
from departments.models.nodes import COMMON, DEPARTMENT, DUTY, PLACED, POSITION
from departments.models.people import limits
from departments.restructuring.log import Log
from departments.restructuring.refusals import Clash, NotADraft, OutOfReach, StaleVersion
from departments.restructuring.relations import relation_as_json, write_relations
from departments.restructuring.rows import (
    Refused,
    Row,
    branch_rows,
    check_depth,
    check_place,
    insert_rows,
    link_functions,
)

Verb = Change.Verb
COLUMNS = {  # of a kind
    Kind.DEPARTMENT: {*COMMON, *PLACED, *DEPARTMENT, "functions"},
    Kind.POSITION: {*COMMON, *PLACED, *POSITION, "functions"},
    Kind.DUTY: {*COMMON, *DUTY, "functions"},
}


@contextmanager
def open_edition(edition: Edition, *, by: User | None = None) -> Iterator["Room"]:
    """Open the transaction, lock the edition's row, check that it is a draft, and give the verbs that write it.

    The lock is held until the transaction ends. `no_key` leaves inserts that only point at the edition (comments) free.
    Raises NotADraft, and Edition.DoesNotExist.
    """
    with transaction.atomic():
        locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        if locked.status != Edition.Status.DRAFT:
            raise NotADraft(str(locked))
        with room(locked.pk):
            yield Room(locked, by)


class Room:
    """The verbs. Nodes are named by uid and read afresh; every verb logs one `Change`. Made by `open_edition` only."""

    def __init__(self, edition: Edition, by: User | None):
        self.edition = edition
        self.by = by
        self.log = Log(edition, by)

    @contextmanager
    def together(self, note: str, *, about: UUID | None = None, undoes: Change | None = None) -> Iterator[None]:
        """Make what the block changes one change: said as one, taken back as one. Raises what the block raises.

        `note` says what it is for; `about` is the node it belongs to, if any. A block that raises leaves nothing behind.
        The changes the verbs return are stored when the block ends.
        """
        require_room(self.edition.pk)
        with self.log.together(note, about=about, undoes=undoes):
            yield

    @cached_property
    def branches(self) -> frozenset[UUID] | None:
        """The departments to which the account's rights are limited; None where they are not. 1–2 queries."""
        return limits(self.by, self.edition.design_id)

    def reach(self, node: Node | None) -> None:
        """Raise OutOfReach unless the account may write this node; None is the root's place. 1 query where it is limited.

        Every verb asks it of what it writes: an edit of the node, anything else of the place it happens in, a move of both.
        """
        if self.branches is None:
            return
        granted = Node.tree.filter(edition=self.edition, kind=Kind.DEPARTMENT, uid__in=self.branches)
        if node is None or not granted.filter(lft__lte=node.lft, rght__gte=node.rght).exists():
            raise OutOfReach(_("This stands outside the branch that is yours to edit."))

    @property
    def last_change(self) -> int:
        """The number of the last change that can be taken back, 0 where there is none. 1 query."""
        whole = Change.objects.filter(edition=self.edition, group=None)
        return whole.aggregate(last=Max("number"))["last"] or 0

    def node(self, uid: UUID) -> Node:
        """Return the node as it is now. Raises Node.DoesNotExist, OutsideTheRoom once the room is closed."""
        require_room(self.edition.pk)
        return Node.tree.get(edition=self.edition, uid=uid)

    def insert(
        self,
        kind: str,
        *,
        under: UUID | None = None,
        before: UUID | None = None,
        functions: Sequence[str] = (),
        **content: Any,
    ) -> Node:
        """Insert one node under a parent (None: as the root), before a sibling or last.

        Raises Refused, and IntegrityError where a constraint says no.
        """
        if kind == Kind.DUTY:
            content = {"section": "responsibility", "weight": "primary", **content}
        row = Row(0, kind, content, list(functions))
        self.insert_branch([row], under=under, before=before)
        return self.node(row.uid)

    def insert_branch(self, rows: list[Row], *, under: UUID | None = None, before: UUID | None = None) -> list[UUID]:
        """Insert rows in document order as one branch and return their uids; raises as `insert`."""
        parent = self.node(under) if under else None
        self.reach(parent)
        insert_rows(self.edition, rows, under=parent, before=self._sibling(parent, before))
        if rows:
            top = self.node(rows[0].uid)
            inserted = {"place": self._place(top), "rows": [row.as_json() for row in rows]}
            self._log(Verb.INSERT, top, after=inserted)
        return [row.uid for row in rows]

    def move(self, uid: UUID, *, under: UUID, before: UUID | None = None, undoes: Change | None = None) -> Node:
        """Move a branch under another parent or among its siblings; where it stands already, leave it. Raises Refused."""
        node, parent = self.node(uid), self.node(under)
        sibling = self._sibling(parent, before)
        if node.parent_id is None:
            raise Refused(_("The root stays where it is."))
        self.reach(node.parent)
        self.reach(parent)
        check_place(Kind(node.kind), Kind(parent.kind))
        if node.lft <= parent.lft and parent.rght <= node.rght:
            raise Refused(_("A branch cannot be moved into itself."))
        if parent.pk == node.parent_id and (sibling.lft if sibling else parent.rght) in (node.lft, node.rght + 1):
            return node
        deepest = Node.tree.filter(_branch(node)).aggregate(level=Max("level"))["level"]
        check_depth(parent.level + 2 + deepest - node.level)
        place = self._place(node)
        Node.tree.move_node(node, sibling or parent, "left" if sibling else "last-child")
        moved = self.node(uid)
        self._log(Verb.MOVE, moved, before={"place": place}, after={"place": self._place(moved)}, undoes=undoes)
        return moved

    def edit(
        self,
        uid: UUID,
        changes: dict[str, Any],
        *,
        version: int | None = None,
        expected: Mapping[str, Any] | None = None,
        undoes: Change | None = None,
    ) -> Node:
        """Change content columns (and `functions`) of one node; what is equal already is left alone.

        `version`: the one the editor started from. `expected`: what the editor saw in the columns to be changed; other
        columns may have been changed meanwhile, both changes are kept. Raises StaleVersion if the node has another
        version, Clash if a column says neither what was expected nor what is wanted, Refused for a column that is not
        content of the node's kind, IntegrityError where a constraint says no.
        """
        node = self.node(uid)
        self.reach(node)
        if version is not None and version != node.version:
            raise StaleVersion(node)
        if foreign := changes.keys() - COLUMNS[Kind(node.kind)]:
            raise Refused(", ".join(sorted(foreign)))
        now = says(node, *changes)
        new = {name: value for name, value in changes.items() if value != now[name]}
        if not new:
            return node
        if expected is not None and (
            clashes := {
                name: (expected[name], now[name], value) for name, value in new.items() if now[name] != expected[name]
            }
        ):
            raise Clash(node, clashes)
        columns = {name: value for name, value in new.items() if name != "functions"}
        Node.tree.filter(pk=node.pk).update(**columns, version=F("version") + 1)
        if "functions" in new:
            NodeFunction.objects.filter(node=node).delete()
            link_functions({node.pk: new["functions"]})
        edited = self.node(uid)
        self._log(Verb.EDIT, edited, before={name: now[name] for name in new}, after=new, undoes=undoes)
        return edited

    def remove(self, uid: UUID, *, undoes: Change | None = None) -> Change:
        """Remove a branch and every relation that touches it; the change holds all that `restore` needs. Raises Refused.

        A process step that names somebody of the branch keeps the name as text.
        """
        node = self.node(uid)
        if node.parent_id is None:
            raise Refused(_("The root cannot be removed."))
        self.reach(node.parent)
        ends = Q(start__in=Node.tree.filter(_branch(node))) | Q(end__in=Node.tree.filter(_branch(node)))
        relations = Relation.objects.filter(ends).select_related("start", "end")
        rows = branch_rows(node)
        before = {
            "place": self._place(node),
            "rows": [row.as_json() for row in rows],
            "relations": [relation_as_json(relation) for relation in relations],
            "steps": self._forget(rows),
        }
        change = self._log(Verb.REMOVE, node, before=before, undoes=undoes)
        node.delete()
        return change

    def restore(self, change: Change) -> Node:
        """Put a removed branch back: uids, order and relations as before. Raises Refused where that cannot be.

        The following sibling gone: by index, clamped. A relation whose other end is gone is left out; a process step
        that was changed meanwhile stays as it is.
        """
        require_room(self.edition.pk)
        if change.edition_id != self.edition.pk or change.verb != Verb.REMOVE:
            raise Refused(_("This is not a removal from this edition."))
        rows = [Row.from_json(data) for data in change.before["rows"]]
        place = change.before["place"]
        parent = Node.tree.filter(edition=self.edition, uid=place["under"]).first()
        codes = [row.content["code"].lower() for row in rows if row.content["code"]]
        own = Node.tree.filter(edition=self.edition).alias(lowered=Lower("code"))
        taken = own.filter(Q(uid__in=[row.uid for row in rows]) | Q(lowered__in=codes))
        if parent is None:
            raise Refused(_("What it stood under is no longer there."))
        self.reach(parent)
        if taken.exists():
            raise Refused(_("Its code or its uid is in use again."))
        siblings = list(Node.tree.filter(parent=parent).order_by("lft"))
        follower = next((node for node in siblings if node.uid.hex == place["before"]), None)
        if follower is None and place["before"] and place["index"] < len(siblings):
            follower = siblings[place["index"]]
        insert_rows(self.edition, rows, under=parent, before=follower)
        node = self.node(rows[0].uid)
        write_relations(self.edition, change.before["relations"])
        self._remember(change.before.get("steps", []))
        self._log(Verb.RESTORE, node, after={"place": self._place(node)}, undoes=change)
        return node

    def _forget(self, rows: list[Row]) -> list[dict[str, Any]]:
        """Let process steps name those of the rows by their title; return what the steps said and now say."""
        titles = {row.uid.hex: row.content["title"] for row in rows}
        steps = []
        for step in Step.objects.filter(process__edition=self.edition).select_related("process"):
            who = [{"text": titles[one["node"]]} if one.get("node") in titles else one for one in step.who]
            if who != step.who:
                place = {"process": step.process.number, "step": step.number}
                steps.append({**place, "before": step.who, "after": who})
                Step.objects.filter(pk=step.pk).update(who=who)
        return steps

    def _remember(self, steps: list[dict[str, Any]]) -> None:
        """Let process steps name nodes again where they still say what `_forget` wrote."""
        for said in steps:
            named = Step.objects.filter(process__edition=self.edition, process__number=said["process"])
            step = named.filter(number=said["step"]).first()
            if step is not None and step.who == said["after"]:
                Step.objects.filter(pk=step.pk).update(who=said["before"])

    def _sibling(self, parent: Node | None, uid: UUID | None) -> Node | None:
        if uid is None:
            return None
        sibling = self.node(uid)
        if parent is None or sibling.parent_id != parent.pk:
            raise Refused(_("The neighbour stands elsewhere now."))
        return sibling

    def _place(self, node: Node) -> dict[str, Any]:
        """Say where a node stands so that it can be found again: its parent, the sibling that follows, its index."""
        siblings = Node.tree.filter(parent_id=node.parent_id, edition=self.edition).order_by("lft")
        uids = list(siblings.values_list("uid", flat=True))
        index = uids.index(node.uid)
        follower = uids[index + 1].hex if index + 1 < len(uids) else ""
        parent = Node.tree.filter(pk=node.parent_id).values_list("uid", flat=True).first()
        return {"under": parent.hex if parent else "", "before": follower, "index": index}

    def _log(self, verb: str, node: Node, *, undoes: Change | None = None, **values: dict[str, Any]) -> Change:
        return self.log.write(verb, node_uid=node.uid, version=node.version, undoes=undoes, **values)


def says(node: Node, *names: str) -> dict[str, Any]:
    """Return what content columns of a node say; `functions` are slugs in order. No query, 1 for functions."""
    now = {name: getattr(node, name) for name in names if name != "functions"}
    if "functions" in names:
        links = NodeFunction.objects.filter(node=node).order_by("order")
        now["functions"] = list(links.values_list("function__slug", flat=True))
    return now


def _branch(node: Node) -> Q:
    return Q(tree_id=node.tree_id, lft__gte=node.lft, rght__lte=node.rght)
