"""A template filled in: docxtpl prepares the marks that Word has scattered, Jinja fills them in a sandbox, within bounds.

Texts of the design are never read as marks, never as markup, and their line breaks and control characters become spaces,
as they do in a PDF.
"""

import datetime
import io
import re
from collections.abc import Callable, Iterator, Mapping
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
from departments.formats.word.drawings import NOTHING_DRAWN, Picture
from departments.formats.word.plain import plain
from departments.formats.word.showing import show_logo, show_pictures
from departments.formats.word.words import Words

NO_PICTURES = NOTHING_DRAWN.pictures
STEPS = 4  # text, contents, pictures, the file itself: about a quarter of the time each
MOST = 60_000_000  # characters of XML in one part of a paper
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
    template: bytes,
    words: Words,
    *,
    made: datetime.date | None = None,
    mirrored: bool = False,
    logo: bytes = b"",
    pictures: Mapping[str, Picture] = NO_PICTURES,
    step: Callable[[], None] = lambda: None,
) -> bytes:
    """Return the template filled in: equal for equal words. Raises BadTemplate, TooLong.

    `made`: its date; `logo`: a PNG or SVG for the paragraphs whose style is Logo; `pictures`: for those whose style is Picture,
    by the names that stand there; `step` is called after each of the `STEPS`.
    """
    filled = _Filled(io.BytesIO(template))
    filled.render({field.name: getattr(words, field.name) for field in fields(words)})
    step()
    fill_contents(filled.docx)
    step()
    if logo:
        show_logo(filled.docx, logo, plain(words.document.company))
    show_pictures(filled.docx, pictures)
    step()
    if mirrored:
        _mirror(filled.docx)
    _describe(filled.docx.core_properties, words, made)
    file = io.BytesIO()
    filled.docx.save(file)
    with ZipFile(file) as parts:
        made_of = {name: parts.read(name) for name in parts.namelist()}
    whole = archive(made_of)
    step()
    return whole


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
    properties.title = plain(f"{name} {document.title}")[:255]
    properties.author = properties.last_modified_by = plain(document.company)[:255]
    properties.subject = plain(document.number)[:255]
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


ENVIRONMENT = ImmutableSandboxedEnvironment(
    autoescape=True, undefined=StrictUndefined, finalize=plain, keep_trailing_newline=True
)
ENVIRONMENT.globals.clear()
ENVIRONMENT.filters.clear()
ENVIRONMENT.tests.clear()
