"""Print what Word files and texts say of departments, positions and duties, as a design document. Nothing is written.

Usage: read_document FILE… [--slug SLUG] [--name NAME] [--json] [-o FILE]. FILE is a .docx or a text; - is the standard input.
All files together are one design. Ends with 1 where a file cannot be read, with 2 where nothing was recognised in them.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.documents.files import to_json, to_yaml
from departments.formats.recognition import Part, Unreadable, recognise
from departments.formats.recognition.documents import design_of
from departments.formats.recognition.files import file_lines
from departments.formats.recognition.word import BYTES


class Command(BaseCommand):
    """manage.py read_document."""

    help = "Print what Word files and texts say of departments, positions and duties, as a design document."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a .docx or a text; - for the standard input")
        parser.add_argument("--slug", default="read", help="the short name of the design printed")
        parser.add_argument("--name", default="", help="its name, else that of the first file")
        parser.add_argument("--json", action="store_true", help="JSON instead of YAML")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="the file to write, else it is printed")

    def handle(self, **options: Any) -> None:
        top = Part("department", "")
        for name in options["files"]:
            try:
                top.children += recognise(file_lines(_content(name))).children
            except Unreadable as error:
                raise CommandError(f"{name}: {error}") from error
        found = [part for part in top.walk() if part.kind in ("department", "position") and part is not top]
        if not found:
            raise CommandError(_("No department and no position was recognised."), returncode=2)
        name = options["name"] or Path(options["files"][0]).stem or options["slug"]
        design = design_of(top, slug=options["slug"], name=name)
        text = to_json(design) if options["json"] else to_yaml(design)
        if options["output"]:
            options["output"].write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
        doubtful = sum(part.doubtful for part in found)
        notes = sum(part.kind == "note" for part in top.walk())
        said = {"places": len(found), "doubtful": doubtful, "notes": notes}
        self.stderr.write(
            _("%(places)d departments and positions, %(doubtful)d uncertain; %(notes)d lines left out") % said
        )


def _content(name: str) -> bytes:
    """Return what a file holds, at most one byte more than is read. Raises Unreadable."""
    if name == "-":
        return sys.stdin.buffer.read(BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(BYTES + 1)
    except OSError as error:
        raise Unreadable(_("The file cannot be read.")) from error
