"""The history of an edition on the page, and the buttons that take changes back."""

import re

import pytest
from django.test import Client

from departments.models import Design, Edition
from departments.restructuring import open_edition
from departments.restructuring.transitions import begin
from departments.views.history import PAGE, SHOWN
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, put_in_force, signed_in

pytestmark = pytest.mark.django_db
HISTORY = "/designs/ours/draft/history/"
ROLES = ("", "reader", "editor", "reviewer", "approver", "administrator")


@pytest.fixture
def ours(make_design) -> Design:
    return remember(lambda: own_design(make_design(office()), in_force=False))


@pytest.fixture
def draft(ours) -> Edition:
    """Three changes: a title, a statement below it, a removal elsewhere."""
    draft = ours.editions.get()
    with open_edition(draft, by=account("editor")) as tree:
        head = draft.nodes.get(code="HEAD")
        tree.edit(head.uid, {"title": "市场总监"})
        tree.insert("duty", under=head.uid, text="主持<例会>")
        tree.remove(draft.nodes.get(code="G1-STAFF").uid)
    return draft


def _page(role: str = "editor", address: str = HISTORY) -> str:
    answer = signed_in(role).get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def _numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="change-(\d+)"', page)]


def _buttons(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"/history/(\d+)/undo/", page)]


def _parts(page: str) -> int:
    return page.partition('<details class="parts">')[2].partition("</details>")[0].count("<li>")


def _errors(page: str) -> int:
    return page.count('<li class="error">')


def test_changes_are_told_newest_first_with_who_and_the_words_marked(draft):
    page = _page()
    assert (_numbers(page), _buttons(page)) == ([3, 2, 1], [3, 2, 1])
    assert page.count("<span>editor</span>") == 3
    assert page.count("<time") == 3
    assert ("<del>部经理</del>" in page, "<ins>总监</ins>" in page) == (True, True)
    assert ("主持&lt;例会&gt;" in page, "主持<例会>" in page) == (True, False)


def test_a_draft_nobody_changed_says_what_will_stand_here(ours):
    page = _page()
    assert (_numbers(page), 'class="empty"' in page, 'href="/designs/ours/draft/"' in page) == ([], True, True)


def test_what_was_removed_is_brought_back_and_both_stay_in_the_history(draft):
    editor = signed_in("editor")
    answer = editor.post(f"{HISTORY}3/undo/")
    assert (answer.status_code, answer["Location"]) == (302, HISTORY)
    assert draft.nodes.filter(code="G1-STAFF").exists()
    page = _page()
    assert (_numbers(page), _buttons(page), page.count('class="taken-back"')) == ([4, 3, 2, 1], [4, 2, 1], 1)
    change = draft.changes.get(number=4)
    assert (change.by, change.undoes.number) == (account("editor"), 3)


def test_what_cannot_be_taken_back_says_why_and_changes_nothing(draft):
    editor = signed_in("editor")
    head = draft.nodes.get(code="HEAD")
    with open_edition(draft) as tree:
        tree.edit(head.uid, {"title": "首席市场官"})
    assert _errors(editor.post(f"{HISTORY}1/undo/", follow=True).content.decode()) == 1
    assert (draft.nodes.get(code="HEAD").title, draft.changes.count()) == ("首席市场官", 4)


def test_nothing_is_taken_back_twice_by_a_double_click(draft):
    editor = signed_in("editor")
    pages = [editor.post(f"{HISTORY}2/undo/", follow=True).content.decode() for _click in range(2)]
    assert ([_errors(page) for page in pages], draft.changes.count()) == ([0, 1], 4)


def test_a_code_that_is_in_use_by_now_says_so(draft):
    uid = draft.nodes.get(code="HEAD").uid
    with open_edition(draft) as tree:
        tree.edit(uid, {"code": "CMO"})
        tree.insert("position", under=draft.nodes.get(code="MKT").uid, title="新岗", code="HEAD")
    assert _errors(signed_in("editor").post(f"{HISTORY}4/undo/", follow=True).content.decode()) == 1
    assert draft.nodes.get(uid=uid).code == "CMO"


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/designs/ours/draft/positions/HEAD/", "/designs/ours/draft/positions/HEAD/"),
        ("https://elsewhere.example/", HISTORY),
        ("//elsewhere.example/", HISTORY),
        ("javascript:alert(1)", HISTORY),
        ("", HISTORY),
    ],
)
def test_who_took_something_back_returns_to_where_the_button_was(draft, back, location):
    assert signed_in("editor").post(f"{HISTORY}3/undo/", {"next": back})["Location"] == location


def test_one_node_with_what_stands_in_it(draft):
    uids = {code: draft.nodes.get(code=code).uid for code in ("HEAD", "G1", "MKT")}
    duty = draft.nodes.get(text="制定市场调研计划")
    with open_edition(draft) as tree:
        tree.edit(duty.uid, {"text": "制定年度市场调研计划"})
        tree.move(duty.uid, under=uids["MKT"])
    shown = {code: _numbers(_page(address=f"{HISTORY}?node={uid}")) for code, uid in uids.items()}
    assert shown == {"HEAD": [5, 2, 1], "G1": [3], "MKT": [5, 4]}
    gone = draft.changes.get(number=3).node_uid
    assert _numbers(_page(address=f"{HISTORY}?node={gone}")) == [3]
    assert 'class="empty"' in _page(address=f"{HISTORY}?node={'0' * 31}1")
    assert signed_in("editor").get(f"{HISTORY}?node=nothing").status_code == 404


def test_a_long_history_comes_in_pages(draft):
    uid = draft.nodes.get(code="HEAD").uid
    with open_edition(draft) as tree:
        for number in range(PAGE):
            tree.edit(uid, {"grade": f"{number}"})
    first, second = _page(), _page(address=f"{HISTORY}?page=2")
    assert _numbers(first) == list(range(PAGE + 3, 3, -1))
    assert _numbers(second) == [3, 2, 1]
    assert ('href="?page=2"' in first, 'href="?page=1"' in second) == (True, True)
    assert f'href="?node={uid}&amp;page=2"' in _page(address=f"{HISTORY}?node={uid}")
    assert _numbers(_page(address=f"{HISTORY}?page=nonsense")) == _numbers(first)


def _graded(draft: Edition, times: int) -> None:
    """Change the grade of the head so many times, as one change."""
    uid = draft.nodes.get(code="HEAD").uid
    with open_edition(draft, by=account("editor")) as tree, tree.together("职级", about=uid):
        for number in range(times):
            tree.edit(uid, {"grade": f"P{number}"})


def test_changes_that_belong_together_are_one_entry_with_one_button(draft):
    _graded(draft, 2)
    page = _page()
    assert (_numbers(page), _buttons(page)) == ([4, 3, 2, 1], [4, 3, 2, 1])
    assert _parts(page) == 2
    assert "?change=4" not in page
    head = _page(address=f"{HISTORY}?node={draft.nodes.get(code='HEAD').uid}")
    assert (_numbers(head), _buttons(head)) == ([6, 5, 4, 2, 1], [4, 2, 1])
    assert head.count("?change=4") == 2
    signed_in("editor").post(f"{HISTORY}4/undo/")
    assert draft.nodes.get(code="HEAD").grade == ""
    page = _page()
    assert (_numbers(page), _buttons(page), page.count('class="taken-back"')) == ([7, 4, 3, 2, 1], [7, 3, 2, 1], 1)


def test_the_parts_of_a_long_change_have_pages_of_their_own(draft):
    _graded(draft, PAGE + 1)
    assert _parts(_page()) == SHOWN
    assert 'href="/designs/ours/draft/history/?change=4"' in _page()
    first, second = (_page(address=f"{HISTORY}?change=4&page={page}") for page in (1, 2))
    assert (_numbers(first), _numbers(second)) == (list(range(PAGE + 5, 5, -1)), [5])
    assert _buttons(first) == []
    assert 'href="?change=4&amp;page=2"' in first
    answers = {
        number: signed_in("editor").get(f"{HISTORY}?change={number}").status_code for number in (3, 99, "x", "²")
    }
    assert set(answers.values()) == {404}
    assert signed_in("editor").get(f"{HISTORY}?change={'9' * 30}").status_code == 404


def test_past_editions_keep_their_history_and_have_no_buttons(draft, ours):
    put_in_force(draft)
    assert _numbers(_page(address="/designs/ours/history/")) == [3, 2, 1]
    begin(ours, by=account("editor"))
    for address in ("/designs/ours/history/", "/designs/ours/editions/1/history/"):
        page = _page(address=address)
        assert (_numbers(page), _buttons(page)) == ([3, 2, 1], [])
    assert _numbers(_page()) == []


def test_only_editors_are_offered_to_take_back(draft):
    buttons = {role: _buttons(_page(role)) for role in ("editor", "reviewer", "approver", "administrator")}
    assert buttons == {"editor": [3, 2, 1], "reviewer": [], "approver": [], "administrator": [3, 2, 1]}


def test_the_draft_by_its_number_is_read_without_buttons(draft):
    assert _buttons(_page(address="/designs/ours/editions/1/history/")) == []


def test_the_history_is_for_who_works_on_own_designs(draft):
    put_in_force(draft)
    begin(draft.design, by=account("editor"))
    answers = {
        place: [signed_in(role).get(f"/designs/{place}/history/").status_code for role in ROLES]
        for place in ("ours", "ours/draft", "ours/editions/1", "office", "none")
    }
    workers = [404, 404, 200, 200, 200, 200]
    assert answers == {
        "ours": workers,
        "ours/draft": workers,
        "ours/editions/1": workers,
        "office": [404] * 6,
        "none": [404] * 6,
    }
    assert Client().get(HISTORY)["Location"] == f"/sign-in/?next={HISTORY}"
    assert Client().get("/designs/ours/history/").status_code == 302


def test_only_editors_take_back_and_only_in_a_draft(draft):
    address = f"{HISTORY}1/undo/"
    assert Client().post(address).status_code == 302
    answers = [signed_in(role).post(address).status_code for role in ROLES]
    assert answers == [404, 404, 302, 403, 403, 302]
    assert draft.changes.count() == 4
    assert signed_in("editor").get(address).status_code == 405
    assert signed_in("editor").post(f"{HISTORY}99/undo/").status_code == 404
    assert signed_in("editor").post("/designs/office/history/1/undo/").status_code == 404
    Edition.objects.filter(pk=draft.pk).update(status="in_review")
    assert signed_in("editor").post(f"{HISTORY}2/undo/").status_code == 403
    assert draft.changes.count() == 4


def test_a_draft_handed_in_meanwhile_is_not_written(draft, monkeypatch):
    monkeypatch.setattr("departments.views.history.require", lambda *_words: None)
    Edition.objects.filter(pk=draft.pk).update(status="in_review")
    assert _errors(signed_in("editor").post(f"{HISTORY}2/undo/", follow=True).content.decode()) == 1
    assert draft.changes.count() == 3


@pytest.mark.parametrize("groups", [1, 3])
def test_changes_with_parts_cost_one_query_more(ours, django_assert_num_queries, groups):
    draft = ours.editions.get()
    for _number in range(groups):
        _graded(draft, 2)
    editor = signed_in("editor")
    with django_assert_num_queries(15):
        assert editor.get(HISTORY).status_code == 200


@pytest.mark.parametrize("changes", [1, 3])
def test_the_page_costs_the_same_however_long_the_history(ours, django_assert_num_queries, changes):
    draft = ours.editions.get()
    head = draft.nodes.get(code="HEAD")
    with open_edition(draft, by=account("editor")) as tree:
        for number in range(changes):
            tree.edit(head.uid, {"grade": f"{number}"})
    assert draft.changes.count() == changes
    editor = signed_in("editor")
    with django_assert_num_queries(14):
        assert editor.get(HISTORY).status_code == 200
