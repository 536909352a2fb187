"""manage.py export_design --format: every format to a file or through a pipe, whole or a branch."""

import io
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from departments.documents import schema, vocabulary
from departments.documents.loading import load
from departments.formats.bundle import FORMATS
from tests.formats.extracts import bureau

BINARY = ("xlsx", "csv", "zip")


@pytest.fixture(autouse=True)
def _design(db: None) -> None:
    vocabulary.load()
    load(schema.Design.model_validate(bureau()))


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("export_design", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_to_a_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "export"
    said, _ = run("office", "--format", name, "-o", str(file))
    assert said.startswith(f"{file}：")
    assert file.read_bytes()[:2] == b"PK" if name in BINARY else "市场部" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in BINARY])
def test_text_is_printed_as_it_is_written(tmp_path: Path, name: str) -> None:
    file = tmp_path / "export"
    run("office", "--format", name, "-o", str(file))
    assert run("office", "--format", name)[0].encode() == file.read_bytes()


@pytest.mark.parametrize("name", BINARY)
def test_bytes_go_through_a_pipe(tmp_path: Path, monkeypatch: Any, name: str) -> None:
    pipe = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", pipe)
    call_command("export_design", "office", "--format", name)
    monkeypatch.undo()
    run("office", "--format", name, "-o", str(tmp_path / "export"))
    assert pipe.buffer.getvalue() == (tmp_path / "export").read_bytes()  # type: ignore[attr-defined]
    assert ZipFile(io.BytesIO((tmp_path / "export").read_bytes())).testzip() is None


def test_bytes_are_not_thrown_at_a_screen(monkeypatch: Any) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(CommandError, match="-o"):
        call_command("export_design", "office", "--format", "xlsx")


def test_a_branch_and_the_addresses_are_chosen() -> None:
    text = run("office", "--format", "turtle", "--from", "g2", "--site", "https://hr.example.com/")[0]
    assert "<https://hr.example.com/designs/office/departments/G2/>" in text
    assert "专员2" in text
    assert "专员1" not in text


def test_the_language_is_that_of_the_interface_or_named() -> None:
    chinese, english = (run("office", "--format", "mermaid", "--language", code)[0] for code in ("zh-hans", "en"))
    assert "assists" in english
    assert "assists" not in chinese


def test_json_and_yaml_are_the_design_document() -> None:
    assert run("office", "--format", "json") == run("office")
    assert run("office", "--format", "yaml") == run("office", "--yaml")


def test_warnings_of_ruoyi_are_said_beside_the_file() -> None:
    assert run("office", "--format", "ruoyi")[1] == ""
    document = bureau()
    document["tree"]["title"] = "部" * 31
    load(schema.Design.model_validate(document))
    assert "dept_name" in run("office", "--format", "ruoyi")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none", "--format", "turtle"], "none"),
        (["office", "--format", "turtle", "--from", "NONE"], "NONE"),
        (["office", "--from", "G1"], "--from"),
        (["office", "--format", "docx"], "docx"),
        (["office", "-o", "/nowhere/at/all"], "/nowhere/at/all"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)
