"""Which node of a document is which node of the edition in force: by uid, then code, then holder, section and text.

A duty has no code; a reworded one is found as what is left over in its section, in order. So a reworded duty stays the same
duty, and links to it keep working.
"""

import uuid
from collections import defaultdict
from typing import Any

from departments.documents import schema
from departments.documents.checks import Node, walk
from departments.models.entries import Entry, Line
from departments.models.outlines import Outline


def match(document: schema.Design, outline: Outline | None) -> dict[int, uuid.UUID]:
    """Return id(document node) → uid for every node; a node that matches nothing gets a new uid. No query."""
    nodes = [node for node, _trail in walk(document.tree)]
    uids: dict[int, uuid.UUID] = {id(node): node.uid for node in nodes if node.uid}
    if outline is not None and outline.entries:
        _Matching(document, outline, uids).run()
    for node in nodes:
        uids.setdefault(id(node), uuid.uuid4())
    return uids


def match_relations(relations: list[dict[str, Any]], outline: Outline | None) -> list[dict[str, Any]]:
    """Return the relations with the uids of those in force: the same line first, then the next of its kind and start."""
    if outline is None:
        return relations
    free = list(outline.relations)
    for exact in (True, False):
        waiting: dict[Any, list[Line]] = defaultdict(list)
        for line in reversed(free):
            waiting[_line_key(line, exact=exact)].append(line)
        for relation in relations:
            if not relation.get("matched") and (lines := waiting[_relation_key(relation, exact=exact)]):
                line = lines.pop()
                free.remove(line)
                relation |= {"uid": line.uid.hex if line.uid else relation["uid"], "matched": True}
    return [{key: value for key, value in relation.items() if key != "matched"} for relation in relations]


def _line_key(line: Line, *, exact: bool) -> tuple[Any, ...]:
    key = (line.kind, line.superior, line.start.uid.hex)
    return (*key, line.end.uid.hex if line.end else "", line.outside) if exact else key


def _relation_key(relation: dict[str, Any], *, exact: bool) -> tuple[Any, ...]:
    key = (relation["kind"], relation["superior"], relation["start"])
    return (*key, relation["end"], relation["outside"]) if exact else key


class _Matching:
    def __init__(self, document: schema.Design, outline: Outline, uids: dict[int, uuid.UUID]):
        self.document = document
        self.outline = outline
        self.uids = uids
        self.free = {entry.uid: entry for entry in outline.entries}
        for uid in uids.values():
            self.free.pop(uid, None)

    def run(self) -> None:
        placed = [node for node, _trail in walk(self.document.tree) if not isinstance(node, schema.Duty)]
        self._pair([self.document.tree], [self.outline.root])
        by_code = {entry.code: entry for entry in self.outline.entries if entry.code}
        for node in placed:
            if node.code in by_code:
                self._take(node, by_code[node.code])
        self._below(self.document.tree)

    def _below(self, node: Node) -> None:
        """Match the children of a matched node: same text first, then what is left over of a kind and section, in order."""
        holder = self.outline.by_uid.get(self.uids.get(id(node), uuid.UUID(int=0)))
        if holder is not None:
            for exact in (True, False):
                wanted: dict[Any, list[Node]] = defaultdict(list)
                given: dict[Any, list[Entry]] = defaultdict(list)
                for child in node.children:
                    if id(child) not in self.uids:
                        wanted[_key(child, exact=exact)].append(child)
                for entry in holder.children:
                    if entry.uid in self.free:
                        given[_entry_key(entry, exact=exact)].append(entry)
                for key, children in wanted.items():
                    self._pair(children, given[key])
        for child in node.children:
            self._below(child)

    def _pair(self, nodes: list[Node], entries: list[Entry]) -> None:
        for node, entry in zip(nodes, entries, strict=False):
            self._take(node, entry)

    def _take(self, node: Node, entry: Entry) -> None:
        if id(node) not in self.uids and entry.uid in self.free and entry.kind == node.kind:
            self.uids[id(node)] = entry.uid
            del self.free[entry.uid]


def _key(node: Node, *, exact: bool) -> tuple[str, ...]:
    if isinstance(node, schema.Duty):
        return (node.kind, node.section, node.weight, node.text if exact else "")
    return (node.kind, node.title if exact or node.code else "")


def _entry_key(entry: Entry, *, exact: bool) -> tuple[str, ...]:
    if entry.is_duty:
        return (entry.kind, entry.section, entry.weight, entry.text if exact else "")
    return (entry.kind, entry.title if exact or entry.code else "")
