"""How commands end: 0 done; 1 not, or not all, since something is wrong with it; 2 used wrongly, as where a file is not there.

What goes wrong is said on standard error. Ctrl-C and a pipe that nobody reads any more: see manage.py.
"""

from pathlib import Path

from django.core.management.base import CommandError

from departments.models import Edition

FAULTY, MISUSED = 1, 2


def misused(sentence: str) -> CommandError:
    """Return what ends a command that was used wrongly."""
    return CommandError(sentence, returncode=MISUSED)


def edition_in_force(slug: str) -> Edition:
    """Return what a design's readers see, with the design. 1 query. Raises CommandError."""
    found = Edition.objects.in_force().select_related("design__variant_of").filter(design__slug=slug).first()
    if found is None:
        raise misused(f"No design {slug} is in force.")
    return found


def write_file(path: Path, content: bytes) -> str:
    """Write a file and return what is said of it. Raises CommandError."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise misused(f"{path} cannot be written: {error.strerror}.") from error
    return f"{path}: {len(content) / 1024:.0f} KB"
