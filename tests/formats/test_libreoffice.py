"""Word files as LibreOffice shows them: it opens them, and prints the words and pages that they hold."""

import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from departments.booklets.options import Options
from departments.formats.docx import ordered, position_docx
from tests.booklets.conftest import Read, chinese, library

__all__ = ["chinese", "library"]  # fixtures


@pytest.mark.word
def test_a_form_and_a_booklet_open_with_all_their_words(library: Read, tmp_path: Path) -> None:
    edition, outline = library("hospital-marketing-dept")
    (tmp_path / "form.docx").write_bytes(position_docx(edition, outline, outline.find("MKT-PR-HEAD")))
    (tmp_path / "booklet.docx").write_bytes(ordered(edition, outline, Options()).write())
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "form.docx", "booklet.docx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    form, booklet = (PdfReader(tmp_path / f"{name}.pdf") for name in ("form", "booklet"))
    assert [round(float(side)) for side in form.pages[0].mediabox[2:]] == [595, 842]
    said = ["".join("".join(page.extract_text() for page in paper.pages).split()) for paper in (form, booklet)]
    position = outline.find("MKT-PR-HEAD")
    assert [duty.text for duty in position.responsibilities if duty.text not in said[0]] == []
    assert [entry.title for entry in outline.positions if entry.title not in said[1]] == []
    assert len(form.pages) == 1
    assert (
        8 <= len(booklet.pages) <= 10
    )  # cover, contents, chart, departments, three forms, sources, index; by the fonts there are
    assert f"共{len(booklet.pages)}页" in said[1]
