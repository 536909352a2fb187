"""manage.py put_in_force: put every approved edition in force whose date has come. For cron; safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from departments.restructuring.transitions import put_due_in_force


class Command(BaseCommand):
    """Put in force what is due."""

    help = (
        "Puts approved editions in force whose date has come. The site does the same at the first page of a day; from "
        "cron (5 0 * * *) it happens also where nobody reads, and the people concerned hear of it in the morning."
    )

    def handle(self, **_options: Any) -> None:
        """Do it and name what was done."""
        for edition in put_due_in_force():
            self.stdout.write(f"{edition.design.slug}: edition {edition.number} in force since {edition.effective_on}")
