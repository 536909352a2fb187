"""The position register: what each description lacks, filters, orders."""

import pytest

from tests.views.conftest import duty, office, position


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


def test_register_of_a_design_without_positions_says_so(client, make_design):
    document = office()
    document["tree"]["children"] = [duty("研究市场")]
    make_design(document)
    assert "没有列出岗位" in client.get("/designs/office/register/").content.decode()
