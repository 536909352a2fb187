"""Our own template, written with python-docx: what HR downloads, changes in Word, and sends back as theirs."""

import io
from functools import lru_cache
from typing import Any
from zipfile import ZipFile

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from departments.formats.archives import archive
from departments.formats.word.body import chapters, contents, cover, forms, processes, record, sources
from departments.formats.word.charts import charts
from departments.formats.word.indexes import by_code, by_pinyin
from departments.formats.word.layout import TAB, field, maybe, paragraph, run, tag
from departments.formats.word.styles import styles_xml


def our_template() -> bytes:
    """Return our template in the language of this thread."""
    return written(get_language() or "")


@lru_cache(maxsize=4)
def written(_language: str) -> bytes:
    """Return our template in a language, written once."""
    document = Document()
    _replace(document.styles.element, styles_xml())
    inner = document.element.body
    document.add_section(WD_SECTION.NEW_PAGE)
    ends, last = inner  # the paragraph at which the cover ends, and the properties of the other pages
    for element in _elements(tag("if booklet") + cover()):
        ends.addprevious(element)
    after = (contents(), record(), charts(), chapters(), forms(), processes(), sources(), by_pinyin(), by_code())
    for element in _elements(tag("endif") + "".join(after)):
        last.addprevious(element)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.4), Cm(2)
        section.header_distance = section.footer_distance = Cm(1.1)
    first, others = document.sections
    _write(first.header, paragraph("Normal"))
    _write(first.footer, paragraph("Normal"))
    _write(others.header, _head())
    _write(others.footer, _foot())
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word calls the file an old one
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _("Template of job descriptions"), "", ""
    file = io.BytesIO()
    document.save(file)
    with ZipFile(file) as parts:
        return archive({name: parts.read(name) for name in parts.namelist()})


def _head() -> str:
    """Return the head of a page: what it is, the stamp of what is not in force, and whose it is."""
    mark = run("{%r if document.mark %}") + run("\u2002{{ document.mark }}\u2002", "Stamp") + run("{%r endif %}")
    whose = run("{%r if document.company %}") + run("{{ document.company }}")
    whose += run("{%r else %}") + run("{{ document.name }}") + run("{%r endif %}")
    return paragraph("Header", run("{{ document.title }}"), TAB, mark, TAB, whose)


def _foot() -> str:
    """Return the foot: number, version and date, and 第 X 页 共 Y 页."""
    number = maybe("document.number", "{{ document.number }}\u2002")
    page = _("Page %(page)s of %(pages)s") % {"page": "\0page\0", "pages": "\0pages\0"}
    fields = {"page": field("PAGE"), "pages": field("NUMPAGES")}
    numbered = "".join(fields.get(part) or run(part) for part in page.split("\0") if part)
    return paragraph("Footer", number, run("{{ document.edition }}"), TAB, numbered)


def _write(part: Any, xml: str) -> None:
    """Let a head or foot hold these paragraphs."""
    part.is_linked_to_previous = False
    element = part.part.element
    for old in list(element):
        element.remove(old)
    element.extend(_elements(xml))


def _elements(xml: str) -> list[Any]:
    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))


def _replace(element: Any, xml: str) -> None:
    """Put the children of another element in place of its own."""
    for old in list(element):
        element.remove(old)
    element.extend(list(parse_xml(xml)))
