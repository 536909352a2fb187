"""Print the edition in force of a design as a design document.

Usage: export_design SLUG [--yaml] [--uids]. JSON with every key written out; --yaml gives the fixtures' form.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from departments.documents.files import DocumentError, to_json, to_yaml
from departments.documents.writing import document
from departments.models import Edition


class Command(BaseCommand):
    """manage.py export_design."""

    help = "Print a design as JSON (or --yaml)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--yaml", action="store_true", help="the compact form of the fixtures")
        parser.add_argument("--uids", action="store_true", help="write uids for a reference design too")

    def handle(self, **options: Any) -> None:
        editions = Edition.objects.in_force().select_related("design__variant_of")
        edition = editions.filter(design__slug=options["slug"]).first()
        if edition is None:
            raise CommandError(f"There is no design {options['slug']} with an edition in force.")
        try:
            exported = document(edition, uids=options["uids"] or None)
        except DocumentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(to_yaml(exported) if options["yaml"] else to_json(exported), ending="")
