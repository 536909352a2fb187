"""Corrected parts as rows for the room, with codes by the pattern where none was given. 1 query."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from departments.formats.recognition.documents import headcount_of
from departments.formats.recognition.parts import Part
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.restructuring import Row
from departments.restructuring.bringing_in import Brought
from departments.wording.codes import Numbers, company_of, stem


def brought(parts: Sequence[Part], outline: Outline, above: Entry) -> Brought:
    """Return what is to stand below a department; a part of its own name is that department, and is opened."""
    numbers = Numbers(entry.code for entry in outline.entries if entry.code)
    for part in parts:
        for one in part.walk():
            numbers.take(one.facts.get("code", ""))
    found = Brought([], {})
    prefix = stem(above, company_of(outline))
    for part in parts:
        same = part.kind == "department" and part.text == above.title
        for one in part.children if same else [part]:
            found.branches.append(list(_rows(one, 0, prefix, numbers, found.superiors)))
    return found


def _rows(part: Part, depth: int, prefix: str, numbers: Numbers, superiors: dict[UUID, str]) -> Iterator[Row]:
    if part.kind == "duty":
        columns = {"section": part.section, "weight": part.weight, "aspect": part.aspect, "text": part.text}
        row = Row(depth, part.kind, columns)
    else:
        code = part.facts.get("code") or numbers.next(prefix, part.kind)
        row = Row(depth, part.kind, {"title": part.text, "code": code, "summary": part.facts.get("summary", "")})
        if part.kind == "position":
            row.content["grade"] = part.facts.get("grade", "")
            if superior := part.facts.get("superior", ""):
                superiors[row.uid] = superior
        elif code:
            prefix = code
        if count := headcount_of(part):
            form = "number" if count[0] == count[1] else "range"
            row.content |= {"headcount_form": form, "headcount_min": count[0], "headcount_max": count[1]}
    yield row
    for child in part.children:
        yield from _rows(child, depth + 1, prefix, numbers, superiors)
