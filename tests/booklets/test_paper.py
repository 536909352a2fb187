"""Booklets of the library as printed: three designs, every page."""

import io
from functools import cache

import page as independent_checker
import pikepdf
import pytest
from pypdf import PageObject, PdfReader

from departments.formats.figures import figures
from departments.formats.lanes_svg import lanes_pieces
from departments.formats.paper import blank_book, booklet_book, position_book
from departments.formats.pdf import print_book
from tests.booklets.conftest import Read
from tests.booklets.glyph_widths import differences
from tests.booklets.pages import bookmarks, lines, read, runs
from tests.booklets.rulers import leaving
from tests.booklets.structure import read_out

DESIGNS = ("hospital-marketing-dept", "jewelry-franchise-brand-marketing-center", "marketing-center-gm-led-twelve-sub")
# The checker leaves the common width out of a glyph's in fonts of this kind; fontTools reads them whole.
MISREAD = "PDFUA1-FONT-GLYPH-WIDTH-001"
MARGIN = 62.4  # 22 mm in points

printed = cache(print_book)  # a booklet is printed once for all tests
booklets: dict[str, bytes] = {}
said: dict[str, list[str]] = {}  # what printing them logged


@pytest.fixture(params=DESIGNS)
def slug(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> str:
    """Print the booklet of a design, once for all tests."""
    slug = request.param
    if slug not in booklets:
        booklets[slug] = printed(booklet_book(*request.getfixturevalue("library")(slug)))
        said[slug] = [record.getMessage() for record in caplog.get_records("setup")]
    return slug


@pytest.fixture
def booklet(slug: str) -> PdfReader:
    """Return the booklet of a design."""
    return read(booklets[slug])


def set_pages(reader: PdfReader) -> list[PageObject]:
    """Return the pages of a booklet that have no drawing on them: drawings are measured by themselves."""
    starts = {label: page for depth, label, page in bookmarks(reader) if depth == 1}
    drawn = {starts["组织架构图"], *range(starts.get("工作流程", 0), starts["来源说明"] if "工作流程" in starts else 0)}
    return [page for number, page in enumerate(reader.pages, start=1) if number not in drawn and number > 1]


def test_bookmarks_name_the_parts_in_order(library: Read) -> None:
    reader = read(printed(booklet_book(*library("hospital-marketing-dept"))))
    assert bookmarks(reader) == [
        (1, "目录", 2),
        (1, "组织架构图", 3),
        (1, "部门与职责", 4),
        (2, "市场部", 4),
        (3, "公关科", 4),
        (3, "营销科", 4),
        (1, "岗位说明书", 5),
        (2, "市场部", 5),
        (3, "市场部主任", 5),
        (2, "公关科", 6),
        (3, "公关科主任", 6),
        (2, "营销科", 7),
        (3, "营销科主任", 7),
        (1, "来源说明", 8),
        (1, "岗位索引", 8),
        (1, "岗位编号索引", 9),
    ]


def test_contents_give_the_pages_of_the_bookmarks(booklet) -> None:
    said = []
    for page in booklet.pages[1:]:
        rows = lines(page)
        if not said and "目录" not in rows[0][0].text:
            break
        said += [row[-1].text for row in rows if row[-1].text.isdecimal()]
        if "岗位编号索引" in [run.text for row in rows for run in row]:
            break
    titles = [(label, page) for depth, label, page in bookmarks(booklet)]
    assert said[0] == str(dict(titles)["组织架构图"])
    assert str(dict(titles)["岗位编号索引"]) in said
    # Every bookmark is a line of the contents, but the contents themselves and the departments above forms.
    assert set(map(int, said)) == {page for label, page in titles if label != "目录"}


def test_every_page_says_which_it_is_of_how_many(booklet) -> None:
    count = len(booklet.pages)
    for number, page in enumerate(booklet.pages[1:], start=2):
        foot = "".join(run.text for run in runs(page) if run.y < 55)
        assert f"第 {number} 页" in foot
        assert f"共 {count} 页" in foot


def test_heads_name_the_department(library: Read) -> None:
    reader = read(printed(booklet_book(*library("hospital-marketing-dept"))))
    heads = [
        [run.text.strip() for run in runs(page) if run.y > float(page.mediabox.height) - 55] for page in reader.pages
    ]
    assert heads[0] == []
    assert [head[-1] for head in heads[3:7]] == [
        "部门与职责", "市场部 · 市场部主任", "公关科 · 公关科主任", "营销科 · 营销科主任",
    ]  # fmt: skip


def test_nothing_leaves_its_page(booklet) -> None:
    for page in set_pages(booklet):
        right = float(page.mediabox.width) - MARGIN + 1
        outside = [run for row in lines(page) for run in row if run.x < MARGIN - 1 or run.end > right]
        assert outside == []


@pytest.mark.parametrize("slug", DESIGNS)
def test_no_text_of_a_drawing_leaves_its_box(library: Read, slug: str) -> None:
    edition, outline = library(slug)
    drawings = [str(figure.svg) for upright in (False, True) for figure in figures(outline, upright=upright)]
    drawings += [one for process in edition.processes.all() for one in lanes_pieces(process.steps.all(), outline)]
    assert [leaving(drawing) for drawing in drawings] == [[]] * len(drawings)
    department = outline.departments[1].title
    assert leaving(drawings[0].replace(f">{department}<", f">{department * 9}<")) == [department * 9]


def test_no_page_is_empty_and_none_ends_with_a_heading(booklet) -> None:
    assert all(lines(page) for page in booklet.pages)
    for page in set_pages(booklet):
        rows = lines(page)
        assert not all(run.font.endswith("Bold") for run in rows[-1])


def test_no_page_ends_with_a_heading_for_a_listener_either(slug: str) -> None:
    headings = {"H1", "H2", "H3", "H4", "H5", "H6", "THead"}
    pages = read_out(booklets[slug])
    assert [number for number, page in enumerate(pages, 1) if page and headings & set(page[-1])] == []


def test_booklets_are_made_without_a_warning(slug: str) -> None:
    assert said[slug] == []


def test_an_independent_checker_finds_it_accessible(booklet) -> None:
    document = booklet.stream.getvalue()
    report = independent_checker.validate_pdf_bytes(document, profile=independent_checker.ValidationProfile.PDF_UA_1)
    assert {failure.rule_id for failure in report.failures} <= {MISREAD}
    compared, wrong = differences(document)
    assert (compared > 300, wrong) == (True, [])


def test_the_independent_checker_finds_what_is_wrong(library: Read) -> None:
    spoilt = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(booklet_book(*library(DESIGNS[0]))))) as pdf:
        del pdf.Root.Lang
        pdf.save(spoilt)
    profile = independent_checker.ValidationProfile.PDF_UA_1
    failures = independent_checker.validate_pdf_bytes(spoilt.getvalue(), profile=profile).failures
    assert {failure.rule_id for failure in failures} - {MISREAD}


def test_links_lead_somewhere(booklet) -> None:
    named = set(booklet.named_destinations)
    links = [link.get_object()["/Dest"] for page in booklet.pages for link in page.get("/Annots", [])]
    assert links
    assert set(links) <= named


def test_branch_is_a_booklet_of_its_own(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    reader = read(print_book(booklet_book(edition, outline, outline.find("MKT-PR"))))
    labels = [label for _depth, label, _page in bookmarks(reader)]
    assert labels == [
        "目录", "部门与职责", "公关科", "岗位说明书", "公关科", "公关科主任", "来源说明", "岗位索引", "岗位编号索引",
    ]  # fmt: skip
    assert reader.metadata.title == "公关科 岗位说明书汇编"


def test_form_is_one_page_with_tables_that_name_their_heads(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    reader = read(print_book(position_book(edition, outline, outline.find("MKT-HEAD"))))
    (page,) = reader.pages
    text = page.extract_text()
    assert [word for word in ("编制", "审核", "批准", "任职人") if word not in text] == []
    kinds: dict[str, int] = {}

    def walk(element) -> None:
        element = element.get_object()
        if isinstance(element, dict):
            kinds[element.get("/S", "")] = kinds.get(element.get("/S", ""), 0) + 1
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                walk(kid)

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0])
    assert kinds["/H1"] == 1
    assert kinds["/Table"] == 6
    assert kinds["/TH"] >= 13


def test_long_statement_breaks_over_pages_under_a_repeated_head(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    entry = outline.find("MKT-HEAD")
    entry.responsibilities[4].text = "市场调研报告编制，" * 400
    reader = read(print_book(position_book(edition, outline, entry)))
    assert len(reader.pages) == 3
    for page in reader.pages[1:2]:
        first, second, *_rest = lines(page)
        assert first[0].font.endswith("Sans-CJK-SC-Bold")
        assert "市场调研" in second[0].text
    assert sum(page.extract_text().count("，") for page in reader.pages) >= 400


def test_blank_form_is_two_pages_for_writing(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    reader = read(print_book(blank_book(edition, outline, outline.find("MKT-HEAD"))))
    assert len(reader.pages) == 2
    text = "".join(page.extract_text() for page in reader.pages)
    assert "市场部主任" in text
    assert "编制市场部的年度" not in text


def test_reading_style_has_the_words_of_the_bordered_form_and_no_frame(library: Read) -> None:
    edition, outline = library("hospital-marketing-dept")
    entry = outline.find("MKT-HEAD")
    bordered, reading = (
        read(print_book(position_book(edition, outline, entry, style=style))) for style in ("", "reading")
    )
    words = [
        "".join(run.text for row in lines(one.pages[0]) for run in row).replace(" ", "") for one in (bordered, reading)
    ]
    assert sorted(words[0]) == sorted(words[1])
    rules = [one.pages[0].get_contents().get_data().count(b" re\n") for one in (bordered, reading)]
    assert rules[1] < rules[0]
