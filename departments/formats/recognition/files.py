"""Files that somebody sends, Word documents and plain texts, as lines. What cannot be read is said in words."""

from django.utils.translation import gettext as _

from departments.formats.archives import old_office
from departments.formats.recognition.lines import Line, Unreadable, text_lines
from departments.formats.recognition.word import word_lines

TEXT_BYTES = 8 * 1024**2


def file_lines(content: bytes) -> list[Line]:
    """Return the lines of a .docx, or of a text in UTF-8, UTF-16 with its mark, or GB18030. Raises Unreadable."""
    if reason := old_office(content, otherwise=_("This is an old .doc file. Save it as .docx in Word and send that.")):
        raise Unreadable(reason)
    if content.startswith(b"%PDF"):
        raise Unreadable(_("This is a PDF. Send the Word file it was made from, or paste its text."))
    if content.startswith(b"PK"):
        return word_lines(content)
    if len(content) > TEXT_BYTES:
        raise Unreadable(_("The file is larger than %d MB.") % (TEXT_BYTES // 1024**2))
    lines = text_lines(_decoded(content))
    if not lines:
        raise Unreadable(_("There is no text in it."))
    return lines


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("This is neither a Word document (.docx) nor a text."))
