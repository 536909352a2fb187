"""The child process that makes PDFs. Started and watched by `pdf_engine`.

It takes jobs from a pipe and gives what came of them or a word on what went wrong, one after the other. It reads our print
style sheets, the fonts and the parts it is told to bind, and no other address; it writes the file it is told to bind them to.
"""

from __future__ import annotations

import gc
import json
import logging
import resource
import sys
import unicodedata
from collections.abc import Container, Iterator
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from weasyprint import HTML
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.urls import FatalURLFetchingError

from departments.formats.press.binding import Sheaf, Volume, bind
from departments.formats.press.cutting import cut, cut_list
from departments.formats.press.hastening import hasten
from departments.formats.press.heads import Words
from departments.formats.press.parts import Damaged
from departments.formats.press.reading import read
from departments.formats.press.slicing import has_long_list

# Characters that draw nothing and can only confuse a page: controls, directional marks, byte order marks.
CONTROLS = (*range(9), 11, *range(14, 32), *range(127, 160))
MARKS = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xFFF9, 0xFFFC))
INVISIBLE = dict.fromkeys((*CONTROLS, *MARKS))
NO_GLYPH_NEEDED = ("Zs", "Zl", "Zp", "Cc", "Cf")


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
def known_characters(fonts: tuple[Path, ...]) -> hb.Set:
    """Return every character that one of the fonts can draw; a thousandth of what a set of Python's takes."""
    known = hb.Set()
    for file in fonts:
        known.update(hb.Face(hb.Blob.from_file_path(str(file)), 0).unicodes)
    return known


def texts(html: HTML) -> Iterator[str]:
    """Yield the texts that will be drawn."""
    body = html.etree_element.find("body")
    for element in [] if body is None else body.iter():
        if element.tag not in ("style", "script", "template"):
            yield element.text or ""
        yield element.tail or ""


def missing_characters(html: HTML, known: Container[int]) -> dict[str, str]:
    """Return the characters that no font has, each with the words around its first place."""
    missing: dict[str, str] = {}
    lacking = {character for text in texts(html) for character in set(text) if ord(character) not in known}
    for text in texts(html) if lacking else ():
        for at, character in enumerate(text):
            if character in missing or ord(character) in known:
                continue
            if unicodedata.category(character) in NO_GLYPH_NEEDED or 0xFE00 <= ord(character) <= 0xFE0F:
                continue
            missing[character] = " ".join(text[max(0, at - 12) : at + 13].split())
    return missing


def cut_document(
    before: str, pieces: list[str], after: str, known: Container[int]
) -> tuple[dict[str, Any], list[bytes]]:
    """Return what is to be said about a document, and its parts: none where `error` is among what is said."""
    warnings = Warnings()
    logger = logging.getLogger("weasyprint")
    logger.handlers = [warnings]
    html = read(before, [piece.translate(INVISIBLE) for piece in pieces], after)
    if missing := missing_characters(html, known):
        return {"error": "glyphs", "missing": missing}, []
    parts = [cut_list(html)] if len(pieces) == 1 and has_long_list(html) else cut(html)
    if warnings.missing:
        return {"error": "glyphs", "missing": warnings.missing}, []
    said = {"warnings": [record.getMessage() for record in warnings.records]}
    return said, [part.to_bytes() for part in parts]


def work(job: dict[str, Any], known: Container[int], fonts: tuple[Path, ...]) -> tuple[dict[str, Any], list[bytes]]:
    """Do a job: cut a document, or bind parts to a file. Return what is to be said about it, and the parts."""
    try:
        if "pieces" in job:
            return cut_document(job["before"], job["pieces"], job["after"], known)
        to = Path(job.pop("to"))
        sheaves = [Sheaf(**sheaf) for sheaf in job["sheaves"]]
        words = Words(**job["words"]) if job["words"] else None
        bind(Volume(**job | {"sheaves": sheaves, "words": words}), fonts, to)
        return {"warnings": []}, []
    except (MemoryError, SystemError):  # the latter is what some extensions make of the former
        return {"error": "memory"}, []
    except FatalURLFetchingError as error:
        return {"error": "address", "detail": str(error)}, []
    except (Damaged, FileNotFoundError) as error:
        return {"error": "gone", "detail": f"{type(error).__name__}: {error}"}, []
    except Exception as error:  # noqa: BLE001 whatever it is, the parent is told and decides
        return {"error": "failed", "detail": f"{type(error).__name__}: {error}"}, []


def serve(connection: Connection[Any, Any], *, fonts: tuple[Path, ...], seconds: int, megabytes: int) -> None:
    """Answer jobs until the other end closes; each may use `seconds` of processor time, the process so much memory."""
    if harfbuzz_subset is None:
        connection.send_bytes(json.dumps({"lacking": "libharfbuzz-subset0"}).encode())
        return
    known = known_characters(fonts)
    hasten()
    gc.freeze()  # what is imported stays: no need to look through it again and again
    connection.send_bytes(b"{}")
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
    while True:
        try:
            job = json.loads(connection.recv_bytes())
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))
        answer, results = work(job, known, fonts)
        connection.send_bytes(json.dumps(answer | {"results": len(results)}).encode())
        for result in results:
            connection.send_bytes(result)
        del job, answer, results
        gc.collect()  # boxes and pages point at one another: left to themselves they stay for many documents
        gc.freeze()  # styles and lines that are kept for the next


if __name__ == "__main__":
    handle, cpu, memory, *files = sys.argv[1:]
    serve(Connection(int(handle)), fonts=tuple(map(Path, files)), seconds=int(cpu), megabytes=int(memory))
