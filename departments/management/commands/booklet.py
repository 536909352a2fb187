"""`manage.py booklet SLUG -o FILE`: the booklet of a design, or of some of it, as a PDF or, by its ending, for Word."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from departments.booklets.options import CHARTS, MARGINS, PARTS, STYLES, Options, OptionsError
from departments.formats.pdf import PaperError
from departments.formats.pdf_engine import never
from departments.management.ending import edition_in_force, misused, write_file
from departments.printing.orders import Order


class Command(BaseCommand):
    help = (
        "Write the booklet (岗位说明书汇编) of a design's edition in force as a PDF, or as .docx. It is printed here and now, "
        "not through the queue. Exit status: 0 written, 1 not, 2 used wrongly."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the design, the file, and what the booklet is to contain."""
        parser.add_argument("slug")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write: .pdf or .docx")
        parser.add_argument("--branch", metavar="CODE", default="", help="only this department and what is below it")
        parser.add_argument(
            "--position", metavar="CODE", action="append", default=[], help="only this position's form; repeat for more"
        )
        parser.add_argument("--without", action="append", default=[], choices=PARTS, help="leave out; repeat for more")
        parser.add_argument("--margins", default="", choices=[name for name in MARGINS if name], help="for binding")
        parser.add_argument("--style", default="", choices=[name for name in STYLES if name], help="of the forms")
        parser.add_argument(
            "--charts", default="", choices=[name for name in CHARTS if name], help="how they are parted"
        )
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=dict(settings.LANGUAGES))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file. 8 queries."""
        output: Path = options["output"]
        if output.suffix.lower() not in (".pdf", ".docx"):
            raise misused(_("%s ends neither in .pdf nor in .docx.") % output)
        edition = edition_in_force(options["slug"])
        said = {key: options[key] for key in ("position", "without")}
        said |= {key: [options[key]] for key in ("branch", "margins", "style", "charts")}
        with translation.override(options["language"]):
            try:
                order = Order(edition, Options.read(said), form=output.suffix.lower().removeprefix("."))
                made = _made(order)
            except OptionsError as error:
                raise misused(str(error)) from error
            except PaperError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(write_file(output, made))


def _made(order: Order) -> bytes:
    """Return the file, and show on a terminal how far it is. Raises OptionsError, PaperError."""
    with tqdm(desc="booklet", unit=" parts", disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return order.paper.make(progress=progress, cancelled=never)
