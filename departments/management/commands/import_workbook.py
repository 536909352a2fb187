"""Say what a workbook would change, row by row, and all that is wrong with it.

Usage: import_workbook FILE --dry-run [--design SLUG]. Nothing is written. The exit status is 1 where a row is faulty.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.formats.extracts import Extract
from departments.formats.workbook_checking import Change, Report, dry_run
from departments.formats.workbook_reading import BYTES, Fault, read_workbook
from departments.models import Edition
from departments.models.outlines import Outline


class Command(BaseCommand):
    """manage.py import_workbook."""

    help = "Say what an .xlsx workbook would change in its design; nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="required: importing itself is not there yet")
        parser.add_argument("--design", metavar="SLUG", help="the design, where the sheet 说明 does not name it")

    def handle(self, **options: Any) -> None:
        if not options["dry_run"]:
            raise CommandError("Only --dry-run is there yet.")
        try:
            with options["file"].open("rb") as file:
                book = read_workbook(file.read(BYTES + 1))
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        slug = options["design"] or book.slug
        if not book.rows:
            self._say(Report(faults=book.faults))
        edition = Edition.objects.in_force().select_related("design").filter(design__slug=slug).first()
        if edition is None:
            raise CommandError(f"There is no design {slug or '(none named)'} with an edition in force: see --design.")
        self._say(dry_run(book, Extract(edition, Outline(edition), "")))

    def _say(self, report: Report) -> None:
        for fault in report.faults:
            self.stdout.write(f"{_where(fault)}\t{_('faulty')}\t{fault.message}")
        for word, changes in (
            (_("added"), report.added),
            (_("changed"), report.changed),
            (_("removed"), report.removed),
        ):
            for change in changes:
                heads = f"\t{'、'.join(change.heads)}" if change.heads else ""
                self.stdout.write(f"{_where(change)}\t{word}\t{change.title}{heads}")
        numbers = {
            "added": len(report.added),
            "changed": len(report.changed),
            "removed": len(report.removed),
            "faults": len(report.faults),
        }
        total = _("%(added)d added, %(changed)d changed, %(removed)d removed, %(faults)d faults") % numbers
        self.stdout.write(total)
        if report.faults:
            raise CommandError(_("Nothing was written."), returncode=1)


def _where(one: Fault | Change) -> str:
    return f"{one.sheet or _('file')}\t{one.row or '-'}"
