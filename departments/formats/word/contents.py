"""The contents of a paper, and its list of charts: fields that Word calls TOC, filled with what is really there.

Word adds the page numbers when it opens the file (it asks first); whoever declines, and a program that does not, has the
entries nonetheless, each a link.
"""

import re
from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree  # type: ignore[import-untyped]  # it carries no types

LEVELS = re.compile(r'\\o\s*"(\d)-(\d)"')
LABEL = re.compile(r'\\c\s*"([^"]+)"')
Entry = tuple[int, str, str]  # level, text, bookmark; level 0: a caption
CAPTIONS = 500_000  # where the numbers of their bookmarks begin
PARAGRAPH, RUN, FIELD = qn("w:p"), qn("w:r"), qn("w:fldChar")


def fill_contents(document: Document) -> None:
    """Fill the contents, where there are any, and lists of charts and the like; let Word number their pages."""
    body = document.element.body
    fields = [one for one in body.iter(qn("w:instrText")) if (one.text or "").strip().startswith("TOC")]
    if not fields:
        return
    headings, captions = list(_mark_headings(document)), list(_mark_captions(document))
    styles = _styles(document)
    for field in fields:
        instruction = field.text or ""
        if label := LABEL.search(instruction):
            entries = [(0, text, mark) for text, mark, own in captions if own == label[1]]
        else:
            found = LEVELS.search(instruction)
            lowest, deepest = (int(found[1]), int(found[2])) if found else (1, 3)
            entries = [entry for entry in headings if lowest <= entry[0] <= deepest]
        _fill(field, entries, styles)
    settings = document.settings.element
    if settings.find(qn("w:updateFields")) is None:
        update = OxmlElement("w:updateFields")
        update.set(qn("w:val"), "true")
        settings.insert(_place_of_update(settings), update)


def _fill(field: Any, entries: list[Entry], styles: dict[int, str]) -> None:
    """Put entries in place of what a field holds; one that ends nowhere is left alone."""
    first = next(field.iterancestors(PARAGRAPH))
    last = _end(first)
    if last is None or last.getparent() is not first.getparent():
        return
    parent = first.getparent()
    at = parent.index(first)
    for old in parent[at : parent.index(last) + 1]:
        parent.remove(old)
    for number, paragraph in enumerate(_paragraphs(field.text or "", entries, styles)):
        parent.insert(at + number, paragraph)


def _end(first: Any) -> Any:
    """Return the paragraph in which the field ends that begins in this one."""
    depth = 0
    for paragraph in (first, *first.itersiblings(PARAGRAPH)):
        for mark in paragraph.iter(FIELD):
            kind = mark.get(qn("w:fldCharType"))
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            if depth == 0:
                return paragraph
    return None


def _mark_headings(document: Document) -> Iterator[Entry]:
    """Yield (level, text, bookmark) of every heading in order, each given that bookmark."""
    levels = {}
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if found := re.fullmatch(r"[Hh]eading ([1-9])", name.get(qn("w:val")) if name is not None else ""):
            levels[style.get(qn("w:styleId"))] = int(found[1])
    number = 0
    for paragraph in document.element.body.iter(PARAGRAPH):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = levels.get(style.get(qn("w:val"))) if style is not None else None
        text = "".join(one.text or "" for one in paragraph.iter(qn("w:t"))).strip()
        if level is None or not text:
            continue
        number += 1
        yield level, text, _mark(paragraph, number)


def _mark_captions(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield (text, bookmark, label) of every caption, each given that bookmark; its label is what it counts: 图."""
    for number, counted in enumerate(list(document.element.body.iter(qn("w:fldSimple"))), start=CAPTIONS):
        kind, *said = (counted.get(qn("w:instr")) or "").split()
        paragraph = next(counted.iterancestors(PARAGRAPH), None)
        if kind == "SEQ" and said and paragraph is not None:
            text = "".join(one.text or "" for one in paragraph.iter(qn("w:t"))).strip()
            yield text, _mark(paragraph, number), said[0]


def _mark(paragraph: Any, number: int) -> str:
    """Return the bookmark that a paragraph is given."""
    name = f"_Toc{number:06d}"
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(100_000 + number))
    start.set(qn("w:name"), name)
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.append(end)
    return name


def _styles(document: Document) -> dict[int, str]:
    """Return the styles of entries by their level, where the template has them; 0: of a list of charts."""
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        said = name.get(qn("w:val")) if name is not None else ""
        if level := re.fullmatch(r"(?:toc|TOC) ([1-9])", said):
            found[int(level[1])] = style.get(qn("w:styleId"))
        elif said.lower() == "table of figures":
            found[0] = style.get(qn("w:styleId"))
    return found


def _paragraphs(instruction: str, entries: list[Entry], styles: dict[int, str]) -> list[Any]:
    """Return the field with its entries, each a link; one paragraph where there is none."""
    made = [_entry(*entry, styles) for entry in entries] or [parse_xml(f"<w:p {nsdecls('w')}/>")]
    before = parse_xml(
        f'<w:p {nsdecls("w")}><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r></w:p>'
    )
    before.find(f"{RUN}/{qn('w:instrText')}").text = instruction
    properties = made[0].find(qn("w:pPr"))
    for at, run in enumerate(list(before), start=0 if properties is None else 1):
        made[0].insert(at, run)
    made[-1].append(parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>'))
    return made


def _entry(level: int, text: str, bookmark: str, styles: dict[int, str]) -> Any:
    style = f'<w:pPr><w:pStyle w:val="{styles[level]}"/></w:pPr>' if level in styles else ""
    paragraph = parse_xml(
        f'<w:p {nsdecls("w")}>{style}<w:hyperlink w:anchor="{bookmark}" w:history="1"><w:r><w:t/></w:r></w:hyperlink></w:p>'
    )
    paragraph.find(f".//{qn('w:t')}").text = text
    return paragraph


def _place_of_update(settings: Any) -> int:
    """Return where updateFields may stand among the settings, whose order is fixed: before these."""
    later = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "themeFontLang",
             "clrSchemeMapping", "shapeDefaults", "decimalSymbol", "listSeparator")  # fmt: skip
    for at, element in enumerate(settings):
        if etree.QName(element).localname in later:
            return at
    return len(settings)
