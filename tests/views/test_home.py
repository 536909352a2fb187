"""The home page and what every page carries: the language switch, the headers."""

import pytest

from tests.views.conftest import office
from tests.views.people import own_design


@pytest.mark.parametrize("designs", [1, 3])
def test_home_counts_from_the_data(client, make_design, django_assert_num_queries, designs):
    for number in range(designs):
        make_design(office(f"office-{number}", groups=2, duties=3))
    with django_assert_num_queries(5):
        context = client.get("/").context
    assert (context["designs"], context["figures"]) == (
        designs,
        {"departments": 3 * designs, "positions": 3 * designs, "duties": 8 * designs},
    )


def test_language_switch_keeps_the_page_and_is_remembered(client, make_design):
    make_design(office())
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/designs/office/departments/MKT/?x=1"})
    assert response["Location"] == "/designs/office/departments/MKT/?x=1"
    page = client.get("/designs/office/departments/MKT/").content.decode()
    assert '<html lang="en">' in page
    assert "<title> Marketing Department · office设计 </title>" in " ".join(page.split())


def test_language_switch_leads_nowhere_else(client, make_design):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "https://example.com/"})
    assert response["Location"] == "/"


def test_pages_allow_nothing_foreign(client, make_design):
    policy = client.get("/")["Content-Security-Policy"]
    assert set(policy.split("; ")) == {
        "default-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    }


def test_pages_are_read_only(client, make_design):
    make_design(office())
    pages = ("/", "/library/", "/designs/office/", "/functions/", "/search/", "/knowledge/")
    assert [client.post(page).status_code for page in pages] == [405] * 6


def test_home_counts_the_reference_and_not_what_a_company_made_of_it(client, make_design):
    own_design(make_design(office()))
    context = client.get("/").context
    assert (context["designs"], context["figures"]["departments"]) == (1, 2)
