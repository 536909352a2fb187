"""The responsibility matrix on paper: one page of A3 where it can be, and nothing too small to read."""

import pytest
from django.utils import translation

from departments.charts.text import width
from departments.comparison.coverage import single_functions
from departments.comparison.raci import raci
from departments.documents import vocabulary
from departments.formats.matrix_paper import lay_out, matrix_book
from departments.formats.pdf import print_book
from departments.formats.upright import upright
from departments.models import Edition
from departments.models.outlines import Outline
from tests import factories
from tests.booklets.conftest import Read, chinese, library  # noqa: F401  # fixtures
from tests.booklets.pages import bookmarks, read, runs


def test_matrix_of_a_design_is_one_page_with_every_function_and_position(library: Read) -> None:  # noqa: F811
    edition, outline = library("hospital-marketing-dept")
    found = raci(outline, single_functions())
    reader = read(print_book(matrix_book(edition, found)))
    (page,) = reader.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (1191, 842)
    text = page.extract_text()
    assert [line.function.name for line in found.lines if line.function.name not in text] == []
    assert "公\n关\n科\n主\n任" in text
    assert bookmarks(reader) == [(1, "责任矩阵", 1)]


def test_large_matrix_takes_pages_and_names_the_functions_on_each(db: None) -> None:
    vocabulary.load()
    draft = factories.create_edition()
    factories.create_flat(draft, positions=130)
    edition = Edition.objects.select_related("design").get(pk=factories.publish(draft).pk)
    found = raci(Outline(edition), single_functions())
    size, tables = lay_out(found)
    assert [len(table.places) for table in tables] == [44, 44, 42]
    assert size.points >= 6
    pages = read(print_book(matrix_book(edition, found))).pages
    assert len(pages) == 3
    for page in pages:
        assert "市场调研" in page.extract_text()
        set_out = [run for run in runs(page) if 55 < run.y < 787]
        assert min(run.size for run in set_out) > 6
        assert max(run.end for run in set_out) < 1191 - 62


@pytest.mark.parametrize(
    ("title", "html", "height"),
    [
        ("公关专员", "公<br>关<br>专<br>员", 4.6),
        ("SEO 专员", "SEO<br>专<br>员", 3.45),
        ("经理（兼）", "经<br>理<br>︵<br>兼<br>︶", 5.75),
        ("A&B部", "A&amp;B<br>部", 2.3),
        ("KOL2025岗", '<div class="word" style="height: 4.81em"><div>KOL2025</div></div>岗', 5.96),
    ],
)
def test_titles_stand_upright_with_short_latin_abreast(title: str, html: str, height: float) -> None:
    found = upright(title)
    assert (found.html, round(found.height, 2)) == (html, height)


def test_a_latin_title_lies_on_its_side_in_two_lines_at_most() -> None:
    found = upright("Brand Communication and Media Manager")
    assert found.html.count("<br>") == 1
    assert found.height < width("Brand Communication and Media Manager", 1) * 0.7


def test_english_matrix_has_the_english_titles_and_stays_within_its_page(library: Read) -> None:  # noqa: F811
    edition, outline = library("jewelry-franchise-brand-marketing-center")
    with translation.override("en"):
        found = raci(outline, single_functions())
        reader = read(print_book(matrix_book(edition, found)))
    (page,) = reader.pages
    text = " ".join(page.extract_text().split())
    english = [place.title_en for place in found.places if place.title_en]
    assert english
    words = {word for title in english for word in title.split() if word.isalpha()}
    assert [word for word in sorted(words) if word not in text] == []
    set_out = [run for run in runs(page) if 55 < run.y < 787]
    assert max(run.end for run in set_out) < 1191 - 62
