"""All formats in one archive: complete, with checksums that hold, and the same bytes twice."""

import hashlib
import io
from zipfile import ZipFile

import pytest

from departments.documents.files import DocumentError, Fault, to_json, to_yaml
from departments.documents.writing import document
from departments.formats.bundle import FORMATS, NOTES
from tests.formats.extracts import bureau, extract, hostile

pytestmark = pytest.mark.django_db


def unpacked(content):
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("start", "queries"), [("", 6), ("G1", 0)])
def test_the_archive_holds_everything_and_its_checksums_hold(start, queries, django_assert_num_queries):
    made = extract(bureau(), start)
    with django_assert_num_queries(queries):
        files = unpacked(FORMATS["zip"].make(made))
    documents = {"design.yaml", "design.json"}
    assert set(files) == {"README.txt", *NOTES, "SHA256SUMS"} - (documents if start else set())
    sums = dict(line.split("  ", 1)[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert [name for name in files if name != "README.txt" and name not in files["README.txt"].decode()] == []


def test_the_documents_are_those_of_export_design():
    made = extract(bureau())
    files = unpacked(FORMATS["zip"].make(made))
    assert files["design.yaml"].decode() == to_yaml(document(made.edition))
    assert files["design.json"].decode() == to_json(document(made.edition))


def test_where_no_document_can_be_written_the_archive_says_why(monkeypatch):
    def refuse(edition):
        raise DocumentError([Fault("office", "tree › 专员1", "没有编码")])

    monkeypatch.setattr("departments.formats.bundle.document", refuse)
    files = unpacked(FORMATS["zip"].make(extract(bureau())))
    assert [name for name in files if name.startswith("design.")] == ["design.xlsx"]
    assert "没有编码" in files["README.txt"].decode()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_edition_gives_the_same_bytes(name, monkeypatch):
    made = extract(bureau() if name == "zip" else hostile())
    first = FORMATS[name].make(made)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert FORMATS[name].make(made) == first
    assert len(first) > 100
