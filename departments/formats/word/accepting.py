"""A template that somebody uploads: refused, with a reason, where it is no plain .docx or could not be filled in.

Bounds are checked before anything is parsed; then it is filled in with samples, alone and as a booklet.
"""

import io
import re
import struct
import zlib
from dataclasses import is_dataclass, replace
from lzma import LZMAError
from typing import Any, get_args, get_origin
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn

from departments.formats.word.checking import BadTemplate, fields
from departments.formats.word.filling import TooLong, fill
from departments.formats.word.words import Form, Words

BYTES, UNPACKED, MEMBERS, BODY = 2 * 1024**2, 20 * 1024**2, 200, 1024**2
MAIN = "word/document.xml"
RUNS = re.compile(r"vbaproject|activex|/embeddings/|/oleobject|\.bin$|/afchunk", re.IGNORECASE)
ELSEWHERE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
TITLES = ("样例岗位甲", "样例岗位乙")


def accept(content: bytes) -> None:
    """Check a template. Raises BadTemplate."""
    _check_file(content)
    try:
        alone, booklet = (
            fill(content, sample(booklet=booklet, items=items)) for booklet, items in ((False, 0), (True, 2))
        )
        texts = [_text(made) for made in (alone, booklet)]
    except (BadTemplate, TooLong) as error:
        raise BadTemplate(str(error)) from error
    except Exception as error:  # python-docx and docxtpl have no error of their own: a broken part raises anything
        raise BadTemplate(_("The file cannot be read as a Word document.")) from error
    if not all(title in text for text in texts for title in TITLES):
        raise BadTemplate(
            _("The template does not show every position: put the form between “for form in forms” and “endfor”.")
        )


def sample(*, booklet: bool, items: int = 2) -> Words:
    """Return words in which every field is filled and every list has so many items, but for two positions."""
    made: Words = _sample(Words, yes=booklet, items=items)
    forms = [_sample(Form, yes=booklet, items=items) for _title in TITLES]
    return replace(made, forms=[replace(form, title=title) for form, title in zip(forms, TITLES, strict=True)])


def _sample(kind: Any, name: str = "", *, yes: bool, items: int) -> Any:
    if get_origin(kind) is list:
        return [_sample(get_args(kind)[0], name, yes=yes, items=items) for _item in range(items)]
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{field: _sample(inner, field, yes=yes, items=items) for field, inner in fields(kind).items()})
    return {bool: yes, int: 2}.get(kind, f"〔{name}〕")


def _text(content: bytes) -> str:
    return "".join(one.text or "" for one in Document(io.BytesIO(content)).element.body.iter(qn("w:t")))


def _check_file(content: bytes) -> None:
    if len(content) > BYTES:
        raise BadTemplate(_("The file is larger than %d MB.") % (BYTES // 1024**2))
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
                raise BadTemplate(_("The file unfolds to more than is read."))
            for member in members:
                _check_part(member.filename, archive.read(member))
            if MAIN not in archive.namelist():
                raise BadTemplate(_("This is not a .docx file."))
    except (
        BadZipFile, LZMAError, NotImplementedError, RuntimeError, OSError, EOFError, struct.error, zlib.error
    ) as error:  # fmt: skip
        raise BadTemplate(_("This is not a .docx file.")) from error


def _check_part(name: str, content: bytes) -> None:
    """Check one part of the file. Raises BadTemplate for what runs, leads elsewhere, or is too large to fill in."""
    if RUNS.search(name):
        raise BadTemplate(_("The file holds a macro or an embedded object. Save it as a plain .docx."))
    if b"<!DOCTYPE" in content.upper()[:4096] and name.endswith((".xml", ".rels")):
        raise BadTemplate(_("The file defines entities of its own, which is not allowed."))
    if name.endswith(".rels"):
        for found in ELSEWHERE.findall(content):
            if b"/hyperlink" not in found:
                raise BadTemplate(_("The file loads something from elsewhere. Save it with everything inside."))
    if name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1 and len(content) > BODY:
        raise BadTemplate(_("The template itself is too large to be filled in."))
