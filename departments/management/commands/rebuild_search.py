"""Write what the search reads anew, from the editions in force; --check only says where it does not agree with them.

Needed by hand only where rows were changed past the app. Exit status 1 where --check finds anything.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.search.entries import faults, rebuild


class Command(BaseCommand):
    """manage.py rebuild_search."""

    help = "Rewrite the table that the search reads; --check compares it with the editions in force."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(_("%d entries") % rebuild())
            return
        found = faults()
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(_("%d wrong: run rebuild_search") % len(found))
        self.stdout.write(_("The search agrees with what is in force."))
