"""manage.py load_designs: loads what is sound, says what changed and what was refused; its exit status can be relied on."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from departments.documents import vocabulary
from departments.models import Design, Edition, Function, Source
from departments.restructuring import open_draft
from departments.restructuring.checking import breaches
from tests.documents.samples import SMALL

SECOND = SMALL.replace("slug: hospital", "slug: second").replace("kind: complete", "kind: fragment")


@pytest.fixture(autouse=True)
def _english(db: None) -> Any:
    with translation.override("en"):
        yield


def run(*files: Path) -> tuple[list[str], list[str], str]:
    """Return what the command prints, what it complains about, and the error it ends with."""
    out, err, failed = StringIO(), StringIO(), ""
    try:
        call_command("load_designs", *map(str, files), stdout=out, stderr=err)
    except CommandError as error:
        failed = str(error)
    return out.getvalue().splitlines(), err.getvalue().splitlines(), failed


def put(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [folder / f"{name}.yaml" for name in texts]


def test_files_are_loaded_with_the_vocabulary(tmp_path: Path) -> None:
    assert run(*put(tmp_path, hospital=SMALL, second=SECOND)) == (
        [
            "hospital: edition 1, 5 added, 0 changed, 0 moved, 0 removed",
            "second: edition 1, 5 added, 0 changed, 0 moved, 0 removed",
            "2 designs, 0 unchanged",
        ],
        [],
        "",
    )
    assert Function.objects.count() == len(vocabulary.functions())
    assert Source.objects.count() == len(vocabulary.documents())
    assert breaches() == []


def test_loading_again_writes_nothing(tmp_path: Path) -> None:
    paths = put(tmp_path, hospital=SMALL, second=SECOND)
    run(*paths)
    with CaptureQueriesContext(connection) as queries:
        assert run(*paths) == (["2 designs, 2 unchanged"], [], "")
    assert [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_only_what_changed_is_reported(tmp_path: Path) -> None:
    run(*put(tmp_path, hospital=SMALL, second=SECOND))
    paths = put(tmp_path, hospital=SMALL.replace("编制预算", "编制年度预算"), second=SECOND)
    assert run(*paths) == (
        ["hospital: edition 2, 0 added, 1 changed, 0 moved, 0 removed", "2 designs, 1 unchanged"],
        [],
        "",
    )


def test_faulty_file_is_refused_and_the_others_loaded(tmp_path: Path) -> None:
    paths = put(
        tmp_path,
        broken="slug: [",
        unknown=SMALL.replace("head: true", "functions: [magic]").replace("slug: hospital", "slug: unknown"),
        second=SECOND,
    )
    out, err, failed = run(*paths)
    assert out == ["second: edition 1, 5 added, 0 changed, 0 moved, 0 removed", "1 designs, 0 unchanged"]
    assert err == [
        "broken.yaml:2: This is neither YAML nor JSON: did not find expected node content",
        "unknown.yaml: tree › 市场部主任: There is no function “magic”.",
    ]
    assert failed == "2 refused"
    assert list(Design.objects.values_list("slug", flat=True)) == ["second"]


def test_design_with_an_open_draft_is_refused_and_the_others_loaded(tmp_path: Path) -> None:
    run(*put(tmp_path, hospital=SMALL))
    open_draft(Design.objects.get())
    out, err, failed = run(*put(tmp_path, hospital=SMALL.replace("编制预算", "编制年度预算"), second=SECOND))
    assert (out[-1], failed) == ("1 designs, 0 unchanged", "1 refused")
    assert err == ["hospital: A draft of this design is open; put it in force or discard it first."]


def test_two_files_of_one_design_are_refused_but_the_first(tmp_path: Path) -> None:
    out, err, failed = run(*put(tmp_path, a=SMALL, b=SMALL.replace("编制预算", "编制年度预算")))
    assert (out[-1], err, failed) == (
        "1 designs, 0 unchanged",
        ["b.yaml: slug: another of the files has it too"],
        "1 refused",
    )


def test_variants_are_loaded_after_what_they_vary_whatever_the_order(tmp_path: Path) -> None:
    def variant(slug: str, of: str) -> str:
        return SMALL.replace("slug: hospital", f"slug: {slug}").replace(
            "kind: complete", f"kind: size_model\nvariant_of: {of}"
        )

    paths = put(tmp_path, a=variant("a", "b"), b=variant("b", "c"), c=variant("c", "hospital"), hospital=SMALL)
    out, err, failed = run(*paths)
    assert (err, failed) == ([], "")
    assert [line.partition(":")[0] for line in out[:-1]] == ["hospital", "c", "b", "a"]
    assert Design.objects.get(slug="a").variant_of.slug == "b"


def test_variants_of_each_other_are_refused(tmp_path: Path) -> None:
    a = SMALL.replace("slug: hospital", "slug: a").replace("kind: complete", "kind: complete\nvariant_of: b")
    b = SMALL.replace("slug: hospital", "slug: b").replace("kind: complete", "kind: complete\nvariant_of: a")
    out, err, failed = run(*put(tmp_path, a=a, b=b))
    assert out == ["0 designs, 0 unchanged"]
    assert err == ["a: variant_of: There is no design “b”.", "b: variant_of: There is no design “a”."]
    assert failed == "2 refused"


def test_own_design_is_in_force_after_loading(tmp_path: Path) -> None:
    paths = put(tmp_path, hospital=SMALL.replace("kind: complete", "origin: own\nkind: complete"))
    assert run(*paths)[2] == ""
    assert Edition.objects.get().status == "in_force"
    assert run(*paths)[0] == ["1 designs, 1 unchanged"]


def test_without_files_the_library_is_loaded(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "designs").mkdir()
    for name in ("functions.yaml", "sources.yaml"):
        (tmp_path / name).write_bytes((settings.FIXTURES_DIR / name).read_bytes())
    put(tmp_path / "designs", hospital=SMALL, second=SECOND)
    settings.FIXTURES_DIR = tmp_path
    assert run()[0][-1] == "2 designs, 0 unchanged"
