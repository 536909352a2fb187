"""Compile the translations (.po) to what Django reads (.mo), without GNU gettext.

Usage: python -m tools.messages          compiles what has changed.
       python -m tools.messages --sort   first puts the messages in the order of their English text.
The .mo files are not in the repository, so they cannot drift from the .po files.
"""

import os
import sys
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent


def translations() -> list[Path]:
    """Return every .po file of the project."""
    return sorted((ROOT / "departments" / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_messages() -> None:
    """Write the .mo beside each .po that is newer. Others may do the same: a file appears whole or not at all."""
    for source in translations():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        stamp = source.stat()
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".tmp", delete=False) as file:
            write_mo(file, catalog)
        os.utime(file.name, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        Path(file.name).replace(target)


def sort_messages() -> None:
    """Order every .po by its English text: where a message stands in the code moves none in the file."""
    for source in translations():
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        with source.open("wb") as file:
            write_po(file, catalog, sort_output=True, no_location=True, ignore_obsolete=True, width=0)


if __name__ == "__main__":
    if "--sort" in sys.argv[1:]:
        sort_messages()
    compile_messages()
