"""The position register: what each description lacks, filters, orders."""

import pytest

from departments.restructuring import open_edition
from departments.restructuring.remarks import remark
from tests.views.conftest import duty, office, position
from tests.views.people import account, own_design, put_in_force, signed_in


@pytest.fixture
def rows(client, make_design):
    document = office(groups=2)
    document["tree"]["children"].append(
        position(
            "A-1",
            "安全员",
            duty("巡检"),
            duty("记录"),
            summary="管安全",
            headcount={"form": "number", "min": 1, "max": 1},
        )
    )
    make_design(document)
    return lambda **query: client.get("/designs/office/register/", query).context["rows"]


def titles(rows):
    return [str(row.entry) for row in rows]


def test_register_has_every_position_in_the_order_of_the_tree(rows):
    assert titles(rows()) == ["市场部经理", "专员1", "专员2", "安全员"]


def test_register_says_what_each_description_lacks(rows):
    assert [row.missing for row in rows()] == [
        ["summary", "headcount", "authority", "qualification", "indicator"],
        ["summary", "headcount", "authority", "qualification", "indicator"],
        ["summary", "headcount", "authority", "qualification", "indicator"],
        ["authority", "qualification", "indicator"],
    ]


def test_register_filters_by_department_and_by_what_is_missing(rows):
    assert titles(rows(department="G2")) == ["专员2"]
    assert titles(rows(missing="headcount")) == ["市场部经理", "专员1", "专员2"]
    assert titles(rows(missing="responsibility")) == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("title", ["安全员", "市场部经理", "专员1", "专员2"]),
        ("code", ["安全员", "专员1", "专员2", "市场部经理"]),
        ("duties", ["安全员", "市场部经理", "专员1", "专员2"]),
        ("missing", ["市场部经理", "专员1", "专员2", "安全员"]),
        ("nonsense", ["市场部经理", "专员1", "专员2", "安全员"]),
    ],
)
def test_register_stands_in_the_order_chosen(rows, order, expected):
    assert titles(rows(order=order)) == expected


def test_register_stands_the_other_way_round_with_what_is_not_stated_last(rows):
    assert titles(rows(order="-title")) == ["专员2", "专员1", "市场部经理", "安全员"]
    assert titles(rows(order="headcount")) == ["安全员", "市场部经理", "专员1", "专员2"]
    assert titles(rows(order="-headcount")) == ["安全员", "市场部经理", "专员1", "专员2"]


def test_a_head_sorts_by_its_column_and_keeps_the_filters(client, make_design):
    make_design(office())
    page = client.get("/designs/office/register/?department=G1&order=title").content.decode()
    assert 'aria-sort="ascending"><a href="?department=G1&amp;order=-title">' in page
    assert 'aria-sort="none"><a href="?department=G1&amp;order=duties">' in page
    assert page.count('aria-sort="none"') == 10


def test_register_knows_vacancies_and_grades(client, make_design):
    staff = [
        ("满岗", {"form": "number", "min": 2, "max": 2, "filled": 2}, "P4"),
        ("缺岗", {"form": "range", "min": 3, "max": 5, "filled": 1}, "P5"),
        ("超岗", {"form": "number", "min": 1, "max": 1, "filled": 3}, "P4"),
        ("不详", {"form": "number", "min": 1, "max": 1}, ""),
    ]
    document = office()
    document["tree"]["children"] = [
        position(f"P-{number}", title, headcount=headcount, grade=grade)
        for number, (title, headcount, grade) in enumerate(staff)
    ]
    make_design(document)
    page = client.get("/designs/office/register/?group=grade").context
    assert [(row.vacant, row.surplus) for row in page["rows"]] == [(0, 0), (2, 0), (-2, 2), (None, 0)]
    assert [(grade, titles(found)) for grade, found in page["groups"]] == [
        ("P4", ["满岗", "超岗"]),
        ("P5", ["缺岗"]),
        ("", ["不详"]),
    ]
    asked = {
        query: titles(client.get(f"/designs/office/register/?{query}").context["rows"])
        for query in ("grade=P4", "only=vacant", "only=overstaffed", "only=nonsense", "order=vacant")
    }
    assert asked == {
        "grade=P4": ["满岗", "超岗"],
        "only=vacant": ["缺岗"],
        "only=overstaffed": ["超岗"],
        "only=nonsense": ["满岗", "缺岗", "超岗", "不详"],
        "order=vacant": ["缺岗", "满岗", "超岗", "不详"],
    }


@pytest.fixture
def draft(make_design):
    """A draft in which a position, a statement of another and the place below a third were changed, and one remarked on."""
    draft = own_design(make_design(office(groups=4)), in_force=False).editions.get()
    node = {code: draft.nodes.get(code=code) for code in ("HEAD", "G1-STAFF", "G2-STAFF", "G3-STAFF")}
    with open_edition(draft) as tree:
        tree.edit(node["HEAD"].uid, {"grade": "M3"})
        tree.edit(draft.nodes.get(parent=node["G1-STAFF"]).uid, {"text": "收集市场信息"})
        tree.remove(draft.nodes.get(parent=node["G2-STAFF"]).uid)
    remark(draft, draft.nodes.get(parent=node["G3-STAFF"]).uid, "？", by=account("reviewer"))
    remark(draft, node["G3-STAFF"].uid, "？", by=account("reviewer"))
    return draft


def test_who_works_on_a_draft_sees_what_changed_and_what_was_remarked(draft):
    def asked(**query):
        return signed_in("reviewer").get("/designs/ours/draft/register/", query).context["rows"]

    assert titles(asked(only="changed")) == ["市场部经理", "专员1", "专员2"]
    assert [(str(row.entry), row.remarks) for row in asked(only="remarked")] == [("专员3", 2)]
    assert titles(asked(order="remarks"))[0] == "专员3"


def test_readers_see_neither_changes_nor_comments(draft, client):
    put_in_force(draft)
    rows = client.get("/designs/ours/register/").context["rows"]
    assert [(row.changed, row.remarks) for row in rows] == [(None, 0)] * 5


@pytest.mark.parametrize("groups", [1, 3])
def test_register_of_a_draft_costs_the_same_whatever_its_size(make_design, django_assert_num_queries, groups):
    draft = own_design(make_design(office(groups=groups)), in_force=False).editions.get()
    with open_edition(draft) as tree:
        for node in draft.nodes.filter(kind="position"):
            tree.edit(node.uid, {"grade": "P1"})
    editor = signed_in("editor")
    with django_assert_num_queries(12):
        assert editor.get("/designs/ours/draft/register/").status_code == 200


def test_register_of_a_design_without_positions_says_so(client, make_design):
    document = office()
    document["tree"]["children"] = [duty("研究市场")]
    make_design(document)
    assert "没有列出岗位" in client.get("/designs/office/register/").content.decode()


def test_a_duty_that_many_have_names_five_of_them_and_how_many_there_are(client, make_design):
    make_design(office(groups=7))
    page = client.get("/designs/office/register/").content.decode()
    assert page.count("专员2、专员3、专员4、专员5、专员6 … 6") == 1
