"""One change to chosen positions: a preview, one undoable change, and no half of it where somebody was faster."""

import re
from typing import Any

import pytest
from django.test import Client

from departments.models import Edition
from departments.restructuring import Row, open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.undoing import undo
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import account, own_design, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/designs/ours/draft/register/change/"
STAFF = ["G1-STAFF", "G2-STAFF"]


@pytest.fixture
def draft(make_design) -> Edition:
    """市场部 with its head, and two groups with a 专员 each."""
    return remember(lambda: own_design(make_design(office(groups=2)), in_force=False)).editions.get()


def said(draft: Edition) -> list[tuple[str, str]]:
    """Return code (none for a statement) and words of every node in document order."""
    return [
        (code, title or text) for code, title, text in draft.nodes.order_by("lft").values_list("code", "title", "text")
    ]


def send(positions: list[str] = STAFF, **data: Any) -> str:
    answer = signed_in("editor").post(ADDRESS, {"position": positions, **data})
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def hidden(page: str) -> dict[str, Any]:
    """Return what the form below a preview sends."""
    form = page.partition('id="preview"')[2].partition("<form")[2].partition("</form>")[0]
    fields: dict[str, Any] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    return fields


def write(page: str) -> Any:
    return signed_in("editor").post(ADDRESS, hidden(page), follow=True)


def test_only_editors_change_and_only_a_draft(draft):
    roles = ("", "reader", "editor", "reviewer", "approver", "administrator")
    answers = [signed_in(role).post(ADDRESS, {"position": STAFF}).status_code for role in roles]
    assert answers == [404, 404, 200, 403, 403, 200]
    assert Client().post(ADDRESS)["Location"] == f"/sign-in/?next={ADDRESS}"
    assert signed_in("editor").get(ADDRESS).status_code == 405
    Edition.objects.filter(pk=draft.pk).update(status="in_review")
    assert signed_in("editor").post(ADDRESS, {"position": STAFF}).status_code == 403


def test_nothing_chosen_leads_back_to_the_register(draft):
    answer = signed_in("editor").post(ADDRESS, {"position": ["NONE"]}, follow=True)
    assert answer.redirect_chain == [("/designs/ours/draft/register/", 302)]
    assert "请先选择岗位" in answer.content.decode()


def test_a_selection_shows_what_can_be_done_and_writes_nothing(draft):
    before = said(draft)
    page = send()
    assert (page.count('class="task"'), 'id="preview"' in page) == (4, False)
    assert 'href="/designs/ours/draft/booklet.pdf?position=G1-STAFF&amp;position=G2-STAFF"' in page
    assert said(draft) == before


def test_a_term_is_shown_marked_and_then_replaced_as_one_change(draft):
    page = send(task="replace", old="市场信息", new="客户情报", where=["title", "duties"])
    assert page.count("<del>市场信息</del>") == 2
    assert page.count("<ins>客户情报</ins>") == 2
    assert draft.changes.count() == 0
    before = said(draft)
    assert write(page).redirect_chain == [("/designs/ours/draft/register/", 302)]
    assert [words for _code, words in said(draft)] == [
        *("市场部", "研究市场", "市场部经理", "制定市场调研计划"),
        *("第1组", "专员1", "收集第1类客户情报", "第2组", "专员2", "收集第1类客户情报"),
    ]
    group = draft.changes.get(group=None)
    assert (group.verb, group.by, group.after) == ("group", account("editor"), {"parts": 2})
    with open_edition(draft) as tree:
        undo(tree, group)
    assert said(draft) == before


def test_a_replacement_that_leaves_nothing_is_left_out_with_its_reason(draft):
    page = send(task="replace", old="专员1", new="", where=["title"])
    assert (page.count('class="refused"'), page.count("改后没有内容")) == (1, 1)
    write(page)
    assert draft.changes.count() == 0


def test_a_statement_is_given_to_who_lacks_it(draft):
    data = {"task": "share", "section": "qualification", "text": "本科以上学历"}
    write(send(["G1-STAFF"], **data))
    page = send([*STAFF, "HEAD"], **data)
    assert page.count("<ins>本科以上学历</ins>") == 2
    write(page)
    assert draft.nodes.filter(section="qualification", text="本科以上学历").count() == 3
    assert "没有" in send([*STAFF, "HEAD"], **data)


def test_a_statement_alone_takes_the_place_of_the_others(draft):
    page = send(task="share", section="responsibility", text="收集信息", alone="on")
    assert (page.count("<ins>"), page.count("<del>")) == (2, 2)
    write(page)
    assert list(draft.nodes.filter(parent__code__in=STAFF).values_list("text", flat=True)) == ["收集信息"] * 2
    assert breaches() == []


def test_positions_are_moved_with_what_is_below(draft):
    target = draft.nodes.get(code="MKT")
    write(send(task="move", under=target.uid.hex))
    assert [code for code, _words in said(draft) if code] == ["MKT", "HEAD", "G1", "G2", "G1-STAFF", "G2-STAFF"]
    assert breaches() == []


def test_codes_follow_the_pattern_though_they_change_places(draft):
    with open_edition(draft) as tree:
        tree.edit(draft.nodes.get(code="HEAD").uid, {"code": "MKT-02"})
        for number in ("01", "03"):
            tree.insert("position", under=draft.nodes.get(code="MKT").uid, title=f"岗{number}", code=f"MKT-{number}")
    before = said(draft)
    write(send(["MKT-02", "MKT-01", "G1-STAFF"], task="renumber"))
    assert [(code, words) for code, words in said(draft) if code] == [
        *(("MKT", "市场部"), ("MKT-01", "市场部经理"), ("G1", "第1组"), ("G1-01", "专员1"), ("G2", "第2组")),
        *(("G2-STAFF", "专员2"), ("MKT-02", "岗01"), ("MKT-03", "岗03")),
    ]
    with open_edition(draft) as tree:
        undo(tree, draft.changes.get(verb="group"))
    assert said(draft) == before


def test_what_somebody_changed_meanwhile_writes_nothing_and_is_shown_again(draft):
    page = send(task="replace", old="市场信息", new="客户情报", where=["duties"])
    duty = draft.nodes.get(parent__code="G1-STAFF")
    with open_edition(draft) as tree:
        tree.edit(duty.uid, {"text": "收集并整理市场信息"})
    again = write(page).content.decode()
    assert draft.changes.count() == 1
    assert again.count("有人作了更改") == 1
    write(again)
    assert sorted(draft.nodes.filter(parent__code__in=STAFF).values_list("text", flat=True)) == [
        "收集并整理客户情报",
        "收集第1类客户情报",
    ]


def test_who_is_gone_meanwhile_is_not_written_half(draft):
    page = send(task="replace", old="市场信息", new="客户情报", where=["duties"])
    with open_edition(draft) as tree:
        tree.remove(draft.nodes.get(code="G1-STAFF").uid)
    again = write(page).content.decode()
    assert draft.changes.count() == 1
    write(again)
    assert draft.nodes.get(parent__code="G2-STAFF").text == "收集第1类客户情报"


def test_bad_input_is_said_beside_its_field(draft):
    for data in (
        {"task": "replace", "old": "  ", "new": "x", "where": ["title"]},
        {"task": "share", "section": "nonsense", "text": "x"},
        {"task": "move", "under": "none"},
    ):
        page = send(**data)
        assert (page.count('class="errorlist"'), 'id="preview"' in page) == (1, False)


@pytest.mark.parametrize("groups", [1, 3])
def test_a_preview_costs_the_same_whatever_is_chosen(make_design, django_assert_num_queries, groups):
    own_design(make_design(office(groups=groups)), in_force=False)
    editor = signed_in("editor")
    data = {"position": [f"G{n}-STAFF" for n in range(1, groups + 1)], "task": "replace", "old": "市场", "new": "客户"}
    with django_assert_num_queries(8):
        assert editor.post(ADDRESS, data | {"where": ["duties"]}).status_code == 200


def test_1200_positions_are_chosen_by_their_boxes_or_as_all_that_fit_the_filter(draft):
    root = draft.nodes.get(code="MKT").uid
    rows = [Row(0, "department", {"title": "大部", "code": "BIG"})]
    rows += [Row(1, "position", {"title": f"岗位{n}", "grade": "M1" if n % 2 else ""}) for n in range(1200)]
    with open_edition(draft) as room:
        room.insert_branch(rows, under=root)
    editor = signed_in("editor")
    uids = [row.uid.hex for row in rows[1:]]
    boxes = editor.post(ADDRESS, {"position": uids})
    assert (boxes.status_code, len(boxes.context["chosen"])) == (200, 1200)
    shown = editor.get("/designs/ours/draft/register/?department=G1&missing=summary").content.decode()
    assert 'name="matching" value="department=G1&amp;missing=summary"' in shown
    found = editor.post(ADDRESS, {"matching": "department=BIG&grade=M1"})
    assert len(found.context["chosen"]) == 600
