"""The download page, the files behind it, and what a browser is told about them."""

import io
import json
import re
from zipfile import ZipFile

import pytest
from django.urls import resolve
from rdflib import Graph

from departments.documents.files import DocumentError, Fault, to_json, to_yaml
from departments.documents.writing import document
from departments.formats.bundle import FORMATS
from tests.formats.extracts import HOSTILE, bureau
from tests.views.conftest import department, duty, office, position

PAGE = "/designs/office/downloads/"


@pytest.fixture
def design(make_design):
    return make_design(bureau())


def links(client, path):
    page = client.get(path).content.decode()
    return re.findall(r'<a class="button" href="([^"]+)"', page)


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("downloads/", 4), *((f"downloads/{name}", 4) for name in FORMATS if name != "zip"), ("downloads/zip", 10), ("design.yaml", 10)],
)  # fmt: skip
def test_costs_the_same_for_any_size(client, make_design, django_assert_num_queries, *, groups, path, queries):
    make_design(office(groups=groups, duties=groups))
    with django_assert_num_queries(queries):
        assert client.get(f"/designs/office/{path}").status_code == 200


def test_every_format_is_on_the_page_and_every_link_leads_to_a_file(client, design):
    found = links(client, PAGE)
    assert {path.removeprefix(PAGE) for path in found if path.startswith(PAGE)} == set(FORMATS)
    assert [path for path in found if resolve(path).url_name not in ("booklet", "chart-pdf")] == [
        path for path in found if not path.endswith(".pdf") and client.get(path).status_code == 200
    ]


def test_the_design_page_leads_here(client, design):
    assert f'<a href="{PAGE}">' in client.get("/designs/office/").content.decode()


def test_a_branch_is_chosen_and_stays_chosen(client, design):
    found = links(client, f"{PAGE}?from=G1")
    assert {path.partition("?")[2] for path in found} == {"from=G1", "branch=G1"}
    assert [path for path in found if "design." in path] == []
    assert '<option value="G1" selected>' in client.get(f"{PAGE}?from=g1").content.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_a_branch_holds_the_branch(client, design, name):
    whole, branch = (client.get(f"{PAGE}{name}{query}") for query in ("", "?from=G2"))
    assert (whole.status_code, branch.status_code) == (200, 200)
    assert len(branch.content) < len(whole.content)
    assert whole["Content-Type"] == FORMATS[name].media_type
    if not FORMATS[name].media_type.startswith(("application/zip", "application/vnd")):
        assert "专员2" in branch.content.decode() or name in ("mermaid", "plantuml")
        assert "专员1" not in branch.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/designs/office/downloads/docx",
        "/designs/none/downloads/",
        "/designs/none/downloads/zip",
        "/designs/none/design.yaml",
        "/designs/office/downloads/?from=NONE",
        "/designs/office/downloads/turtle?from=NONE",
    ],
)
def test_what_is_not_there_is_404(client, design, path):
    assert client.get(path).status_code == 404


def test_a_frame_is_no_branch(client, make_design):
    document = office()
    document["tree"] |= {"frame": True, "functions": []}
    make_design(document)
    assert client.get(f"{PAGE}turtle?from=MKT").status_code == 404


def test_the_design_document_is_that_of_export_design(client, design):
    written = document(design.editions.get())
    assert client.get("/designs/office/design.yaml").content.decode() == to_yaml(written)
    assert client.get("/designs/office/design.json").content.decode() == to_json(written)


def test_a_document_that_cannot_be_written_says_why(client, design, monkeypatch):
    def refuse(edition):
        raise DocumentError([Fault("office", "tree › 专员1", "没有编码")])

    monkeypatch.setattr("departments.views.downloads.document", refuse)
    response = client.get("/designs/office/design.json")
    assert response.status_code == 409
    assert "专员1: 没有编码" in response.content.decode()


def test_the_name_of_a_file_is_that_of_the_design_in_utf_8(client, make_design):
    make_design(office() | {"name": '市场部 "A/B": 一'})
    response = client.get(f"{PAGE}xlsx")
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%B8%82%E5%9C%BA%E9%83%A8%20_A_B__%20%E4%B8%80.xlsx"
    )
    assert client.get(f"{PAGE}turtle?from=G1")["Content-Disposition"].endswith("%E7%AC%AC1%E7%BB%84.ttl")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["downloads/zip", "downloads/xlsx", "downloads/turtle", "design.yaml"])
def test_a_file_the_browser_has_is_not_sent_again(client, design, path):
    first = client.get(f"/designs/office/{path}")
    etag = first["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get(f"/designs/office/{path}", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert client.get(f"/designs/office/{path}", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(f"/designs/office/{path}").content == first.content


def test_addresses_in_a_file_are_those_of_the_pages(client, design):
    graph = Graph().parse(data=client.get(f"{PAGE}turtle").content, format="turtle")
    pages = {str(one).partition("#")[0] for one in graph.subjects()}
    statuses = {page: client.get(page.removeprefix("http://testserver")).status_code for page in pages}
    assert set(statuses.values()) == {200}
    assert "http://testserver/designs/office/positions/HEAD/" in pages


def test_the_archive_holds_the_files_of_the_page(client, design):
    content = client.get(f"{PAGE}zip").content
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("systems/organisation.ttl") == client.get(f"{PAGE}turtle").content
        assert archive.read("design.xlsx") == client.get(f"{PAGE}xlsx").content
        assert archive.read("design.yaml") == client.get("/designs/office/design.yaml").content


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/plain"),
        ("image/png", "text/turtle"),
    ],
)
def test_the_vocabulary_is_published_in_the_spelling_asked_for(client, accept, media_type):
    response = client.get("/ns/orgdesign", headers={"Accept": accept})
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert "Accept" in response["Vary"]
    assert "od:Duty" in response.content.decode()


def test_a_position_page_carries_its_occupation_whatever_the_texts_hold(client, make_design):
    text = "</script><script>alert(1)</script> <!-- & \u2028"
    tree = department("TOP", "部", position("P", "员</script>", duty(text), summary=HOSTILE[0]))
    make_design(office() | {"tree": tree})
    page = client.get("/designs/office/positions/P/").content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found = json.loads(data)
    assert (found["@type"], found["name"], found["responsibilities"]) == ("Occupation", "员</script>", [text.strip()])
    assert found["url"] == "http://testserver/designs/office/positions/P/"
    assert "alert(1)</script>" not in page


def test_another_edition_gives_its_own_files_and_a_draft_none_to_strangers(client, design):
    number = design.editions.get().number
    again = client.get(f"/designs/office/editions/{number}/downloads/turtle")
    assert again.content == client.get(f"{PAGE}turtle").content
    assert f"/designs/office/editions/{number}/downloads/turtle" in links(
        client, f"/designs/office/editions/{number}/downloads/"
    )
    for path in ("downloads/", "downloads/zip", "design.yaml"):
        assert client.get(f"/designs/office/draft/{path}").status_code in (302, 403)
