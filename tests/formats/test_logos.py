"""A logo is proved before it is kept: a PNG whole and stripped, an SVG that only draws."""

import struct
import zlib

import pytest

from departments.formats.logos import LARGEST, SIGNATURE, BadLogo, clean_logo


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*more: bytes, width: int = 2, height: int = 2, rows: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (1 + 3 * width) * rows)
    return SIGNATURE + chunk(b"IHDR", header) + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def svg(inside: str = "", attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" {attributes}>{inside}</svg>'.encode()


def test_a_png_keeps_what_draws_and_loses_what_is_told_beside():
    assert clean_logo(png(chunk(b"tEXt", b"Author\0somebody")) + b"appended") == ("image/png", png())


@pytest.mark.parametrize(
    "broken",
    [
        png()[:-20],
        png().replace(b"IDAT", b"IDAX"),
        png(rows=1),
        png(rows=500),
        png(width=5000),
        png(height=0),
        SIGNATURE,
    ],
)
def test_a_png_that_is_not_what_it_claims_is_refused(broken):
    with pytest.raises(BadLogo):
        clean_logo(broken)


def test_an_svg_is_written_anew_without_what_programs_note_down():
    given = svg(
        '<metadata>who drew it</metadata><ink:view xmlns:ink="urn:ink"/><path d="M0 0h9" fill="url(#g)" ink:x="1"/>',
        'xmlns:ink="urn:ink"',
    )
    kind, kept = clean_logo(given)
    assert kind == "image/svg+xml"
    assert kept.decode().partition("\n")[2] == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9" fill="url(#g)" /></svg>'
    )


@pytest.mark.parametrize(
    "bad",
    [
        svg("<script>alert(1)</script>"),
        svg("<foreignObject/>"),
        svg('<image href="https://example.org/a.png"/>'),
        svg('<a href="https://example.org/"><path d="M0 0"/></a>'),
        svg(attributes='onload="alert(1)"'),
        svg('<use href="https://example.org/a.svg#x"/>'),
        svg('<path d="M0 0" style="fill:url(https://example.org/)"/>'),
        svg('<path d="M0 0" fill="url( &quot;//example.org/&quot;)"/>'),
        svg("<style>@import 'https://example.org/'</style>"),
        svg(r"<style>path{fill:\75rl(//example.org)}</style>"),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<text>&a;</text>"),
        svg("<path"),
        b"<svg",
        b"GIF89a",
        b"",
        png() + b"x" * LARGEST,
    ],
)
def test_what_runs_or_leads_elsewhere_is_refused(bad):
    with pytest.raises(BadLogo):
        clean_logo(bad)


def test_the_document_type_that_drawing_programs_write_is_no_harm():
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert clean_logo(doctype + svg()) == clean_logo(svg())
