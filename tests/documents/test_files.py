"""A document as text: what is read is written again byte for byte, and every fault is said with file, line and place."""

import contextlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from departments.documents import files, schema, vocabulary
from departments.documents.checks import check
from departments.documents.files import DocumentError, Fault
from tests.documents.samples import FULL, SMALL

FIXTURES = sorted((Path(settings.BASE_DIR) / "fixtures" / "designs").glob("*.yaml"))


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


# Round trips


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


# Faults


def faults(text: str) -> list[Fault]:
    with pytest.raises(DocumentError) as error:
        files.parse(text, file="x.yaml")
    return error.value.faults


def put(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


FAULTS: dict[str, tuple[str, str]] = {
    "unknown key": (put("name:", "naam: 医院\nname:"), "x.yaml:2: naam: This key is not known."),
    "unknown key deep down": (
        put("      text: 审批方案", "      text: 审批方案\n      remark: 无"),
        "x.yaml:18: tree › 市场部主任 › 审批方案 › remark: This key is not known.",
    ),
    "key twice": (
        put("kind: complete\n", "kind: complete\nkind: fragment\n"),
        "x.yaml:4: This is neither YAML nor JSON: key twice: kind",
    ),
    "key that is a list": (put("kind: complete", "? [a, b]\n: c"), "x.yaml:3: This is neither YAML nor JSON: a key is a word"),
    "required key": (put("name: 医院市场部\n", ""), "x.yaml:1: name: This key is required."),
    "no kind": (put("    - kind: duty\n      text: 编制预算", "    - text: 做事"), "x.yaml:14: tree › 市场部主任 › 做事: The key “kind” is required."),
    "value of no list": (
        put("kind: complete", "kind: whole"),
        "x.yaml:3: kind: “whole” is not one of: 'complete', 'single_department', 'structural_option', 'size_model', 'legacy_variant' or 'fragment'",
    ),
    "kind out of place": (
        put("kind: duty\n      text: 编制预算", "kind: department\n      title: 科"),
        "x.yaml:14: tree › 市场部主任 › 科: “department” cannot stand here; expected: 'position', 'duty'",
    ),
    "root of another kind": (
        put("tree:\n  kind: department", "tree:\n  kind: position"),
        "x.yaml:5: tree › kind: “position” is not one of: 'department'",
    ),
    "text expected": (put("title: 策划专员", "title: 12"), "x.yaml:20: tree › 12 › title: Text is expected, not “12”."),
    "empty text": (put("text: 编制预算", "text: ''"), "x.yaml:15: tree › 市场部主任 › 1 › text: The text is empty."),
    "blank text": (put("text: 编制预算", "text: '  '"), "x.yaml:15: tree › 市场部主任 ›    › text: The text is empty."),
    "long text": (
        put("title: 策划专员", "title: " + "长" * 121),
        f"x.yaml:20: tree › {'长' * 20} › title: The text is longer than 120 characters.",
    ),
    "code with other characters": (
        put("code: MK-02", "code: 市-02"),
        "x.yaml:19: tree › 策划专员 › code: “市-02” has characters that are not allowed here.",
    ),
    "slug with capitals": (put("slug: hospital", "slug: Hospital"), "x.yaml:1: slug: “Hospital” has characters that are not allowed here."),
    "control character": (
        put("name: 医院市场部", 'name: "医院\\0市场部"'),
        "x.yaml:2: name: The text has control characters.",
    ),
    "lone surrogate": (
        put("name: 医院市场部", 'name: "\\ud800"'),
        "x.yaml:2: This is neither YAML nor JSON: found invalid Unicode character escape code",
    ),
    "list expected": (put("  children:\n  - kind: position", "  aliases: 营销部\n  children:\n  - kind: position"), "x.yaml:8: tree › aliases: A list is expected."),
    "mapping expected": (put("    head: true", "    headcount: 3"), "x.yaml:12: tree › 市场部主任 › headcount: A mapping of keys is expected."),
    "boolean expected": (put("head: true", "head: maybe"), "x.yaml:12: tree › 市场部主任 › head: true or false is expected, not “maybe”."),
    "whole number expected": (
        put("    head: true", "    headcount: {form: number, min: many, max: many}"),
        "x.yaml:12: tree › 市场部主任 › headcount › min: A whole number is expected, not “many”.\nx.yaml:12: tree › 市场部主任 › headcount › max: A whole number is expected, not “many”.",
    ),
    "number too small": (
        put("    head: true", "    headcount: {form: number, min: -1, max: 1}"),
        "x.yaml:12: tree › 市场部主任 › headcount › min: The number must be at least 0.",
    ),
    "number too large": (
        put("    head: true", "    headcount: {form: several, min: 1000001}"),
        "x.yaml:12: tree › 市场部主任 › headcount › min: The number must be at most 1000000.",
    ),
    "superior with two ends": (
        put("    head: true", "    superiors: [{code: MK, outside: 院长}]"),
        "x.yaml:12: tree › 市场部主任 › superiors › 1: Give either code or outside; neither where basis is top.",
    ),
    "superior without end": (
        put("    head: true", "    superiors: [{outside: ''}]"),
        "x.yaml:12: tree › 市场部主任 › superiors › 1: Give either code or outside; neither where basis is top.",
    ),
    "top that names somebody": (
        put("    head: true", "    superiors: [{basis: top, outside: 院长}]"),
        "x.yaml:12: tree › 市场部主任 › superiors › 1: Give either code or outside; neither where basis is top.",
    ),
    "relation with two ends": (
        SMALL + "relations:\n- {kind: assists, from: MK-02, to: MK-01, outside: 院长}\n",
        "x.yaml:22: relations › 1: Give either to or outside.",
    ),
    "inferred without value": (
        SMALL + "fits:\n  inferred: [sizes]\n",
        "x.yaml:22: fits: Nothing is said of what is marked as inferred: sizes",
    ),
    "uid that is none": (put("    head: true", "    uid: 7"), "x.yaml:12: tree › 市场部主任 › uid: "),
    "aliases": (put("name: 医院市场部", "name: &a 医院\nsummary: *a"), "x.yaml:3: Aliases (*) are not allowed."),
    "alias bomb": (
        "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{n}: &{n} [*{p},*{p},*{p},*{p},*{p},*{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)),
        "x.yaml:2: Aliases (*) are not allowed.",
    ),
    "tag": (put("name: 医院市场部", "name: !!python/object/apply:os.system [ls]"), "x.yaml:2: Tags (!) are not allowed."),
    "tag of a number": (put("name: 医院市场部", "name: !!int ''"), "x.yaml:2: Tags (!) are not allowed."),
    "too deep": ("a: " + "[" * 70 + "]" * 70, "x.yaml:1: tree: The tree is deeper than 30 levels."),
    "far too deep": ("[" * 100_000, "x.yaml:1: tree: The tree is deeper than 30 levels."),
    "not YAML": (put("slug: hospital", "slug: [hospital"), "x.yaml:2: This is neither YAML nor JSON: did not find expected ',' or ']'"),
    "not a mapping": ("- slug: hospital\n", "x.yaml: The document must be a mapping of keys."),
    "empty": ("", "x.yaml: The document must be a mapping of keys."),
    "two documents": (SMALL + "---\n" + SMALL, "x.yaml:21: This is neither YAML nor JSON: but found another document"),
    "unprintable": ("slug: \x07", "x.yaml: This is neither YAML nor JSON: "),
    "number of too many digits": ("slug: 0x" + "f" * 5000, "x.yaml:1: slug: Text is expected, not “…”."),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_names_file_line_place_and_what_is_wrong(name: str) -> None:
    text, said = FAULTS[name]
    found = "\n".join(map(str, faults(text)))
    if said.endswith(": ") or name == "number of too many digits":
        assert found.startswith(said)
    else:
        assert found == said


def test_all_faults_are_said_at_once() -> None:
    text = (
        put("kind: complete", "kind: whole").replace("name: 医院市场部\n", "").replace("title: 策划专员", "title: ''")
    )
    assert [(fault.line, fault.place) for fault in faults(text)] == [
        (1, "name"),
        (2, "kind"),
        (19, "tree › 2 › title"),
    ]


def test_document_of_four_megabytes_is_too_large() -> None:
    (fault,) = faults(SMALL + "#" * files.MAXIMUM_BYTES)
    assert str(fault) == "x.yaml: The document is larger than 4 MB."


@pytest.mark.parametrize(
    "headcount",
    [
        "{form: number}",
        "{form: number, min: 1}",
        "{form: number, min: 1, max: 2}",
        "{form: range, max: 2}",
        "{form: range, min: 2, max: 2}",
        "{form: range, min: 3, max: 2}",
        "{form: per}",
        "{form: per, per: ''}",
        "{form: several, max: 3}",
        "{form: as_needed, min: 1}",
        "{form: unstated, max: 1}",
        "{form: unstated, per: 每店 1 人}",
        "{min: 1, max: 1}",
    ],
)
def test_headcount_whose_figures_do_not_fit_is_refused(headcount: str) -> None:
    (fault,) = faults(put("    head: true", f"    headcount: {headcount}"))
    form = (re.findall(r"form: (\w+)", headcount) or ["unstated"])[0]
    assert str(fault) == (
        f"x.yaml:12: tree › 市场部主任 › headcount: The headcount figures do not fit the form “{form}”."
    )


@pytest.mark.parametrize(
    "headcount",
    [
        "{form: number, min: 0, max: 0}",
        "{form: range, min: 1, max: 2}",
        "{form: range, min: 1}",
        "{form: per, per: 每店 1 人}",
        "{form: per, per: 每店 1 人, min: 1, max: 1}",
        "{form: several}",
        "{form: several, min: 2}",
        "{form: as_needed, varies_with: 业务量}",
        "{form: unstated, filled: 3}",
    ],
)
def test_headcount_whose_figures_fit_is_taken(headcount: str) -> None:
    design = files.parse(put("    head: true", f"    headcount: {headcount}"))
    assert files.parse(files.to_yaml(design)) == design


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


# Fuzz: whatever comes, a document or DocumentError


def document_or_fault(text: str) -> None:
    with contextlib.suppress(DocumentError):
        assert isinstance(files.parse(text), schema.Design)


nonsense = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["duty", "position", "MK"]),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(
            st.sampled_from(["kind", "tree", "children", "title", "superiors", "headcount", "x"]), children
        )
    ),
    max_leaves=12,
)


@given(st.text(st.characters(), max_size=200))
@example("{? {a: b} : c}")
@example("1: 2\n? 3\n: 4")
@example("<<: 1")
@example("<<: {a: 1}\na: 2")
@example("a: 1:1:1:1:1:1:1:1:1:1.5e3")
@example("a: " + "1:" * 400 + "1.0")
@example("a: " + "9" * 5000)
@example("a: 0b_\nb: 0x_\nc: ._")
@example("%YAML 9.9\n---\na: b")
@example("a: !<> b")
@example("\ud800: 1")
@example("&a : *a")
@example("- !!binary ====\n- !!timestamp x")
def test_random_text_is_a_document_or_a_fault(text: str) -> None:
    document_or_fault(text)


@given(nonsense)
def test_random_data_is_a_document_or_a_fault(data: Any) -> None:
    for text in (json.dumps(data), json.dumps({"slug": "a", "name": "b", "kind": "fragment", "tree": data})):
        document_or_fault(text)


@given(st.data())
def test_broken_document_is_a_document_or_a_fault(data: st.DataObject) -> None:
    lines = FULL.splitlines()
    index = data.draw(st.integers(0, len(lines) - 1))
    lines[index] = data.draw(
        st.sampled_from(
            ["", "  " + lines[index], lines[index][1:], lines[index].rpartition(":")[0] + ": " + "[]", "- x"]
        )
        | st.text(max_size=10)
    )
    document_or_fault("\n".join(lines))
