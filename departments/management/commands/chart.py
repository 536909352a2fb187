"""`manage.py chart SLUG -o FILE`: the chart of a design as .svg or .pdf."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from departments.charts import read_options
from departments.formats.chart_paper import chart_book
from departments.formats.pdf import PaperError, print_book
from departments.formats.svg import chart_figure
from departments.management.ending import edition_in_force, misused, write_file
from departments.models.outlines import Outline

KEYS = ("show", "direction", "from", "levels", "compact", "leaves", "rows", "headcount", "english", "pages", "sheet")


class Command(BaseCommand):
    help = "Write the organisation chart of a design's edition in force as .svg or .pdf."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the design, the file, and the options of the chart's address."""
        parser.add_argument("slug")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write, .svg or .pdf")
        for key in KEYS:
            parser.add_argument(f"--{key}", default="", help=f"as {key}= in the address of the chart")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=dict(settings.LANGUAGES))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file. 4 queries."""
        output: Path = options["output"]
        if output.suffix.lower() not in (".svg", ".pdf"):
            raise misused(_("%s ends neither in .svg nor in .pdf.") % output)
        edition = edition_in_force(options["slug"])
        outline = Outline(edition)
        wanted, refused = read_options({key: options[key] for key in KEYS}, outline)
        for key, value in refused:
            raise misused(_("--%(key)s %(value)s is not understood.") % {"key": key, "value": value})
        with translation.override(options["language"]):
            if output.suffix.lower() == ".svg":
                name = f"{edition.design.name} {_('Organisation chart')}"
                made = chart_figure(outline, wanted, label=name).encode()
            else:
                try:
                    made = print_book(chart_book(edition, outline, wanted))
                except PaperError as error:
                    raise CommandError(str(error)) from error
        self.stdout.write(write_file(output, made))
