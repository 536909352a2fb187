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
from tqdm import tqdm

from departments.formats.backups import BackupError, restore
from departments.management.ending import misused
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
                raise misused(f"{options['file']} cannot be read: {error.strerror or error}.") from error
            except BackupError as error:
                raise CommandError(str(error)) from error
        if broken := breaches():
            raise CommandError(f"{len(broken)} broken places in the trees; check_trees names them.")
        said = f"{sum(counts.values())} rows of {sum(map(bool, counts.values()))} tables"
        self.stderr.write(f"{said}; {Edition.objects.count()} trees are whole")
