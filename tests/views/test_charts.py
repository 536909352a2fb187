"""/designs/<slug>/chart/, chart.svg and chart.pdf."""

import io
import re

import pypdf
import pytest
from django.utils.translation import gettext as _

from tests.views.conftest import department, office, position

SLUG = "/designs/office/"


@pytest.fixture
def design(make_design):
    """The office with two groups, one of them reporting to the other with a dotted line."""
    return make_design(office(groups=2, relations=[{"kind": "reports_to", "from": "G1", "to": "G2", "line": "dotted"}]))


def choices(page: str) -> dict[str, str]:
    """Return the chosen links of the toolbar: what they say and where they lead."""
    return {
        text: query.replace("&amp;", "&")
        for query, text in re.findall(r'href="([^"]*)" aria-current="true">([^<]*)<', page)
    }


def test_the_chart_page_holds_picture_legend_and_text_twin(client, design):
    response = client.get(f"{SLUG}chart/")
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="orgchart"') == 1
    drawing, twin = page[page.index("<svg xmlns") :].split("<details")
    links = re.findall(r'<a class="(?:department|position|leader)"[^>]* href="([^"]*)"', drawing)
    assert links == [
        f"{SLUG}departments/MKT/",
        f"{SLUG}positions/HEAD/",
        f"{SLUG}departments/G1/",
        f"{SLUG}positions/G1-STAFF/",
        f"{SLUG}departments/G2/",
        f"{SLUG}positions/G2-STAFF/",
    ]
    assert [twin.count(f'href="{link}"') for link in links] == [1, 1, 1, 1, 2, 1]
    assert "style=" not in page
    assert "<style" not in page


def test_the_toolbar_leads_to_the_other_options(client, design):
    page = client.get(f"{SLUG}chart/?show=reporting&direction=right&compact=1").content.decode()
    assert choices(page) == {
        _("Reporting lines"): "?show=reporting&direction=right&compact=1",
        _("to the right"): "?show=reporting&direction=right&compact=1",
        _("stacked"): "?show=reporting&direction=right&compact=1&leaves=across",
        _("all"): "?show=reporting&direction=right&compact=1",
        _("Headcount"): "?show=reporting&direction=right&compact=1&headcount=0",
        _("English titles"): "?show=reporting&direction=right&compact=1&english=0",
    }
    assert f'href="{SLUG}chart.svg?show=reporting&amp;direction=right&amp;compact=1"' in page
    page = client.get(f"{SLUG}chart/?leaves=upright").content.decode()
    assert choices(page)[_("upright")] == "?leaves=upright"
    assert _("in several rows") not in page, "three boxes beside each other stand in one row"
    page = client.get(f"{SLUG}chart/?rows=several").content.decode()
    assert choices(page)[_("in several rows")] == "?rows=several"


def test_nonsense_is_said_and_the_usual_chart_shown(client, design):
    page = client.get(f"{SLUG}chart/?show=<b>&levels=many").content.decode()
    refused = page[page.index('class="refused"') : page.index('id="chart"')]
    assert re.findall(r"&lt;b&gt;|many", refused) == ["&lt;b&gt;", "many"]
    assert choices(page)[_("Departments and positions")] == "?"


def test_a_branch_has_a_way_back_to_the_whole(client, design):
    page = client.get(f"{SLUG}chart/?from=g2").content.decode()
    assert re.findall(r'<a class="(?:department|position)"[^>]* href="([^"]*)"', page) == [
        f"{SLUG}departments/G2/",
        f"{SLUG}positions/G2-STAFF/",
    ]
    trail = page[page.index('class="trail"') : page.index("</nav>", page.index('class="trail"'))]
    assert re.findall(r'href="([^"]*)"', trail) == ["/library/", SLUG, "?", "?from=MKT"]


def test_a_sign_closes_a_branch_and_opens_it_again(client, design):
    def folds(query: str) -> list[str]:
        page = client.get(f"{SLUG}chart/{query}").content.decode()
        return re.findall(r'<a class="fold" href="([^"]*)"', page)

    assert folds("") == [
        "?closed=MKT#box-department-MKT",
        "?closed=G1#box-department-G1",
        "?closed=G2#box-department-G2",
    ]
    assert folds("?closed=G1")[1] == "?#box-department-G1"
    assert folds("?levels=1") == ["?levels=1&amp;open=MKT#box-department-MKT"]
    assert folds("?levels=1&open=MKT")[0] == "?levels=1#box-department-MKT"


def test_reporting_lines_that_depart_are_counted_with_a_way_to_see_them(client, make_design):
    tree = department(
        "MKT", "市场部", department("G1", "一组", position("A", "甲", superiors=[{"code": "B"}])), position("B", "乙")
    )
    make_design(office() | {"tree": tree})
    page = client.get(f"{SLUG}chart/").content.decode()
    assert re.findall(r'class="note departing".*<a href="([^"]*)">', page) == ["?show=reporting"]
    assert "departing" not in client.get(f"{SLUG}chart/?show=reporting").content.decode()


def test_the_file_carries_style_and_whole_addresses_and_may_use_its_style(client, design):
    response = client.get(f"{SLUG}chart.svg?direction=right")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    policy = sorted(response["Content-Security-Policy"].split("; "))
    assert policy == ["default-src 'none'", "style-src 'unsafe-inline'"]
    picture = response.content.decode()
    assert picture.startswith("<svg ")
    assert picture.count("<style>") == 1
    assert 'href="http://testserver/designs/office/departments/MKT/"' in picture


def pdf(client, query: str) -> pypdf.PdfReader:
    """Return the chart on paper."""
    response = client.get(f"{SLUG}chart.pdf{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return pypdf.PdfReader(io.BytesIO(response.content))


def words(page: pypdf.PageObject) -> str:
    """Return what a page says, without spaces."""
    return "".join(page.extract_text().split())


def test_the_pdf_is_one_page_with_titles_legend_and_title_block(client, design, django_assert_num_queries):
    with django_assert_num_queries(4):
        (page,) = pdf(client, "?show=departments").pages
    said = ("office设计", "总经理", "市场部", "市场部经理", "第1组", "第2组", "虚线", "第1版", "A4", "第1页，共1页")
    assert [word for word in said if word not in words(page)] == []


def test_a_department_a_sheet_says_where_it_goes_on_with_links_and_alternative_text(client, design):
    reader = pdf(client, "?pages=departments&sheet=a3")
    texts = [words(page) for page in reader.pages]
    assert [("第1页，共3页" in texts[0]), ("第2页，共3页" in texts[1]), ("A3" in texts[2])] == [True, True, True]
    assert [word for word in ("见第2页", "见第3页") if word not in texts[0]] == []
    assert ["接第1页" in text for text in texts] == [False, True, True]
    dests = [
        (str(note.get_object()["/Dest"]), number)
        for number, page in enumerate(reader.pages, 1)
        for note in page.get("/Annots", ())
    ]
    assert dests == [("sheet-2", 1), ("sheet-3", 1), ("sheet-1", 2), ("sheet-1", 3)]
    assert [str(mark["/Title"]) for mark in reader.outline if not isinstance(mark, list)] == ["office设计"]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert alternatives(reader)[0] == "office设计. 市场部的直接下级：市场部经理、第1组、第2组。"


def alternatives(reader: pypdf.PdfReader) -> list[str]:
    """Return the alternative texts of the figures, in the order of the pages."""
    found: list[str] = []
    pending = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while pending:
        element = pending.pop(0).get_object()
        if isinstance(element, dict):
            found += [str(element["/Alt"])] if element.get("/S") == "/Figure" else []
            kids = element.get("/K", [])
            pending[:0] = [kids] if not isinstance(kids, list) else [kid for kid in kids if not isinstance(kid, int)]
    return found


def test_the_page_proposes_a_layout_and_its_form_hands_the_options_on(client, make_design):
    make_design(office(groups=14))
    page = client.get(f"{SLUG}chart/?headcount=0").content.decode()
    (proposed,) = re.findall(r'class="chart-proposal note">[^<]*<a href="([^"]*)"', page)
    assert proposed.replace("&amp;", "&").startswith("?direction=")
    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', page)[-1:] == [("headcount", "0")]
    page = client.get(f"{SLUG}chart/{proposed.replace('&amp;', '&')}").content.decode()
    assert re.findall(r'class="chart-proposal note">[^<]*<a', page) == []


@pytest.mark.parametrize("name", ["chart/", "chart.svg", "chart.pdf"])
def test_an_unknown_design_has_no_chart(client, db, name):
    assert client.get(f"/designs/nowhere/{name}").status_code == 404


@pytest.mark.parametrize("groups", [1, 300])
def test_a_chart_costs_four_queries_whatever_the_size_and_options(
    client, make_design, groups, django_assert_num_queries
):
    make_design(office(groups=groups))
    client.get(f"{SLUG}chart/")
    for query in ("", "?show=reporting", "?show=positions&levels=0", "?from=G1"):
        with django_assert_num_queries(4):
            client.get(f"{SLUG}chart/{query}")
