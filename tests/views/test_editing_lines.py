"""Superiors, relations, heads, merging and processes on the draft's pages; and what outlives an expired sign-in."""

import pytest
from django.test import Client

from departments.models import Change, Node, Process, Relation
from departments.restructuring.checking import breaches
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, signed_in
from tests.views.test_editing import DRAFT, EDIT, HTMX, filled, last, node

PROCESS = {"name": "活动审批", "steps": [{"number": 1, "who": ["HEAD"], "action": "立项"}]}


@pytest.fixture
def draft(make_design):
    ours = remember(lambda: own_design(make_design(office(groups=2, processes=[PROCESS])), in_force=False))
    return ours.editions.get()


@pytest.fixture
def editor(draft):
    return signed_in("editor")


def superiors(draft, code):
    page = signed_in("editor").get(f"{DRAFT}/positions/{code}/")
    return [(line.other, line.basis, line.line) for line in page.context["entry"].superiors]


def test_superiors_are_typed_as_title_code_or_party_outside(editor, draft):
    path = f"{EDIT}/G1-STAFF/superiors/"
    typed = {"who-0": "市场部经理（HEAD）", "line-0": "dotted", "who-1": "院长", "basis-1": "inferred"}
    assert editor.post(path, filled(editor.get(path), **typed)).status_code == 302
    assert superiors(draft, "G1-STAFF") == [("市场部经理", "stated", "dotted"), ("院长", "inferred", "solid")]
    editor.post(path, filled(editor.get(path), **{"who-0": "", "who-1": ""}))
    assert superiors(draft, "G1-STAFF") == [("市场部经理", "derived", "solid")]
    editor.post(path, filled(editor.get(path), top="on"))
    assert [basis for _who, basis, _line in superiors(draft, "G1-STAFF")] == ["top"]


def test_superiors_that_somebody_changed_meanwhile_are_shown_and_not_written_over(editor, draft):
    path = f"{EDIT}/HEAD/superiors/"
    page = editor.get(path)
    signed_in("editor", "second").post(path, filled(page, **{"who-0": "院长"}))
    met = editor.post(path, filled(page, **{"who-0": "董事长"}))
    assert (met.status_code, "院长" in met.content.decode()) == (409, True)
    assert superiors(draft, "HEAD")[0][0] == "院长"
    editor.post(path, filled(met, **{"who-0": "董事长"}))
    assert superiors(draft, "HEAD")[0][0] == "董事长"


def test_a_title_that_two_have_is_asked_back(editor, draft):
    staff = node(draft, code="G1-STAFF")
    signed_in("editor").post(f"{EDIT}/G2/place/", {"kind": "position", "title": staff.title})
    path = f"{EDIT}/HEAD/line/"
    form = {"kind": "works_with", "who": staff.title, "line": "solid", "basis": "stated"}
    assert editor.post(path, form).context["form"].errors == {"who": ["有 2 个同名的，请从列表中选择带编号的一个。"]}


def test_a_relation_is_added_changed_told_and_taken_away(editor, draft):
    path = f"{EDIT}/HEAD/line/"
    editor.post(path, {"kind": "assists", "who": "专员2", "about": "预算", "line": "solid", "basis": "stated"})
    line = Relation.objects.get(edition=draft, kind="assists")
    page = editor.get(f"{path}?which={line.uid.hex}")
    editor.post(path, filled(page, about="年度预算") | {"which": line.uid.hex})
    assert Relation.objects.get(pk=line.pk).about == "年度预算"
    assert "年度" in editor.get(f"{DRAFT}/history/").content.decode()
    editor.post(path, filled(page) | {"which": line.uid.hex, "do": "remove"})
    assert not Relation.objects.filter(kind="assists", edition=draft).exists()
    editor.post(f"{EDIT}/HEAD/", {"do": "undo", "number": last(draft).number})
    assert Relation.objects.get(kind="assists", edition=draft).about == "年度预算"


def test_who_leads_a_department_is_chosen_on_its_page(editor, draft):
    path = f"{EDIT}/G1/heads/"
    staff = node(draft, code="G1-STAFF")
    editor.post(path, {"heads": [staff.uid.hex]})
    assert node(draft, code="G1-STAFF").head
    editor.post(path, {"initial-heads": [staff.uid.hex]})
    assert not node(draft, code="G1-STAFF").head


def test_a_department_is_merged_into_another_and_back(editor, draft):
    before = list(Node.tree.of(draft).values_list("uid", "lft"))
    response = editor.post(f"{EDIT}/G1/merge/", {"into": node(draft, code="G2").uid.hex})
    assert response["Location"] == f"{DRAFT}/departments/G2/"
    assert node(draft, code="G1-STAFF").parent.code == "G2"
    assert breaches(draft) == []
    whole = Change.objects.get(edition=draft, verb="group")
    editor.post(f"{EDIT}/G2/", {"do": "undo", "number": whole.number})
    assert list(Node.tree.of(draft).values_list("uid", "lft")) == before


def test_a_process_and_its_steps_are_edited(editor, draft):
    path = f"{DRAFT}/processes/1/edit/"
    editor.post(path, filled(editor.get(path), name="活动立项审批"))
    new = filled(editor.get(f"{path}0/"), who="专员1、院长", action="执行", output="总结")
    editor.post(f"{path}0/", new)
    process = Process.objects.get(edition=draft)
    steps = list(process.steps.values_list("number", "action", "output"))
    assert (process.name, steps) == ("活动立项审批", [(1, "立项", ""), (2, "执行", "总结")])
    staff = node(draft, code="G1-STAFF").uid.hex
    assert process.steps.get(number=2).who == [{"node": staff}, {"text": "院长"}]
    second = filled(editor.get(f"{path}2/"))
    editor.post(f"{path}2/", second | {"do": "up"})
    assert list(process.steps.values_list("action", flat=True)) == ["执行", "立项"]
    editor.post(f"{path}2/", second | {"do": "remove"})  # found by what it says, wherever it stands now
    assert list(process.steps.values_list("action", flat=True)) == ["立项"]
    assert editor.post(f"{path}1/", second | {"action": "执行完毕"}).status_code == 422
    editor.post(path, {"do": "remove"})
    assert not Process.objects.filter(edition=draft).exists()


def test_a_new_process_is_added(editor, draft):
    editor.post(f"{DRAFT}/processes/0/edit/", {"name": "招聘流程", "basis": "stated"})
    assert list(draft.processes.values_list("number", "name")) == [(1, "活动审批"), (2, "招聘流程")]


@pytest.mark.parametrize("in_place", [False, True])
def test_what_was_typed_outlives_an_expired_sign_in(draft, in_place):
    """Without JavaScript too: the form comes back filled, and only who typed it saves it."""
    path = f"{EDIT}/HEAD/summary/"
    sent = filled(signed_in("editor").get(path), summary="主持市场部工作")
    browser = Client()
    answer = browser.post(path, sent, headers=HTMX if in_place else {})
    assert (answer.status_code, answer.headers.get("HX-Redirect" if in_place else "Location")) == (
        401 if in_place else 302,
        f"/sign-in/?next={path}",
    )
    assert node(draft, code="HEAD").summary == ""
    browser.force_login(account("editor"))
    page = browser.get(path)
    assert page.context["form"]["summary"].value() == "主持市场部工作"
    assert "登录前写的内容" in page.content.decode()
    browser.post(path, filled(page, summary=page.context["form"]["summary"].value()))
    assert node(draft, code="HEAD").summary == "主持市场部工作"
    assert browser.get(path).context["form"].is_bound is False
