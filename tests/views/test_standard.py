"""/positions/: the same post in many designs, and the way from there into a draft of one's own."""

import pytest

from departments.models import Change
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.transitions import begin
from departments.restructuring.undoing import undo
from tests.views.conftest import duty, office, position
from tests.views.people import account, own_design, signed_in

POST = "/positions/brand-manager/"


@pytest.fixture
def draft(make_design):
    """Two designs with the post, and the draft of an own one."""
    for slug, text in (("a", "制定品牌推广计划"), ("b", "管理品牌资产")):
        document = office(slug)
        document["tree"]["children"].append(position("POST", "品牌经理", duty(text, measure="按期")))
        source = make_design(document)
    return begin(own_design(source), by=account("editor"))


def wordings(client):
    post = client.get(POST).context["post"]
    return {line.duty.text: line.duty.uid.hex for part in post.parts for line in part.lines}


def test_the_list_leads_to_the_post_and_the_post_to_the_positions_and_back(client, draft):
    assert f'href="{POST}"' in client.get("/positions/").content.decode()
    assert 'href="/designs/a/positions/POST/"' in client.get(POST).content.decode()
    assert f'href="{POST}"' in client.get("/designs/a/positions/POST/").content.decode()
    assert f'href="{POST}"' in client.get("/search/?q=品牌经理").content.decode()


def test_an_unknown_post_is_not_there_and_an_unused_one_says_so(client, draft):
    assert client.get("/positions/no-such-post/").status_code == 404
    assert "还没有这个岗位" in client.get("/positions/sales-director/").content.decode()


def test_only_who_may_write_a_draft_is_offered_to_take(client, draft):
    assert "take-lines" not in client.get(POST).content.decode()
    assert 'name="line"' not in signed_in("reader").get(POST).content.decode()
    assert 'name="line"' in signed_in("editor").get(POST).content.decode()


def test_chosen_lines_become_a_position_as_one_change_that_can_be_taken_back(client, draft):
    editor, found = signed_in("editor"), wordings(client)
    root = draft.nodes.get(parent=None)
    chosen = {"design": "ours", "line": [found["制定品牌推广计划"], found["管理品牌资产"]]}
    asked = editor.get(f"{POST}take/", chosen)
    assert [entry.text for entry, _member in asked.context["lines"]] == ["管理品牌资产", "制定品牌推广计划"]
    before = draft.nodes.count()
    given = {**chosen, "title": "品牌主理人", "code": "MKT-BM", "under": root.uid.hex}
    assert editor.post(f"{POST}take/", given)["Location"] == "/designs/ours/draft/edit/MKT-BM/"
    made = draft.nodes.get(code="MKT-BM")
    lines = list(draft.nodes.filter(parent=made).order_by("lft"))
    assert [(line.text, line.measure, line.origin_uid) for line in lines] == [
        (text, "按期", found[text]) for text in ("管理品牌资产", "制定品牌推广计划")
    ]
    assert [line.origin_edition.design.slug for line in lines] == ["b", "a"]
    assert breaches() == []
    change = Change.objects.filter(edition=draft).latest("number")
    with open_edition(draft, by=account("editor")) as room:
        undo(room, change)
    assert draft.nodes.count() == before
    assert breaches() == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"code": "HEAD"}, "code"), ({"code": "岗 1"}, "code"), ({"under": "x"}, "under"), ({"title": " "}, "title")],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, draft, wrong, field):
    line = wordings(client)["制定品牌推广计划"]
    root = draft.nodes.get(parent=None).uid.hex
    given = {"design": "ours", "line": [line], "title": "品牌主理人", "code": "MKT-BM", "under": root} | wrong
    response = signed_in("editor").post(f"{POST}take/", given)
    assert list(response.context["form"].errors) == [field]
    assert not draft.nodes.filter(title="品牌主理人").exists()
    assert line in response.content.decode()


@pytest.mark.parametrize("lines", [[], ["x"], ["0" * 32]])
def test_without_a_line_of_the_post_nothing_is_taken(client, draft, lines):
    response = signed_in("editor").get(f"{POST}take/", {"design": "ours", "line": lines}, follow=True)
    assert "请至少选一条" in response.content.decode()
