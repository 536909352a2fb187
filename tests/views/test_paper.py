"""The addresses of paper: what they send, how it is named, what they cost, and what they say when there is no PDF."""

import re
from urllib.parse import unquote

import pytest
from django.utils import translation
from pypdf import PdfReader

from departments.formats import pdf
from departments.formats.pdf import Book, MissingGlyph, PackageMissing, TooSlow
from departments.formats.press.spacing import GAP
from departments.printing import papers
from departments.views import paper
from tests.booklets.pages import read
from tests.views.conftest import office


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a paper however slow the machine is."""
    monkeypatch.setattr(paper, "AT_ONCE_SECONDS", 300)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Print nothing; keep the HTML that would have been printed."""
    documents: list[str] = []

    def render(book: Book, **_how: object) -> bytes:
        documents.append("".join(piece.html for piece in book.pieces))
        return b"%PDF-"

    monkeypatch.setattr(pdf, "print_book", render)
    monkeypatch.setattr(papers, "QUICK", 10**9)
    return documents


def test_position_is_sent_as_a_pdf_named_after_it(client, make_design):
    make_design(office())
    response = client.get("/designs/office/positions/HEAD.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert unquote(response["Content-Disposition"]) == "inline; filename*=utf-8''市场部经理 岗位说明书.pdf"
    reader: PdfReader = read(response.content)
    assert "制定市场调研计划" in reader.pages[0].extract_text()


def test_blank_form_has_the_facts_and_no_duty(client, make_design, printed):
    make_design(office())
    client.get("/designs/office/positions/HEAD.pdf?blank=1")
    assert "市场部经理" in printed[0]
    assert "制定市场调研计划" not in printed[0]


def test_booklet_is_sent_as_a_pdf_named_after_the_design(client, make_design):
    make_design(office(groups=2))
    response = client.get("/designs/office/booklet.pdf")
    assert unquote(response["Content-Disposition"]) == "inline; filename*=utf-8''office设计 岗位说明书汇编.pdf"
    reader: PdfReader = read(response.content)
    assert reader.metadata.title == "office设计 岗位说明书汇编"
    assert "专员2" in "".join(page.extract_text() for page in reader.pages)


def test_chosen_positions_are_printed_each_once_in_the_order_of_the_tree(client, make_design, printed):
    make_design(office(groups=3))
    answer = client.get("/designs/office/booklet.pdf?position=G3-STAFF&position=G1-STAFF&position=g3-staff")
    assert unquote(answer["Content-Disposition"]) == "inline; filename*=utf-8''office设计 岗位说明书.pdf"
    titles = re.findall(r'class="title level-1">([^<]+)<', printed[0])
    assert [title.replace(GAP, "") for title in titles] == ["专员1", "专员3"]
    for wrong in ("NONE", "G1"):
        assert client.get(f"/designs/office/booklet.pdf?position=G1-STAFF&position={wrong}").status_code == 404


def test_booklet_of_a_branch_has_that_branch_alone(client, make_design, printed):
    make_design(office(groups=2))
    response = client.get("/designs/office/booklet.pdf?branch=G2")
    assert unquote(response["Content-Disposition"]) == "inline; filename*=utf-8''第2组 岗位说明书汇编.pdf"
    assert "专员2" in printed[0]
    assert "专员1" not in printed[0]


@pytest.mark.parametrize("path", ["booklet.pdf?branch=NONE", "booklet.pdf?branch=HEAD", "positions/NONE.pdf"])
def test_what_is_not_there_is_404(client, make_design, printed, path):
    make_design(office())
    assert client.get(f"/designs/office/{path}").status_code == 404
    assert printed == []


def test_what_the_browser_has_already_is_not_printed_again(client, make_design, printed):
    make_design(office())
    etag = client.get("/designs/office/booklet.pdf")["ETag"]
    again = client.get("/designs/office/booklet.pdf", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, len(printed)) == (304, b"", 1)


def test_paper_speaks_the_language_of_the_reader(client, make_design, printed):
    make_design(office())
    with translation.override("en"):
        client.get("/designs/office/positions/HEAD.pdf", headers={"Accept-Language": "en"})
    assert "Direct superior" in printed[0]
    assert "市场部经理" in printed[0]


# Of a design that is not small, departments and positions are read first, and its booklet becomes a job.
@pytest.mark.usefixtures("printed")
@pytest.mark.parametrize(("groups", "costs"), [(1, (15, 4, 14)), (3, (15, 4, 14)), (330, (18, 4, 19))])
def test_papers_cost_the_same_for_any_size(client, make_design, django_assert_num_queries, groups, costs):
    steps = [{"number": 1, "who": ["HEAD", "总经理"], "action": "汇总周报"}]
    make_design(office(groups=groups, processes=[{"name": "周报", "steps": steps}]))
    addresses = ("positions/G1-STAFF.pdf", "positions/G1-STAFF.pdf?blank=1", "booklet.pdf")
    for address, cost in zip(addresses, costs, strict=True):
        with django_assert_num_queries(cost):
            client.get(f"/designs/office/{address}")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TooSlow(), "PDF"),
        (MissingGlyph({"\ue000": "处理\ue000投诉"}), "U+E000"),
        (PackageMissing(package="fonts-noto-cjk"), "apt-get install fonts-noto-cjk"),
    ],
)
def test_reader_is_told_why_there_is_no_pdf(client, make_design, monkeypatch, error, words):
    def fail(_book: Book, **_how: object) -> bytes:
        raise error

    monkeypatch.setattr(pdf, "print_book", fail)
    make_design(office())
    response = client.get("/designs/office/positions/HEAD.pdf")
    assert response.status_code == 503
    assert words in response.content.decode()
    assert client.get("/designs/office/positions/HEAD/").status_code == 200
