"""A draft becomes what a file says, as one change: any target is reached, and one undo leads all the way back."""

import random
from uuid import uuid4

import pytest

from departments.models import Change
from departments.models.outlines import Outline
from departments.restructuring import Row, open_edition
from departments.restructuring.becoming import Target, become, difference, line_says
from departments.restructuring.checking import breaches
from departments.restructuring.undoing import undo
from tests.factories import create_org, create_relation, rows_of

pytestmark = pytest.mark.django_db


def plain(edition):
    """Return the rows without their versions, which count on."""
    return [{key: value for key, value in row.items() if key != "version"} for row in rows_of(edition)]


def lines(edition):
    return [line_says(line) | {"uid": line.uid} for line in Outline(edition).relations]


def reach(edition, target):
    with open_edition(edition) as room:
        become(room, difference(Outline(edition), target), note="导入")


def rows(edition):
    return [Row(entry.level, entry.kind, {}, list(entry.functions), entry.uid) for entry in Outline(edition).entries]


def shuffled(edition, seed):
    """Return the nodes of an edition in another order, below other parents, some gone, some new."""
    chance = random.Random(seed)  # noqa: S311  # the same every time
    outline = Outline(edition)
    below = {outline.root.uid: []}
    kinds = {outline.root.uid: "department"}
    made = {entry.uid: Row(0, entry.kind, {}, [], entry.uid) for entry in outline.entries}
    for number, kind in enumerate(("department", "position")):
        new = Row(0, kind, {"title": f"新{number}", "code": f"N-{number}"})
        made[new.uid] = new
    statement = Row(0, "duty", {"section": "responsibility", "weight": "primary", "text": "新职责"})
    made[statement.uid] = statement
    for kind, hosts in (
        ("department", ("department",)),
        ("position", ("department", "position")),
        ("duty", ("department", "position")),
    ):
        nodes = [row for row in made.values() if row.kind == kind and row.uid != outline.root.uid]
        chance.shuffle(nodes)
        for row in nodes[chance.randrange(2) :]:
            parent = chance.choice([uid for uid in below if kinds[uid] in hosts])
            below[parent].insert(chance.randrange(len(below[parent]) + 1), row.uid)
            below[row.uid], kinds[row.uid] = [], kind
    found = []

    def walk(uid, depth):
        row = made[uid]
        found.append(Row(depth, row.kind, row.content, [], uid))
        for child in below[uid]:
            walk(child, depth + 1)

    walk(outline.root.uid, 0)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_any_order_is_reached_and_taken_back_whole(seed):
    org = create_org()
    create_relation(edition=org.edition, kind="assists", start=org.pr, end=org.officer, order=0)
    before, before_lines = plain(org.edition), lines(org.edition)
    target = shuffled(org.edition, seed)
    reach(org.edition, Target(target))
    now = Outline(org.edition).entries
    assert [(entry.uid, entry.level) for entry in now] == [(row.uid, row.depth) for row in target]
    assert breaches(org.edition) == []
    change = Change.objects.get(edition=org.edition, verb="group")
    with open_edition(org.edition) as room:
        undo(room, change)
    assert plain(org.edition) == before
    assert lines(org.edition) == before_lines
    assert breaches(org.edition) == []


def test_codes_go_round_in_a_circle():
    org = create_org()
    target = rows(org.edition)
    codes = {org.pr.uid: "SA", org.sales.uid: "MK", org.root.uid: "PR"}
    for row in target:
        row.content = {"code": codes[row.uid]} if row.uid in codes else {}
    reach(org.edition, Target(target))
    assert {entry.uid: entry.code for entry in Outline(org.edition).entries if entry.uid in codes} == codes


def test_what_says_the_same_writes_nothing():
    org = create_org()
    reach(org.edition, Target(rows(org.edition)))
    assert Change.objects.filter(edition=org.edition, verb="group").count() == 0


def test_lines_come_change_and_go():
    org = create_org()
    create_relation(edition=org.edition, kind="assists", start=org.pr, end=org.officer, order=0)
    create_relation(edition=org.edition, kind="assists", start=org.pr, end=org.sales, order=1)
    kept, changed = lines(org.edition)
    wanted = [
        {**changed, "uid": changed["uid"].hex, "about": "活动"},
        {**kept, "uid": uuid4().hex, "start": org.sales.uid.hex, "end": "", "outside": "媒体"},
    ]
    reach(org.edition, Target(rows(org.edition), wanted))
    assert [(line["about"], line["outside"]) for line in lines(org.edition)] == [("活动", ""), ("", "媒体")]
    with open_edition(org.edition) as room:
        undo(room, Change.objects.get(edition=org.edition, verb="group"))
    assert lines(org.edition) == [kept, changed]
