"""The same post in several designs: which titles are one, what is folded, what a single design adds."""

import pytest

from departments.standard import gather, overview, standard_of, standards
from departments.standard.titles import plain
from tests.views.conftest import department, duty, make_design, office, position

__all__ = ["make_design"]
BRAND = standards()["brand-manager"]


def team(slug, title, *duties, **more):
    """Return a document: 市场部 with its head and one position."""
    document = office(slug)
    document["tree"]["children"].append(position("POST", title, *duties, **more))
    return document


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("品牌经理", "brand-manager"),
        ("品牌部经理", "brand-manager"),
        ("品牌经理（兼）", "brand-manager"),
        ("品牌 经理岗", "brand-manager"),
        ("市场调研岗位", "market-researcher"),
        ("市场营销专员／主管", "marketing-specialist"),
        ("院长", None),
        ("岗", None),
    ],
)
def test_titles_of_one_post(title, key):
    found = standard_of(title)
    assert (found and found.key) == key


def test_every_post_is_found_by_its_own_name():
    assert {key: standard_of(one.title) for key, one in standards().items()} == standards()
    assert len({plain(one.title) for one in standards().values()}) == len(standards())


def test_duties_that_say_the_same_are_one_line(make_design):
    make_design(team("a", "品牌经理", duty("制定品牌推广计划"), duty("收集市场信息")))
    make_design(team("b", "品牌部经理", duty("制订品牌推广计划。"), duty("设计门店陈列")))
    make_design(team("c", "出纳", duty("制定品牌推广计划")))
    post = gather(BRAND)
    assert sorted(member.entry.title for member in post.members) == ["品牌经理", "品牌部经理"]
    (part,) = post.parts
    assert [(line.times, line.duty.text) for line in part.lines] == [
        (2, "制定品牌推广计划"),
        (1, "收集市场信息"),
        (1, "设计门店陈列"),
    ]
    assert [member.design.slug for member in part.lines[0].members] == ["a", "b"]


def test_what_helps_is_not_what_is_done_and_sections_stay_apart(make_design):
    make_design(team("a", "品牌经理", duty("制定品牌推广计划")))
    make_design(team("b", "品牌经理", duty("制定品牌推广计划", weight="auxiliary")))
    make_design(team("c", "品牌经理", duty("制定品牌推广计划", section="deliverable", functions=[])))
    parts = gather(BRAND).parts
    assert [(part.section, [line.times for line in part.lines]) for part in parts] == [
        ("responsibility", [1, 1]),
        ("deliverable", [1]),
    ]


def test_a_position_below_keeps_its_duties_to_itself(make_design):
    document = team("a", "品牌经理", duty("制定品牌推广计划"))
    document["tree"]["children"][-1]["children"].append(position("LOW", "出纳", duty("管理现金")))
    make_design(document)
    (part,) = gather(BRAND).parts
    assert [line.duty.text for line in part.lines] == ["制定品牌推广计划"]


def test_superiors_are_counted_derived_ones_too(make_design):
    make_design(team("a", "品牌经理", superiors=[{"outside": "总经理"}]))
    make_design(team("b", "品牌经理"))
    make_design(team("c", "品牌经理"))
    post = gather(BRAND)
    assert [(title, len(members)) for title, members in post.superiors] == [("市场部经理", 2), ("总经理", 1)]
    assert post.tops == []


def test_overview_lists_what_two_designs_have(make_design):
    make_design(team("a", "品牌经理"))
    assert overview() == []
    make_design(team("b", "品牌部经理"))
    assert [(row.standard.key, len(row.designs), row.titles) for row in overview()] == [
        ("market-department-manager", 2, {"市场部经理": 2}),
        ("brand-manager", 2, {"品牌经理": 1, "品牌部经理": 1}),
    ]


@pytest.mark.parametrize("designs", [1, 3])
def test_a_post_costs_the_same_for_any_number_of_designs(make_design, django_assert_num_queries, designs):
    for number in range(designs):
        document = team(f"office-{number}", "品牌经理", duty("制定品牌推广计划"))
        document["tree"]["children"].append(department("X", "品牌部", position("XM", "品牌部经理", duty("管理品牌"))))
        make_design(document)
    with django_assert_num_queries(7):
        post = gather(BRAND)
    with django_assert_num_queries(0):
        assert len([line.duty for part in post.parts for line in part.lines]) == 2
        assert len(post.superiors) == 1
