"""manage.py booklet: writes the file, or says why it does not."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from departments.formats import pdf
from departments.formats.pdf import Book, TooSlow
from tests import factories
from tests.booklets.pages import read


def test_booklet_is_written_to_the_file(db: None, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    factories.create_org(in_force=True)
    file = tmp_path / "booklet.pdf"
    call_command("booklet", "hospital", "-o", str(file))
    reader = read(file.read_bytes())
    assert reader.metadata.title == "医院市场部 岗位说明书汇编"
    assert str(file) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "title", "pieces"),
    [
        ([], "医院市场部 岗位说明书汇编", 7),
        (["--branch", "pr"], "公关科 岗位说明书汇编", 6),
        (["--without", "chart", "--without", "index", "--without", "sources"], "医院市场部 岗位说明书汇编", 5),
        (["--position", "MK-01", "--position", "pr-02"], "医院市场部 岗位说明书", 2),
        (["--position", "pr-02", "--margins", "mirrored"], "公关专员 岗位说明书", 1),
    ],
)
@pytest.mark.django_db
def test_what_is_chosen_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options, title, pieces):
    books: list[Book] = []
    monkeypatch.setattr(pdf, "print_book", lambda book, **_how: books.append(book) or b"%PDF-")
    factories.create_org(in_force=True)
    call_command("booklet", "hospital", "-o", str(tmp_path / "b.pdf"), *options)
    assert (books[0].title, len(books[0].pieces), books[0].mirrored) == (title, pieces, "mirrored" in options)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere"],
        ["hospital", "--branch", "NONE"],
        ["hospital", "--branch", "MK-01"],
        ["hospital", "--position", "PR"],
        ["hospital", "--without", "cover"],
    ],
)
def test_what_is_not_there_is_said(db: None, tmp_path: Path, arguments: list[str]) -> None:
    factories.create_org(in_force=True)
    with pytest.raises(CommandError, match=arguments[-1]):
        call_command("booklet", *arguments, "-o", str(tmp_path / "b.pdf"))
    assert list(tmp_path.iterdir()) == []


def test_failure_is_a_sentence_and_no_file(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_what: object, **_how: object) -> bytes:
        raise TooSlow

    monkeypatch.setattr(pdf, "print_book", fail)
    factories.create_org(in_force=True)
    with pytest.raises(CommandError, match="PDF"):
        call_command("booklet", "hospital", "-o", str(tmp_path / "b.pdf"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("wanted", "title"), [([], "医院市场部"), (["--position", "mk-01"], "市场部主任")])
def test_the_ending_of_the_file_makes_it_a_word_file(db: None, tmp_path: Path, wanted: list[str], title: str) -> None:
    factories.create_org(in_force=True)
    file = tmp_path / "booklet.DOCX"
    call_command("booklet", "hospital", "-o", str(file), *wanted)
    assert Document(file).core_properties.title.split()[0] == title
