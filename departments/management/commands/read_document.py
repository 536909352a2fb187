"""Print what Word files and texts say of departments, positions and duties, as a design document; or save it into a draft.

Usage: read_document FILE… [--slug SLUG] [--name NAME] [--json] [-o FILE] [--into SLUG [--under CODE]]. FILE is a .docx or a
text; - is the standard input. All files together are one design. Without --into nothing is written; with it everything is one
change of that own design's draft. Exit status: 0 done, 1 a file cannot be read, nothing was recognised or it cannot be saved,
2 used wrongly.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from departments.documents.files import to_json, to_yaml
from departments.formats.recognition import Part, Unreadable, recognise
from departments.formats.recognition.documents import design_of
from departments.formats.recognition.files import file_lines
from departments.formats.recognition.notation import Reader, write
from departments.formats.recognition.rows import brought
from departments.formats.recognition.word import BYTES
from departments.management.ending import misused, read_file, write_file
from departments.models import Design, Edition
from departments.models.outlines import Outline
from departments.restructuring import NotADraft, Refused
from departments.restructuring.bringing_in import bring_in


class Command(BaseCommand):
    """manage.py read_document."""

    help = "Print what Word files and texts say of departments, positions and duties, as a design document."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a .docx or a text; - for the standard input")
        parser.add_argument("--slug", default="read", help="the short name of the design printed")
        parser.add_argument("--name", default="", help="its name, else that of the first file")
        parser.add_argument("--json", action="store_true", help="JSON instead of YAML")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="the file to write, else it is printed")

        parser.add_argument("--into", metavar="SLUG", help="save it into the draft of this own design")
        parser.add_argument(
            "--under", metavar="CODE", help="the department of the draft it goes under, else the topmost"
        )

    def handle(self, **options: Any) -> None:
        top = Part("department", "")
        for name in options["files"]:
            try:
                top.take(recognise(file_lines(read_file(name, BYTES + 1))).children)
            except Unreadable as error:
                raise CommandError(f"{name}: {error}") from error
        found = [part for part in top.walk() if part.kind in ("department", "position") and part is not top]
        if not found:
            raise CommandError(_("No department and no position was recognised."))
        if options["into"]:
            self._save(top, options)
            return
        name = options["name"] or Path(options["files"][0]).stem or options["slug"]
        design = design_of(top, slug=options["slug"], name=name)
        text = to_json(design) if options["json"] else to_yaml(design)
        if options["output"]:
            self.stdout.write(write_file(options["output"], text.encode()))
        else:
            self.stdout.write(text, ending="")
        self._tell(top, found)

    def _save(self, top: Part, options: dict[str, Any]) -> None:
        drafts = Edition.objects.filter(status=Edition.Status.DRAFT, design__origin=Design.Origin.OWN)
        edition = drafts.filter(design__slug=options["into"]).first()
        if edition is None:
            raise misused(_("There is no draft of an own design %s.") % options["into"])
        outline = Outline(edition)
        above = outline.find(options["under"]) if options["under"] else outline.root
        if above is None or not above.is_department:
            raise misused(_("The draft has no department %s.") % options["under"])
        reader = Reader()
        parts = reader.read([block.text for block in write(top)])  # by the same rules as on the page
        if reader.mistakes:
            raise CommandError("\n".join(one.message for one in reader.mistakes))
        note = _("read from %s") % "、".join(Path(name).name for name in options["files"])[:100]
        try:
            number = bring_in(
                edition, lambda now, place: brought(parts, now, place), under=above.uid, by=None, note=note
            )
        except (Refused, NotADraft, IntegrityError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(n)d departments and positions saved.") % {"n": number})

    def _tell(self, top: Part, found: list[Part]) -> None:
        doubtful = sum(part.doubtful for part in found)
        notes = sum(part.kind == "note" for part in top.walk())
        said = {"places": len(found), "doubtful": doubtful, "notes": notes}
        self.stderr.write(
            _("%(places)d departments and positions, %(doubtful)d uncertain; %(notes)d lines left out") % said
        )
