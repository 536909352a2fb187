"""Bring a workbook or its tables as CSV into the draft of an own design, or say what that would change.

Usage: import_workbook FILE [--into SLUG] [--new NAME] [--dry-run] [--remove] [--take KEY]. FILE is .xlsx, .csv or a .zip of
tables; - reads a pipe. Without --into the sheet 说明 names the design. What somebody changed in the draft since the workbook
was taken stays; where both changed the same row its key is printed, and --take KEY (or all) takes the file's. Exit status:
0 done, 1 faults (nothing was written), 2 used wrongly.
"""

from django.core.management.base import CommandError

from departments.formats.tables_reading import read_upload
from departments.management.ending import FAULTY, PIPE
from departments.management.importing import ImportCommand


class Command(ImportCommand):
    """manage.py import_workbook."""

    help = "Bring an .xlsx workbook or .csv tables into a draft as one change; --dry-run says what that would be."

    def names_design(self, content: bytes, name: str) -> str:  # noqa: ARG002  # as every importing command
        """Return what the sheet 说明 says. Raises CommandError where nothing can be read."""
        book = read_upload(content)
        if book.faults and not book.rows:
            raise CommandError("\n".join(fault.message for fault in book.faults), returncode=FAULTY)
        return book.slug

    def file_name(self, file: str) -> str:
        """Return a name by which it is not taken for a design document."""
        return "workbook" if file == PIPE else f"{super().file_name(file)}"
