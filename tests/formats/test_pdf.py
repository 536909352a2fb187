"""The printer: what it prints, what it refuses, and that it comes back after anything."""

import io
import json
import logging
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from departments.formats import pdf, pdf_engine
from departments.formats.pdf import MissingGlyph, PackageMissing, TooLarge, TooSlow, render_pdf

SILENT = """
import sys, time, multiprocessing.connection
connection = multiprocessing.connection.Connection(int(sys.argv[1]))
connection.send_bytes(b"{}")
time.sleep(60)
"""
NESTED_GRIDS = "<div style='display: grid'>" * 16 + "x"


def page(body: str) -> str:
    """Return a whole document around a body."""
    style = "<link rel=stylesheet href='static:departments/print/paper.css'>"
    return f"<!doctype html><html lang=zh-Hans><head><title>岗位</title>{style}</head><body>{body}</body></html>"


def read(document: bytes) -> PdfReader:
    """Return the document for asking questions."""
    return PdfReader(io.BytesIO(document))


@pytest.fixture
def fresh(settings, tmp_path: Path) -> Iterator[None]:
    """Start workers of its own over an empty shelf for a test that changes their limits, and none of these for the next."""
    settings.DATA_DIR = str(tmp_path)
    pdf_engine.pool().stop()
    pdf._assets.cache_clear()
    yield
    pdf_engine.pool().stop()
    pdf._assets.cache_clear()


def test_document_is_tagged_and_says_its_language_and_title() -> None:
    catalog = read(render_pdf(page("<h1>公关科主任</h1><p>编制公关计划</p>"))).trailer["/Root"]
    assert catalog["/Lang"] == "zh-Hans"
    assert catalog["/MarkInfo"]["/Marked"]
    document = catalog["/StructTreeRoot"]["/K"][0].get_object()
    assert [kid.get_object()["/S"] for kid in document["/K"]] == ["/H1", "/P"]
    assert b"pdfuaid:part" in catalog["/Metadata"].get_object().get_data()


def test_equal_documents_give_equal_bytes_also_from_another_worker(fresh: None, settings) -> None:
    html = page("<h1>公关科主任</h1><table><tr><th>编号<td>一</table>")
    first = render_pdf(html)
    pdf_engine.pool().stop()
    settings.DATA_DIR += "/another"
    assert render_pdf(html) == first


def test_only_the_simplified_faces_of_two_families_are_embedded() -> None:
    body = "<h1>直接下级 Direct</h1><p>骨直曜 ‘’“” ≥①℃ <b>粗</b><p style='font-family: Arial'>别的字体 Arial"
    fonts = {}
    for one in read(render_pdf(page(body))).pages[0]["/Resources"]["/Font"].values():
        font = one.get_object()["/DescendantFonts"][0].get_object()
        fonts[font["/BaseFont"].split("+")[1]] = len(font["/FontDescriptor"]["/FontFile3"].get_data()) > 300
    assert set(fonts) == {f"Noto-{family}-CJK-SC{weight}" for family in ("Serif", "Sans") for weight in ("", "-Bold")}
    assert all(fonts.values())


@pytest.mark.parametrize(
    ("text", "named"), [("处理\ue000投诉", "U+E000"), ("处理😀投诉", "U+1F600"), ("处理مرحبا", "U+0645")]
)
def test_character_that_no_font_has_is_named_with_its_place(
    text: str, named: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(MissingGlyph) as raised:
        render_pdf(page(f"<p>负责人<p>{text}"))
    assert named in str(raised.value)
    assert text[:3] in str(raised.value)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_weasyprint_names_what_it_could_not_draw() -> None:
    """Where generated content slips past our own look at the text, its log tells: see press.worker.Warnings."""
    code = (
        "from departments.formats.press.worker import cut_document, hasten\n"
        "hasten()\n"
        "answer, parts = cut_document('', ['<html lang=zh><title>x</title><p>x\\U0010fffd'], '', range(0x110000))\n"
        "assert (answer['error'], list(answer['missing']), parts) == ('glyphs', ['\\U0010fffd'], []), answer\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=settings.BASE_DIR)


def test_controls_and_directional_marks_are_not_printed() -> None:
    document = read(render_pdf(page("<p>处理\x00\x01\x1b大客\u202e户\u200f投\u2066诉\ufeff")))
    assert document.pages[0].extract_text().strip() == "处理大客户投诉"


FOREIGN = [
    "<img src='http://127.0.0.1:1/x.png' alt=x>",
    "<img src='file:///etc/hostname' alt=x>",
    "<img src='static:../settings.py' alt=x>",
    "<img src='static:departments/print/%2e%2e/%2e%2e/%2e%2e/apps.py' alt=x>",
    "<img src='data:text/html;base64,AAAA' alt=x>",
    "<a rel=attachment href='file:///etc/hostname'>x</a>",
    "<style>@import url(http://127.0.0.1:1/x.css)</style>",
    "<link rel=stylesheet href='//127.0.0.1:1/x.css'>",
]


def test_no_address_but_our_own_is_served() -> None:
    """In one process for all: after each of these a worker is replaced, which takes seconds."""
    code = (
        "import json, sys\n"
        "from departments.formats.press.worker import hasten, work\n"
        "hasten()\n"
        "jobs = [{'before': '', 'pieces': [html], 'after': ''} for html in json.loads(sys.argv[1])]\n"
        "answers = [work(job, range(0x110000), ()) for job in jobs]\n"
        "print(json.dumps([(said.get('error'), len(parts)) for said, parts in answers]))\n"
    )
    pages = json.dumps([page(body) for body in FOREIGN])
    command = [sys.executable, "-c", code, pages]
    said = subprocess.run(command, check=True, capture_output=True, cwd=settings.BASE_DIR).stdout
    assert json.loads(said) == [["address", 0]] * len(FOREIGN)


def test_hostile_and_endless_documents_are_stopped_and_the_next_is_printed_whole(
    fresh: None, settings: pytest.FixtureRequest
) -> None:
    settings.PDF_SECONDS = 1
    for body in (NESTED_GRIDS, f"<p>{'市场调研，' * 20_000}"):
        with pytest.raises(TooSlow):
            render_pdf(page(body))
    settings.PDF_SECONDS, settings.PDF_MEMORY_MB = 180, 240  # a little more than it begins with
    with pytest.raises(TooLarge):
        render_pdf(page("<p>市场调研报告</p>" * 20_000))
    settings.PDF_MEMORY_MB = 2048
    document = read(render_pdf(page(f"<p>{'市场调研，' * 2_000}")))
    assert sum(one.extract_text().count("调") for one in document.pages) == 2_000


def test_worker_that_does_not_answer_is_stopped(
    fresh: None, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_engine, "WORKER", ("-c", SILENT))
    settings.PDF_SECONDS = 0.2
    with pytest.raises(TooSlow):
        render_pdf(page("<p>公关"))
    assert {engine.process for engine in pdf_engine.pool().engines} == {None}


def test_worker_that_died_is_replaced() -> None:
    render_pdf(page("<p>公关"))
    for engine in pdf_engine.pool().engines:
        if engine.process is not None:
            engine.process.kill()
            engine.process.wait()
    assert len(read(render_pdf(page("<p>营销"))).pages) == 1


def test_threads_share_one_worker_and_get_their_own_documents() -> None:
    texts: dict[int, str] = {}

    def work(number: int) -> None:
        texts[number] = read(render_pdf(page(f"<p>第 {number} 份"))).pages[0].extract_text().strip()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == {number: f"第 {number} 份" for number in range(6)}


def test_missing_fonts_are_named_by_their_package(fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lister = tmp_path / "fc-list"
    lister.write_text("#!/bin/sh\n")
    lister.chmod(lister.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    with pytest.raises(PackageMissing, match="fonts-noto-cjk"):
        render_pdf(page("<p>公关"))


@pytest.mark.parametrize(
    ("worker", "package"),
    [
        (
            "import sys, multiprocessing.connection as c\n"  # noqa: ISC004  # one program
            'c.Connection(int(sys.argv[1])).send_bytes(b\'{"lacking": "libharfbuzz-subset0"}\')',
            "libharfbuzz-subset0",
        ),
        ("raise OSError('cannot load library pango-1.0')", "libpangoft2-1.0-0"),
    ],
)
def test_missing_libraries_are_named_by_their_package(
    worker: str, package: str, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_engine, "WORKER", ("-c", worker))
    with pytest.raises(PackageMissing, match=package):
        render_pdf(page("<p>公关"))


def test_web_process_never_imports_weasyprint() -> None:
    code = (
        "import os, sys, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'orgdesign.settings'\n"
        "django.setup()\n"
        "import orgdesign.urls, departments.views.paper\n"
        "assert 'departments.formats.pdf' in sys.modules\n"
        "assert not {'weasyprint', 'uharfbuzz'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=settings.BASE_DIR)


def test_fingerprint_follows_the_content() -> None:
    assert pdf.fingerprint(pdf.document("<p>甲")) == pdf.fingerprint(pdf.document("<p>甲"))
    assert pdf.fingerprint(pdf.document("<p>甲")) != pdf.fingerprint(pdf.document("<p>乙"))
