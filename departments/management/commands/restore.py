"""`manage.py restore FILE`: fill an empty database from a backup; `-` reads standard input.

Exit status 1 where the file is no backup, the database is not empty, or a tree is not whole afterwards; 2 where there is
no file.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from departments.formats.backups import BackupError, restore
from departments.management.ending import cannot_read, misused, rows_said
from departments.models import Edition
from departments.restructuring.checking import breaches


class Command(BaseCommand):
    help = "Fill an empty database from an archive that `backup` wrote, on SQLite or PostgreSQL, of this or an older version."
    requires_system_checks: list[str] = []  # the tables need not be there yet

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", help="the archive to read; - for standard input")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read the archive, then look at every tree."""
        with tempfile.TemporaryFile() as file, tqdm(desc="restore", unit=" rows", disable=None) as bar:
            try:
                if options["file"] == "-":
                    shutil.copyfileobj(sys.stdin.buffer, file)
                else:
                    with Path(options["file"]).open("rb") as given:
                        shutil.copyfileobj(given, file)
                counts = restore(file, progress=lambda _table, rows: bar.update(rows))
            except OSError as error:
                raise misused(cannot_read(options["file"], error)) from error
            except BackupError as error:
                raise CommandError(str(error)) from error
        if broken := breaches():
            raise CommandError(_("%d broken places in the trees; check_trees names them.") % len(broken))
        self.stderr.write(rows_said(counts))
        self.stderr.write(_("%d trees are whole") % Edition.objects.count())
