"""A document as text: what is read is written again byte for byte."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from departments.documents import files, schema, vocabulary
from departments.documents.checks import check
from departments.documents.files import DocumentError
from tests.documents.samples import FULL, SMALL

FIXTURES = sorted((Path(settings.BASE_DIR) / "fixtures" / "designs").glob("*.yaml"))


@pytest.mark.parametrize("text", [SMALL, FULL], ids=["small", "full"])
def test_document_is_written_as_it_was_read(text: str) -> None:
    design = files.parse(text)
    assert files.to_yaml(design) == text
    assert files.parse(files.to_json(design)) == design


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_fixture_is_sound_and_canonical(path: Path) -> None:
    design = files.read(path)
    check(design, file=path.name, functions=vocabulary.functions(), documents=vocabulary.documents())
    assert design.slug == path.stem
    assert files.to_yaml(design) == path.read_text(encoding="utf-8")


def test_the_full_sample_uses_every_key_of_the_schema() -> None:
    def keys(model: Any) -> set[tuple[str, str]]:
        found = set()
        for one in model if isinstance(model, list) else [model]:
            if isinstance(one, schema.Strict):
                found |= {(type(one).__name__, name) for name in one.model_fields_set}
                for name in type(one).model_fields:
                    found |= keys(getattr(one, name))
        return found

    named = {"Design", *schema.Design.model_json_schema()["$defs"]}
    parts = [part for name, part in vars(schema).items() if name in named and issubclass(part, schema.Strict)]
    every = {(part.__name__, name) for part in parts for name in part.model_fields}
    assert every - keys(files.parse(FULL)) == {("Position", "uid")}


def test_json_has_every_key_of_the_example() -> None:
    example = {
        "": "slug uid name name_en origin kind variant_of summary fits strengths challenges principles sources tree "
        "relations processes",
        "fits": "industries sizes stages structure",
        "challenges": "text remedy",
        "sources": "document heading lines",
        "tree": "kind code title frame children",
        "relations": "kind from to outside about basis",
        "processes": "name steps",
    }
    position = "kind uid code title title_en aliases head head_form superiors headcount inferred children"
    written = json.loads(files.to_json(files.parse(FULL)))
    for key, names in example.items():
        part = written[key] if key else written
        assert set(names.split()) <= set(part[0] if isinstance(part, list) else part), key
    there = written["tree"]["children"][1]
    assert set(position.split()) <= set(there)
    assert set(there["superiors"][0]) == {"code", "outside", "basis", "line"}
    assert set(there["headcount"]) == {"form", "min", "max", "per", "varies_with", "basis", "filled"}
    assert {"kind", "section", "weight", "text", "functions", "children"} <= set(there["children"][0])
    assert set(written["processes"][0]["steps"][0]) >= {"number", "who", "action", "output", "lead_time"}


def test_json_writes_defaults_out_and_chinese_as_itself() -> None:
    text = files.to_json(files.parse(SMALL))
    assert '"name": "医院市场部"' in text
    assert json.loads(text)["tree"]["headcount"] == {
        "form": "unstated",
        "min": None,
        "max": None,
        "per": None,
        "varies_with": None,
        "basis": "stated",
        "filled": None,
    }


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (SMALL.replace("name: 医院市场部", "name:  '  医院市场部 '"), SMALL),
        (SMALL + "relations: []\n", SMALL),
        (SMALL.replace("\n", "\r\n"), SMALL),
        (SMALL.replace("title: 策划专员", "title: 策划专员\n    headcount: {form: unstated, per: ''}"), SMALL),
        (FULL.replace("  - sizes\n  - structure\n", "  - structure\n  - sizes\n"), FULL),
    ],
    ids=["spaces", "default", "line ends", "empty text", "order of inferred keys"],
)
def test_other_ways_to_write_the_same_come_out_canonical(written: str, canonical: str) -> None:
    assert files.to_yaml(files.parse(written)) == canonical


def test_date_stays_the_text_that_was_written() -> None:
    design = files.parse(SMALL.replace("name: 医院市场部", "name: 2002-06-30"))
    assert design.name == "2002-06-30"
    assert files.parse(files.to_yaml(design)) == design


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(words)
@example("# 不是注释")
@example("- 列: 表")
@example("第一行\n第二行\n\n  第四行")
@example("yes")
@example("1:30")
@example("\u2028换\u2029行")
@example("'引号\"")
@example("😀\U00020000")
def test_any_text_survives_the_round_trip(text: str) -> None:
    document = {
        "slug": "a",
        "name": "名",
        "kind": "complete",
        "summary": text,
        "tree": {"kind": "department", "title": "部"},
    }
    try:
        design = files.parse(json.dumps(document, ensure_ascii=False))
    except DocumentError:
        return  # control characters
    assert files.parse(files.to_yaml(design)) == files.parse(files.to_json(design)) == design


# Files


def test_read_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "design.yaml"
    path.write_text("slug: 1\n")
    with pytest.raises(DocumentError, match=r"^design\.yaml:1: slug: Text is expected"):
        files.read(path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("市场部".encode("gb18030"), "x.yaml: The file is not UTF-8 text."),
        (b"\xff\xfe\x00", "x.yaml: The file is not UTF-8 text."),
        ("医".encode() * 1_400_000, "x.yaml: The document is larger than 4 MB."),
    ],
)
def test_read_refuses_what_is_no_text(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as error:
        files.read(path)
    assert str(error.value) == said


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_read_of_what_cannot_be_read_is_a_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match=r": The file cannot be read\.$"):
        files.read(tmp_path / name)


def test_read_takes_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert files.read(path) == files.parse(SMALL)
