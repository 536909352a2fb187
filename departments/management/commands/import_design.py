"""Bring a design document (YAML or JSON) into the draft of an own design, or say what that would change.

Usage: import_design FILE [--into SLUG] [--new NAME] [--dry-run] [--remove]; - reads a pipe. Without --into the document names
the design. Exit status: 0 done, 1 faults (nothing was written), 2 used wrongly.
"""

from departments.documents.files import DocumentError
from departments.formats.importing import is_document, read_document
from departments.management.importing import ImportCommand


class Command(ImportCommand):
    """manage.py import_design."""

    help = "Bring a design document into a draft as one change; --dry-run says what that would be."

    def names_design(self, content: bytes, name: str) -> str:
        """Return the document's own slug."""
        try:
            return read_document(content, name).slug
        except DocumentError as error:
            self.stderr.write(str(error))
            return ""

    def file_name(self, file: str) -> str:
        """Return a name by which it is taken for a design document."""
        name = super().file_name(file)
        return name if is_document(name) else f"{name}.yaml"
