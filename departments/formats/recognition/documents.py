"""What was recognised as a design document, the form that every other way in and out speaks."""

import re

from departments.documents import schema
from departments.formats.recognition.parts import Part

CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
COUNT = re.compile(r"(\d{1,4})(?:\s*[-—~～至到]\s*(\d{1,4}))?\s*[名人位个]?")


def design_of(top: Part, *, slug: str, name: str) -> schema.Design:
    """Return the document; a single department at the top is its root, else one of the design's name is. No query."""
    places = [part for part in top.children if part.kind in ("department", "position")]
    codes: set[str] = set()
    if len(places) == 1 and places[0].kind == "department":
        root = _node(places[0], codes)
    else:
        root = {"kind": "department", "title": name[:120], "children": [_node(part, codes) for part in places]}
    return schema.Design.model_validate(
        {"slug": slug, "name": name[:120], "origin": "own", "kind": "complete", "tree": root}
    )


def _node(part: Part, codes: set[str]) -> dict[str, object]:
    if part.kind == "duty":
        node: dict[str, object] = {
            "kind": "duty",
            "section": part.section,
            "weight": part.weight,
            "text": part.text[:4000],
        }
        if part.aspect and part.section == "qualification":
            node["aspect"] = part.aspect
    else:
        node = {"kind": part.kind, "title": part.text[:120], "summary": part.facts.get("summary", "")[:4000]}
        if (code := code_of(part)) and code.lower() not in codes:
            codes.add(code.lower())
            node["code"] = code
        if part.kind == "position":
            node["grade"] = part.facts.get("grade", "")[:60]
            if superior := part.facts.get("superior", ""):
                node["superiors"] = [{"outside": superior[:120]}]
        if count := headcount_of(part):
            node["headcount"] = {
                "form": "number" if count[0] == count[1] else "range",
                "min": count[0],
                "max": count[1],
            }
    node["children"] = [_node(child, codes) for child in part.children if child.kind != "note"]
    return node


def code_of(part: Part) -> str:
    """Return the code a form gives, where it is one."""
    code = part.facts.get("code", "").strip()
    return code if len(code) <= 40 and CODE.fullmatch(code) else ""


def headcount_of(part: Part) -> tuple[int, int] | None:
    """Return the least and the most of a headcount: “2-3人” is (2, 3)."""
    found = COUNT.fullmatch(part.facts.get("headcount", "").strip())
    if found is None:
        return None
    least, most = int(found[1]), int(found[2] or found[1])
    return (least, most) if least <= most else None
