"""What only the whole document can tell, each fault with its place."""

import pytest

from departments.documents import files
from departments.documents.checks import check
from departments.documents.files import DocumentError
from tests.documents.samples import FULL, SMALL, put

FUNCTIONS = {"brand", "research"}
DOCUMENTS = {"002_4c96e381965afd71.txt"}


def nested(levels: int) -> str:
    tree = '{"kind": "department", "title": "底"}'
    for level in range(levels - 1):
        tree = f'{{"kind": "department", "title": "第{level}级", "children": [{tree}]}}'
    return f'{{"slug": "deep", "name": "深", "kind": "fragment", "tree": {tree}}}'


FAULTS = {
    "code twice": (put("MK-02", "MK-01"), "x.yaml: tree › MK-01: The code “MK-01” is used more than once."),
    "code twice in another case": (
        put("MK-02", "mk-01"),
        "x.yaml: tree › MK-01: The code “MK-01” is used more than once.\nx.yaml: tree › mk-01: The code “mk-01” is used more than once.",
    ),
    "uid twice": (
        put("head: true", "uid: 11111111-1111-4111-8111-111111111111").replace(
            "title: 策划专员", "title: 策划专员\n    uid: 11111111-1111-4111-8111-111111111111"
        ),
        "x.yaml: tree › 11111111-1111-4111-8111-111111111111: The uid “11111111-1111-4111-8111-111111111111” is used more than once.",
    ),
    "superior without a position": (
        put("head: true", "superiors: [{code: XX-1}]"),
        "x.yaml: tree › 市场部主任 › superiors: No department or position has the code “XX-1”.",
    ),
    "superior in another case": (
        put("head: true", "superiors: [{code: mk-02}]"),
        "x.yaml: tree › 市场部主任 › superiors: No department or position has the code “mk-02”.",
    ),
    "own superior": (
        put("head: true", "superiors: [{code: MK-01}]"),
        "x.yaml: tree › 市场部主任 › superiors: Nobody is their own superior.",
    ),
    "own superior of a department": (
        put("  title: 市场部\n", "  title: 市场部\n  superiors: [{code: MK}]\n"),
        "x.yaml: tree › 市场部 › superiors: Nobody is their own superior.",
    ),
    "relation from nobody": (
        SMALL + "relations: [{kind: assists, from: XX-1, to: MK-01}]\n",
        "x.yaml: relations 1: No department or position has the code “XX-1”.",
    ),
    "relation to nobody": (
        SMALL + "relations: [{kind: assists, from: MK-01, outside: 院长}, {kind: assists, from: MK-01, to: XX-1}]\n",
        "x.yaml: relations 2: No department or position has the code “XX-1”.",
    ),
    "relation to itself": (
        SMALL + "relations: [{kind: assists, from: MK-01, to: MK-01}]\n",
        "x.yaml: relations 1: A relation joins two.",
    ),
    "actor without a position": (
        SMALL + "processes: [{name: 投诉, steps: [{number: 1, who: [顾客, XX-1]}]}]\n",
        "x.yaml: processes › 投诉 › 1: No department or position has the code “XX-1”.",
    ),
    "steps out of order": (
        SMALL + "processes: [{name: 投诉, steps: [{number: 2}, {number: 1}]}]\n",
        "x.yaml: processes › 投诉: The steps' numbers must rise.",
    ),
    "step number twice": (
        SMALL + "processes: [{name: 投诉, steps: [{number: 1}, {number: 1}]}]\n",
        "x.yaml: processes › 投诉: The steps' numbers must rise.",
    ),
    "duty under the heading of another section": (
        put("text: 审批方案", "text: 审批方案\n      children: [{kind: duty, section: authority, text: 审批费用}]"),
        "x.yaml: tree › 审批费用: A duty stands in the section of its heading.",
    ),
    "frame with headcount": (
        put("  title: 市场部\n", "  title: 市场部\n  frame: true\n  headcount: {form: as_needed}\n"),
        "x.yaml: tree › 市场部: A frame has no headcount.",
    ),
    "frame with levels": (
        put("  title: 市场部\n", "  title: 市场部\n  frame: true\n  levels: [{level: 主管级, headcount: {}}]\n"),
        "x.yaml: tree › 市场部: A frame has no headcount.",
    ),
    "head under a position": (
        put("    - kind: duty", "    - {kind: position, title: 助理, head: true}\n    - kind: duty"),
        "x.yaml: tree › 助理: A head stands directly in its department.",
    ),
    "unknown function": (
        put("head: true", "functions: [brand, magic]"),
        "x.yaml: tree › 市场部主任: There is no function “magic”.",
    ),
    "function twice": (
        put("head: true", "functions: [brand, brand]"),
        "x.yaml: tree › 市场部主任: “brand” stands here more than once.",
    ),
    "industry twice": (
        SMALL + "fits: {industries: [food, food]}\n",
        "x.yaml: fits › industries: “food” stands here more than once.",
    ),
    "unknown source": (
        SMALL + "sources: [{document: 999.txt}]\n",
        "x.yaml: sources: There is no source “999.txt”.",
    ),
    "unknown source of a node": (
        put("head: true", "sources: [{document: 999.txt}]"),
        "x.yaml: sources: There is no source “999.txt”.",
    ),
    "variant of itself": (
        put("kind: complete", "kind: complete\nvariant_of: hospital"),
        "x.yaml: variant_of: No design is a variant of itself.",
    ),
    "too deep": (nested(31), "x.yaml: tree › 底: The tree is deeper than 30 levels."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_of_the_whole_document_names_its_place(name: str) -> None:
    text, said = FAULTS[name]
    with pytest.raises(DocumentError) as error:
        check(files.parse(text), file="x.yaml", functions=FUNCTIONS, documents=DOCUMENTS)
    assert str(error.value) == said


def test_all_faults_are_said_at_once() -> None:
    text = put("MK-02", "MK-01") + "relations: [{kind: assists, from: XX-1, to: XX-2}]\n"
    with pytest.raises(DocumentError) as error:
        check(files.parse(text), file="x.yaml")
    assert [fault.place for fault in error.value.faults] == ["tree › MK-01", "relations 1", "relations 1"]


@pytest.mark.parametrize("text", [SMALL, FULL, nested(30)], ids=["small", "full", "deep"])
def test_sound_document_passes(text: str) -> None:
    check(files.parse(text), functions=FUNCTIONS, documents=DOCUMENTS)


def test_vocabulary_that_is_not_given_is_not_asked_for() -> None:
    check(files.parse(put("head: true", "functions: [magic]\n    sources: [{document: 999.txt}]")))


def test_actor_with_a_hyphen_that_is_no_code_is_a_name() -> None:
    check(files.parse(SMALL + "processes: [{name: 投诉, steps: [{number: 1, who: [市场-销售, CEO]}]}]\n"))
