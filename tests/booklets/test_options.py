"""What a booklet is to contain: read from an address, written into one, and what it then contains."""

import pytest
from django.http import QueryDict

from departments.booklets.options import PARTS, Options, OptionsError
from departments.formats import pdf
from departments.formats.figures import figures
from departments.formats.paper import booklet_book
from departments.printing.orders import Order
from tests.booklets.conftest import Read
from tests.booklets.pages import bookmarks, read

JEWELLERY = "jewelry-franchise-brand-marketing-center"


def said(query: str) -> Options:
    """Return what an address says."""
    return Options.read(dict(QueryDict(query).lists()))


@pytest.mark.parametrize(
    "query", ["", "?branch=PR", "?position=A&position=B", "?without=chart&without=index&margins=mirrored&charts=2"]
)
def test_what_is_read_is_written_the_same(query):
    options = said(query[1:])
    assert options.query == query
    assert Options.of_json(options.as_json) == options


def test_what_makes_no_difference_makes_no_other_booklet():
    assert said("without=index&without=chart&margins=&branch=&on=2026-01-01") == said("without=chart&without=index")
    assert said("position=A&position=A&without=chart") == said("position=A")
    assert said("position=A&without=holder") != said("position=A")


@pytest.mark.parametrize("query", ["branch=PR&position=A", "without=cover", "margins=wide", "charts=everything"])
def test_what_means_nothing_is_refused(query):
    with pytest.raises(OptionsError):
        said(query)


TITLES = {
    "chart": ["组织架构图"],
    "departments": ["部门与职责"],
    "processes": ["工作流程"],
    "sources": ["来源说明"],
    "index": ["岗位索引", "岗位编号索引"],
}


@pytest.mark.parametrize("part", TITLES)
def test_a_part_that_is_left_out_is_neither_there_nor_in_the_contents(library: Read, part):
    edition, outline = library(JEWELLERY)
    whole = booklet_book(edition, outline)
    less = booklet_book(edition, outline, without=[part])
    tops = [[label for level, label, _anchor in book.bookmarks if level == 1] for book in (whole, less)]
    assert tops[1] == [title for title in tops[0] if title not in TITLES[part]]
    assert {title for titles in TITLES.values() for title in titles} < {*tops[0]}
    # Without what keeps the last two characters of a title together.
    listed = [book.pieces[1].html.replace("\u2060", "") for book in (whole, less)]
    for title in TITLES[part]:
        assert [f">{title}</a>" in contents for contents in listed] == [True, False]
    forms, same = (
        [piece.html for piece in book.pieces if '<article class="form"' in piece.html] for book in (whole, less)
    )
    assert forms
    assert same == forms  # printed once for all


def test_with_everything_left_out_the_forms_stay_and_every_number_has_its_page(library: Read):
    edition, outline = library("hospital-marketing-dept")
    reader = read(pdf.print_book(booklet_book(edition, outline, without=PARTS)))
    labels = [label for _depth, label, _page in bookmarks(reader)]
    assert labels == ["目录", "岗位说明书", "市场部", "市场部主任", "公关科", "公关科主任", "营销科", "营销科主任"]
    assert "任职人" not in "".join(page.extract_text() for page in reader.pages)


def test_charts_by_department_lead_from_page_to_page(library: Read):
    edition, outline = library(JEWELLERY)
    reader = read(
        pdf.print_book(booklet_book(edition, outline, without=PARTS.keys() - {"chart"}, charts="departments"))
    )
    charts = [(label, page) for depth, label, page in bookmarks(reader) if depth == 1 and "架构图" in label]
    first = charts[0][1]
    assert charts == [
        ("组织架构图", first),
        *(
            (f"{name}组织架构图", first + number)
            for number, name in enumerate(("策划部", "设计部", "影视制作部", "品牌部"), 1)
        ),
    ]
    texts = ["".join(page.extract_text().split()) for page in reader.pages]
    assert [f"见第{page}页" in texts[first - 1] for _label, page in charts[1:]] == [True] * 4
    assert [f"接第{first}页" in texts[page - 1] for _label, page in charts] == [False, True, True, True, True]


def test_lines_to_other_pages_say_to_which_and_where_none_has_a_number_yet_charts_do(library: Read):
    _edition, outline = library("four-department-primary-auxiliary")
    planning = figures(outline, rule="departments")[1]
    assert [(words, lead.anchor) for words, lead in planning.beyond] == [
        ("市场策划部 → 拓展员（协助）", "chart-MKT-BD")
    ]
    assert planning.numbers == ["chart", "chart-MKT-BD"]
    first, *others = figures(outline, rule="departments", upright=True)
    assert [f">见图 {number}<" in first.svg for number in range(1, 7)] == [False, True, True, True, True, False]
    assert {figure.page for figure in (first, *others)} == {"portrait"}


def test_an_index_without_departments_names_who_has_a_form(library: Read):
    edition, outline = library(JEWELLERY)
    less = booklet_book(edition, outline, without=["departments"])
    forms = {anchor for level, _label, anchor in less.bookmarks if level == 3}
    (index,) = [piece for piece in less.pieces if ("index", "岗位索引") in piece.running]
    assert {*index.numbers} == forms


def test_mirrored_margins_move_each_page_away_from_where_it_is_bound(library: Read):
    edition, _outline = library("hospital-marketing-dept")
    frames = {}
    for margins in ("", "mirrored"):
        book = Order(edition, Options(margins=margins)).book
        frames[margins] = [[round(float(edge)) for edge in page.mediabox] for page in read(pdf.print_book(book)).pages]
    assert {tuple(frame) for frame in frames[""]} <= {(0, 0, 595, 842), (0, 0, 842, 595), (0, 0, 1191, 842)}
    upright = {
        number % 2: tuple(frame)
        for number, frame in enumerate(frames["mirrored"], start=1)
        if frame[2] - frame[0] < frame[3]
    }
    assert upright == {1: (-14, 0, 581, 842), 0: (14, 0, 609, 842)}
