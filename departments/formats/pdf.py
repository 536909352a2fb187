"""PDFs out of HTML, in pieces: what was printed before is taken from the shelf, only what changed is printed anew.

A `Book` is what is printed: pieces of HTML in order, and what heads, feet and bookmarks say. Each piece becomes a part
under the hash of all that determines it (`pdf_shelf`); missing parts are printed by several workers at once
(`pdf_engine`), then all are bound into one tagged PDF (`press`). Equal books give equal bytes.
"""

import hashlib
import html as html_module
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from departments.formats.pdf_engine import never, package_missing, wake, work
from departments.formats.pdf_errors import (
    Busy,
    Cancelled,
    MissingGlyph,
    PackageMissing,
    PaperError,
    PartGone,
    TooLarge,
    TooSlow,
)
from departments.formats.pdf_shelf import shelf
from departments.formats.press.fonts import FontsMissing, find_fonts

__all__ = [
    "Book",
    "Busy",
    "Cancelled",
    "MissingGlyph",
    "PackageMissing",
    "PaperError",
    "Piece",
    "TooLarge",
    "TooSlow",
    "Words",
    "fingerprint",
    "is_ready",
    "missing",
    "print_book",
    "render_pdf",
    "wake",
    "warm",
]

Progress = Callable[[int, int], None]

AT_ONCE = 8  # pieces printed as one document: what a document costs beside its pages is shared, progress still shows
LONG = 30_000  # characters of HTML that are a job of their own: ten forms; what is laid out at once stands in memory


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML that begins on a page of its own. `running`: anchors and what the head says from each on; `numbers`: anchors
    whose page numbers it prints, in order; `bare`: it has neither head nor foot."""

    html: str
    running: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What heads and feet say: at the head the `book`, at the foot the `edition` and a pattern with {page} and {pages}.

    `stamp`: 草稿, 作废 …, like a seal on every page.
    """

    book: str
    edition: str
    page: str
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """What is printed. `around`: the HTML before and after the pieces; `bookmarks`: level, label and anchor of each.

    Without `words` there are no heads and feet. `mirrored`: margins are wider where the pages are bound.
    """

    title: str
    lang: str
    pieces: tuple[Piece, ...]
    around: tuple[str, str]
    created: str = ""
    words: Words | None = None
    bookmarks: tuple[tuple[int, str, str], ...] = ()
    mirrored: bool = False


def print_book(book: Book, *, progress: Progress | None = None, cancelled: Callable[[], bool] = never) -> bytes:
    """Return the PDF. `progress` is told how many pieces are printed of how many; `cancelled` is asked several times a second.

    Raises PaperError: TooSlow, TooLarge, Busy, Cancelled, MissingGlyph, PackageMissing.
    """
    whole = fingerprint(book)
    if (kept := shelf().read(whole)) is not None:
        return kept
    for attempt in (1, 2):
        warm(book, progress=progress, cancelled=cancelled)
        try:
            with shelf().place(whole) as new:
                work(_binding(book, new), cancelled)
                return new.read_bytes()
        except PartGone:  # swept away, or damaged on the disk: made anew once
            shelf().drop(_keys(book))
            if attempt == 2:
                raise
    raise AssertionError


def warm(book: Book, *, progress: Progress | None = None, cancelled: Callable[[], bool] = never) -> None:
    """Print whatever pieces are not on the shelf; see `print_book`."""
    keys = _keys(book)
    missing = {key: piece for key, piece in zip(keys, book.pieces, strict=True) if not shelf().has(key)}
    done, total = len(keys) - len(missing), len(keys)
    if progress:
        progress(done, total)
    with ThreadPoolExecutor(settings.PDF_WORKERS) as threads:
        batches = _batches(missing)
        jobs = {threads.submit(_print, batch, missing, book.around, cancelled): batch for batch in batches}
        try:
            for job in as_completed(jobs):
                job.result()
                done += len(jobs[job])
                if progress:
                    progress(done, total)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def is_ready(book: Book) -> bool:
    """Whether the book can be had within about a second: it, or each of its pieces, is on the shelf."""
    return shelf().has(fingerprint(book)) or all(map(shelf().has, _keys(book)))


def missing(book: Book) -> int:
    """Return how many characters of HTML have to be printed before the book can be bound: about 25,000 take a second.

    A picture that an address holds takes hardly any time.
    """
    waiting = (piece for key, piece in zip(_keys(book), book.pieces, strict=True) if not shelf().has(key))
    return sum(len(re.sub(r'"data:[^"]*"', "", piece.html)) for piece in waiting)


def fingerprint(book: Book) -> str:
    """Return a hash of all that determines the PDF of a book."""
    said: list[object] = [book.title, book.lang, book.created, book.words, book.bookmarks, book.mirrored, *_keys(book)]
    said += [(piece.running, piece.numbers, piece.bare) for piece in book.pieces]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def render_pdf(html: str) -> bytes:
    """Return the PDF of a whole HTML document with `lang` and `title`; see `print_book`. Assets are `static:` files."""
    return print_book(document(html))


def document(html: str) -> Book:
    """Return a whole HTML document with `lang` and `title` as a book of one piece."""
    title, lang, created = (re.search(pattern, html) for pattern in SAID)
    return Book(
        title=html_module.unescape(title[1]).strip() if title else "",
        lang=lang[1] if lang else "",
        created=created[1] if created else "",
        pieces=(Piece(html),),
        around=("", ""),
    )


SAID = (r"(?s)<title>(.*?)</title>", r'<html lang="?([\w-]+)', r'<meta name="dcterms.created" content="([\d-]+)"')


def _keys(book: Book) -> list[str]:
    """Return the hash of each piece: its HTML, what is around it, our style sheets and code, fonts, WeasyPrint's version."""
    common = hashlib.sha256(f"{_assets()}{book.around}".encode())
    keys = []
    for piece in book.pieces:
        own = common.copy()
        own.update(piece.html.encode(errors="replace"))
        keys.append(own.hexdigest())
    return keys


@cache
def _assets() -> str:
    """Return a hash of what is not in the HTML. Raises PackageMissing."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256(version("weasyprint").encode())
    for file in sorted([*here.glob("press/*.py"), *here.parent.glob("static/departments/print/*")]):
        digest.update(file.read_bytes())
    try:
        fonts = find_fonts()
    except FontsMissing as error:
        raise package_missing(error) from error
    for file in fonts:
        digest.update(f"{file.name} {file.stat().st_size}".encode())
    return digest.hexdigest()


def _batches(missing: dict[str, Piece]) -> list[list[str]]:
    """Return the keys of the pieces that are printed together; the longest first, so that no worker ends late."""
    batches: list[tuple[int, list[str]]] = []
    at_once = min(AT_ONCE, -(-len(missing) // (3 * settings.PDF_WORKERS)))
    size = 0
    batch: list[str] = []
    for key, piece in missing.items():
        if batch and (len(batch) >= at_once or size + len(piece.html) > LONG):
            batches.append((size, batch))
            size, batch = 0, []
        size += len(piece.html)
        batch.append(key)
    batches.append((size, batch))
    return [batch for _size, batch in sorted(batches, key=lambda one: -one[0]) if batch]


def _print(batch: list[str], missing: dict[str, Piece], around: tuple[str, str], cancelled: Callable[[], bool]) -> None:
    """Print pieces as one document and put the parts on the shelf."""
    before, after = around
    pieces = [missing[key].html for key in batch]
    if before:
        pieces = [
            f'<div class="piece" data-piece="piece-{number}">{piece}</div>' for number, piece in enumerate(pieces)
        ]
    parts = work({"before": before, "pieces": pieces, "after": after}, cancelled)
    for key, part in zip(batch, parts, strict=True):
        shelf().put(key, part)


def _binding(book: Book, to: Path) -> dict[str, object]:
    """Return the job that binds the book to a file."""
    sheaves = [
        {
            "file": str(shelf().path(key)),
            "running": piece.running,
            "numbers": piece.numbers,
            "bare": piece.bare,
        }
        for key, piece in zip(_keys(book), book.pieces, strict=True)
    ]
    said = {"title": book.title, "lang": book.lang, "created": book.created, "mirrored": book.mirrored}
    words = asdict(book.words) if book.words else None
    return said | {"words": words, "bookmarks": book.bookmarks, "sheaves": sheaves, "to": str(to)}
