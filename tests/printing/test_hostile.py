"""Hostile texts: whatever is typed is printed as text, and while a printing hangs the site answers."""

import io

import pytest
from docx import Document

from departments.booklets.options import Options
from departments.formats import pdf_engine
from departments.formats.docx import ordered
from departments.formats.paper import booklet_book, chosen_book
from departments.models import PrintJob
from departments.models.outlines import Outline
from departments.printing import work
from tests.formats.test_pdf import SILENT
from tests.views.conftest import duty, make_design, office, position  # noqa: F401  # a fixture

GRIDS = "<div style='display: grid'>" * 16
SHORT = "<div style='display: grid'>" * 4  # where a name has its bounds
PROCESS = {"name": SHORT, "owner": SHORT, "summary": GRIDS, "lead_time": SHORT}
STEP = {"number": 1, "name": SHORT, "who": [SHORT], "action": GRIDS, "output": GRIDS, "lead_time": SHORT}
SAID = {
    "title_en": SHORT,
    "summary": GRIDS,
    "aliases": [SHORT],
    "grade": SHORT[:54],
    "remarks": [{"label": SHORT, "text": GRIDS}],
    "superiors": [{"outside": SHORT}],
    "headcount": {"form": "per", "min": 1, "per": SHORT, "varies_with": SHORT},
}


def test_markup_in_any_field_is_printed_as_text(make_design) -> None:  # noqa: F811
    document = office(name=SHORT, name_en=SHORT, summary=GRIDS, processes=[PROCESS | {"steps": [STEP]}])
    document["tree"] |= {"title": SHORT, "remarks": SAID["remarks"], "summary": GRIDS}
    statements = [duty(GRIDS), duty(GRIDS, section="indicator", measure=SHORT)]
    document["tree"]["children"].insert(2, position("EVIL", SHORT, *statements, **SAID))
    edition = make_design(document).editions.get()
    outline = Outline(edition)
    outline.holders = {outline.find("EVIL").uid: [GRIDS]}
    for book in (booklet_book(edition, outline), chosen_book(edition, outline, [outline.find("EVIL")])):
        html = "".join(piece.html for piece in book.pieces)
        assert html.count("&lt;div style=&#x27;display: grid&#x27;&gt;") > 16 * 4
        assert "<div style=" not in html
    word = Document(io.BytesIO(ordered(edition, outline, Options()).write()))
    assert SHORT in [p.text for p in word.paragraphs if p.style.name == "Heading 2"]
    assert len(word.inline_shapes) == 2  # the chart, the lanes


@pytest.mark.django_db
def test_the_site_answers_while_a_printing_hangs_and_lets_it_be_stopped(client, make_design, monkeypatch):  # noqa: F811
    """The web process hands the text to another; here the worker's child is one that never answers."""
    monkeypatch.setattr(pdf_engine, "WORKER", ("-c", SILENT))
    monkeypatch.setattr(pdf_engine, "PULSE", 0.05)
    monkeypatch.setattr(work, "PULSE", 0.05)
    make_design(office())
    pdf_engine.pool().stop()
    client.get("/designs/office/booklet.pdf")
    job = PrintJob.objects.get()
    answers: list[int] = []
    moved = work._move

    def answer(job: PrintJob, *counted: int) -> bool:
        answers.extend(client.get(page).status_code for page in ("/designs/office/", f"/printing/{job.pk}/"))
        client.post(f"/printing/{job.pk}/cancel/")
        return moved(job, *counted)

    monkeypatch.setattr(work, "_move", answer)
    assert work.carry_out(str(job.pk)) == "cancelled"
    assert answers[:2] == [200, 200]
