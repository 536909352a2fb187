"""Booklets put together from parts: the pages of one uncut run; only what changed is printed; progress, stopping, mending."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from PIL import Image, ImageChops
from pypdf import PdfReader

from departments.formats import pdf
from departments.formats.paper import booklet_book, whole_html
from departments.formats.pdf import Cancelled, TooSlow
from departments.formats.pdf_shelf import shelf
from departments.models import Edition
from departments.models.outlines import Outline
from tests import factories
from tests.booklets.conftest import Read
from tests.booklets.structure import elements


@pytest.fixture(autouse=True)
def empty_shelf(settings, tmp_path) -> None:
    """Begin with nothing printed."""
    settings.DATA_DIR = str(tmp_path)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which the number of pieces is added whenever some are printed."""
    pieces: list[int] = []
    work = pdf.work

    def watched(job, *more):
        if "pieces" in job:
            pieces.append(len(job["pieces"]))
        return work(job, *more)

    monkeypatch.setattr(pdf, "work", watched)
    return pieces


def read(edition: Edition) -> tuple[Edition, Outline]:
    """Return an edition as it is now."""
    edition = Edition.objects.select_related("design").get(pk=edition.pk)
    return edition, Outline(edition)


def print_booklet(edition: Edition, outline: Outline, **more: Any) -> bytes:
    """Print the booklet of a whole edition."""
    return pdf.print_book(booklet_book(edition, outline), **more)


def pictures(document: bytes, folder: Path) -> list[Image.Image]:
    """Return the pages at 60 dots an inch."""
    folder.mkdir()
    (folder / "document.pdf").write_bytes(document)
    subprocess.run(["pdftoppm", "-r", "60", "-png", "document.pdf", "page"], cwd=folder, check=True)
    return [Image.open(page).convert("RGB") for page in sorted(folder.glob("page*.png"))]


def test_pages_are_those_of_one_uncut_run(library: Read, tmp_path: Path) -> None:
    edition, outline = library("hospital-marketing-dept")
    command = [sys.executable, "benchmarks/uncut.py"]
    html = whole_html(edition, outline).encode()
    uncut = subprocess.run(command, input=html, capture_output=True, check=True, cwd=django_settings.BASE_DIR).stdout
    bound = print_booklet(edition, outline)
    texts = [
        [sorted("".join(page.extract_text().split())) for page in PdfReader(io.BytesIO(document)).pages]
        for document in (bound, uncut)
    ]
    assert texts[0] == texts[1]
    (chart,) = elements(bound, "Figure")
    assert chart["Alt"] == (
        "组织架构图. 市场部的直接下级：市场部主任、公关科、营销科。 公关科的直接下级：公关科主任。"
        " 营销科的直接下级：营销科主任。 图中内容在后面各章以文字列出。"
    )
    drawn = pictures(bound, tmp_path / "bound"), pictures(uncut, tmp_path / "uncut")
    assert len(drawn[0]) == len(texts[0])
    for ours, theirs in zip(*drawn, strict=True):
        differing = ImageChops.difference(ours, theirs).convert("L").point(lambda level: 255 if level else 0)
        above = differing.crop((0, 0, ours.width, ours.height - 47))  # the foot is set by the binder
        assert above.histogram()[255] <= 0.005 * ours.width * ours.height


def test_second_booklet_prints_what_changed_alone(db: None, printed: list[int]) -> None:
    org = factories.create_org()
    first = print_booklet(*read(org.edition))
    assert sum(printed) == len(booklet_book(*read(org.edition)).pieces)
    printed.clear()
    with factories.open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": "编制半年预算"}, version=1)
    second = print_booklet(*read(org.edition))
    assert printed == [1]
    assert "编制半年预算" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(second)).pages)
    with factories.open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"text": org.budget.text}, version=2)
    assert print_booklet(*read(org.edition)) == first
    assert printed == [1]


def test_equal_booklets_give_equal_bytes_however_they_are_printed(
    db: None, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = factories.create_org(in_force=True).edition
    together = print_booklet(*read(edition))
    settings.DATA_DIR += "/another"
    monkeypatch.setattr(pdf, "AT_ONCE", 1)
    assert print_booklet(*read(edition)) == together


def test_booklet_is_ready_once_it_is_warm(db: None, printed: list[int]) -> None:
    edition = factories.create_org(in_force=True).edition
    assert not pdf.is_ready(booklet_book(*read(edition)))
    pdf.warm(booklet_book(*read(edition)))
    assert pdf.is_ready(booklet_book(*read(edition)))
    printed.clear()
    print_booklet(*read(edition))
    assert printed == []


def test_progress_counts_pieces_to_the_last(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "AT_ONCE", 2)
    edition = factories.create_org(in_force=True).edition
    said: list[tuple[int, int]] = []
    print_booklet(*read(edition), progress=lambda done, total: said.append((done, total)))
    total = len(booklet_book(*read(edition)).pieces)
    assert said[0] == (0, total)
    assert said[-1] == (total, total)
    assert [done for done, _total in said] == sorted(done for done, _total in said)


def test_stopped_booklet_keeps_what_was_printed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "AT_ONCE", 1)
    edition = factories.create_org(in_force=True).edition
    done: list[int] = []
    with pytest.raises(Cancelled):
        print_booklet(
            *read(edition), progress=lambda so_far, _total: done.append(so_far), cancelled=lambda: bool(done[2:])
        )
    kept = sum(map(shelf().has, pdf._keys(booklet_book(*read(edition)))))
    assert kept >= 2
    assert PdfReader(io.BytesIO(print_booklet(*read(edition)))).pages


def test_failure_of_one_piece_is_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    work = pdf.work

    def failing(job, *more):
        if "公关专员" in "".join(job.get("pieces", [])):
            raise TooSlow
        return work(job, *more)

    monkeypatch.setattr(pdf, "work", failing)
    with pytest.raises(TooSlow):
        print_booklet(*read(factories.create_org(in_force=True).edition))


def test_part_that_is_damaged_on_the_disk_is_printed_anew(db: None) -> None:
    edition = factories.create_org(in_force=True).edition
    book = booklet_book(*read(edition))
    whole = pdf.print_book(book)
    shelf().drop([pdf.fingerprint(book)])
    path = shelf().path(pdf._keys(book)[2])
    path.write_bytes(path.read_bytes()[:-5])
    assert pdf.print_book(book) == whole
