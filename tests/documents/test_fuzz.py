"""Fuzz: whatever comes as a document, it is one or DocumentError."""

import contextlib
import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from departments.documents import files, schema
from departments.documents.files import DocumentError
from tests.documents.samples import FULL


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
