"""Remove a design for good, with all its editions.

Usage: remove_design SLUG [--confirm SLUG]. Without --confirm it only says what would be lost.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

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
            raise misused(f"There is no design {options['slug']}.")
        if not options["confirm"]:
            self.stdout.write(f"{design.name}: {self._said(losses(design))} would be lost; nothing was removed")
            return
        try:
            lost = remove_design(design, confirm=options["confirm"])
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{design.name}: {self._said(lost)} removed")

    def _said(self, lost: dict[str, int]) -> str:
        return ", ".join(f"{number} {name}" for name, number in lost.items())
