"""The form that advises a structure."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.views.conftest import office

pytestmark = pytest.mark.django_db
SMALL = "/choose/?marketing_people=3&stage=startup&product_lines=one&regions=one"


@pytest.fixture
def lean(make_design):
    return make_design(
        office("lean-marketing-small-company", fits={"sizes": ["small"], "stages": ["startup"], "structure": "lean"})
    )


def test_the_form_alone_says_what_one_gets(client, lean, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/choose/")
    assert "advice" not in response.context
    assert "您会得到" in response.content.decode()


@pytest.mark.parametrize("others", [0, 2])
def test_advice_costs_the_same_for_any_number_of_designs(client, lean, make_design, others, django_assert_num_queries):
    for number in range(others):
        make_design(office(f"other-{number}", fits={"sizes": ["small"]}))
    with django_assert_num_queries(5):
        response = client.get(SMALL)
    assert response.context["advice"].best.structure == "lean"
    assert len(response.context["candidates"]) == 1 + others


def test_reasons_lead_to_their_source_and_designs_say_how_far_they_can_be_judged(client, lean):
    html = client.get(SMALL).content.decode()
    assert "精简型" in html
    assert 'href="/designs/lean-marketing-small-company/"' in html
    assert "4 项回答中可判断 2 项" in html
    assert "7 个问题中回答了 4 个" in html


def test_two_sizes_are_said(client, lean):
    html = client.get("/choose/?marketing_people=3&company_people=5000").content.decode()
    assert "按营销人数算是小型，按公司人数算是大型；以前者为准。" in html


@pytest.mark.parametrize(
    "query",
    [
        "marketing_people=0",
        "stage=never",
        "priorities=fame",
        "priorities=cost&priorities=speed&priorities=depth",
        "company_people=abc",
    ],
)
def test_a_bad_answer_is_named_and_kept(client, lean, query):
    response = client.get(f"/choose/?regions=one&{query}")
    assert "advice" not in response.context
    assert "errorlist" in response.content.decode()
    assert '<option value="one" selected>' in response.content.decode()
    assert client.get(f"/choose/advice.pdf?{query}")["Location"] == f"/choose/?{query}"


def test_nothing_fits_is_said(client, lean):
    html = client.get("/choose/?company_people=50&stage=mature&product_lines=many&regions=many").content.decode()
    assert "没有很合适的架构" in html


def test_rules_are_shown_with_their_weights(client, lean, django_assert_num_queries):
    with django_assert_num_queries(3):
        response = client.get("/choose/rules/")
    html = response.content.decode()
    assert "小型企业业务单一、预算有限" in html
    assert response.context["unjudged"] == ["product", "side-by-side"]


def test_the_advice_is_printed_on_one_page(client, lean):
    many = "marketing_people=3&stage=startup&product_lines=one&regions=one&digital_maturity=high&partner_reliance=high"
    response = client.get(f"/choose/advice.pdf?{many}&priorities=cost&priorities=speed")
    pages = PdfReader(BytesIO(response.content)).pages
    assert len(pages) == 1
    assert "精简型" in pages[0].extract_text()
