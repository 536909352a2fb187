"""A template filled in: docxtpl prepares the marks that Word has scattered, Jinja fills them in a sandbox, within bounds.

Texts of the design are never read as marks, never as markup, and their line breaks and control characters become spaces,
as they do in a PDF.
"""

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it carries no types
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]  # the same

from departments.formats.archives import archive
from departments.formats.word.checking import BadTemplate, check
from departments.formats.word.contents import fill_contents
from departments.formats.word.words import Words

MOST = 60_000_000  # characters of XML in one part of a paper
# What ends a line, draws nothing, turns the direction of others, or cannot stand in XML.
UNPRINTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]+"
)
# The settings that stand before mirrorMargins: their order is fixed.
BEFORE_MIRRORED = (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
    "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData",
    "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "saveFormsData",
)  # fmt: skip
EMPTY_RUN = re.compile(r'<w:r><w:t(?: xml:space="preserve")?></w:t></w:r>')


class TooLong(Exception):
    """The paper would be longer than Word and this machine bear; its text is a sentence for the reader."""


def fill(
    template: bytes, words: Words, *, made: datetime.date | None = None, mirrored: bool = False, logo: bytes = b""
) -> bytes:
    """Return the template filled in: equal for equal words. Raises BadTemplate, TooLong.

    `made`: its date; `logo`: a PNG for the paragraphs whose style is Logo.
    """
    filled = _Filled(io.BytesIO(template))
    filled.render({field.name: getattr(words, field.name) for field in fields(words)})
    fill_contents(filled.docx)
    if logo:
        _show(filled.docx, logo, words.document.company)
    if mirrored:
        _mirror(filled.docx)
    _describe(filled.docx.core_properties, words, made)
    file = io.BytesIO()
    filled.docx.save(file)
    with ZipFile(file) as parts:
        return archive({name: parts.read(name) for name in parts.namelist()})


def _show(document: Any, logo: bytes, company: str) -> None:
    """Put the logo where a paragraph is meant for it, within 6 by 2 cm, with the company's name as its alternative text."""
    for paragraph in document.paragraphs:
        if paragraph.style.style_id == "Logo":
            picture = paragraph.add_run().add_picture(io.BytesIO(logo))
            scale = min(Cm(6) / picture.width, Cm(2) / picture.height)
            picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
            picture._inline.docPr.set("descr", _text(company))  # noqa: SLF001  # python-docx has no other way to say it


def _mirror(document: Any) -> None:
    """Let left and right pages mirror each other, with half a centimetre more at the back for binding."""
    settings = document.settings.element
    if settings.find(qn("w:mirrorMargins")) is None:
        earlier = [at for at, one in enumerate(settings, start=1) if etree.QName(one).localname in BEFORE_MIRRORED]
        settings.insert(max(earlier, default=0), OxmlElement("w:mirrorMargins"))
    for section in document.sections:
        section.gutter = Cm(0.5)
        section.right_margin -= Cm(0.5)


def _describe(properties: Any, words: Words, made: datetime.date | None) -> None:
    """Say in the file's properties what it is; nothing of who made the template or when it was filled in."""
    document = words.document
    name = words.forms[0].title if len(words.forms) == 1 and not words.booklet else document.name
    day = made or datetime.date(1980, 1, 1)
    properties.title = _text(f"{name} {document.title}")[:255]
    properties.author = properties.last_modified_by = _text(document.company)[:255]
    properties.subject = _text(document.number)[:255]
    properties.comments = properties.keywords = properties.category = properties.identifier = properties.version = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


class _Filled(DocxTemplate):
    """docxtpl's preparation with our own filling in."""

    def render_xml_part(self, src_xml: str, _part: object, context: dict[str, Any], _env: object = None) -> str:
        """Return a part of the file filled in. Raises BadTemplate, TooLong."""
        made = "".join(_bounded(compiled(src_xml).generate(context)))
        return EMPTY_RUN.sub("", made)

    def fix_tables(self, xml: str) -> Any:
        """Return the body as a tree, with columns for what a loop added. Raises BadTemplate where loops break its parts."""
        try:
            etree.fromstring(xml, etree.XMLParser(huge_tree=True, resolve_entities=False))
        except etree.XMLSyntaxError as error:
            raise BadTemplate(
                _(
                    "A loop begins in one cell or row and ends in another. Give its beginning and its end rows of their own."
                )
            ) from error
        return super().fix_tables(xml)

    def render_properties(self, context: object, env: object = None) -> None:
        """Leave them: `_describe` writes them."""

    def render_footnotes(self, context: object, env: object = None) -> None:
        """Leave footnotes as they are."""


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > MOST:
            raise TooLong(_("This is too much for one Word file. Take one department at a time."))
        yield piece


@lru_cache(maxsize=16)
def compiled(source: str) -> Template:
    """Return a part of a template, checked and compiled. Raises BadTemplate."""
    try:
        check(ENVIRONMENT.parse(source))
        return ENVIRONMENT.from_string(source)
    except TemplateError as error:
        raise BadTemplate(
            _("The marks do not fit together: every “for” needs its “endfor”, every “if” its “endif”.")
        ) from error


def _text(value: object) -> str:
    """Return a text as XML can hold it, on one line."""
    return UNPRINTED.sub(" ", str(value))


ENVIRONMENT = ImmutableSandboxedEnvironment(
    autoescape=True, undefined=StrictUndefined, finalize=_text, keep_trailing_newline=True
)
ENVIRONMENT.globals.clear()
ENVIRONMENT.filters.clear()
ENVIRONMENT.tests.clear()
