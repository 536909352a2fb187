"""Editing a draft: what is written, what is kept, what is refused; without JavaScript."""

import pytest

from departments.models import Change, Node
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from tests.views.conftest import office
from tests.views.people import own_design, signed_in

DRAFT = "/designs/ours/draft/edit"


@pytest.fixture
def draft(make_design):
    return own_design(make_design(office()), in_force=False).editions.get()


@pytest.fixture
def editor(draft):
    return signed_in("editor")


def filled(page, **typed):
    """Return what a browser would send of the page's form, with some fields typed over."""
    fields = list(page.context["form"])
    shown = [(field.html_name, field.value()) for field in fields]
    seen = [(field.html_initial_name, field.initial) for field in fields]
    sent = {name: value for name, value in shown + seen if value is not None and value is not False}
    return {"do": "save"} | sent | typed


def node(draft, **columns):
    return Node.tree.get(edition=draft, **columns)


def test_saving_writes_what_was_changed_and_nothing_else(editor, draft):
    page = editor.get(f"{DRAFT}/G1-STAFF/")
    response = editor.post(f"{DRAFT}/G1-STAFF/", filled(page, title="调研专员", grade="P3"))
    assert response["Location"] == f"{DRAFT}/G1-STAFF/"
    change = Change.objects.filter(edition=draft).latest("number")
    assert (change.before, change.after) == ({"title": "专员1", "grade": ""}, {"title": "调研专员", "grade": "P3"})
    assert change.by_name == "editor"


def test_saving_nothing_writes_nothing(editor, draft):
    before = Change.objects.count()
    editor.post(f"{DRAFT}/HEAD/", filled(editor.get(f"{DRAFT}/HEAD/")))
    assert Change.objects.count() == before


def test_a_code_in_use_is_refused_and_what_was_typed_stays(editor, draft):
    page = editor.get(f"{DRAFT}/G1-STAFF/")
    response = editor.post(f"{DRAFT}/G1-STAFF/", filled(page, code="head", title="新名称"))
    assert response.context["form"].errors == {"code": ["“市场部经理”已经使用这个编号。"]}
    assert 'value="新名称"' in response.content.decode()
    assert node(draft, code="G1-STAFF").title == "专员1"


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ({"code": "a b"}, "code"),
        ({"title": ""}, "title"),
        ({"headcount_form": "range", "headcount_min": "3", "headcount_max": "2"}, "headcount_form"),
        ({"headcount_form": "unstated", "headcount_min": "3"}, "headcount_form"),
        ({"headcount_form": "number", "headcount_min": "-1"}, "headcount_min"),
    ],
)
def test_what_does_not_fit_is_explained_at_its_field(editor, draft, typed, column):
    response = editor.post(f"{DRAFT}/G1-STAFF/", filled(editor.get(f"{DRAFT}/G1-STAFF/"), **typed))
    assert list(response.context["form"].errors) == [column]


def test_a_number_of_people_needs_only_one_figure(editor, draft):
    page = editor.get(f"{DRAFT}/G1-STAFF/")
    editor.post(f"{DRAFT}/G1-STAFF/", filled(page, headcount_form="number", headcount_min="2"))
    staff = node(draft, code="G1-STAFF")
    assert (staff.headcount_form, staff.headcount_min, staff.headcount_max) == ("number", 2, 2)


def test_different_fields_of_two_editors_are_both_kept(editor, draft):
    page = editor.get(f"{DRAFT}/HEAD/")
    signed_in("editor", "second").post(f"{DRAFT}/HEAD/", filled(page, title="市场总监"))
    editor.post(f"{DRAFT}/HEAD/", filled(page, summary="主持市场部工作"))
    head = node(draft, code="HEAD")
    assert (head.title, head.summary) == ("市场总监", "主持市场部工作")


def test_the_same_field_of_two_editors_is_shown_side_by_side_and_nothing_is_lost(editor, draft):
    page = editor.get(f"{DRAFT}/HEAD/")
    signed_in("editor", "second").post(f"{DRAFT}/HEAD/", filled(page, title="市场总监"))
    met = editor.post(f"{DRAFT}/HEAD/", filled(page, title="市场主管"))
    assert met.status_code == 409
    assert [(c["seen"], c["theirs"], c["mine"]) for c in met.context["clashes"]] == [
        ("市场部经理", "市场总监", "市场主管")
    ]
    assert node(draft, code="HEAD").title == "市场总监"
    chosen = filled(page, title="市场主管") | {"resolved": "title", "theirs-title": "市场总监"}
    editor.post(f"{DRAFT}/HEAD/", chosen)
    assert node(draft, code="HEAD").title == "市场主管"


def test_a_third_text_met_while_choosing_clashes_again(editor, draft):
    page = editor.get(f"{DRAFT}/HEAD/")
    signed_in("editor", "second").post(f"{DRAFT}/HEAD/", filled(page, title="市场总监"))
    chosen = filled(page, title="市场主管") | {"resolved": "title", "theirs-title": "另一名称"}
    assert editor.post(f"{DRAFT}/HEAD/", chosen).status_code == 409


def test_functions_that_clash_can_be_chosen_too(editor, draft):
    path = f"{DRAFT}/MKT/"
    page = editor.get(path)
    signed_in("editor", "second").post(path, filled(page, functions=["brand", "sales"]))
    met = editor.post(path, filled(page, functions=["brand", "pricing"]))
    assert met.status_code == 409
    mine = filled(page, functions=["brand", "pricing"])
    editor.post(path, mine | {"resolved": "functions", "theirs-functions": met.context["clashes"][0]["theirs"]})
    links = node(draft, code="MKT").function_links.order_by("order")
    assert list(links.values_list("function__slug", flat=True)) == ["brand", "pricing"]


def test_several_lines_become_several_statements_without_their_numbers(editor, draft):
    lines = "1. 编制预算\n（二）核对费用\n\n☆ 归档票据\n③3 日内报送"
    data = {"do": "add-duties", "lines": lines, "section": "responsibility", "weight": "primary"}
    editor.post(f"{DRAFT}/G1-STAFF/", data)
    staff = node(draft, code="G1-STAFF")
    texts = list(Node.tree.filter(parent=staff).order_by("lft").values_list("text", flat=True))
    assert texts == ["收集第1类市场信息", "编制预算", "核对费用", "归档票据", "3 日内报送"]
    assert breaches(draft) == []


def test_a_statement_is_reworded_shifted_and_moved(editor, draft):
    data = {"do": "add-duties", "lines": "编制预算\n核对费用", "section": "responsibility", "weight": "primary"}
    editor.post(f"{DRAFT}/HEAD/", data)
    costs = node(draft, text="核对费用")
    path = f"{DRAFT}/{costs.uid.hex}/"
    editor.post(path, filled(editor.get(path), text="核对推广费用"))
    editor.post(path, {"do": "up"})
    head = node(draft, code="HEAD")
    assert list(Node.tree.filter(parent=head).order_by("lft").values_list("text", flat=True)) == [
        "制定市场调研计划",
        "核对推广费用",
        "编制预算",
    ]
    editor.post(path, {"do": "move", "under": "G1-STAFF"})
    assert node(draft, uid=costs.uid).parent.code == "G1-STAFF"
    assert breaches(draft) == []


def test_a_position_is_added_and_a_branch_removed(editor, draft):
    response = editor.post(f"{DRAFT}/G1/", {"do": "add-place", "kind": "position", "title": "内勤", "code": "G1-2"})
    assert response["Location"] == f"{DRAFT}/G1-2/"
    response = editor.post(f"{DRAFT}/G1/", {"do": "remove"})
    assert response["Location"] == f"{DRAFT}/MKT/"
    assert not Node.tree.filter(edition=draft, code__startswith="G1").exists()
    assert breaches(draft) == []


def test_a_code_in_use_stops_an_addition_without_a_trace(editor, draft):
    before = Node.tree.filter(edition=draft).count()
    response = editor.post(f"{DRAFT}/G1/", {"do": "add-place", "kind": "position", "title": "内勤", "code": "HEAD"})
    assert [str(message) for message in response.context["messages"]] == ["编号已被使用，没有作任何更改。"]
    assert Node.tree.filter(edition=draft).count() == before


@pytest.mark.parametrize(
    ("ref", "data"),
    [("MKT", {"do": "remove"}), ("MKT", {"do": "move", "under": "G1"}), ("G1", {"do": "nonsense"})],
)
def test_what_cannot_be_done_changes_nothing(editor, draft, ref, data):
    before = list(Node.tree.of(draft).values_list("uid", "lft"))
    assert editor.post(f"{DRAFT}/{ref}/", data).status_code == 200
    assert list(Node.tree.of(draft).values_list("uid", "lft")) == before


def test_what_is_in_review_is_not_written(editor, draft):
    page = editor.get(f"{DRAFT}/HEAD/")
    draft.status = "in_review"
    draft.save()
    assert editor.post(f"{DRAFT}/HEAD/", filled(page, title="市场总监")).status_code == 403
    assert node(draft, code="HEAD").title == "市场部经理"


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("editor", f"{DRAFT}/HEAD/", 200),
        ("reviewer", f"{DRAFT}/HEAD/", 403),
        ("editor", "/designs/office/edit/HEAD/", 403),
        ("editor", f"{DRAFT}/NONE/", 404),
    ],
)
def test_only_editors_edit_and_only_a_draft(draft, role, path, status):
    assert signed_in(role).get(path).status_code == status


def test_strangers_are_sent_to_sign_in(client, draft):
    assert client.get(f"{DRAFT}/HEAD/")["Location"] == f"/sign-in/?next={DRAFT}/HEAD/"


@pytest.mark.parametrize("more", [1, 300])
def test_editing_costs_the_same_for_any_size(editor, draft, django_assert_num_queries, more):
    with open_edition(draft) as room:
        root = node(draft, code="MKT")
        for number in range(more):
            room.insert("position", under=root.uid, title=f"岗位{number}")
    with django_assert_num_queries(8):
        editor.get(f"{DRAFT}/HEAD/")


def test_the_next_free_code_is_proposed(draft):
    page = signed_in("editor").get("/designs/ours/draft/edit/G1/").content.decode()
    assert 'name="code" value="G1-01"' in page


def test_hints_on_the_wording_stand_beside_the_statements_of_the_draft_alone(draft, client):
    with open_edition(draft) as tree:
        duty = tree.insert("duty", under=draft.nodes.get(code="HEAD").uid, text="做好相关工作")
    for page in ("edit/HEAD", "positions/HEAD"):
        answer = signed_in("editor").get(f"/designs/ours/draft/{page}/").content.decode()
        statement = answer.partition(f'id="duty-{duty.uid.hex[:12]}"')[2].partition("</li>")[0]
        assert (answer.count('class="hint"'), statement.count('class="hint"')) == (1, 1)
    assert 'class="hint"' not in signed_in("reviewer").get("/designs/ours/draft/positions/HEAD/").content.decode()
