"""Who does what: a function in every design."""

import pytest

from tests.views.conftest import duty, office, position


def test_function_shows_its_holders_wording_beside_wording(client, make_design):
    make_design(office("first"))
    document = office("second")
    document["tree"]["children"].append(
        position(
            "RES", "调研员", duty("帮助策划部收集资料", weight="auxiliary"), duty("开会", functions=["general-affairs"])
        )
    )
    make_design(document)
    bearings = client.get("/functions/market-research/").context["bearings"]
    assert [
        (b.design.slug, [(h.title, h.auxiliary_only, [text for text, _w, _a in h.wordings]) for h in b.holders])
        for b in bearings
    ] == [
        (
            "first",
            [
                ("市场部", False, ["研究市场"]),
                ("市场部经理", False, ["制定市场调研计划"]),
                ("专员1", False, ["收集第1类市场信息"]),
            ],
        ),
        (
            "second",
            [
                ("市场部", False, ["研究市场"]),
                ("市场部经理", False, ["制定市场调研计划"]),
                ("专员1", False, ["收集第1类市场信息"]),
                ("调研员", True, ["帮助策划部收集资料"]),
            ],
        ),
    ]


def test_function_counts_departments_positions_and_nobody(client, make_design):
    make_design(office("has-it"))
    document = office("by-remit")
    document["tree"] = {"kind": "department", "code": "M", "title": "市场部", "functions": ["market-research"]}
    make_design(document)
    make_design({**document, "slug": "has-not", "tree": {**document["tree"], "functions": ["brand"]}})
    context = client.get("/functions/market-research/").context
    assert (context["in_departments"], context["in_positions"]) == (2, 1)
    assert [design.slug for design in context["nobody"]] == ["has-not"]


@pytest.mark.parametrize("page", ["departments/MKT/", "positions/HEAD/"])
def test_a_duty_leads_to_its_function(client, make_design, page):
    make_design(office("office"))
    assert 'href="/functions/market-research/"' in client.get(f"/designs/office/{page}").content.decode()


@pytest.mark.parametrize("designs", [1, 3])
def test_function_costs_the_same_for_any_number_of_designs(client, make_design, django_assert_num_queries, designs):
    for number in range(designs):
        make_design(office(f"office-{number}", groups=2, duties=2))
    with django_assert_num_queries(5):
        client.get("/functions/market-research/")


def test_functions_counts_the_designs_of_each(client, make_design, django_assert_num_queries):
    make_design(office("a"))
    make_design(office("b"))
    with django_assert_num_queries(3):
        groups = client.get("/functions/").context["groups"]
    designs = {part["function"].slug: part["designs"] for group in groups for part in group["parts"]}
    assert (designs["market-research"], designs["brand"], designs["sales"]) == (2, 2, 0)


def test_a_group_of_functions_has_no_page_and_neither_has_an_unknown_one(client, make_design):
    make_design(office())
    assert [
        client.get(f"/functions/{slug}/").status_code for slug in ("insight-planning", "none", "general-affairs")
    ] == [
        404,
        404,
        200,
    ]
