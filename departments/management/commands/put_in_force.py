"""manage.py put_in_force: put every approved edition in force whose date has come. For cron; safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

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
            said = {"slug": edition.design.slug, "number": edition.number, "date": edition.effective_on}
            self.stdout.write(_("%(slug)s: edition %(number)d in force since %(date)s") % said)
