"""The whole suite: on SQLite, on PostgreSQL, over the pages in a real Chromium, and Word files in LibreOffice.

Usage: python -m tools.test [PART …]   with the parts sqlite, postgresql, browser and word; all without.

Every part runs, whatever the others say. PostgreSQL is the server of DATABASE_URL, or else one started for this run.
What the machine does not have is left out and named; with CI=true that is a failure. PYTEST_ADDOPTS reaches every part.
"""

import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from contextlib import nullcontext
from pathlib import Path

from tools import postgres
from tools.messages import compile_messages
from tools.system import find_postgresql, missing

CI = os.environ.get("CI") == "true"
PROCESSES = 2


class LeftOut(Exception):
    """A part that cannot run here."""


def sqlite(work: Path) -> int:
    """Run the suite on SQLite."""
    return _pytest(work, "sqlite", f"sqlite:///{work}/orgdesign.sqlite3", "-m", "not browser and not word")


def postgresql(work: Path) -> int:
    """Run on PostgreSQL what the two databases may answer differently: tests/conftest.py marks it."""
    url = os.environ.get("DATABASE_URL", "")
    if url.partition("://")[0] in ("postgres", "postgresql", "psql", "pgsql"):
        server = nullcontext(url)
    elif programs := find_postgresql():
        server = postgres.temporary_server(programs)
    else:
        raise LeftOut("PostgreSQL missing")
    with server as url:
        return _pytest(work, "postgresql", url, "-m", "postgresql and not browser and not word")


def browser(work: Path) -> int:
    """Run the tests that drive Chromium, on SQLite."""
    if needs := missing(["browser"]):
        raise LeftOut(f"{' and '.join(need.name for need in needs)} missing")
    return _pytest(work, "browser", f"sqlite:///{work}/orgdesign.sqlite3", "-m", "browser", "tests/browser")


def word(work: Path) -> int:
    """Run the tests that open Word files in LibreOffice, on SQLite."""
    if needs := missing(["word"]):
        raise LeftOut(f"{' and '.join(need.name for need in needs)} missing")
    return _pytest(
        work, "word", f"sqlite:///{work}/orgdesign.sqlite3", "-m", "word", "-n0", "tests/formats/test_libreoffice.py"
    )


PARTS = {"sqlite": sqlite, "postgresql": postgresql, "browser": browser, "word": word}


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
    environment = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(work / "data")}
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode


def _counts(work: Path) -> tuple[int, int, int]:
    """Return how many tests passed, failed and were skipped in all parts together."""
    tests = failed = skipped = 0
    for report in work.glob("*.xml"):
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314  # pytest wrote it a moment ago
            tests += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    return tests - failed - skipped, failed, skipped


def main(names: list[str]) -> int:
    """Run the parts and return the exit status: 0 where at least one passed and none failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a server we started is stopped
    compile_messages()
    results: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="orgdesign-tests-") as folder:
        work = Path(folder)
        for name in names or PARTS:
            print(f"── {name}", flush=True)
            try:
                status = PARTS[name](work)
            except LeftOut as reason:
                results[name] = f"failed: {reason}" if CI else f"left out: {reason}, see the command at the top"
            except postgres.NotStarted as error:
                results[name] = f"failed: {error}"
            else:
                results[name] = f"failed (pytest ended with {status})" if status else "passed"
        passed, failed, skipped = _counts(work)
    for name, result in results.items():
        print(f"{name}: {result}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    failures = [name for name, result in results.items() if result.startswith("failed")]
    return 1 if failures or "passed" not in results.values() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
