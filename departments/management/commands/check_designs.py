"""Check design documents without touching the database; with --write, store them in their canonical form.

Usage: check_designs [FILE …] [--write]; without files, every fixture. Exit status 1 where there is a fault or, without
--write, a file that is not in canonical form; 2 where a file is not there.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.documents import files, vocabulary
from departments.documents.checks import check
from departments.management.ending import FAULTY, require_files


class Command(BaseCommand):
    """manage.py check_designs."""

    help = "Check design documents; --write stores them in canonical form."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument("--write", action="store_true", help="store each sound file in canonical form")

    def handle(self, **options: Any) -> None:
        functions, documents = vocabulary.functions(), vocabulary.documents()
        require_files(options["files"])
        faulty = 0
        for path in options["files"] or vocabulary.design_files():
            try:
                design = files.read(path)
                check(design, file=path.name, functions=functions, documents=documents)
            except files.DocumentError as error:
                faulty += 1
                self.stderr.write(str(error))
                continue
            canonical = files.to_yaml(design)
            if canonical != path.read_text(encoding="utf-8"):
                if options["write"]:
                    path.write_text(canonical, encoding="utf-8")
                else:
                    faulty += 1
                    said = _("not in canonical form (--write stores it so)")
                    self.stderr.write(f"{path.name}: {said}")
        if faulty:
            raise CommandError(_("%d faulty") % faulty, returncode=FAULTY)
