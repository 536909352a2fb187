"""The responsibility matrix on paper: one page of A3 where it can be, and nothing too small to read."""

import pytest

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
    ("title", "lines"),
    [
        ("公关专员", "公|关|专|员"),
        ("SEO 专员", "SEO|专|员"),
        ("经理（兼）", "经|理|︵|兼|︶"),
        ("KOL2025岗", "KOL|202|5|岗"),
    ],
)
def test_titles_stand_upright_with_short_latin_abreast(title: str, lines: str) -> None:
    assert upright(title) == lines.split("|")
