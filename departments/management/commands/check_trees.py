"""Name every broken invariant of every tree; --repair recomputes edges from parents, one edition at a time, under its lock.

Exit status 1 where anything is (or stays) broken.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.models import Edition
from departments.restructuring.checking import Breach, breaches, repair


class Command(BaseCommand):
    """manage.py check_trees."""

    help = "Check every tree; --repair mends edges that disagree with the parents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true")

    def handle(self, **options: Any) -> None:
        found = breaches()
        for breach in found:
            self.stdout.write(_said(breach))
        if options["repair"] and found:
            for edition in Edition.objects.filter(pk__in={breach.tree for breach in found}):
                repair(edition)
            found = breaches()
            for breach in found:
                self.stdout.write(_("%s, not repairable") % _said(breach))
        if found:
            raise CommandError(_("%d broken") % len(found))
        self.stdout.write(_("%d trees are whole") % Edition.objects.count())


def _said(breach: Breach) -> str:
    place = {"edition": breach.tree, "node": breach.node, "invariant": breach.invariant}
    return _("edition %(edition)d, node %(node)d: %(invariant)s") % place
