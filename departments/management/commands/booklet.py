"""`manage.py booklet SLUG -o FILE`: the booklet of a design, a branch or a position, as a PDF or, by its ending, for Word."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from departments.formats import docx
from departments.formats.booklets import print_booklet
from departments.formats.paper import position_book
from departments.formats.pdf import PaperError, print_book
from departments.models import Edition, Kind
from departments.models.outlines import Entry, Outline


class Command(BaseCommand):
    help = "Write the booklet (岗位说明书汇编) of a design's edition in force as a PDF, or as .docx."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the design, the file and, where wanted, a department's or position's code."""
        parser.add_argument("slug")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write: .pdf or .docx")
        parser.add_argument("--branch", metavar="CODE", help="only this department and what is below it")
        parser.add_argument("--position", metavar="CODE", help="only the job description of this position")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=dict(settings.LANGUAGES))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file. 8 queries."""
        edition = Edition.objects.in_force().select_related("design").filter(design__slug=options["slug"]).first()
        if edition is None:
            raise CommandError(f"No design {options['slug']} is in force.")
        outline = Outline(edition)
        branch = _named(outline, Kind.DEPARTMENT, options["branch"])
        position = _named(outline, Kind.POSITION, options["position"])
        with translation.override(options["language"]):
            try:
                made = _made(options["output"].suffix.lower(), edition, outline, branch, position)
            except (PaperError, docx.BadTemplate, docx.TooLong) as error:
                raise CommandError(str(error)) from error
        options["output"].write_bytes(made)
        self.stdout.write(f"{options['output']}: {len(made) / 1024:.0f} KB")


def _named(outline: Outline, kind: str, code: str | None) -> Entry | None:
    """Return the department or position of this code. Raises CommandError."""
    if not code:
        return None
    entry = outline.find(code)
    if entry is None or entry.kind != kind:
        raise CommandError(f"{outline.edition.design.slug} has no {kind} {code}.")
    return entry


def _made(ending: str, edition: Edition, outline: Outline, branch: Entry | None, position: Entry | None) -> bytes:
    if ending == ".docx" and position:
        return docx.position_docx(edition, outline, position)
    if ending == ".docx":
        return docx.booklet_docx(edition, outline, branch)
    if position:
        return print_book(position_book(edition, outline, position))
    return print_booklet(edition, outline, branch)
