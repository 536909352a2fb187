"""PDFs out of HTML: `render_pdf`. The work is done by a warm child process that may not use more than its share.

A hostile text costs WeasyPrint minutes and gigabytes, and importing it takes seconds: so it lives in `pdf_worker`, is
started once a web process, and is killed and replaced when it takes too long, grows too large or dies. The web process
never imports it.
"""

import atexit
import contextlib
import hashlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from functools import cache
from importlib.metadata import version
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from departments.formats.pdf_fonts import FontsMissing, find_fonts, fontconfig

logger = logging.getLogger(__name__)

DOCUMENTS = 200  # after so many a worker is replaced: what Pango keeps is never given back
START_SECONDS = 60
WORKER = ("-m", "departments.formats.pdf_worker")


class PaperError(Exception):
    """No PDF could be made; its text is a sentence for the reader, in the reader's language."""

    sentence: str | Promise = _("The PDF could not be made. The reason has been logged.")

    def __init__(self, **details: object):
        self.details = details
        super().__init__(details)

    def __str__(self) -> str:
        return str(self.sentence) % self.details


class TooSlow(PaperError):
    """It used more processor time, or took longer, than one document may."""

    sentence = _("The PDF was stopped because it took too long. Print one department at a time, or shorten its texts.")


class TooLarge(PaperError):
    """It needed more memory than one document may."""

    sentence = _("The PDF was stopped because it grew too large. Print one department at a time, or shorten its texts.")


class Busy(PaperError):
    """Other documents were in front for too long."""

    sentence = _("Other PDFs are being made. Try again in a minute.")


class MissingGlyph(PaperError):
    """Our fonts cannot draw some characters: `missing` maps each to the words around it."""

    sentence = _(
        "The PDF was not made because no font can print %(characters)s (in “%(place)s”). Replace it and try again."
    )

    def __init__(self, missing: dict[str, str]):
        self.missing = missing
        named = ", ".join(f"U+{ord(character[0]):04X}" for character in missing)
        super().__init__(characters=named, place=next(iter(missing.values()), ""))


class PackageMissing(PaperError):
    """Something that printing needs is not installed; everything else works."""

    sentence = _("PDFs need the package %(package)s. Install it with “apt-get install %(package)s”.")


def render_pdf(html: str) -> bytes:
    """Return the tagged PDF (PDF/UA-1) of a whole HTML document with `lang` and `title`; assets are `static:` files.

    Equal documents give equal bytes. Waits for its turn: one document at a time. Raises PaperError: TooSlow, TooLarge,
    Busy, MissingGlyph, PackageMissing.
    """
    return _engine().render(html)


def fingerprint(html: str) -> str:
    """Return a hash of all that determines the PDF of a document: its HTML, our style sheets, WeasyPrint's version."""
    return hashlib.sha256(f"{_assets()}{html}".encode()).hexdigest()


@cache
def _assets() -> str:
    folder = Path(__file__).resolve().parent.parent / "static" / "departments" / "print"
    digest = hashlib.sha256(version("weasyprint").encode())
    for file in sorted(folder.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


class Engine:
    """One worker process, and the lock through which the threads of this process share it."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: Connection[Any, Any] | None = None
        self.errors: Any = None
        self.done = 0

    def render(self, html: str) -> bytes:
        """Return the PDF; see `render_pdf`."""
        # Twice the processor time: other processes may share the processors.
        patience = 2 * settings.PDF_SECONDS
        if not self.lock.acquire(timeout=patience):
            raise Busy
        try:
            if self.process is None or self.process.poll() is not None or self.done >= DOCUMENTS:
                self.stop()
                self._start()
            return self._ask(html, patience)
        finally:
            self.lock.release()

    def _start(self) -> None:
        try:
            fonts = find_fonts()
        except FontsMissing as error:
            logger.exception("No PDF can be made.")
            raise PackageMissing(package=str(error)) from error
        with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as config:
            config.write(fontconfig(fonts))
        self.config = Path(config.name)
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 closed by stop()
        self.connection, theirs = Pipe()
        kept = ("PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "TMPDIR")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= {
            "FONTCONFIG_FILE": config.name,
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(settings.BASE_DIR),
            "PYTHONHASHSEED": "0",  # equal documents, equal bytes
        }
        limits = (str(settings.PDF_SECONDS), str(settings.PDF_MEMORY_MB))
        self.process = subprocess.Popen(
            [sys.executable, *WORKER, str(theirs.fileno()), *limits, *map(str, fonts)],
            env=environment,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=self.errors,
            stderr=self.errors,
        )
        theirs.close()
        self.done = 0
        hello = self._receive(START_SECONDS)
        if "lacking" in hello:
            self.stop()
            logger.error("No PDF can be made: %s is missing.", hello["lacking"])
            raise PackageMissing(package=hello["lacking"])

    def _ask(self, html: str, patience: float) -> bytes:
        assert self.connection is not None  # noqa: S101 started above
        self.done += 1
        # A surrogate that is alone is no character: it cannot be sent, and no font has it.
        with contextlib.suppress(BrokenPipeError):
            self.connection.send_bytes(html.encode(errors="replace"))
        answer = self._receive(patience)
        pdf = self._receive_bytes(patience)
        match answer.get("error"):
            case None:
                for warning in answer["warnings"]:
                    logger.warning("WeasyPrint: %s", warning)
                return pdf
            case "glyphs":
                error = MissingGlyph(answer["missing"])
                logger.error("No PDF: fonts lack %s near %r.", error.details["characters"], error.details["place"])
                raise error
            case "memory":
                self.stop()
                logger.error("No PDF: it needed more than %d MB.", settings.PDF_MEMORY_MB)
                raise TooLarge
            case _:
                self.stop()
                logger.error("No PDF: %s", answer["detail"])
                raise PaperError

    def _receive(self, patience: float) -> dict[str, Any]:
        return json.loads(self._receive_bytes(patience))

    def _receive_bytes(self, patience: float) -> bytes:
        assert self.connection is not None  # noqa: S101 started above
        try:
            if self.connection.poll(patience):
                return self.connection.recv_bytes()
        except (EOFError, ConnectionResetError) as error:
            raise self._death() from error
        self.stop()
        logger.error("No PDF: not done within %d seconds.", patience)
        raise TooSlow

    def _death(self) -> PaperError:
        """Return what the end of the worker means."""
        assert self.process is not None  # noqa: S101 it has just died
        code = self.process.wait()
        self.errors.seek(0)
        said = self.errors.read().decode(errors="replace")[-4000:]
        self.stop()
        logger.error("The PDF worker ended with %s: %s", code, said)
        if code == -signal.SIGXCPU:
            return TooSlow()
        # GLib ends the process when it gets no memory, or no thread for want of it.
        if code == -signal.SIGKILL or any(word in said for word in ("MemoryError", "allocat", "creating thread")):
            return TooLarge()
        if "cannot load library" in said:
            return PackageMissing(package="libpangoft2-1.0-0")
        return PaperError()

    def stop(self) -> None:
        """End the worker, if there is one and it is ours: a fork inherits its parent's."""
        if self.process is None or self.pid != os.getpid():
            return
        self.process.kill()
        self.process.wait()
        if self.connection is not None:
            self.connection.close()
        self.errors.close()
        self.config.unlink(missing_ok=True)
        self.process = self.connection = None


_engines: dict[int, Engine] = {}


def _engine() -> Engine:
    """Return this process's engine: a web process that was forked after printing must not share its parent's pipe."""
    if os.getpid() not in _engines:
        _engines[os.getpid()] = Engine()
        atexit.register(_engines[os.getpid()].stop)
    return _engines[os.getpid()]
