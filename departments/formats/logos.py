"""A company's logo as it was uploaded, made safe to show: a PNG proved whole and stripped, an SVG rebuilt from what draws.

Nothing of a file is trusted. Of a PNG only the chunks that draw are kept, each by its checksum, and the picture must unpack
to just the size it claims. An SVG is written anew from the elements that draw; whatever runs, or leads elsewhere, refuses it.
"""

import re
import struct
import zlib
from xml.etree import ElementTree  # a file with entities of its own is refused before

from django.utils.translation import gettext as _

from departments.models import Organisation

LARGEST = 300_000  # bytes
MOST_PIXELS = 4000  # a side
SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"IDAT", b"IEND")
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
PAINTS = {"linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "style"}
DRAWS = {"svg", "g", "defs", "symbol", "use", "title", "desc", *SHAPES, *PAINTS}
DOCTYPE = re.compile(
    rb"<!DOCTYPE svg PUBLIC \"[^\"<>]*\"\s+\"[^\"<>]*\"\s*>"
)  # the one drawing programs write; names, no entities
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
LEADS_AWAY = re.compile(r"@import|\\|javascript:|expression\s*\(|url\(\s*['\"]?(?!#)", re.IGNORECASE)


class BadLogo(ValueError):
    """The file cannot be a logo; the message says why, for whoever chose it."""


def clean_logo(data: bytes) -> tuple[str, bytes]:
    """Return the media type and the picture as it may be kept. Raises BadLogo."""
    if len(data) > LARGEST:
        raise BadLogo(_("The file is larger than 300 KB."))
    if data.startswith(SIGNATURE):
        return Organisation.Logo.PNG, _clean_png(data)
    if b"<svg" in data[:4000]:
        return Organisation.Logo.SVG, _clean_svg(data)
    raise BadLogo(_("This is neither a PNG nor an SVG."))


def proportions(svg: bytes) -> tuple[float, float]:
    """Return width and height of a cleaned SVG in its own measure; 3 by 1 where it says neither."""
    root = ElementTree.fromstring(svg)  # noqa: S314  # written by `clean_logo`
    said = [float(one) for one in NUMBER.findall(root.get("viewBox", ""))][2:]
    said = said or [float(one[0]) for side in ("width", "height") if (one := NUMBER.findall(root.get(side, "")))]
    return (said[0], said[1]) if len(said) == 2 and min(said) > 0 else (3.0, 1.0)


def _clean_png(data: bytes) -> bytes:
    """Return the chunks that draw. Raises BadLogo for a file that is damaged, cut off, or larger than it claims."""
    damaged = BadLogo(_("The PNG is damaged."))
    chunks: list[tuple[bytes, bytes]] = []
    at = len(SIGNATURE)
    while at + 12 <= len(data) and (not chunks or chunks[-1][0] != b"IEND"):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body, end = data[at + 4 : at + 8], data[at + 8 : at + 8 + length], at + 12 + length
        if end > len(data) or data[end - 4 : end] != struct.pack(">I", zlib.crc32(kind + body)):
            raise damaged
        chunks.append((kind, body))
        at = end
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        raise damaged
    _check_pixels(chunks[0][1], b"".join(body for kind, body in chunks if kind == b"IDAT"), damaged)
    kept = [(kind, body) for kind, body in chunks if kind in CHUNKS]
    return SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in kept
    )


def _check_pixels(header: bytes, packed: bytes, damaged: BadLogo) -> None:
    width, height, depth, colour, _compression, _filter, interlaced = struct.unpack(">IIBBBBB", header)
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise BadLogo(_("The picture is larger than 4000 pixels a side."))
    if colour not in CHANNELS or depth not in (1, 2, 4, 8, 16):
        raise damaged
    size = height * (1 + (width * depth * CHANNELS[colour] + 7) // 8)
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(packed, 2 * size + 1024)  # interlacing adds some bytes
    except zlib.error as error:
        raise damaged from error
    if unpacker.unconsumed_tail or not unpacker.eof or (not interlaced and len(pixels) != size):
        raise damaged


def _clean_svg(data: bytes) -> bytes:
    """Return the drawing written anew. Raises BadLogo for one that is no XML, or holds more than a drawing."""
    data = DOCTYPE.sub(b"", data)
    if b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper():
        raise BadLogo(_("The SVG declares entities of its own. Save it as plain SVG."))
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  # the same
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise BadLogo(_("The SVG is damaged.")) from error
    if root.tag != f"{{{SVG}}}svg":
        raise BadLogo(_("The SVG is damaged."))
    _keep_what_draws(root)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK[1:].partition("}")[0])
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _keep_what_draws(element: ElementTree.Element) -> None:
    """Drop what drawing programs note down for themselves; refuse what runs or leads elsewhere."""
    for name, value in list(element.attrib.items()):
        if name == XLINK or not name.startswith("{"):
            _check_attribute(name, value)
        else:
            del element.attrib[name]
    if LEADS_AWAY.search(element.text or ""):
        raise BadLogo(_("The SVG loads something from elsewhere. Save it with everything inside."))
    for child in list(element):
        namespace, _brace, tag = str(child.tag).rpartition("}")
        if namespace != f"{{{SVG}" or tag == "metadata":
            element.remove(child)
        elif tag in DRAWS:
            _keep_what_draws(child)
        else:
            raise BadLogo(_("The SVG holds more than a drawing: <%(tag)s>.") % {"tag": tag})


def _check_attribute(name: str, value: str) -> None:
    if name.lower().startswith("on"):
        raise BadLogo(_("The SVG holds a script."))
    if (name in ("href", XLINK) and not value.startswith("#")) or LEADS_AWAY.search(value):
        raise BadLogo(_("The SVG loads something from elsewhere. Save it with everything inside."))
