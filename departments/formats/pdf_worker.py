"""The child process that makes PDFs; the only importer of WeasyPrint. Started and watched by `pdf`.

It takes HTML from a pipe and gives a PDF or a word on what went wrong, one job after the other. It knows no Django, no
database and no secret; it reads our print style sheets and the fonts, and no other address.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it carries no types
from weasyprint import HTML
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parent.parent / "static"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}
# Characters that draw nothing and can only confuse a page: controls, directional marks, byte order marks.
CONTROLS = (*range(9), 11, *range(14, 32), *range(127, 160))
MARKS = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xFFF9, 0xFFFC))
INVISIBLE = dict.fromkeys((*CONTROLS, *MARKS))
NO_GLYPH_NEEDED = ("Zs", "Zl", "Zp", "Cc", "Cf")


class OwnFiles(URLFetcher):
    """Serves `static:` addresses from our own folder of print assets; any other address ends the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("static",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 theirs
        """Return the file. Raises ValueError for any other address."""
        scheme, _, name = url.partition(":")
        path = (STATIC / unquote(name).lstrip("/")).resolve()
        if scheme != "static" or not path.is_relative_to(STATIC) or path.suffix not in TYPES:
            raise ValueError(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": f"{TYPES[path.suffix]}; charset=utf-8"})


class Warnings(logging.Handler):
    """Keeps what WeasyPrint says while a document is made."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self.records.append(record)

    @property
    def missing(self) -> dict[str, str]:
        """The characters drawn as .notdef; WeasyPrint 70 names each in a warning."""
        named = (record.args for record in self.records if ".notdef" in record.msg)
        return {str(args[0]): "" for args in named if isinstance(args, tuple)}


@cache
def known_characters(fonts: tuple[str, ...]) -> frozenset[int]:
    """Return every character that one of the fonts can draw. About half a second, once."""
    known: set[int] = set()
    for file in fonts:
        known |= TTFont(file, fontNumber=0, lazy=True).getBestCmap().keys()
    return frozenset(known)


def texts(html: HTML) -> Iterator[str]:
    """Yield the texts that will be drawn."""
    body = html.etree_element.find("body")
    for element in [] if body is None else body.iter():
        if element.tag not in ("style", "script", "template"):
            yield element.text or ""
        yield element.tail or ""


def missing_characters(html: HTML, known: Collection[int]) -> dict[str, str]:
    """Return the characters that no font has, each with the words around its first place."""
    missing: dict[str, str] = {}
    for text in texts(html):
        for at, character in enumerate(text):
            if character in missing or ord(character) in known:
                continue
            if unicodedata.category(character) in NO_GLYPH_NEEDED or 0xFE00 <= ord(character) <= 0xFE0F:
                continue
            missing[character] = " ".join(text[max(0, at - 12) : at + 13].split())
    return missing


def render(text: str, known: Collection[int]) -> tuple[dict[str, Any], bytes]:
    """Return what is to be said about the document, and its PDF: tagged, and empty where `error` is among it."""
    warnings = Warnings()
    logger = logging.getLogger("weasyprint")
    logger.handlers = [warnings]
    try:
        html = HTML(string=text.translate(INVISIBLE), base_url="static:/", url_fetcher=OwnFiles())
        if missing := missing_characters(html, known):
            return {"error": "glyphs", "missing": missing}, b""
        pdf = html.render(pdf_variant="pdf/ua-1").write_pdf(pdf_variant="pdf/ua-1")
    except MemoryError:
        return {"error": "memory"}, b""
    except FatalURLFetchingError as error:
        return {"error": "address", "detail": str(error)}, b""
    except Exception as error:  # noqa: BLE001 whatever it is, the parent is told and decides
        return {"error": "failed", "detail": f"{type(error).__name__}: {error}"}, b""
    if warnings.missing:
        return {"error": "glyphs", "missing": warnings.missing}, b""
    return {"warnings": [record.getMessage() for record in warnings.records]}, pdf


def serve(connection: Connection[Any, Any], *, fonts: tuple[str, ...], seconds: int, megabytes: int) -> None:
    """Answer jobs until the other end closes; each may use `seconds` of processor time, the process so much memory."""
    if harfbuzz_subset is None:
        connection.send_bytes(json.dumps({"lacking": "libharfbuzz-subset0"}).encode())
        return
    known = known_characters(fonts)
    connection.send_bytes(b"{}")
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
    while True:
        try:
            text = connection.recv_bytes().decode()
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))
        answer, pdf = render(text, known)
        connection.send_bytes(json.dumps(answer).encode())
        connection.send_bytes(pdf)


if __name__ == "__main__":
    handle, cpu, memory, *files = sys.argv[1:]
    serve(Connection(int(handle)), fonts=tuple(files), seconds=int(cpu), megabytes=int(memory))
