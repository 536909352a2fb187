"""The workers that print, seen from the web process: started when first needed, kept warm, none with more than its share.

A hostile text costs WeasyPrint minutes and gigabytes, and importing it takes seconds: so it lives in child processes (the
package `press`), a few a web process, each killed and replaced when it takes too long, grows too large or dies. The web
process never imports it.
"""

import atexit
import contextlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.conf import settings

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
from departments.formats.press.fonts import FontsMissing, find_fonts, fontconfig

logger = logging.getLogger(__name__)

DOCUMENTS = 200  # after so many a worker is replaced: what Pango keeps is never given back
START_SECONDS = 60
PULSE = 0.2  # seconds between two looks whether somebody has cancelled
WORKER = ("-m", "departments.formats.press.worker")


def package_missing(error: FontsMissing) -> PackageMissing:
    """Log that a package is missing, and return what the reader is told."""
    logger.error("No PDF can be made: %s is missing.", error)
    return PackageMissing(package=str(error))


class Engine:
    """One worker process; one job at a time."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: Connection[Any, Any] | None = None
        self.errors: Any = None
        self.done = 0
        self.greeted = False

    def do(self, job: dict[str, Any], cancelled: Callable[[], bool]) -> list[bytes]:
        """Return what came of a job; see `work`."""
        self.start()
        if not self.greeted:
            self._greet()
        return self._ask(job, cancelled)

    def start(self) -> None:
        """Start a worker where none is there or this one has had its share, and do not wait for it. Raises PackageMissing."""
        if self.process is not None and self.process.poll() is None and self.done < DOCUMENTS:
            return
        self.stop()
        try:
            fonts = find_fonts()
        except FontsMissing as error:
            raise package_missing(error) from error
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
        self.done, self.greeted = 0, False

    def _greet(self) -> None:
        """Wait until the worker is ready."""
        hello = self._receive(time.monotonic() + START_SECONDS, never)
        if "lacking" in hello:
            self.stop()
            logger.error("No PDF can be made: %s is missing.", hello["lacking"])
            raise PackageMissing(package=hello["lacking"])
        self.greeted = True

    def _ask(self, job: dict[str, Any], cancelled: Callable[[], bool]) -> list[bytes]:
        assert self.connection is not None  # noqa: S101 started above
        self.done += 1
        # A surrogate that is alone is no character: it cannot be sent, and no font has it.
        sent = json.dumps(job, ensure_ascii=False).encode(errors="replace")
        with contextlib.suppress(BrokenPipeError):
            self.connection.send_bytes(sent)
        # Twice the processor time: other processes may share the processors.
        end = time.monotonic() + 2 * settings.PDF_SECONDS
        answer = self._receive(end, cancelled)
        results = [self._receive_bytes(end, cancelled) for _number in range(answer.get("results", 0))]
        match answer.get("error"):
            case None:
                for warning in answer["warnings"]:
                    logger.warning("WeasyPrint: %s", warning)
                return results
            case "glyphs":
                error = MissingGlyph(answer["missing"])
                logger.error("No PDF: fonts lack %s near %r.", error.details["characters"], error.details["place"])
                raise error
            case "gone":
                logger.warning("A printed part is gone: %s", answer["detail"])
                raise PartGone
            case "memory":
                self.stop()
                logger.error("No PDF: it needed more than %d MB.", settings.PDF_MEMORY_MB)
                raise TooLarge
            case _:
                self.stop()
                logger.error("No PDF: %s", answer["detail"])
                raise PaperError

    def _receive(self, end: float, cancelled: Callable[[], bool]) -> dict[str, Any]:
        return json.loads(self._receive_bytes(end, cancelled))

    def _receive_bytes(self, end: float, cancelled: Callable[[], bool]) -> bytes:
        """Return the next message. Raises TooSlow after `end`, Cancelled as soon as somebody said so."""
        assert self.connection is not None  # noqa: S101 started above
        try:
            while time.monotonic() < end:
                if self.connection.poll(PULSE):
                    return self.connection.recv_bytes()
                if cancelled():
                    self.stop()
                    raise Cancelled
        except (EOFError, ConnectionResetError) as error:
            raise self._death() from error
        self.stop()
        logger.error("No PDF: not done within %d seconds.", 2 * settings.PDF_SECONDS)
        raise TooSlow

    def _death(self) -> PaperError:
        """Return what the end of the worker means."""
        assert self.process is not None  # noqa: S101 it has just died
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it closed its pipe and lives on
            self.process.kill()
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


class Pool:
    """The engines of this process. The one used last is taken first: it is the warmest."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.engines = [Engine() for _number in range(settings.PDF_WORKERS)]
        self.free: queue.LifoQueue[Engine] = queue.LifoQueue()
        for engine in self.engines:
            self.free.put(engine)

    def do(self, job: dict[str, Any], cancelled: Callable[[], bool]) -> list[bytes]:
        """Return what came of a job, done by the first engine that is free; see `work`."""
        if cancelled():  # a short job is done before anybody is asked again
            raise Cancelled
        engine = self._take(cancelled)
        try:
            return engine.do(job, cancelled)
        finally:
            self.free.put(engine)

    def _take(self, cancelled: Callable[[], bool]) -> Engine:
        end = time.monotonic() + 2 * settings.PDF_SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(queue.Empty):
                return self.free.get(timeout=PULSE)
            if cancelled():
                raise Cancelled
        raise Busy

    def wake(self) -> None:
        """Start the workers that are free, and do not wait for them."""
        waiting: list[Engine] = []
        try:
            for _engine in self.engines:
                waiting.append(self.free.get_nowait())
                waiting[-1].start()
        except (queue.Empty, PackageMissing):  # who has a job done is told what is missing
            pass
        finally:
            for engine in reversed(waiting):
                self.free.put(engine)

    def stop(self) -> None:
        """End the workers of this process."""
        for engine in self.engines:
            engine.stop()


_pools: dict[int, Pool] = {}


def pool() -> Pool:
    """Return this process's pool: a web process that was forked after printing must not share its parent's pipes."""
    if os.getpid() not in _pools:
        _pools[os.getpid()] = Pool()
        atexit.register(_pools[os.getpid()].stop)
    return _pools[os.getpid()]


def wake() -> None:
    """Let the workers get ready: there will be something to do."""
    pool().wake()


def never() -> bool:
    """Say that nobody has cancelled."""
    return False


def work(job: dict[str, Any], cancelled: Callable[[], bool] = never) -> list[bytes]:
    """Return what came of a job, as the worker's `work` has it. Waits for its turn.

    Raises PaperError: TooSlow, TooLarge, Busy, Cancelled, MissingGlyph, PackageMissing, PartGone.
    """
    return pool().do(job, cancelled)
