"""What one design has from another is known by identity, whatever it says now."""

import pytest

from departments.comparison.diff import compare
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.adopting import adopt
from tests.comparison.adopted import adopted, change_ours
from tests.comparison.designs import build, said
from tests.comparison.rewritten import OURS, REFERENCE
from tests.factories import create_org

pytestmark = pytest.mark.django_db


def test_what_a_design_has_from_another_is_matched_by_identity_before_any_text_is_looked_at():
    org = adopted(create_org(in_force=True))
    change_ours(org, lambda room: room.edit(org.ours["编制预算"].uid, {"text": "接待来访"}))
    change_ours(org, lambda room: room.move(org.ours["审批方案"].uid, under=org.ours["公关科主任"].uid))
    change_ours(org, lambda room: room.edit(org.ours["公关科"].uid, {"title": "媒体与政府事务部"}))
    change_ours(org, lambda room: room.insert("duty", under=org.ours["公关专员"].uid, text="编制预算"))
    diff = compare(Outline(org.edition).root, Outline(org.draft).root)
    assert said(diff) == [
        ("kept", ["统管市场营销"], ["统管市场营销"]),
        ("reworded", ["编制预算"], ["接待来访"]),
        ("moved", ["审批方案"], ["审批方案"]),
        ("kept", ["联络媒体"], ["联络媒体"]),
        ("only-right", [], ["编制预算"]),
    ]
    assert {str(pair.left): str(pair.right) for pair in diff.places}["公关科"] == "媒体与政府事务部"


def test_two_copies_of_one_design_and_a_copy_of_a_copy_are_matched_by_it():
    org = adopted(create_org(in_force=True))
    twin, copy = (
        adopt(source, name=slug, slug=slug, by=None).editions.get()
        for source, slug in ((org.edition, "twin"), (org.draft, "copy"))
    )
    change_ours(org, lambda room: room.edit(org.ours["编制预算"].uid, {"text": "接待来访"}))
    for other in (twin, copy):
        rows = said(compare(Outline(org.draft).root, Outline(other).root))
        assert rows[1] == ("reworded", ["接待来访"], ["编制预算"])


def test_of_several_copies_of_one_that_one_counts_which_still_says_the_same():
    """Whatever else says it, and where: here a duty that has nothing to do with it, in the place of the one."""
    org = adopted(create_org(in_force=True))
    copied = {"origin_uid": org.press.uid.hex, "origin_edition_id": org.edition.pk}
    with open_edition(org.draft) as room:
        twin = room.insert("duty", under=org.ours["营销科"].uid, text="联络媒体", **copied)
        room.insert("duty", under=org.ours["公关专员"].uid, text="联络媒体")
        room.edit(org.ours["联络媒体"].uid, {"text": "审批礼品采购"})
    left, right = Outline(org.edition).root, Outline(org.draft).root
    there = {entry.uid: entry for entry in right.walk()}
    assert found_again(left, right)[org.press.uid] == [there[twin.uid]]
    assert found_again(right, left)[twin.uid] != []
    assert found_again(right, left)[org.ours["联络媒体"].uid] == []
    change_ours(org, lambda room: room.edit(twin.uid, {"text": "登记考勤"}))
    left, right = Outline(org.edition).root, Outline(org.draft).root
    assert [entry.uid for entry in found_again(left, right)[org.press.uid]] not in (
        [twin.uid],
        [org.ours["联络媒体"].uid],
    )
    copies = [found_again(right, left)[uid] for uid in (twin.uid, org.ours["联络媒体"].uid)]
    assert copies == [[], []]


def found_again(left, right):
    """Return what stands on the right for every duty of the left, by its uid."""
    return {entry.uid: row.right for row in compare(left, right).rows for entry in row.left}


def test_of_two_editions_only_the_uid_counts():
    org = create_org(in_force=True)
    draft = adopted(org).draft
    before = Outline(draft).root
    with open_edition(draft) as room:
        room.remove(org.ours["联络媒体"].uid)
        copied = {"origin_uid": org.press.uid.hex, "origin_edition_id": org.edition.pk}
        room.insert("duty", under=org.ours["营销科"].uid, text="登记考勤", **copied)
    rows = said(compare(before, Outline(draft).root, same_design=True))
    assert [row for row in rows if row[0].startswith("only")] == [
        ("only-left", ["联络媒体"], []),
        ("only-right", [], ["登记考勤"]),
    ]


def test_an_adopted_branch_is_the_one_it_was_copied_from():
    """Not the whole that it is compared with, though that is the first of both sides."""
    org = create_org(in_force=True)
    branch = adopt(org.edition, name="公关部", slug="ours", by=None, branch=org.pr.uid).editions.get()
    diff = compare(Outline(org.edition).root, Outline(branch).root)
    assert [(str(pair.left), str(pair.right)) for pair in diff.places if pair.left and pair.right] == [
        ("公关科", "公关科"),
        ("公关科主任", "公关科主任"),
        ("公关专员", "公关专员"),
    ]
    assert ("kept", ["联络媒体"], ["联络媒体"]) in said(diff)


def test_a_copy_that_only_assists_now_is_not_kept():
    org = adopted(create_org(in_force=True))
    change_ours(org, lambda room: room.edit(org.ours["编制预算"].uid, {"weight": "auxiliary"}))
    diff = compare(Outline(org.edition).root, Outline(org.draft).root)
    assert ("reworded", ["编制预算"], ["编制预算"]) in said(diff)
    assert not diff.akin


def test_two_editions_are_not_said_to_be_made_from_one_another():
    left = {"市场部": [*REFERENCE]}
    one = build("left", left)
    assert not compare(one.root, one.root, same_design=True).akin
    assert compare(one.root, build("right", {"市场部": [*OURS]}).root).akin
