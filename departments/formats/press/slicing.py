"""A long list laid out a few pages at a time, as it is laid out at once.

With contents and indexes of a thousand lines a worker would hold all their boxes together; and what stands in columns
WeasyPrint sets to its end anew on every page. A slice is so many blocks of the document: its last page, unfinished, is thrown
away, and the next slice begins with the block that began that page.

Blocks are what stands in an element that says `data-list`, and what stands before and after it.
"""

import copy
import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # it carries no types
from weasyprint import HTML, Document

from departments.formats.press.styling import font_configuration

LIST = "data-list"
SLICE = 200  # blocks: three to five pages
AT_TOP = "margin-top: 0"  # of what begins or goes on at the top of a page

Taken = TypeVar("Taken")


@dataclass(frozen=True, slots=True)
class Block:
    """A block, and what it stands in, the body first."""

    element: Element
    around: tuple[Element, ...]


def lay_out(html: HTML) -> Document:
    """Return the pages of a document."""
    return html.render(font_config=font_configuration(), pdf_variant="pdf/ua-1")


def has_long_list(html: HTML) -> bool:
    """Whether there is more than two slices of a list."""
    return sum(len(one) for one in html.etree_element.iter() if LIST in one.attrib) > 2 * SLICE


def lay_out_in_slices(html: HTML, take: Callable[[Document], Taken]) -> list[Taken]:
    """Return what `take` makes of the pages of one slice after the other; there is never more than one."""
    blocks = _blocks(html)
    taken: list[Taken] = []
    first, size = 0, SLICE
    while first < len(blocks):
        end = first + size if first + 1.5 * size < len(blocks) else len(blocks)
        if first:
            for element in (*blocks[first].around, blocks[first].element):
                element.set("style", AT_TOP)
        document = lay_out(_excerpt(html, blocks[first:end]))
        pages, following = (len(document.pages), end) if end == len(blocks) else _finished(document, blocks, first)
        if pages:
            taken.append(take(document.copy(document.pages[:pages])))
            first, size = following, SLICE
        else:  # no page begins with a block
            size *= 2
        del document
        gc.collect()
    return taken


def _blocks(html: HTML) -> list[Block]:
    """Return the blocks of a document from top to bottom."""
    body = html.etree_element.find("body")
    parted = {one for one in body.iter() if one.find(f".//*[@{LIST}]") is not None or LIST in one.attrib}

    def below(element: Element, around: tuple[Element, ...]) -> Iterator[Block]:
        for child in element:
            if child in parted:
                yield from below(child, (*around, child))
            elif isinstance(child.tag, str):  # no comment
                yield Block(child, around)

    return list(below(body, (body,)))


def _excerpt(html: HTML, blocks: Sequence[Block]) -> HTML:
    """Return a document with these of its blocks alone."""
    whole = html.etree_element
    root = Element(whole.tag, whole.attrib)
    root.extend(whole.findall("head"))
    copies: dict[Element, Element] = {}
    for block in blocks:
        place = root
        for element in block.around:
            if element not in copies:
                copies[element] = Element(element.tag, element.attrib)
                place.append(copies[element])
            place = copies[element]
        place.append(block.element)
    excerpt = copy.copy(html)
    excerpt.etree_element = root
    excerpt.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    return excerpt


def _finished(document: Document, blocks: Sequence[Block], first: int) -> tuple[int, int]:
    """Return how many pages of a slice are as they are in the whole, and which block begins the next one."""
    places = {block.element: place for place, block in enumerate(blocks[first:], first)}
    shown = [
        {places[box.element] for box in page._page_box.descendants() if getattr(box, "element", None) in places}  # noqa: SLF001  # tests/formats/test_slicing.py fails when it changes
        for page in document.pages
    ]
    for page in range(len(shown) - 1, 0, -1):
        if shown[page] and (begins := min(shown[page])) not in shown[page - 1]:
            return page, begins
    return 0, first
