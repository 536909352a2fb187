"""Since a design was adopted: what differs, what can be taken over, what the company changed itself."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User

from departments.comparison.origins import Since
from departments.models.outlines import Outline
from departments.restructuring import Refused, open_edition
from departments.restructuring.adopting import adopt
from departments.restructuring.checking import breaches
from departments.restructuring.taking_over import decline, parted
from departments.restructuring.undoing import undo
from tests.comparison.adopted import adopted, change_ours, change_reference, take, take_all, told
from tests.factories import create_org, drawn

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]  # what is taken over is written


@pytest.fixture
def org() -> SimpleNamespace:
    """The hospital's department, and the company's copy of it."""
    return adopted(create_org(in_force=True))


def test_nothing_differs_while_the_reference_stays(org):
    change_ours(org, lambda room: room.edit(org.ours["编制预算"].uid, {"text": "编制年度预算"}))
    assert told(org) == []


def test_what_was_reworded_is_taken_over_and_undone(org):
    change_reference(org, lambda room: room.edit(org.press.uid, {"text": "联络媒体与读者", "weight": "auxiliary"}))
    assert told(org) == [("reworded", "联络媒体与读者", True)] * 2
    take_all(org)
    press = org.draft.nodes.get(uid=org.ours["联络媒体"].uid)
    assert (press.text, press.weight, told(org)) == ("联络媒体与读者", "auxiliary", [])
    with open_edition(org.draft) as room:
        for change in org.draft.changes.order_by("-number"):
            undo(room, change)
    assert told(org) == [("reworded", "联络媒体与读者", True)] * 2


def test_each_field_of_a_node_is_a_choice_of_its_own(org):
    change_reference(org, lambda room: room.edit(org.press.uid, {"text": "联络媒体与读者", "weight": "auxiliary"}))
    weight, text = Since(org.edition, org.draft).differences()
    assert (text.told, weight.told) == ("联络媒体与读者：文字", "联络媒体与读者：主次")
    decline(org.draft.design, text, by=User.objects.create(username="li"))
    take(org, weight.key)
    press = org.draft.nodes.get(uid=org.ours["联络媒体"].uid)
    assert (press.text, press.weight) == ("联络媒体", "auxiliary")
    change_reference(org, lambda room: room.edit(org.press.uid, {"measure": "每月"}))
    left, declined = parted(org.draft.design, Since(org.edition, org.draft).differences())
    assert ([one.field.name for one in left], [one.field.name for one in declined]) == (["measure"], ["text"])


def test_words_of_the_companys_own_stay_and_the_rest_is_taken(org):
    change_ours(org, lambda room: room.edit(org.ours["联络媒体"].uid, {"text": "联络本地媒体"}))
    change_reference(org, lambda room: room.edit(org.press.uid, {"text": "联络媒体与读者", "measure": "每月"}))
    text, measure = Since(org.edition, org.draft).differences()
    assert [(one.name, one.clash, one.was, one.mine, one.now) for one in (text.field, measure.field)] == [
        ("text", True, "联络媒体", "联络本地媒体", "联络媒体与读者"),
        ("measure", False, "", "", "每月"),
    ]
    take(org, measure.key)
    press = org.draft.nodes.get(uid=org.ours["联络媒体"].uid)
    assert (press.text, press.measure) == ("联络本地媒体", "每月")
    assert told(org) == [("reworded", "联络媒体与读者", False)]
    with pytest.raises(Refused):
        take(org)


def test_words_of_the_companys_own_are_replaced_where_both_texts_were_seen(org):
    change_ours(org, lambda room: room.edit(org.ours["联络媒体"].uid, {"text": "联络本地媒体"}))
    change_reference(org, lambda room: room.edit(org.press.uid, {"text": "联络媒体与读者"}))
    (before,) = Since(org.edition, org.draft).differences()
    change_ours(org, lambda room: room.edit(org.ours["联络媒体"].uid, {"text": "联络本地媒体与记者"}))
    with pytest.raises(Refused):
        take(org, before.key, seen=before.replaces)
    (now,) = Since(org.edition, org.draft).differences()
    take(org, now.key, seen=now.replaces)
    assert (org.draft.nodes.get(uid=org.ours["联络媒体"].uid).text, told(org)) == ("联络媒体与读者", [])
    with open_edition(org.draft) as room:
        undo(room, org.draft.changes.order_by("-number").first())
    assert org.draft.nodes.get(uid=org.ours["联络媒体"].uid).text == "联络本地媒体与记者"


def test_what_was_taken_over_once_is_no_clash_when_the_reference_changes_again(org):
    change_reference(org, lambda room: room.edit(org.press.uid, {"text": "联络媒体与读者"}))
    take(org)
    change_reference(org, lambda room: room.edit(org.press.uid, {"text": "联络各类媒体"}))
    assert told(org) == [("reworded", "联络各类媒体", True)]


def test_a_branch_that_was_added_comes_whole_in_its_place_with_origins(org):
    def add(room) -> None:
        section = room.insert("department", under=org.root.uid, before=org.sales.uid, title="数据科", code="DA")
        analyst = room.insert("position", under=section.uid, title="分析师", code="DA-01")
        room.insert("duty", under=analyst.uid, text="分析数据")

    now = change_reference(org, add)
    assert told(org) == [("added", "数据科", True)]
    take(org)
    assert (drawn(org.draft), told(org), breaches()) == (drawn(now), [], [])
    assert org.draft.nodes.get(code="DA-01").origin_uid == now.nodes.get(code="DA-01").uid.hex
    with open_edition(org.draft) as room:
        undo(room, org.draft.changes.get())
    assert told(org) == [("added", "数据科", True)]


def test_a_code_that_is_in_use_is_left_out(org):
    change_ours(org, lambda room: room.edit(org.ours["营销科"].uid, {"code": "DA"}))
    change_reference(org, lambda room: room.insert("department", under=org.root.uid, title="数据科", code="DA"))
    take(org, next(one.key for one in Since(org.edition, org.draft).differences() if one.verdict == "added"))
    assert org.draft.nodes.get(title="数据科").code == ""


def test_what_was_moved_follows_unless_the_company_moved_it(org):
    change_reference(org, lambda room: room.move(org.officer.uid, under=org.sales.uid))
    assert told(org) == [("moved", "公关专员", True)]
    change_ours(org, lambda room: room.move(org.ours["公关专员"].uid, under=org.ours["市场部"].uid))
    assert told(org) == [("moved", "公关专员", False)]
    with open_edition(org.draft) as room:
        undo(room, org.draft.changes.get())
    take(org)
    assert Outline(org.draft).find("PR-02").parent.title == "营销科"
    assert told(org) == []


def test_into_something_new_it_moves_when_that_is_there(org):
    def into_a_new_section(room) -> None:
        section = room.insert("department", under=org.root.uid, title="数据科")
        room.move(org.officer.uid, under=section.uid)

    now = change_reference(org, into_a_new_section)
    assert sorted(told(org)) == [("added", "数据科", True), ("moved", "公关专员", False)]
    take_all(org)
    assert (drawn(org.draft), told(org), breaches()) == (drawn(now), [], [])


def test_another_order_is_taken_over_where_the_company_left_the_old_one(org):
    now = change_reference(org, lambda room: room.move(org.sales.uid, under=org.root.uid, before=org.pr.uid))
    take_all(org)
    assert (drawn(org.draft), told(org)) == (drawn(now), [])


def test_what_is_gone_can_go_unless_the_company_worked_on_it(org):
    now = change_reference(org, lambda room: room.remove(org.pr_head.uid))
    assert told(org) == [("removed", "公关科主任", True)]
    change_ours(org, lambda room: room.insert("duty", under=org.ours["公关专员"].uid, text="写稿"))
    assert told(org) == [("removed", "公关科主任", False)]
    with open_edition(org.draft) as room:
        undo(room, org.draft.changes.get())
    take(org)
    assert (drawn(org.draft), told(org)) == (drawn(now), [])


def test_what_the_company_removed_is_not_offered_again(org):
    change_ours(org, lambda room: room.remove(org.ours["公关科"].uid))
    change_reference(org, lambda room: room.edit(org.press.uid, {"text": "联络媒体与读者"}))
    assert told(org) == []


def test_of_a_branch_only_the_branch_is_compared(org):
    draft = adopt(org.edition, name="公关", slug="pr", by=None, branch=org.pr.uid).editions.get()
    change_reference(
        org,
        lambda room: room.edit(org.budget.uid, {"text": "编制年度预算"}),
        lambda room: room.edit(org.press.uid, {"text": "联络媒体与读者"}),
        lambda room: room.insert("department", under=org.root.uid, title="数据科"),
    )
    assert [str(one) for one in Since(org.edition, draft).differences()] == ["联络媒体与读者"]


@pytest.mark.parametrize("editions", [1, 3])
def test_costs(org, django_assert_num_queries, editions):
    for number in range(editions):
        change_reference(org, lambda room, n=number: room.edit(org.press.uid, {"text": f"联络媒体{n}"}))
    with django_assert_num_queries(6):
        assert len(Since(org.edition, org.draft).differences()) == 1
