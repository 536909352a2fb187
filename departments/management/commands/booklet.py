"""`manage.py booklet SLUG -o FILE`: the booklet of a design, or of one branch, as a PDF."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from departments.formats.booklets import print_booklet
from departments.formats.pdf import PaperError
from departments.models import Edition
from departments.models.outlines import Outline


class Command(BaseCommand):
    help = "Write the booklet (岗位说明书汇编) of a design's edition in force as a PDF."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the design, the file and, where wanted, a department's code."""
        parser.add_argument("slug")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
        parser.add_argument("--branch", metavar="CODE", help="only this department and what is below it")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=dict(settings.LANGUAGES))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file. 8 queries."""
        edition = Edition.objects.in_force().select_related("design").filter(design__slug=options["slug"]).first()
        if edition is None:
            raise CommandError(f"No design {options['slug']} is in force.")
        outline = Outline(edition)
        branch = outline.find(options["branch"]) if options["branch"] else None
        if options["branch"] and (branch is None or not branch.is_department):
            raise CommandError(f"{options['slug']} has no department {options['branch']}.")
        with translation.override(options["language"]):
            try:
                pdf = print_booklet(edition, outline, branch)
            except PaperError as error:
                raise CommandError(str(error)) from error
        options["output"].write_bytes(pdf)
        self.stdout.write(f"{options['output']}: {len(pdf) / 1024:.0f} KB")
