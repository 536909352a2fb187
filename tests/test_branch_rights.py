"""Rights in a branch: an editor of one department writes what stands in it, and nothing else, whatever the way."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User

from departments.models import Comment, Grant
from departments.models.outlines import Outline
from departments.permissions import can_begin, can_edit, can_edit_entry, can_see_drafts, can_submit, give
from departments.restructuring import OutOfReach, Refused, open_edition
from departments.restructuring.undoing import undo
from tests.factories import create_org
from tests.views.people import account, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def org() -> SimpleNamespace:
    """An own design with a draft, changed inside and outside 公关科; `officer` is the HR of that."""
    org = create_org(slug="ours", origin="own")
    with open_edition(org.edition) as room:
        for name in ("officer", "sales"):
            room.edit(getattr(org, name).uid, {"title_en": name})
    org.hr = account("", "officer")
    Grant.objects.create(user=org.hr, design=org.design, department=org.pr.uid)
    return org


def _fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_inside_the_branch_everything_is_written(org):
    with open_edition(org.edition, by=_fresh(org.hr)) as room:
        room.edit(org.pr.uid, {"title": "公共关系科"})
        room.edit(org.press.uid, {"text": "联络各类媒体"})
        made = room.insert("position", under=org.pr.uid, title="新媒体专员")
        room.move(org.officer.uid, under=made.uid)
        change = room.remove(org.officer.uid)
        room.restore(change)
        undo(room, org.edition.changes.get(verb="edit", node_uid=org.press.uid))
    assert org.edition.nodes.get(uid=org.press.uid).text == "联络媒体"


@pytest.mark.parametrize(
    "write",
    [
        lambda room, org: room.edit(org.head.uid, {"title": "总监"}),
        lambda room, org: room.edit(org.root.uid, {"title": "总部"}),
        lambda room, org: room.insert("position", under=org.sales.uid, title="销售"),
        lambda room, org: room.insert("department", under=org.root.uid, title="新科"),
        lambda room, org: room.remove(org.sales.uid),
        lambda room, org: room.remove(org.pr.uid),
        lambda room, org: room.move(org.pr.uid, under=org.sales.uid),
        lambda room, org: room.move(org.officer.uid, under=org.sales.uid),
        lambda room, org: room.move(org.budget.uid, under=org.officer.uid),
        lambda room, org: undo(room, org.edition.changes.get(verb="edit", node_uid=org.sales.uid)),
    ],
    ids=["edit", "root", "insert", "beside", "remove", "itself", "move-itself", "move-out", "move-in", "undo"],
)
def test_outside_it_and_across_its_edge_nothing_is(org, write):
    before = list(org.edition.nodes.order_by("lft").values_list("uid", "title", "text", "lft"))
    with pytest.raises(OutOfReach), open_edition(org.edition, by=_fresh(org.hr)) as room:
        write(room, org)
    assert list(org.edition.nodes.order_by("lft").values_list("uid", "title", "text", "lft")) == before


def test_the_right_goes_with_the_department_and_ends_with_it(org):
    with open_edition(org.edition) as room:
        room.move(org.pr.uid, under=org.sales.uid)
    with open_edition(org.edition, by=_fresh(org.hr)) as room:
        room.edit(org.press.uid, {"text": "联络"})
    with open_edition(org.edition) as room:
        room.move(org.press.uid, under=org.root.uid)
        room.remove(org.pr.uid)
    with pytest.raises(Refused), open_edition(org.edition, by=_fresh(org.hr)) as room:
        room.edit(org.press.uid, {"text": "跟进"})
    user, outline = _fresh(org.hr), Outline(org.edition)
    assert (can_see_drafts(user, org.design), can_edit(user, org.edition)) == (False, False)
    assert can_edit_entry(user, outline, outline.by_uid[org.press.uid]) is False


def test_a_group_has_rights_and_a_role_for_the_whole_house_knows_no_branch(org):
    team = Group.objects.create(name="公关科人事")
    Grant.objects.create(group=team, design=org.design, department=org.sales.uid)
    other = account("", "other")
    assert can_edit(_fresh(other), org.edition) is False
    other.groups.add(team)
    outline = Outline(org.edition)
    may = {
        name: can_edit_entry(_fresh(other), outline, outline.by_uid[getattr(org, name).uid])
        for name in ("sales", "pr", "root")
    }
    assert may == {"sales": True, "pr": False, "root": False}
    give(org.hr, "editor")
    with open_edition(org.edition, by=_fresh(org.hr)) as room:
        room.edit(org.head.uid, {"title": "总监"})


def test_what_a_branch_editor_may_do_with_the_edition(org):
    user = _fresh(org.hr)
    answers = (can_see_drafts(user, org.design), can_begin(user, org.design), can_edit(user, org.edition))
    assert (answers, can_submit(user, org.edition)) == ((True, True, True), False)
    assert user.has_perm("departments.edit", org.edition) is True
    assert user.has_perm("departments.submit", org.edition) is False
    assert user.has_perm("departments.edit") is False
    reader = account("reader")
    Grant.objects.create(user=reader, design=org.design, department=org.pr.uid, role="reviewer")
    reader = _fresh(reader)
    assert (can_see_drafts(reader, org.design), can_edit(reader, org.edition)) == (True, False)


def test_the_pages_offer_only_what_is_in_the_branch(org):
    browser = signed_in("", "officer")
    edit = "/designs/ours/draft/edit/"
    assert f"{edit}PR-02/" in browser.get("/designs/ours/draft/positions/PR-02/").content.decode()
    assert edit not in browser.get("/designs/ours/draft/positions/MK-01/").content.decode()
    assert browser.get(f"{edit}MK-01/names/").status_code == 403
    page = browser.get(f"{edit}PR-02/move/").content.decode()
    assert {name: f'value="{getattr(org, name).uid.hex}"' in page for name in ("pr", "sales")} == {
        "pr": True,
        "sales": False,
    }
    page = browser.get("/designs/ours/draft/history/").content.decode()
    assert "/undo/" in page
    assert page.count("/undo/") < org.edition.changes.count()


def test_comments_are_made_and_settled_in_the_branch(org):
    browser = signed_in("", "officer")
    places = {name: f"/designs/ours/comments/{getattr(org, name).uid}/" for name in ("officer", "head")}
    answers = {name: browser.post(address, {"text": "为何？"}).status_code for name, address in places.items()}
    assert (answers, Comment.objects.count()) == ({"officer": 302, "head": 403}, 1)
    assert "<textarea" not in browser.get(places["head"]).content.decode()
    theirs = Comment.objects.create(design=org.design, uid=org.head.uid, about="主任", text="？", name="李")
    answers = [
        browser.post(f"/designs/ours/comments/{one.pk}/settle/").status_code
        for one in (Comment.objects.first(), theirs)
    ]
    assert answers == [302, 403]


def test_an_administrator_gives_and_withdraws_on_the_page(org, django_assert_num_queries):
    boss = signed_in("administrator")
    person = account("", "wang")
    address = "/designs/ours/rights/"
    right = {"do": "give", "who": f"account.{person.pk}", "department": org.sales.uid.hex, "role": "editor"}
    assert boss.post(address, right)["Location"] == address
    assert Grant.objects.get(user=person).department == org.sales.uid
    assert "授予过" in boss.post(address, right, follow=True).content.decode()
    assert boss.post(address, right | {"department": "x"}).status_code == 200
    assert Grant.objects.filter(design=org.design).count() == 2
    with django_assert_num_queries(11):
        page = boss.get(address).content.decode()
    assert ("营销科" in page, page.count('value="withdraw"')) == (True, 2)
    with open_edition(org.edition) as room:
        room.remove(org.sales.uid)
    assert page.count("部门已不在") + 1 == boss.get(address).content.decode().count("部门已不在")
    boss.post(address, {"do": "withdraw", "grant": Grant.objects.get(user=person).pk})
    assert not Grant.objects.filter(user=person).exists()
    assert boss.get("/admin/departments/grant/").status_code == 200
    assert boss.get("/admin/auth/group/").status_code == 200
