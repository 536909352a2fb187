"""The room against the simplest model of a tree there is: whatever is done in whatever order, both say the same."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from departments.models import Change, Edition
from departments.models.nodes import MAY_STAND_UNDER, Kind
from departments.models.outlines import Outline
from departments.restructuring import Refused, Row, open_draft, open_edition
from departments.restructuring.checking import breaches
from tests.factories import create_design, create_edition, publish

KINDS = st.sampled_from(["department", "position", "duty"])
WORDS = st.text("市场公关营销", min_size=1, max_size=4)


@dataclass
class Leaf:
    """A node of the model: what it is, what it says, which nodes stand below it in order."""

    kind: str
    says: str
    children: list[uuid.UUID] = field(default_factory=list)


class Trees(RuleBasedStateMachine):
    """Random verbs on one draft, and the same on an adjacency list."""

    nodes = Bundle("nodes")
    removals = Bundle("removals")

    @initialize(target=nodes)
    def start(self) -> uuid.UUID:
        self.design = create_design(slug=uuid.uuid4().hex[:20])
        self.edition: Edition = create_edition(design=self.design)
        with open_edition(self.edition) as tree:
            self.root = tree.insert("department", title="根").uid
        self.model = {self.root: Leaf("department", "根")}
        self.parents: dict[uuid.UUID, uuid.UUID] = {}
        return self.root

    def branch(self, uid: uuid.UUID) -> list[uuid.UUID]:
        return [uid] + [below for child in self.model[uid].children for below in self.branch(child)]

    def trail(self, uid: uuid.UUID) -> list[uuid.UUID]:
        return [uid, *(self.trail(self.parents[uid]) if uid in self.parents else [])]

    def neighbour(self, under: uuid.UUID, index: int | None, but: uuid.UUID | None = None) -> uuid.UUID | None:
        """Return a child before which to put something: None is last."""
        children = [child for child in self.model[under].children if child != but]
        return None if index is None or not children else children[index % len(children)]

    def put(self, uid: uuid.UUID, under: uuid.UUID, before: uuid.UUID | None) -> None:
        children = self.model[under].children
        children.insert(children.index(before) if before else len(children), uid)
        self.parents[uid] = under

    def fits(self, kind: str, under: uuid.UUID) -> bool:
        return Kind(self.model[under].kind) in MAY_STAND_UNDER[Kind(kind)]

    @rule(target=nodes, kind=KINDS, says=WORDS, under=nodes, index=st.none() | st.integers(0, 5))
    def insert(self, kind: str, says: str, under: uuid.UUID, index: int | None) -> Any:
        if under not in self.model:
            return multiple()
        before = self.neighbour(under, index)
        content = {"text" if kind == "duty" else "title": says}
        if not self.fits(kind, under):
            with pytest.raises(Refused), open_edition(self.edition) as tree:
                tree.insert(kind, under=under, before=before, **content)
            return multiple()
        with open_edition(self.edition) as tree:
            uid = tree.insert(kind, under=under, before=before, **content).uid
        self.model[uid] = Leaf(kind, says)
        self.put(uid, under, before)
        return uid

    @rule(target=nodes, says=WORDS, under=nodes, depths=st.lists(st.integers(1, 3), max_size=4))
    def insert_branch(self, says: str, under: uuid.UUID, depths: list[int]) -> Any:
        if under not in self.model or not self.fits("department", under):
            return multiple()
        rows, trail = [], []
        for wished in [0, *depths]:
            depth = min(wished, len(trail))
            row = Row(depth, "department", {"title": f"{says}{len(rows)}"})
            del trail[depth:]
            rows.append((row, trail[-1] if trail else None))
            trail.append(row.uid)
        with open_edition(self.edition) as tree:
            tree.insert_branch([row for row, _parent in rows], under=under)
        for row, parent in rows:
            self.model[row.uid] = Leaf("department", row.content["title"])
            self.put(row.uid, parent or under, None)
        return multiple(*(row.uid for row, _parent in rows))

    @rule(uid=nodes, under=nodes, index=st.none() | st.integers(0, 5))
    def move(self, uid: uuid.UUID, under: uuid.UUID, index: int | None) -> None:
        if uid not in self.model or under not in self.model:
            return
        before = self.neighbour(under, index, but=uid)
        if uid == self.root or uid in self.trail(under) or not self.fits(self.model[uid].kind, under):
            with pytest.raises(Refused), open_edition(self.edition) as tree:
                tree.move(uid, under=under, before=before)
            return
        with open_edition(self.edition) as tree:
            tree.move(uid, under=under, before=before)
        self.model[self.parents[uid]].children.remove(uid)
        self.put(uid, under, before)

    @rule(uid=nodes, says=WORDS)
    def edit(self, uid: uuid.UUID, says: str) -> None:
        if uid in self.model:
            with open_edition(self.edition) as tree:
                tree.edit(uid, {"text" if self.model[uid].kind == "duty" else "title": says})
            self.model[uid].says = says

    @rule(target=removals, uid=nodes)
    def remove(self, uid: uuid.UUID) -> Any:
        if uid not in self.model or uid == self.root:
            return multiple()
        with open_edition(self.edition) as tree:
            change = tree.remove(uid)
        parent = self.parents.pop(uid)
        index = self.model[parent].children.index(uid)
        self.model[parent].children.remove(uid)
        gone = {below: self.model.pop(below) for below in self.branch(uid)}
        followers = self.model[parent].children[index : index + 1]
        return (change.pk, self.edition.pk, uid, parent, followers[0] if followers else None, index, gone)

    @rule(target=nodes, removal=consumes(removals))
    def restore(self, removal: Any) -> Any:
        pk, edition, uid, parent, follower, index, gone = removal
        change = Change.objects.get(pk=pk)
        if edition != self.edition.pk or parent not in self.model:
            with pytest.raises(Refused), open_edition(self.edition) as tree:
                tree.restore(change)
            return multiple()
        with open_edition(self.edition) as tree:
            tree.restore(change)
        children = self.model[parent].children
        if follower is not None and follower not in children:
            follower = children[index] if index < len(children) else None
        self.model |= gone
        self.put(uid, parent, follower)
        return multiple(*gone)

    @rule()
    def publish(self) -> None:
        publish(self.edition)
        self.edition = open_draft(self.design)

    @invariant()
    def room_and_model_say_the_same(self) -> None:
        outline = Outline(self.edition)
        expected = [
            (uid, leaf.kind, leaf.says, self.parents.get(uid), len(self.trail(uid)) - 1)
            for uid in self.branch(self.root)
            for leaf in [self.model[uid]]
        ]
        found = [(e.uid, e.kind, str(e), e.parent and e.parent.uid, e.level) for e in outline.entries]
        assert found == expected
        assert breaches(self.edition) == []


def test_room_agrees_with_an_adjacency_list(db: None) -> None:
    run_state_machine_as_test(
        Trees,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
