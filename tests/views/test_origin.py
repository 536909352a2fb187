"""The page that says what the reference changed since, and takes it over into the draft."""

import pytest

from departments.restructuring import open_edition
from departments.restructuring.transitions import begin
from tests.views.conftest import duty, office
from tests.views.people import account, own_design, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/designs/ours/origin/"


@pytest.fixture
def ours(make_design):
    ours = own_design(make_design(office()))
    document = office()
    document["tree"]["children"][0]["text"] = "研究市场与客户"
    document["tree"]["children"][1]["children"].append(duty("主持例会"))
    make_design(document)
    return ours


def keys(page) -> list[str]:
    return [one.key for _place, together in page.context["places"] for ones in together for one in ones.differences]


def test_the_design_says_that_the_reference_has_changed_since(ours, client):
    editor = signed_in("editor")
    for address in ("/designs/ours/", "/own/"):
        assert PAGE in editor.get(address).content.decode()
        page = client.get(address).content.decode()
        assert (PAGE in page, "参考设计此后有更改" in page) == (False, True)


def test_an_editor_takes_over_one_by_one(ours):
    editor = signed_in("editor")
    page = editor.get(PAGE).content.decode()
    assert ("研究市场与客户" in page, 'name="take"' in page, "开始修订" in page) == (True, False, True)
    draft = begin(ours, by=account("editor"))
    page = editor.get(PAGE)
    first, second = keys(page)
    assert page.content.decode().count('name="take"') == 2
    for left, key in ((1, second), (0, first), (0, first)):
        assert editor.post(PAGE, {"take": key})["Location"] == PAGE
        assert editor.get(PAGE).context["count"] == left
    assert draft.changes.count() == 2
    assert draft.nodes.filter(text__in=("研究市场与客户", "主持例会")).count() == 2


def test_the_fields_of_one_position_are_taken_over_or_declined_each_or_together(make_design):
    ours = own_design(make_design(office()))
    document = office()
    document["tree"]["children"][1] |= {"title_en": "Head", "summary": "主持市场部", "grade": "经理级"}
    make_design(document)
    draft, editor = begin(ours, by=account("editor")), signed_in("editor")
    first, *rest = keys(editor.get(PAGE))
    editor.post(PAGE, {"decline": first})
    page = editor.get(PAGE)
    assert (keys(page), "全部采纳（2 项）" in page.content.decode()) == (rest, True)
    editor.post(PAGE, {"take": [*rest, "reworded:none"]})
    assert draft.changes.count() == 0
    editor.post(PAGE, {"take": rest})
    assert (keys(editor.get(PAGE)), draft.changes.filter(group=None).count()) == ([], 1)


def test_words_of_the_companys_own_are_replaced_on_request(ours):
    draft, editor = begin(ours, by=account("editor")), signed_in("editor")
    with open_edition(draft) as room:
        room.edit(draft.nodes.get(text="研究市场").uid, {"text": "研究本地市场"})
    page = editor.get(PAGE)
    first = page.context["places"][0][1][0].differences[0]
    said = page.content.decode()
    assert ("研究本地市场" in said, "研究市场与客户" in said, said.count('name="seen"')) == (True, True, 1)
    editor.post(PAGE, {"take": first.key})
    assert draft.nodes.filter(text="研究本地市场").count() == 1
    editor.post(PAGE, {"take": first.key, "seen": "another"})
    assert draft.nodes.filter(text="研究本地市场").count() == 1
    said = editor.post(PAGE, {"take": first.key, "seen": first.replaces}, follow=True).content.decode()
    assert (draft.nodes.filter(text="研究市场与客户").count(), "取代本公司原有的写法" in said) == (1, True)


def test_only_editors_take_over_and_only_into_a_draft(ours):
    assert signed_in("editor").post(PAGE, {"take": "x"}).status_code == 403
    begin(ours, by=account("editor"))
    assert signed_in("reviewer").post(PAGE, {"take": "x"}).status_code == 403
    assert signed_in("reviewer").get(PAGE).content.decode().count('name="take"') == 0


def test_what_is_not_wanted_is_declined_and_can_be_put_back(ours):
    editor = signed_in("editor")
    first, second = keys(editor.get(PAGE))
    assert signed_in("reviewer").post(PAGE, {"decline": first}).status_code == 403
    assert signed_in("reviewer").get(PAGE).content.decode().count('name="decline"') == 0
    assert editor.post(PAGE, {"decline": first})["Location"] == PAGE
    page = editor.get(PAGE)
    assert (keys(page), page.context["declined"]) == ([second], 1)
    assert f"{PAGE}?declined=1" in page.content.decode()
    declined = editor.get(f"{PAGE}?declined=1").content.decode()
    assert (first in declined, second in declined, declined.count('name="take"')) == (True, False, 0)
    assert editor.post(PAGE, {"reconsider": first})["Location"] == PAGE
    assert editor.get(PAGE).context["count"] == 2
    assert editor.post(PAGE, {"decline": "reworded:none"})["Location"] == PAGE


def test_a_design_begun_empty_has_no_origin(ours):
    editor = signed_in("editor")
    editor.post("/own/new/", {"name": "新公司", "slug": "new"})
    assert editor.get("/designs/new/origin/").status_code == 404


@pytest.mark.parametrize("groups", [1, 3])
def test_the_page_costs_the_same_for_any_size(make_design, django_assert_num_queries, groups):
    own_design(make_design(office(groups=groups)))
    make_design(office(groups=groups, duties=2))
    reviewer = signed_in("reviewer")
    with django_assert_num_queries(13):
        assert reviewer.get(PAGE).context["count"] == groups
