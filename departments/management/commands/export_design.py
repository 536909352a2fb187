"""Print or write the edition in force of a design, as a design document or in the format of another tool.

Usage: export_design SLUG [--format NAME] [-o FILE] [--from CODE] [--yaml] [--uids]
[--all-editions]. JSON with every key written out unless another format is named; --yaml gives the fixtures' form.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from departments.documents.chronicles import chronicle
from departments.documents.files import DocumentError, to_json, to_yaml
from departments.documents.writing import document
from departments.formats.bundle import FORMATS
from departments.formats.extracts import Extract
from departments.formats.ruoyi import rows
from departments.management.ending import edition_in_force, misused, write_file
from departments.models import Design, Edition
from departments.models.outlines import Outline

BINARY = ("xlsx", "csv", "zip")
SITE = "http://127.0.0.1:8000"


class Command(BaseCommand):
    """manage.py export_design."""

    help = "Print a design as JSON, or in another format (--format)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", choices=("json", "yaml", *FORMATS), help="json unless another is named")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="the file to write, else it is printed")
        parser.add_argument("--from", dest="start", metavar="CODE", help="only this department or position and below")
        parser.add_argument("--site", default=SITE, help=f"where addresses in the file begin, else {SITE}")
        parser.add_argument("--yaml", action="store_true", help="as --format yaml: the compact form of the fixtures")
        parser.add_argument(
            "--uids", action="store_true", help="write uids into the document of a reference design too"
        )
        parser.add_argument("--all-editions", action="store_true", help="one document of all editions, drafts too")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=dict(settings.LANGUAGES))

    def handle(self, **options: Any) -> None:
        if options["all_editions"]:
            self._write(_chronicle(options), "yaml", options["output"])
            return
        edition = edition_in_force(options["slug"])
        name = options["format"] or ("yaml" if options["yaml"] else "json")
        if name in BINARY and not options["output"] and sys.stdout.isatty():
            raise misused(_("%s is not for the screen: name a file with -o.") % name)
        if name in ("json", "yaml"):
            content = _document(edition, name, options)
        else:
            with translation.override(options["language"]):
                content = self._format(edition, name, options)
        self._write(content, name, options["output"])

    def _format(self, edition: Edition, name: str, options: dict[str, Any]) -> bytes:
        outline = Outline(edition)
        start = outline.find(options["start"]) if options["start"] else None
        if options["start"] and (start is None or start.frame):
            raise misused(
                _("%(slug)s has no department or position %(code)s.")
                % {"slug": options["slug"], "code": options["start"]}
            )
        extract = Extract(edition, outline, options["site"].rstrip("/"), start)
        if name == "ruoyi":
            for warning in rows(extract)["warnings"]:
                self.stderr.write(warning)
        return FORMATS[name].make(extract)

    def _write(self, content: bytes, name: str, output: Path | None) -> None:
        if output:
            self.stdout.write(write_file(output, content))
        elif name in BINARY:
            sys.stdout.buffer.write(content)
        else:
            self.stdout.write(content.decode(), ending="")


def _chronicle(options: dict[str, Any]) -> bytes:
    design = Design.objects.filter(slug=options["slug"]).first()
    if design is None:
        raise misused(_("There is no design %s.") % options["slug"])
    as_json = options["format"] == "json" or not (options["format"] or options["yaml"])
    if options["start"] or options["format"] not in (None, "json", "yaml"):
        raise misused(_("All editions together are a design document: JSON or YAML, whole."))
    try:
        written = chronicle(design)
    except DocumentError as error:
        raise CommandError(str(error)) from error
    return (to_json(written) if as_json else to_yaml(written)).encode()


def _document(edition: Edition, name: str, options: dict[str, Any]) -> bytes:
    if options["start"]:
        raise misused(_("A design document is whole: --from goes with another --format."))
    try:
        exported = document(edition, uids=options["uids"] or None)
    except DocumentError as error:
        raise CommandError(str(error)) from error
    return (to_yaml(exported) if name == "yaml" else to_json(exported)).encode()
