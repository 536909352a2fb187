"""The structure of a part: what PDF/UA asks for beyond what WeasyPrint writes, and no element that says nothing.

WeasyPrint 70 names the headers of a cell by ids for which it writes no tree of ids, knows no language but the document's,
gives a link's address as its alternative text, and wraps every run of text in an element of its own. Here a header says
which way it reaches, a passage in another language says so, a link says what it says on paper, and a wrapper goes.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.pdf import tags

WRAPPERS = ("/NonStruct", "/Span", "/Div")
GROUPS = ("/Document", "/Sect", "/Art", "/Part")
PLAIN = {"Type", "S", "K", "Pg", "P"}
POINTS = 0.75  # a CSS pixel

_weasyprints = tags._build_box_tree  # noqa: SLF001  # tests/formats/test_press.py fails when it changes


def _build_box_tree(  # noqa: PLR0917  # WeasyPrint calls it so
    box: Any, parent: Any, pdf: pydyf.PDF, page_number: int, nums: Any, annotations: Any, page_tags: Any
) -> Iterator[pydyf.Dictionary]:
    """Yield WeasyPrint's elements of a box, with what the box's HTML says beyond."""
    for element in _weasyprints(box, parent, pdf, page_number, nums, annotations, page_tags):
        html = getattr(box, "element", None)
        if html is not None and html.tag not in ("html", "body") and "Lang" not in element:
            _say(element, box, html, pdf)
        yield element


tags._build_box_tree = _build_box_tree  # noqa: SLF001  # see above


def _say(element: pydyf.Dictionary, box: Any, html: Any, pdf: pydyf.PDF) -> None:
    if language := html.get("lang"):
        element["Lang"] = pydyf.String(language)
    if element["S"] == "/TH" and html.tag == "th":
        element["A"]["Scope"] = "/Row" if html.get("scope", "col").startswith("row") else "/Column"
    if element["S"] == "/Figure":
        height = pdf.objects[_number(element["Pg"])]["MediaBox"][3]
        x, y = POINTS * box.content_box_x(), height - POINTS * box.content_box_y()
        corners = (x, y - POINTS * box.height, x + POINTS * box.width, y)
        element["A"]["BBox"] = pydyf.Array(round(corner, 2) for corner in corners)
        said = html.find("{http://www.w3.org/2000/svg}desc")
        if said is not None and said.text and "Alt" in element:
            element["Alt"] = pydyf.String(f"{element['Alt'].string}. {said.text}")


def name_links(document: Document) -> None:
    """Let each link lead to its anchor, wherever that will be, and say what it says on paper."""
    for page in document.pages:
        for _kind, target, _rectangle, box in page.links:
            link = box.link_annotation
            words = " ".join("".join(box.element.itertext()).split())
            link["Contents"] = pydyf.String(words or target)
            if target.startswith("#"):
                del link["A"]
                link["Dest"] = pydyf.String(target[1:])


def structure(pdf: pydyf.PDF) -> tuple[bytes, list[Any], list[Any]]:
    """Take out the elements that say nothing; return the document element, its children and the parent tree's values."""
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    document = pdf.objects[_number(root["K"][0])]
    moved: dict[bytes, bytes] = {}
    _unwrap(document, pdf, moved)

    def end(reference: bytes) -> bytes:
        while reference in moved:
            reference = moved[reference]
        return reference

    values = pdf.objects[_number(root["ParentTree"])]["Nums"][1::2]
    parents = [[end(one) for one in value] if isinstance(value, list) else end(value) for value in values]
    return document.reference, document["K"], parents


def _unwrap(element: pydyf.Dictionary, pdf: pydyf.PDF, moved: dict[bytes, bytes]) -> None:
    """Put the children of wrappers in the wrappers' places; `moved` says to which element a wrapper's content went."""
    kids = pydyf.Array()
    for kid in element["K"]:
        child = None if isinstance(kid, int) else pdf.objects[_number(kid)]
        if child is None or "S" not in child:  # text, or the object of a link
            kids.append(kid)
            continue
        _unwrap(child, pdf, moved)
        if element["S"] in GROUPS and child["S"] in WRAPPERS and any(isinstance(one, int) for one in child["K"]):
            child["S"] = "/P"  # text stands in no group by itself
        if not _is_wrapper(child, pdf):
            kids.append(kid)
            continue
        moved[child.reference] = element.reference
        for below in child["K"]:
            if not isinstance(below, int):
                pdf.objects[_number(below)]["P"] = element.reference
        kids += child["K"]
    element["K"] = kids
    element.pop("Type", None)
    element.pop("ID", None)
    if attributes := element.get("A"):
        attributes.pop("Headers", None)
        if set(attributes) == {"O"}:
            del element["A"]


def _is_wrapper(element: pydyf.Dictionary, pdf: pydyf.PDF) -> bool:
    """Whether the element says nothing: no tag of meaning and no attribute; or a link's generated content."""
    if element["S"] == "/Link":
        return not any(not isinstance(kid, int) and "Obj" in pdf.objects[_number(kid)] for kid in element["K"])
    return element["S"] in WRAPPERS and set(element) <= PLAIN


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
