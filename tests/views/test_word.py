"""The addresses of Word files: what they send, how it is named, what they cost."""

import io
from urllib.parse import unquote

import pytest
from docx import Document

from departments.formats.docx import MEDIA_TYPE
from tests.views.conftest import office
from tests.views.people import own_design


def headings(answer) -> list[str]:
    """Return the headings of the file that was sent."""
    made = Document(io.BytesIO(answer.content))
    return [p.text for p in made.paragraphs if p.style.name.startswith("Heading")]


def test_position_is_sent_as_a_word_file_named_after_it(client, make_design):
    make_design(office())
    answer = client.get("/designs/office/positions/HEAD.docx")
    assert answer["Content-Type"] == MEDIA_TYPE
    assert unquote(answer["Content-Disposition"]) == "attachment; filename*=utf-8''市场部经理 岗位说明书.docx"
    assert headings(answer) == ["市场部经理"]
    etag = answer["ETag"]
    assert client.get("/designs/office/positions/HEAD.docx", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("", "office设计 岗位说明书汇编.docx", ["市场部经理", "专员1", "专员2"]),
        ("?branch=G2", "第2组 岗位说明书汇编.docx", ["专员2"]),
        ("?position=G2-STAFF&position=HEAD&position=head", "office设计 岗位说明书.docx", ["市场部经理", "专员2"]),
    ],
)
def test_booklet_holds_what_is_asked_for(client, make_design, query, name, expected):
    make_design(office(groups=2))
    answer = client.get(f"/designs/office/booklet.docx{query}")
    assert unquote(answer["Content-Disposition"]).endswith(name)
    titles = [title for title in headings(answer) if title in ("市场部经理", "专员1", "专员2")]
    assert titles == expected


@pytest.mark.parametrize("path", ["booklet.docx?branch=NONE", "booklet.docx?position=G1", "positions/NONE.docx"])
def test_what_is_not_there_is_404(client, make_design, path):
    make_design(office())
    assert client.get(f"/designs/office/{path}").status_code == 404


@pytest.mark.parametrize("groups", [1, 3])
def test_costs_the_same_for_any_size(client, make_design, django_assert_num_queries, groups):
    own_design(make_design(office(groups=groups)))
    # Made, and then found again.
    position, booklet = "positions/HEAD.docx", "booklet.docx"
    for path, reference, own in ((position, 18, 27), (position, 7, 11), (booklet, 16, 29), (booklet, 4, 8)):
        with django_assert_num_queries(reference):
            assert client.get(f"/designs/office/{path}").status_code == 200
        with django_assert_num_queries(own):
            assert client.get(f"/designs/ours/{path}").status_code == 200


def test_pages_lead_to_them(client, make_design):
    make_design(office())
    pages = {"": "booklet.docx", "positions/HEAD/": "positions/HEAD.docx", "downloads/": "booklet.docx"}
    pages |= {"downloads/?from=G1": "booklet.docx?branch=G1", "downloads/?from=HEAD": "positions/HEAD.docx"}
    for page, file in pages.items():
        assert f'href="/designs/office/{file}"' in client.get(f"/designs/office/{page}").content.decode()
