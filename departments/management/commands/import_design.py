"""Bring a design document (YAML or JSON) into the draft of an own design, or say what that would change.

Usage: import_design FILE [--into SLUG] [--new NAME] [--dry-run] [--remove]; - reads a pipe. Without --into the document names
the design. A document of all editions (export_design --all-editions) becomes a design that was not there. Exit status: 0
done, 1 faults (nothing was written), 2 used wrongly.
"""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from departments.documents.chronicles import faults_of, load_chronicle
from departments.documents.files import DocumentError, is_chronicle, parse_chronicle
from departments.formats.importing import BYTES, is_document, read_document
from departments.management.ending import FAULTY, read_file
from departments.management.importing import ImportCommand


class Command(ImportCommand):
    """manage.py import_design."""

    help = "Bring a design document into a draft as one change; --dry-run says what that would be."

    def handle(self, **options: Any) -> None:
        content = read_file(options["file"], BYTES + 1)
        text = content.decode("utf-8-sig", errors="replace")
        if not is_chronicle(text):
            super().handle(**options, content=content)
            return
        try:
            given = parse_chronicle(text, file=self.file_name(options["file"]))
            faults = faults_of(given) if options["dry_run"] else []
            if not options["dry_run"]:
                load_chronicle(given)
        except DocumentError as error:
            raise CommandError(str(error), returncode=FAULTY) from error
        if faults:
            raise CommandError("\n".join(map(str, faults)), returncode=FAULTY)
        self.stdout.write(_("%(design)s: %(n)d editions") % {"design": given.design.slug, "n": len(given.editions)})

    def names_design(self, content: bytes, name: str) -> str:
        """Return the document's own slug. Raises CommandError where it cannot be read."""
        try:
            return read_document(content, name).slug
        except DocumentError as error:
            raise CommandError(str(error), returncode=FAULTY) from error

    def file_name(self, file: str) -> str:
        """Return a name by which it is taken for a design document."""
        name = super().file_name(file)
        return name if is_document(name) else f"{name}.yaml"
