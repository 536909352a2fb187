"""Every fault of a document is said with file, line and place."""

import re

import pytest

from departments.documents import files
from departments.documents.files import DocumentError, Fault
from tests.documents.samples import SMALL, put


def faults(text: str) -> list[Fault]:
    with pytest.raises(DocumentError) as error:
        files.parse(text, file="x.yaml")
    return error.value.faults


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
