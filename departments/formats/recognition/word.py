"""A .docx as lines: paragraphs with their heading and numbering, and the forms in its tables, each value under its label.

Bounds are checked before anything is parsed; nothing outside the file is looked at.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn

from departments.formats.archives import refused
from departments.formats.recognition.lines import Line, Unreadable, checked, clean
from departments.formats.recognition.markers import NUMBERED
from departments.formats.recognition.words import label_key

BYTES, MEMBERS, UNPACKED = 20 * 1024**2, 2000, 80 * 1024**2
PARAGRAPHS, CELLS = 20_000, 60_000
HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
Cell = tuple[int, list[str], bool]  # its column, its paragraphs, whether it goes on with the cell above


def word_lines(content: bytes) -> list[Line]:
    """Return the lines of a Word document in order. Raises Unreadable."""
    otherwise = _("This is not a Word document (.docx).")
    most = (BYTES, MEMBERS, UNPACKED)
    if reason := refused(content, holds="word/document.xml", otherwise=otherwise, most=most):
        raise Unreadable(reason)
    try:
        document = Document(io.BytesIO(content))
        headings = {style.style_id: found for style in document.styles if (found := _heading(style))}
        body = document.element.body
        counts = [sum(1 for _one in body.iter(qn(tag))) for tag in ("w:p", "w:tc")]
        read = [] if counts[0] > PARAGRAPHS or counts[1] > CELLS else list(_lines(body, headings))
    except Exception as error:  # python-docx has no error of its own: a broken part raises anything
        raise Unreadable(_("The Word document is damaged and cannot be read.")) from error
    if counts[0] > PARAGRAPHS or counts[1] > CELLS:
        said = {"paragraphs": PARAGRAPHS, "cells": CELLS}
        raise Unreadable(_("The document has more than %(paragraphs)d paragraphs or %(cells)d cells.") % said)
    lines = checked(read)
    if not lines:
        raise Unreadable(_("There is no text in it."))
    return lines


def _heading(style: Any) -> int:
    """Return the level of a heading's style, by its name or by what it is based on."""
    seen = 0
    while style is not None and seen < 10:
        if found := HEADING.match(style.name or ""):
            return int(found[1])
        style, seen = getattr(style, "base_style", None), seen + 1
    return 0


def _lines(body: Any, headings: dict[str, int]) -> Iterator[Line]:
    number = table = 0
    for block in body.iterchildren():
        if block.tag == qn("w:p"):
            for text in _texts(block):
                number += 1
                yield Line(number, text, _level(block, headings), *_bullet(block))
        elif block.tag == qn("w:tbl"):
            table += 1
            for text, label in _form(block):
                number += 1
                yield Line(number, text, table=table, label=label)


def _texts(paragraph: Any) -> list[str]:
    """Return the lines of a paragraph: what is deleted in it is left out, a break begins a new one."""
    words: list[str] = []
    for one in paragraph.iter():
        if one.tag == qn("w:t"):
            words.append(one.text or "")
        elif one.tag == qn("w:tab"):
            words.append(" ")
        elif one.tag in (qn("w:br"), qn("w:cr")):
            words.append("\n")
    return [text for line in "".join(words).split("\n") if (text := clean(line))]


def _level(paragraph: Any, headings: dict[str, int]) -> int:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return headings.get(style.get(qn("w:val"), ""), 0) if style is not None else 0


def _bullet(paragraph: Any) -> tuple[bool, int]:
    """Return whether Word numbers the paragraph, and at which level."""
    numbering = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if numbering is None:
        return False, 0
    level = numbering.find(qn("w:ilvl"))
    depth = level.get(qn("w:val"), "0") if level is not None else "0"
    return True, int(depth) if depth.isdecimal() and len(depth) < 3 else 0


# Forms


def _form(table: Any) -> Iterator[tuple[str, str]]:
    """Yield (text, label) for what a table says: label and value side by side, or heads with rows below them."""
    heads: dict[int, str] = {}
    above: dict[int, str] = {}  # column → the label that its merged cell holds
    for row in table.iterchildren(qn("w:tr")):
        cells = list(_cells(row))
        above = {
            column: above[column] if goes_on and column in above else _label(texts) for column, texts, goes_on in cells
        }
        labels = [_label(texts) for _column, texts, _goes_on in cells]
        if len(cells) > 1 and all(labels) and len(set(labels)) == len(cells) and "title" in map(label_key, labels):
            heads = {column: label for (column, _texts, _on), label in zip(cells, labels, strict=True)}
        elif heads and {column for column, _texts, _on in cells} <= heads.keys():
            for column, texts, goes_on in cells:
                yield from [] if goes_on else ((text, heads[column]) for text in texts)
        else:
            heads = {}
            yield from _row(cells, above)


def _cells(row: Any) -> Iterator[Cell]:
    column = 0
    for cell in row.iterchildren(qn("w:tc")):
        properties = cell.find(qn("w:tcPr"))
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        span = properties.find(qn("w:gridSpan")) if properties is not None else None
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        texts = [text for paragraph in cell.iter(qn("w:p")) for text in _texts(paragraph)]
        yield column, [] if goes_on else texts, goes_on
        width = span.get(qn("w:val"), "1") if span is not None else "1"
        column += int(width) if width.isdecimal() and 0 < len(width) < 4 else 1


def _label(texts: list[str]) -> str:
    """Return the label a cell is, without a number before it; empty where it is none."""
    joined = "".join(texts)
    if len(joined) > 20:
        return ""
    marker = NUMBERED.match(joined)
    text = joined[marker.end() :] if marker else joined
    return text if label_key(text) else ""


def _row(cells: list[Cell], above: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Yield what a row of a form says: under each label the cell behind it; a label alone is a heading."""
    at = 0
    while at < len(cells):
        column, texts, _goes_on = cells[at]
        label = above.get(column, "")
        following = cells[at + 1] if at + 1 < len(cells) else None
        if label and following is not None:
            inner = above.get(following[0], "")
            if not inner:
                yield from ((text, label) for text in following[1])
                at += 2
                continue
        elif label:
            yield label, ""
        elif texts and following is not None and len(cells) == 2 and len("".join(texts)) <= 20 and following[1]:
            yield f"{''.join(texts)}：{following[1][0]}", ""
            yield from ((text, "") for text in following[1][1:])
            at += 2
            continue
        else:
            yield from ((text, "") for text in texts)
        at += 1
