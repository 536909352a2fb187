"""manage.py check_designs: finds faults without a database, and stores sound files in their canonical form."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.documents.samples import SMALL

LOOSE = SMALL.replace("name: 医院市场部", "name: '医院市场部'")


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def run(*arguments: Any) -> tuple[list[str], str]:
    """Return what the command complains about and the error it ends with."""
    err = StringIO()
    try:
        call_command("check_designs", *map(str, arguments), stderr=err)
    except CommandError as error:
        return err.getvalue().splitlines(), str(error)
    return err.getvalue().splitlines(), ""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hospital.yaml"


def test_the_library_is_sound() -> None:
    assert run() == ([], "")


def test_canonical_file_passes(path: Path) -> None:
    path.write_text(SMALL, encoding="utf-8")
    assert run(path) == ([], "")


def test_file_in_another_form_is_named_and_left_alone(path: Path) -> None:
    path.write_text(LOOSE, encoding="utf-8")
    assert run(path) == (["hospital.yaml: not in canonical form (--write stores it so)"], "1 faulty")
    assert path.read_text(encoding="utf-8") == LOOSE


def test_write_stores_the_canonical_form(path: Path) -> None:
    path.write_text(LOOSE, encoding="utf-8")
    assert run(path, "--write") == ([], "")
    assert path.read_text(encoding="utf-8") == SMALL


def test_write_leaves_a_faulty_file_alone(path: Path) -> None:
    faulty = LOOSE.replace("MK-02", "MK-01")
    path.write_text(faulty, encoding="utf-8")
    assert run(path, "--write") == (
        ["hospital.yaml: tree › MK-01: The code “MK-01” is used more than once."],
        "1 faulty",
    )
    assert path.read_text(encoding="utf-8") == faulty
