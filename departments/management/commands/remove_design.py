"""Remove a design for good, with all its editions.

Usage: remove_design SLUG [--confirm SLUG]. Without --confirm it only says what would be lost.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.management.ending import misused
from departments.models import Design
from departments.restructuring import Refused
from departments.restructuring.removing import losses, remove_design


class Command(BaseCommand):
    """manage.py remove_design."""

    help = "Remove a design for good, with all its editions; without --confirm, say what would be lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--confirm", default="", metavar="SLUG", help="the slug once more: remove it")

    def handle(self, **options: Any) -> None:
        design = Design.objects.filter(slug=options["slug"]).first()
        if design is None:
            raise misused(_("There is no design %s.") % options["slug"])
        if not options["confirm"]:
            said = {"name": design.name, "lost": self._said(losses(design))}
            self.stdout.write(_("%(name)s: %(lost)s would be lost; nothing was removed") % said)
            return
        try:
            lost = remove_design(design, confirm=options["confirm"])
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(name)s: %(lost)s removed") % {"name": design.name, "lost": self._said(lost)})

    def _said(self, lost: dict[str, int]) -> str:
        return (
            _(
                "%(editions)d editions, %(nodes)d nodes, %(relations)d relations, %(processes)d processes, %(changes)d changes"
            )
            % lost
        )
