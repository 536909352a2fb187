"""The whole suite: on SQLite, on PostgreSQL, over the pages in a real Chromium, and Word files in LibreOffice.

Usage: python -m tools.test [PART …]   with the parts sqlite, postgresql, browser, way and word; all without.

Every part runs, whatever the others say. PostgreSQL is the server of DATABASE_URL, or else one started for this run.
What the machine does not have is left out and named; with CI=true that is a failure. PYTEST_ADDOPTS reaches every part.
"""

import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tools import postgres
from tools.messages import compile_messages
from tools.system import find_postgresql, missing

CI = os.environ.get("CI") == "true"
PROCESSES = 2
NO_PAGES = ("--ignore=tests/browser",)  # to import what drives Chromium takes every process a second


class LeftOut(Exception):
    """A part that cannot run here."""


def sqlite(work: Path) -> int:
    """Run the suite on SQLite."""
    return _pytest(work, "sqlite", f"sqlite:///{work}/orgdesign.sqlite3", "-m", "not browser and not word", *NO_PAGES)


def postgresql(work: Path) -> int:
    """Run on PostgreSQL what the two databases may answer differently: tests/conftest.py marks it."""
    with _server() as url:
        return _pytest(work, "postgresql", url, "-m", "postgresql and not browser and not word", *NO_PAGES)


def browser(work: Path) -> int:
    """Run the tests that drive Chromium, on SQLite."""
    if needs := missing(["browser"]):
        raise LeftOut(f"{' and '.join(need.name for need in needs)} missing")
    return _pytest(work, "browser", f"sqlite:///{work}/orgdesign.sqlite3", "-m", "browser", "tests/browser")


def way(work: Path) -> int:
    """Go a company's whole way, from adopting to the booklet of edition 2, in Chromium on PostgreSQL too."""
    if needs := missing(["browser"]):
        raise LeftOut(f"{' and '.join(need.name for need in needs)} missing")
    with _server() as url:
        return _pytest(work, "way", url, "-m", "postgresql and browser", "-n0", "tests/browser/test_own_way.py")


def word(work: Path) -> int:
    """Run the tests that open Word files in LibreOffice, on SQLite."""
    if needs := missing(["word"]):
        raise LeftOut(f"{' and '.join(need.name for need in needs)} missing")
    return _pytest(
        work, "word", f"sqlite:///{work}/orgdesign.sqlite3", "-m", "word", "-n0", "tests/formats/test_libreoffice.py"
    )


PARTS = {"sqlite": sqlite, "postgresql": postgresql, "browser": browser, "way": way, "word": word}
BESIDE = ("way", "word")  # one process each, which runs while the others do: at their starts a core has nothing to do


def _server() -> AbstractContextManager[str]:
    """Return the PostgreSQL server to test on, as a context with its address. Raises LeftOut."""
    url = os.environ.get("DATABASE_URL", "")
    if url.partition("://")[0] in ("postgres", "postgresql", "psql", "pgsql"):
        return nullcontext(url)
    if programs := find_postgresql():
        return postgres.temporary_server(programs)
    raise LeftOut("PostgreSQL missing")


def _pytest(work: Path, name: str, url: str, *arguments: str) -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        str(PROCESSES),
        "--dist",
        "worksteal",
        f"--junitxml={work}/{name}.xml",
        *arguments,
    ]
    environment = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(work / f"{name}-data")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # every process of the run would compile all our modules anew
    with _output(work, name).open("w") if name in BESIDE else nullcontext() as output:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        )
    return done.returncode


def _output(work: Path, name: str) -> Path:
    """Return where a part that runs beside others says what it has to say."""
    return work / f"{name}.txt"


def _counts(work: Path) -> tuple[int, int, int]:
    """Return how many tests passed, failed and were skipped in all parts together."""
    tests = failed = skipped = 0
    for report in work.glob("*.xml"):
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314  # pytest wrote it a moment ago
            tests += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    return tests - failed - skipped, failed, skipped


def _run(name: str, work: Path) -> str:
    """Run a part and return what came of it."""
    try:
        status = PARTS[name](work)
    except LeftOut as reason:
        return f"failed: {reason}" if CI else f"left out: {reason}, see the command at the top"
    except postgres.NotStarted as error:
        return f"failed: {error}"
    return f"failed (pytest ended with {status})" if status else "passed"


def main(names: list[str]) -> int:
    """Run the parts and return the exit status: 0 where at least one passed and none failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a server we started is stopped
    compile_messages()
    results: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="orgdesign-tests-") as folder, ThreadPoolExecutor(1) as thread:
        work = Path(folder)
        chosen = names or list(PARTS)
        beside = {name: thread.submit(_run, name, work) for name in chosen if name in BESIDE}
        for name in chosen:
            print(f"── {name}", flush=True)
            results[name] = beside[name].result() if name in beside else _run(name, work)
            if (said := _output(work, name)).exists():
                print(said.read_text(), flush=True)
        passed, failed, skipped = _counts(work)
    for name, result in results.items():
        print(f"{name}: {result}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    failures = [name for name, result in results.items() if result.startswith("failed")]
    return 1 if failures or "passed" not in results.values() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
