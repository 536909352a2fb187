"""/coverage/ and /designs/<slug>/coverage/: which function is whose."""

import pytest

from tests.views.conftest import department, duty, office


@pytest.fixture
def covered(make_design):
    """Return nothing; store a design where two groups have one function and one only helps."""
    document = office("office", groups=2)
    document["tree"]["children"].append(
        department("AUX", "综合组", duty("协助调研", weight="auxiliary"), duty("值班", functions=["general-affairs"]))
    )
    make_design(document)


def test_a_mark_leads_to_the_duties_behind_it(client, covered):
    page = client.get("/designs/office/coverage/").content.decode()
    assert 'href="#f-market-research-G1"' in page
    assert 'id="f-market-research-G1"' in page
    assert "/designs/office/positions/G1-STAFF/#duty-" in page


def test_overlaps_and_what_nobody_has_are_said_in_words(client, covered):
    answer = client.get("/designs/office/coverage/")
    rows = {row["line"].function.slug: row for row in answer.context["rows"]}
    research = [
        (str(cell["cell"].place), cell["cell"].level, cell["overlaps"]) for cell in rows["market-research"]["cells"]
    ]
    assert research == [
        ("市场部", "primary", False),
        ("第1组", "primary", True),
        ("第2组", "primary", True),
        ("综合组", "auxiliary", False),
    ]
    assert [cell["cell"].level for cell in rows["brand"]["cells"]] == ["remit"] * 4
    assert rows["sales"]["line"].uncovered
    assert [str(entry) for entry in answer.context["coverage"].outside] == ["值班"]


def test_by_positions(client, covered):
    coverage = client.get("/designs/office/coverage/?by=positions").context["coverage"]
    assert [str(place) for place in coverage.places] == ["市场部经理", "专员1", "专员2"]


@pytest.mark.parametrize("groups", [1, 3])
def test_coverage_costs_the_same_whatever_the_size(client, make_design, django_assert_num_queries, groups):
    for number in range(groups):
        make_design(office(f"office-{number}", groups=groups, duties=groups))
    with django_assert_num_queries(5):
        client.get("/designs/office-0/coverage/")
    with django_assert_num_queries(4):
        client.get("/coverage/")


def test_all_designs_lead_to_who_does_it_there(client, covered):
    page = client.get("/coverage/").content.decode()
    assert 'href="/functions/market-research/#design-office"' in page
    assert 'href="/designs/office/coverage/"' in page


def test_without_designs_the_page_says_so(client, db):
    assert client.get("/coverage/").context["lines"] == []


def test_a_design_leads_to_its_coverage_and_the_functions_to_that_of_all(client, covered):
    assert 'href="/designs/office/coverage/"' in client.get("/designs/office/").content.decode()
    assert 'href="/coverage/"' in client.get("/functions/").content.decode()
