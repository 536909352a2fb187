"""How commands end: 0 done; 1 not, or not all, since something is wrong with it; 2 used wrongly, as where a file is not there.

What goes wrong is said on standard error, in the language of the site. Ctrl-C and a pipe that nobody reads any more: see
manage.py.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from departments.models import Edition

FAULTY, MISUSED = 1, 2
PIPE = "-"


def misused(sentence: str) -> CommandError:
    """Return what ends a command that was used wrongly."""
    return CommandError(sentence, returncode=MISUSED)


def edition_in_force(slug: str) -> Edition:
    """Return what a design's readers see, with the design. 1 query. Raises CommandError."""
    found = Edition.objects.in_force().select_related("design__variant_of").filter(design__slug=slug).first()
    if found is None:
        raise misused(_("No design %s is in force.") % slug)
    return found


def read_file(file: str, most: int) -> bytes:
    """Return the content of a file, or of the pipe, but no more bytes than `most`. Raises CommandError."""
    if file == PIPE:
        return sys.stdin.buffer.read(most)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(most)
    except OSError as error:
        raise misused(cannot_read(file, error)) from error


def require_files(paths: Iterable[Path]) -> None:
    """Raise CommandError where one of several files cannot be opened, before any of them is worked on."""
    for path in paths:
        read_file(str(path), 1)


def write_file(path: Path, content: bytes) -> str:
    """Write a file and return what is said of it. Raises CommandError."""
    try:
        path.write_bytes(content)
    except OSError as error:
        said = {"file": path, "why": _reason(error)}
        raise misused(_("%(file)s cannot be written: %(why)s.") % said) from error
    return _("%(file)s: %(size).0f KB") % {"file": path, "size": len(content) / 1024}


def rows_said(counts: Mapping[str, int]) -> str:
    """Return how many rows of how many tables a backup has."""
    said = {"rows": sum(counts.values()), "tables": sum(map(bool, counts.values()))}
    return _("%(rows)d rows of %(tables)d tables") % said


def cannot_read(file: str, error: OSError) -> str:
    """Return the sentence for a file that cannot be read."""
    return _("%(file)s cannot be read: %(why)s.") % {"file": file, "why": _reason(error)}


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("there is no such file or folder")
    if isinstance(error, PermissionError):
        return _("it is not permitted")
    return _("it is a folder") if isinstance(error, IsADirectoryError) else error.strerror or str(error)
