"""/compare/: two structures side by side."""

import io

import pytest
from openpyxl import load_workbook

from departments.comparison.verdicts import Verdict
from departments.restructuring import open_edition
from departments.restructuring.editions import open_draft, put_in_force
from tests.comparison.rewritten import OURS, REFERENCE
from tests.factories import TODAY
from tests.views.conftest import department, duty, office, position
from tests.views.people import own_design, signed_in


@pytest.fixture
def two(make_design):
    """Return two designs: in the second the staff's duty has other words, the head's is gone, and there is a new one."""
    document = office("second", duties=0)
    group = document["tree"]["children"][2]
    group["children"][0]["children"] = [duty("收集各类市场信息，加以整理"), duty("接待来访")]
    document["tree"]["children"][1]["children"] = []
    make_design(office("first", duties=0) | {"tree": _with(office("first", duties=0)["tree"])})
    make_design(document)


def _with(tree):
    tree["children"][2]["children"][0]["children"] = [duty("收集、整理各类市场信息")]
    return tree


def test_every_duty_has_its_verdict(client, two):
    diff = client.get("/compare/?a=first&b=second").context["diff"]
    assert [(row.verdict.value, [str(e) for e in row.left], [str(e) for e in row.right]) for row in diff.rows] == [
        ("kept", ["研究市场"], ["研究市场"]),
        ("only-left", ["制定市场调研计划"], []),
        ("reworded", ["收集、整理各类市场信息"], ["收集各类市场信息，加以整理"]),
        ("only-right", [], ["接待来访"]),
    ]


def test_the_page_marks_the_words_that_changed_and_links_to_the_duties(client, two):
    page = client.get("/compare/?a=first&b=second").content.decode()
    assert "<mark>、整理</mark>" in page
    assert "双方都有：收集、整理市场信息" in page
    assert "/designs/first/positions/G1-STAFF/#duty-" in page


def test_the_page_says_that_one_side_seems_to_be_made_from_the_other(client, two, make_design):
    for slug, texts in (("reference", REFERENCE), ("ours", OURS)):
        document = office(slug, duties=0)
        document["tree"]["children"][1]["children"] = [duty(text) for text in texts]
        make_design(document)
    note = "两者之一似由另一方改写而成"
    assert note in client.get("/compare/?a=reference&b=ours").content.decode()
    assert note not in client.get("/compare/?a=first&b=second").content.decode()


def test_two_departments_are_compared_alone(client, make_design):
    make_design(office("office", groups=2))
    context = client.get("/compare/?a=office&b=office&a_from=G1&b_from=g2").context
    assert (context["left"].name, context["right"].name) == ("office设计 · 第1组", "office设计 · 第2组")
    assert [(str(pair.left), str(pair.right)) for pair in context["paired"]] == [("第1组", "第2组"), ("专员1", "专员2")]
    assert [row.verdict for row in context["diff"].rows] == [Verdict.KEPT]


def test_two_editions_are_compared_by_identity(client, make_design):
    design = make_design(office())
    draft = open_draft(design)
    with open_edition(draft) as room:
        room.edit(draft.nodes.get(text="研究市场").uid, {"text": "统管全局"})
    put_in_force(draft, on=TODAY)
    context = client.get("/compare/?a=office/editions/1&b=office").context
    assert [row.verdict.value for row in context["diff"].rows] == ["reworded", "kept", "kept"]
    assert context["left"].name == "office设计 · 版本 1" or "1" in context["left"].name
    assert [edition["address"] for edition in context["editions"]] == ["office/editions/1"]


def test_the_workbook_says_what_the_page_says(client, two):
    page = client.get("/compare/?a=first&b=second").content.decode()
    assert 'href="/compare.xlsx?a=first&amp;b=second"' in page
    book = load_workbook(io.BytesIO(client.get("/compare.xlsx?a=first&b=second").content))
    rows = [row[2:] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert rows == [
        ("研究市场", "市场部", "研究市场", "市场部", None),
        ("制定市场调研计划", "市场部经理", None, None, None),
        ("收集、整理各类市场信息", "专员1", "收集各类市场信息，加以整理", "专员1", "收集、整理市场信息"),
        (None, None, "接待来访", "专员1", None),
    ]
    assert len(book.worksheets) == 4
    assert client.get("/compare.xlsx?a=first").status_code == 404
    assert client.get("/compare.xlsx?a=first&b=nothing").status_code == 404


def test_without_both_the_page_asks(client, make_design):
    make_design(office("first"))
    for address in ("/compare/", "/compare/?a=first", "/compare/?b=first"):
        answer = client.get(address)
        assert (answer.status_code, "diff" in answer.context) == (200, False)
    assert 'value="first" selected' in client.get("/compare/?a=first").content.decode()


def test_what_does_not_exist_is_named(client, make_design):
    make_design(office("first"))
    answer = client.get("/compare/?a=first&b=nothing")
    assert answer.status_code == 404
    assert len(answer.context["problems"]) == 1
    assert "nothing" in answer.context["problems"][0]
    assert "NONE" in client.get("/compare/?a=first&b=first&b_from=NONE").context["problems"][0]
    assert client.get("/compare/?a=first/draft&b=first").status_code == 404


def test_what_is_asked_is_escaped(client, make_design):
    make_design(office("first"))
    page = client.get("/compare/?a=first&b=<b>x</b>&a_from=<i>").content.decode()
    assert "<b>x</b>" not in page
    assert "<i>" not in page


@pytest.mark.parametrize("groups", [1, 3])
def test_comparing_costs_the_same_whatever_the_size(client, make_design, django_assert_num_queries, groups):
    make_design(office("first", groups=groups, duties=groups))
    make_design(office("second", groups=groups, duties=groups))
    with django_assert_num_queries(10):
        client.get("/compare/?a=first&b=second")


def test_a_design_and_a_department_lead_to_their_comparison(client, make_design):
    make_design(office("first"))
    assert "/compare/?a=first" in client.get("/designs/first/").content.decode()
    assert "/compare/?a=first&amp;a_from=G1" in client.get("/designs/first/departments/G1/").content.decode()


def test_positions_and_departments_of_different_designs_stand_side_by_side(client, make_design):
    make_design(office("first"))
    document = office("second")
    document["tree"]["children"].append(department("X", "法务部", position("X-1", "法务专员")))
    make_design(document)
    context = client.get("/compare/?a=first&b=second").context
    assert [str(entry) for entry in context["only_right"]] == ["法务部", "法务专员"]
    assert context["only_left"] == []


def test_a_first_draft_can_be_chosen_by_those_who_may_see_it(make_design, client):
    own_design(make_design(office()), in_force=False)
    option = '<option value="ours/draft">'
    assert option not in client.get("/compare/").content.decode()
    assert [option in signed_in(role).get("/compare/").content.decode() for role in ("reader", "editor")] == [
        False,
        True,
    ]
