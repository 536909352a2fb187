"""A document read: what is around its pieces as HTML; the pieces, thousands of elements, as the XML that they are too.

tinyhtml5 reads character by character in Python; expat reads the same trees a hundred times as fast. A piece that is no
XML is read as HTML, with all that is around it.
"""

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

from weasyprint import HTML

from departments.formats.press.assets import OwnFiles

VOID = re.compile(r"<((?:br|col|hr|img|wbr)\b[^<>]*?)/?>")
DRAWING = "<svg"  # in a namespace that HTML need not name


def read(before: str, pieces: list[str], after: str) -> HTML:
    """Return the document."""
    plain = before and not any(DRAWING in piece for piece in pieces)
    body = _body("".join(pieces)) if plain else None
    if body is None:
        return _html("".join([before, *pieces, after]))
    html = _html(f"{before}<hr>{after}")
    place = html.etree_element.find("body")
    (ruler,) = place
    place.text = (place.text or "") + (body.text or "")
    place[:] = body
    place[-1].tail = (place[-1].tail or "") + (ruler.tail or "")
    return html


def _body(text: str) -> Element | None:
    """Return the pieces as elements in a body; none where they are no XML."""
    try:
        body = fromstring(f"<body>{VOID.sub(_closed, text)}</body>")  # noqa: S314  # ours, and without a DTD
    except ParseError:
        return None
    return body if len(body) else None


def _html(text: str) -> HTML:
    return HTML(string=text, base_url="static:/", url_fetcher=OwnFiles())


def _closed(tag: re.Match[str]) -> str:
    return f"<{tag[1]}/>"
