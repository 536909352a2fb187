"""The library page: cards, filters, folding, and its cost."""

import pytest

from tests.views.conftest import office


def fits(**facets):
    return {"industries": [], "sizes": [], "stages": [], **facets}


@pytest.mark.parametrize("designs", [1, 3, 100])
def test_library_costs_the_same_for_any_number_of_designs(client, make_design, django_assert_num_queries, designs):
    for number in range(designs):
        make_design(office(f"office-{number}", fits=fits(sizes=["small"])))
    with django_assert_num_queries(4):
        response = client.get("/library/")
    assert response.context["found"] == designs


@pytest.mark.parametrize("groups", [1, 250])
def test_library_costs_the_same_for_any_size_of_design(client, make_design, django_assert_num_queries, groups):
    make_design(office(groups=groups, duties=2))
    with django_assert_num_queries(4):
        client.get("/library/")


def test_library_card_counts_by_the_counting_rule(client, make_design):
    document = office(groups=2, duties=3)
    document["tree"]["children"].append({"kind": "department", "title": "归属不明", "frame": True})
    document["tree"]["children"].insert(
        0, {"kind": "duty", "text": "协助销售", "weight": "auxiliary", "functions": ["sales"]}
    )
    document["tree"]["children"].insert(
        0,
        {
            "kind": "duty",
            "text": "传播",
            "children": [{"kind": "duty", "text": "写稿件", "functions": ["content-design"]}],
        },
    )
    make_design(document)
    (card,) = client.get("/library/").context["cards"]
    assert (card.departments, card.positions, card.duties) == (3, 3, 9)


def test_library_filters_by_a_value(client, make_design):
    make_design(office("small-one", fits=fits(sizes=["small"])))
    make_design(office("large-one", fits=fits(sizes=["large"])))
    response = client.get("/library/", {"sizes": "small"})
    assert [card.design.slug for card in response.context["cards"]] == ["small-one"]


def test_library_finds_designs_whose_source_does_not_say(client, make_design):
    make_design(office("small-one", fits=fits(sizes=["small"])))
    make_design(office("silent-one"))
    response = client.get("/library/", {"sizes": "unstated"})
    assert [card.design.slug for card in response.context["cards"]] == ["silent-one"]


def test_library_counts_each_choice_beside_the_other_filters(client, make_design):
    make_design(office("a", fits=fits(sizes=["small"], stages=["growth"])))
    make_design(office("b", fits=fits(sizes=["large"], stages=["growth"])))
    make_design(office("c", fits=fits(sizes=["large"], stages=["mature"])))
    filters = {row["name"]: row["choices"] for row in client.get("/library/", {"stages": "growth"}).context["filters"]}
    assert [(choice.value, choice.count) for choice in filters["sizes"]] == [("small", 1), ("large", 1)]
    assert [(choice.value, choice.count, choice.chosen) for choice in filters["stages"]] == [
        ("growth", 2, True),
        ("mature", 1, False),
    ]


def test_library_folds_variants_under_their_design(client, make_design):
    make_design(office("owner"))
    make_design(office("option", variant_of="owner", kind="structural_option"))
    (card,) = client.get("/library/").context["cards"]
    assert (card.design.slug, [variant.design.slug for variant in card.variants]) == ("owner", ["option"])


def test_library_shows_a_variant_by_itself_where_its_design_does_not_fit(client, make_design):
    make_design(office("owner"))
    make_design(office("option", variant_of="owner", kind="structural_option"))
    response = client.get("/library/", {"kind": "structural_option"})
    assert [card.design.slug for card in response.context["cards"]] == ["option"]


def test_library_by_structure_puts_designs_under_their_types(client, make_design):
    make_design(office("m", fits=fits(structure="matrix")))
    make_design(office("u"))
    groups = client.get("/library/", {"by": "structure"}).context["groups"]
    assert [(group["value"], [card.design.slug for card in group["cards"]]) for group in groups] == [
        ("matrix", ["m"]),
        ("unstated", ["u"]),
    ]


def test_library_says_what_to_do_when_nothing_fits(client, make_design):
    make_design(office(fits=fits(sizes=["small"])))
    response = client.get("/library/", {"sizes": "large"})
    assert response.context["cards"] == []
    assert "没有同时符合这些条件的设计" in response.content.decode()


def test_library_ignores_a_value_that_is_none(client, make_design):
    make_design(office())
    response = client.get("/library/", {"sizes": "<script>"})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()
