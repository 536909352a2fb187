"""`manage.py clean_print_jobs`: remove papers that nobody fetches any more. Workers do the same every hour."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from departments.printing.upkeep import clean, rescue


class Command(BaseCommand):
    help = (
        "Remove printed papers, failed jobs and finished tasks older than PRINT_KEPT_HOURS, and put jobs of workers that "
        "died back into the queue. Every print_worker does both by itself."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it and say how many."""
        taken_up, removed = rescue(), clean()
        said = {"removed": removed, "again": taken_up}
        self.stdout.write(_("%(removed)d jobs removed, %(again)d taken up again") % said)
