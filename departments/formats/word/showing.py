"""Pictures put into a filled template: the logo, charts and swim lanes, where a paragraph's style says that they belong."""

import io
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph
from PIL import Image

from departments.formats.logos import SIGNATURE, proportions
from departments.formats.word.drawings import Picture

SVG = "image/svg+xml"
# How a drawing stands beside the picture that it takes the place of.
EXTENSION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{}"/></a:ext></a:extLst>'
)
BESIDE = Cm(3.2)  # of a page's height, for what stands over and under a picture: a heading, a caption


def show_logo(document: Document, logo: bytes, company: str) -> None:
    """Put the logo where a paragraph is meant for it, within 6 by 2 cm; the company's name is its alternative text.

    An SVG stands beside an empty picture of its shape, which programs show that draw none: Word before 2016.
    """
    drawn = not logo.startswith(SIGNATURE)
    for paragraph in _of_style(document, "Logo"):
        picture = _empty(*proportions(logo)) if drawn else logo
        shown = _show(paragraph, document.part.next_id, picture, company, (Cm(6), Cm(2)), grow=True)
        if drawn:
            part = Part(PackURI("/word/media/logo.svg"), SVG, logo, document.part.package)
            blip = next(shown.iter(qn("a:blip")))
            blip.append(parse_xml(EXTENSION.format(document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))))


def _empty(width: float, height: float) -> bytes:
    """Return a picture of that shape in which nothing is seen."""
    file, scale = io.BytesIO(), 600 / max(width, height)
    Image.new("LA", (max(1, round(width * scale)), max(1, round(height * scale)))).save(file, "PNG")
    return file.getvalue()


def show_pictures(document: Document, pictures: Mapping[str, Picture]) -> None:
    """Put pictures in the place of their names, as large as they are or as a page has room for."""
    section = document.sections[-1]
    sides = (section.page_width, section.left_margin, section.right_margin, section.gutter)
    ends = (section.page_height, section.top_margin, section.bottom_margin)
    width, height = (Length(first - sum(others)) for first, *others in (map(_emu, sides), map(_emu, ends)))
    numbers = count(document.part.next_id)  # asked for every picture, each would cost a search of the whole document
    for paragraph in _of_style(document, "Picture"):
        if picture := pictures.get(paragraph.text.strip()):
            for run in list(paragraph.runs):
                run._element.getparent().remove(run._element)  # noqa: SLF001  # python-docx has no other way
            _show(paragraph, next(numbers), picture.png, picture.said, (width, Length(height - BESIDE)))


def _emu(length: Length | None) -> int:
    return int(length or 0)


def _of_style(document: Document, style: str) -> Iterator[Paragraph]:
    for paragraph in document.paragraphs:
        properties = paragraph._p.pPr  # noqa: SLF001  # looked up by name it costs a search of all styles
        named = properties.find(qn("w:pStyle")) if properties is not None else None
        if named is not None and named.get(qn("w:val")) == style:
            yield paragraph


def _show(  # where, its number, what, how large at most
    paragraph: Paragraph, number: int, png: bytes, said: str, room: tuple[Length, Length], *, grow: bool = False
) -> Any:
    relation, image = paragraph.part.get_or_add_image(io.BytesIO(png))
    scale = min(room[0] / image.width, room[1] / image.height)
    if not grow:
        scale = min(scale, 1)
    size = Length(round(image.width * scale)), Length(round(image.height * scale))
    inline = CT_Inline.new_pic_inline(number, relation, image.filename, *size)
    inline.docPr.set("descr", said)
    paragraph.add_run()._r.add_drawing(inline)  # noqa: SLF001  # python-docx has no other way
    return inline
