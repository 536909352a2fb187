"""Editing a draft on its own pages: what is written, what is kept, what is refused; in place and without JavaScript."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.models import Change, Node
from departments.restructuring import Row, open_edition
from departments.restructuring.checking import breaches
from tests.remembering import remember
from tests.views.conftest import office
from tests.views.people import own_design, signed_in

DRAFT = "/designs/ours/draft"
EDIT = f"{DRAFT}/edit"
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/designs/ours/draft/positions/G1-STAFF/"}


@pytest.fixture
def draft(make_design):
    return remember(lambda: own_design(make_design(office(groups=2)), in_force=False)).editions.get()


@pytest.fixture
def editor(draft):
    return signed_in("editor")


def filled(page, **typed):
    """Return what a browser would send of the page's form, with some fields typed over."""
    fields = list(page.context["form"])
    shown = [(field.html_name, field.value()) for field in fields]
    seen = [(field.html_initial_name, field.initial) for field in fields if field.field.show_hidden_initial]
    seen = [(name, "、".join(value) if name == "initial-aliases" else value) for name, value in seen]
    sent = {name: value for name, value in shown + seen if value is not None and value is not False}
    return sent | typed


def save(editor, ref, part, **typed):
    path = f"{EDIT}/{ref}/{part}/"
    return editor.post(path, filled(editor.get(path), **typed))


def node(draft, **columns):
    return Node.tree.get(edition=draft, **columns)


def texts(draft, holder):
    return list(
        Node.tree.filter(parent=node(draft, code=holder), kind="duty").order_by("lft").values_list("text", flat=True)
    )


def last(draft):
    return Change.objects.filter(edition=draft).latest("number")


def test_saving_writes_what_was_changed_and_nothing_else(editor, draft):
    response = save(editor, "G1-STAFF", "names", title="调研专员", aliases="专员，调研员")
    assert response["Location"] == f"{DRAFT}/positions/G1-STAFF/#change-names"
    change = last(draft)
    assert (change.before, change.after) == (
        {"title": "专员1", "aliases": []},
        {"title": "调研专员", "aliases": ["专员", "调研员"]},
    )
    assert change.by_name == "editor"


@pytest.mark.parametrize("part", ["names", "summary", "headcount", "standing", "functions"])
def test_saving_nothing_writes_nothing(editor, draft, part):
    before = Change.objects.count()
    save(editor, "HEAD", part)
    assert Change.objects.count() == before


def test_in_place_the_sheet_comes_back_with_a_way_to_undo(editor, draft):
    path = f"{EDIT}/G1-STAFF/summary/"
    form = editor.get(path, headers=HTMX)
    assert form.content.decode().lstrip().startswith("<form")
    response = editor.post(path, filled(form, summary="收集信息"), headers=HTMX)
    page = response.content.decode()
    assert (response.status_code, response.context["said"]) == (200, [{"text": "已保存。", "undo": last(draft).number}])
    assert ("收集信息" in page, 'id="sheet"' in page, "<html" in page) == (True, True, False)
    editor.post(f"{EDIT}/MKT/", {"do": "undo", "number": last(draft).number, "page": "G1-STAFF"}, headers=HTMX)
    assert node(draft, code="G1-STAFF").summary == ""


def test_a_new_code_is_the_pages_new_address(editor, draft):
    path = f"{EDIT}/G1-STAFF/names/"
    response = editor.post(path, filled(editor.get(path), code="G1-7"), headers=HTMX)
    assert response["HX-Replace-Url"] == f"{DRAFT}/positions/G1-7/"


def test_a_code_in_use_is_refused_and_what_was_typed_stays(editor, draft):
    response = save(editor, "G1-STAFF", "names", code="head", title="新名称")
    assert response.status_code == 422
    assert response.context["form"].errors == {"code": ["“市场部经理”已经使用这个编号。"]}
    assert 'value="新名称"' in response.content.decode()
    assert node(draft, code="G1-STAFF").title == "专员1"


@pytest.mark.parametrize(
    ("part", "typed", "column"),
    [
        ("names", {"code": "a b"}, "code"),
        ("names", {"title": ""}, "title"),
        ("headcount", {"headcount_form": "range", "headcount_min": "3", "headcount_max": "2"}, "headcount_form"),
        ("headcount", {"headcount_form": "unstated", "headcount_min": "3"}, "headcount_form"),
        ("headcount", {"headcount_form": "number", "headcount_min": "-1"}, "headcount_min"),
    ],
)
def test_what_does_not_fit_is_explained_at_its_field(editor, draft, part, typed, column):
    response = save(editor, "G1-STAFF", part, **typed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [column])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"headcount_form": "number", "headcount_min": "2"}, "2 人"),
        ({"headcount_form": "range", "headcount_min": "2", "headcount_max": "3"}, "2～3 人"),
        ({"headcount_form": "per", "headcount_per": "每个新品 1 人"}, "每个新品 1 人"),
        ({"headcount_form": "as_needed"}, "视情况"),
        ({"headcount_form": "several", "headcount_min": "2"}, "若干（至少 2 人）"),
        ({"headcount_form": "unstated"}, ""),
    ],
)
def test_every_form_of_headcount_can_be_typed(editor, draft, typed, said):
    assert save(editor, "G1-STAFF", "headcount", **typed).status_code == 302
    page = editor.get(f"{DRAFT}/positions/G1-STAFF/")
    assert str(page.context["entry"].headcount) == said


def test_what_else_is_known_of_a_department_has_a_form_each(editor, draft):
    typed = {
        "details": {
            "unit_type": "center",
            "repeats": "每区一个",
            "place_basis": "inferred",
            "initial-place_basis": "stated",
        },
        "levels": {"levels": "主管级：7\r\n专员级：视情况"},
        "remarks": {"remarks": "预算：较少"},
    }
    for part, sent in typed.items():
        assert editor.post(f"{EDIT}/MKT/{part}/", sent).status_code == 302, part
    mkt = node(draft, code="MKT")
    assert (mkt.unit_type, mkt.repeats, mkt.place_basis) == ("center", "每区一个", "inferred")
    assert [(one["level"], one["headcount"]["form"], one["headcount"]["min"]) for one in mkt.levels] == [
        ("主管级", "number", 7),
        ("专员级", "as_needed", None),
    ]
    assert mkt.remarks == [{"label": "预算", "text": "较少"}]
    page = editor.get(f"{DRAFT}/departments/MKT/").content.decode()
    assert [words for words in ("中心", "每区一个", "主管级", "较少") if words not in page] == []
    wrong = editor.post(f"{EDIT}/MKT/levels/", {"levels": "主管级：很多"})
    assert (wrong.status_code, "主管级：很多" in wrong.content.decode()) == (422, True)
    seen = "主管级：7 人\n专员级：视情况"
    editor.post(f"{EDIT}/MKT/levels/", {"initial-levels": seen, "levels": "主管级：8 人"})
    met = editor.post(f"{EDIT}/MKT/levels/", {"initial-levels": seen, "levels": f"{seen}\n经理级：1"})
    assert [(c["theirs"], c["mine"]) for c in met.context["clashes"]] == [("主管级：8 人", f"{seen}\n经理级：1 人")]
    assert editor.get(f"{EDIT}/G1-STAFF/levels/").status_code == 404


def test_different_fields_of_two_editors_are_both_kept(editor, draft):
    page = editor.get(f"{EDIT}/HEAD/names/")
    signed_in("editor", "second").post(f"{EDIT}/HEAD/names/", filled(page, title="市场总监"))
    editor.post(f"{EDIT}/HEAD/names/", filled(page, title_en="Head of Marketing"))
    head = node(draft, code="HEAD")
    assert (head.title, head.title_en) == ("市场总监", "Head of Marketing")


def test_the_same_text_of_two_editors_is_shown_side_by_side_and_nothing_is_lost(editor, draft):
    path = f"{EDIT}/HEAD/names/"
    page = editor.get(path)
    signed_in("editor", "second").post(path, filled(page, title="市场总监"))
    met = editor.post(path, filled(page, title="市场主管"), headers=HTMX)
    assert (met.status_code, met["HX-Retarget"]) == (409, "#part-names")
    assert [(c["name"], c["theirs"], c["mine"]) for c in met.context["clashes"]] == [("title", "市场总监", "市场主管")]
    assert node(draft, code="HEAD").title == "市场总监"
    again = {"title": "市场主管", "initial-title": met.context["form"].data["initial-title"]}
    assert editor.post(path, filled(page) | again | {"choice-title": "theirs"}).status_code == 302
    assert node(draft, code="HEAD").title == "市场总监"
    editor.post(path, filled(page) | again | {"choice-title": "mine"})
    assert node(draft, code="HEAD").title == "市场主管"


def test_a_third_text_met_while_choosing_clashes_again(editor, draft):
    path = f"{EDIT}/HEAD/names/"
    chosen = filled(editor.get(path)) | {"title": "市场主管", "initial-title": "另一名称"}
    assert editor.post(path, chosen).status_code == 409


def test_a_headcount_that_clashes_is_said_as_a_whole(editor, draft):
    path = f"{EDIT}/HEAD/headcount/"
    page = editor.get(path)
    signed_in("editor", "second").post(path, filled(page, headcount_form="number", headcount_min="3"))
    met = editor.post(path, filled(page, headcount_form="range", headcount_min="1", headcount_max="2"))
    assert [(c["theirs"], c["mine"]) for c in met.context["clashes"]] == [("3 人", "1～2 人")]


def test_functions_that_clash_can_be_chosen_too(editor, draft):
    path = f"{EDIT}/MKT/functions/"
    page = editor.get(path)
    signed_in("editor", "second").post(path, filled(page, functions=["brand", "sales"]))
    mine = filled(page, functions=["brand", "pricing"])
    met = editor.post(path, mine)
    assert met.status_code == 409
    editor.post(path, mine | {"initial-functions": met.context["form"].data.getlist("initial-functions")})
    links = node(draft, code="MKT").function_links.order_by("order")
    assert list(links.values_list("function__slug", flat=True)) == ["brand", "pricing"]


def test_several_lines_become_several_statements_and_one_change(editor, draft):
    lines = "1. 编制预算\n（二）核对费用\n\n☆ 归档票据\n③3 日内报送\n1.2 2.5 万元以下的费用\n一、采购"
    editor.post(f"{EDIT}/G1-STAFF/statements/", {"lines": lines, "section": "responsibility", "weight": "primary"})
    pasted = ["编制预算", "核对费用", "归档票据", "3 日内报送", "2.5 万元以下的费用", "采购"]
    assert texts(draft, "G1-STAFF") == ["收集第1类市场信息", *pasted]
    assert (last(draft).group.verb, last(draft).group.after) == ("group", {"parts": 6})
    assert breaches(draft) == []
    editor.post(f"{EDIT}/G1-STAFF/", {"do": "undo", "number": last(draft).group.number})
    assert texts(draft, "G1-STAFF") == ["收集第1类市场信息"]


def test_in_place_the_form_for_new_statements_stays_open(editor, draft):
    data = {"lines": "编制预算", "section": "responsibility", "weight": "primary", "page": "G1-STAFF"}
    page = editor.post(f"{EDIT}/G1-STAFF/statements/", data, headers=HTMX)
    assert page.context["again"]["where"] == "add-responsibility-primary"
    assert page.content.decode().count("<textarea") == 1


def test_a_statement_is_reworded_shifted_grouped_and_moved(editor, draft):
    data = {"lines": "编制预算\n核对费用", "section": "responsibility", "weight": "primary"}
    editor.post(f"{EDIT}/HEAD/statements/", data)
    costs = node(draft, text="核对费用").uid.hex
    save(editor, costs, "statement", text="核对推广费用")
    editor.post(f"{EDIT}/{costs}/", {"do": "up"})
    assert texts(draft, "HEAD") == ["制定市场调研计划", "核对推广费用", "编制预算"]
    editor.post(f"{EDIT}/{costs}/", {"do": "in"})
    assert texts(draft, "HEAD") == ["制定市场调研计划", "编制预算"]
    editor.post(f"{EDIT}/{costs}/", {"do": "out"})
    assert texts(draft, "HEAD") == ["制定市场调研计划", "核对推广费用", "编制预算"]
    grouped = [costs, node(draft, text="编制预算").uid.hex]
    heading = {"heading": "费用管理", "grouped": grouped, "section": "responsibility", "weight": "primary"}
    editor.post(f"{EDIT}/HEAD/heading/", heading)
    assert texts(draft, "HEAD") == ["制定市场调研计划", "费用管理"]
    under = node(draft, code="G1-STAFF").uid.hex
    editor.post(f"{EDIT}/{costs}/move/", {"under": under, "at": "first"})
    assert texts(draft, "G1-STAFF") == ["核对推广费用", "收集第1类市场信息"]
    assert breaches(draft) == []


def test_a_statement_dropped_in_another_list_takes_its_section(editor, draft):
    duty = node(draft, text="制定市场调研计划")
    staff = node(draft, code="G1-STAFF")
    data = {"do": "drop", "under": staff.uid.hex, "before": "", "section": "authority", "weight": "primary"}
    editor.post(f"{EDIT}/{duty.uid.hex}/", data)
    moved = node(draft, uid=duty.uid)
    assert (moved.parent_id, moved.section) == (staff.pk, "authority")
    editor.post(
        f"{EDIT}/MKT/", {"do": "undo", "number": Change.objects.filter(edition=draft, verb="group").get().number}
    )
    moved = node(draft, uid=duty.uid)
    assert (moved.parent.code, moved.section) == ("HEAD", "responsibility")


def test_places_are_added_moved_and_removed_from_the_page_they_are_listed_on(editor, draft):
    response = editor.post(f"{EDIT}/G1/place/", {"kind": "position", "title": "内勤", "code": "G1-2"})
    assert response["Location"] == f"{DRAFT}/departments/G1/#go-{node(draft, code='G1-2').uid.hex}"
    under = node(draft, code="G2").uid.hex
    response = editor.post(f"{EDIT}/G1-2/move/", {"under": under, "at": "last", "page": "G1"})
    assert response["Location"] == f"{DRAFT}/departments/G1/"
    assert node(draft, code="G1-2").parent.code == "G2"
    response = editor.post(f"{EDIT}/G1/", {"do": "remove"})
    assert response["Location"] == f"{DRAFT}/departments/MKT/#sheet"
    assert not Node.tree.filter(edition=draft, code__startswith="G1-S").exists()
    assert breaches(draft) == []


def test_a_code_in_use_stops_an_addition_without_a_trace(editor, draft):
    before = Node.tree.filter(edition=draft).count()
    response = editor.post(f"{EDIT}/G1/place/", {"kind": "position", "title": "内勤", "code": "HEAD"})
    assert response.context["form"].errors == {"code": ["“市场部经理”已经使用这个编号。"]}
    assert Node.tree.filter(edition=draft).count() == before


@pytest.mark.parametrize(
    ("ref", "data", "status"),
    [
        ("MKT", {"do": "remove"}, 302),
        ("MKT", {"do": "drop", "under": "G1"}, 302),
        ("HEAD", {"do": "drop", "under": "NONE"}, 404),
        ("G1", {"do": "undo", "number": "999"}, 302),
        ("G1", {"do": "nonsense"}, 404),
    ],
)
def test_what_cannot_be_done_changes_nothing(editor, draft, ref, data, status):
    before = list(Node.tree.of(draft).values_list("uid", "lft"))
    assert editor.post(f"{EDIT}/{ref}/", data).status_code == status
    assert list(Node.tree.of(draft).values_list("uid", "lft")) == before


def test_what_is_in_review_is_not_written(editor, draft):
    sent = filled(editor.get(f"{EDIT}/HEAD/names/"), title="市场总监")
    draft.status = "in_review"
    draft.save()
    assert editor.post(f"{EDIT}/HEAD/names/", sent).status_code == 403
    assert node(draft, code="HEAD").title == "市场部经理"


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("editor", f"{EDIT}/HEAD/", 302),
        ("editor", f"{EDIT}/HEAD/names/", 200),
        ("reviewer", f"{EDIT}/HEAD/names/", 403),
        ("editor", "/designs/office/edit/HEAD/names/", 403),
        ("editor", f"{EDIT}/NONE/names/", 404),
        ("editor", f"{EDIT}/HEAD/nonsense/", 404),
    ],
)
def test_only_editors_edit_and_only_a_draft(draft, role, path, status):
    assert signed_in(role).get(path).status_code == status


@pytest.mark.parametrize("page", ["positions/HEAD/", "departments/MKT/"])
def test_only_who_may_edit_is_shown_how(draft, page):
    marks = {
        role: 'class="change"' in signed_in(role).get(f"{DRAFT}/{page}").content.decode()
        for role in ("editor", "reviewer")
    }
    assert marks == {"editor": True, "reviewer": False}


def test_the_next_free_code_is_proposed(editor):
    page = editor.get(f"{EDIT}/G1/place/?kind=position").content.decode()
    assert 'name="code" value="G1-01"' in page


def test_hints_on_the_wording_stand_beside_the_statements_of_the_draft_alone(editor, draft):
    with open_edition(draft) as tree:
        duty = tree.insert("duty", under=node(draft, code="HEAD").uid, text="做好相关工作")
    answer = editor.get(f"{DRAFT}/positions/HEAD/").content.decode()
    statement = answer.partition(f'id="duty-{duty.uid.hex[:12]}"')[2].partition("</li>")[0]
    assert (answer.count('class="hint"'), statement.count('class="hint"')) == (1, 1)
    assert 'class="hint"' not in signed_in("reviewer").get(f"{DRAFT}/positions/HEAD/").content.decode()


@pytest.mark.parametrize("more", [1, 300])
def test_editing_costs_the_same_for_any_size(editor, draft, more):
    rows = [
        Row(0, "department", {"title": "新部门"}),
        *(Row(1, "position", {"title": f"岗位{n}"}) for n in range(more)),
    ]
    with open_edition(draft) as room:
        room.insert_branch(rows, under=node(draft, code="MKT").uid)
    path = f"{EDIT}/HEAD/summary/"
    costs = {}
    with CaptureQueriesContext(connection) as costs["form"]:
        sent = filled(editor.get(path), summary="主持工作")
    with CaptureQueriesContext(connection) as costs["sheet"]:
        editor.get(f"{DRAFT}/departments/MKT/")
    with CaptureQueriesContext(connection) as costs["save"]:
        editor.post(path, sent, headers=HTMX)
    assert {name: len(queries) for name, queries in costs.items()} == {"form": 8, "sheet": 11, "save": 25}
