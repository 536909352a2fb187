"""What the machine must have beside Python: look for it, install it where we may, else say how.

Usage: python -m tools.system GROUP …   with the groups run, test, browser, word, pictures and messages.

It knows Debian's packages and installs them as root. Elsewhere it prints the command and goes on, so that whatever does
not need the missing part still works; with CI=true a missing part is a failure. Needs nothing but Python.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Need:
    """A part of the system: what it is for, Debian's package, and whether it is here."""

    name: str
    purpose: str
    package: str
    is_here: Callable[[], bool]


def find_chromium() -> str | None:
    """Return the browser that the tests drive: the one named by CHROMIUM, else the first on the PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def find_postgresql() -> Path | None:
    """Return the folder of the newest PostgreSQL server's programs. Debian keeps them off the PATH."""
    folders = [Path(program).parent for program in [shutil.which("initdb")] if program]
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    folders = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(folders, key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0, default=None)


def _library(name: str) -> Callable[[], bool]:
    def is_here() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return is_here


def _font(family: str) -> bool:
    if not shutil.which("fc-list"):
        return False
    command = ["fc-list", f":family={family}", "family"]
    return bool(subprocess.run(command, capture_output=True, check=False).stdout.strip())


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


VENV = f"python3.{sys.version_info.minor}-venv"
NEEDS = {
    "run": [
        Need("venv", "makes Python's environment", VENV, lambda: importlib.util.find_spec("ensurepip") is not None),
        Need("Pango", "sets the text of PDFs", "libpango-1.0-0", _library("libpango-1.0.so.0")),
        Need("PangoFT2", "sets the text of PDFs", "libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0")),
        Need("HarfBuzz subset", "embeds fonts in PDFs", "libharfbuzz-subset0", _library("libharfbuzz-subset.so.0")),
        Need("fontconfig", "finds fonts", "fontconfig", _program("fc-list")),
        Need("Noto Sans CJK SC", "Chinese headings on paper", "fonts-noto-cjk", lambda: _font("Noto Sans CJK SC")),
        Need("Noto Serif CJK SC", "Chinese text on paper", "fonts-noto-cjk", lambda: _font("Noto Serif CJK SC")),
    ],
    "test": [
        Need("PostgreSQL", "the second database of the tests", "postgresql", lambda: find_postgresql() is not None),
        Need("gettext", "finds the messages to translate", "gettext", _program("xgettext")),
    ],
    "browser": [
        Need("Chromium", "shows the pages", "chromium", lambda: find_chromium() is not None),
        Need("libatomic", "Playwright's driver needs it", "libatomic1", _library("libatomic.so.1")),
    ],
    "word": [
        Need("LibreOffice", "shows that Word files open", "libreoffice-writer-nogui", _program("soffice")),
    ],
    "pictures": [Need("pdftoppm", "turns PDFs into pictures", "poppler-utils", _program("pdftoppm"))],
    "messages": [Need("gettext", "finds the messages to translate", "gettext", _program("xgettext"))],
}


def missing(groups: Iterable[str]) -> list[Need]:
    """Return the needs of the groups that the machine does not have."""
    return [need for group in groups for need in NEEDS[group] if not need.is_here()]


def command(needs: Iterable[Need]) -> str:
    """Return the line that installs them on Debian and its kin."""
    packages = " ".join(sorted({need.package for need in needs}))
    return f"apt-get update && apt-get install -y --no-install-recommends {packages}"


def install(needs: Iterable[Need]) -> None:
    """Install Debian's packages; what apt-get says is shown only where it fails."""
    line = command(needs)
    print(f"Installing: {line}", flush=True)
    done = subprocess.run(
        ["sh", "-c", line],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout[-3000:])


def may_install() -> bool:
    """Tell whether packages can be installed here."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def main(groups: list[str]) -> int:
    """Return the exit status: 1 where something is missing at the end and CI is set."""
    if (needs := missing(groups)) and may_install():
        install(needs)
        importlib.invalidate_caches()
        needs = missing(groups)
    if not needs:
        return 0
    for need in needs:
        print(f"Missing: {need.name} ({need.purpose})")
    print(f"To install it on Debian or Ubuntu: sudo sh -c '{command(needs)}'", flush=True)
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
