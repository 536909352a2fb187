"""`manage.py backup FILE`: everything in the database in one archive; `-` writes it to standard output."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from departments.formats.backups import backup
from departments.management.ending import misused, rows_said


class Command(BaseCommand):
    help = "Write everything in the database to one archive, also while people edit. Restore it with `restore`."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", help="the archive to write; - for standard output")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write a file of its own first, so that a failure leaves an older backup as it was."""
        target = None if options["file"] == "-" else Path(options["file"])
        folder = target.absolute().parent if target else Path(tempfile.gettempdir())
        if not folder.is_dir():
            raise misused(_("There is no folder %s.") % folder)
        with (
            tempfile.NamedTemporaryFile(dir=folder, prefix=".backup-", delete=False) as file,
            tqdm(desc="backup", unit=" rows", disable=None) as bar,
        ):
            path = Path(file.name)
            try:
                counts = backup(file, progress=lambda _table, rows: bar.update(rows))
                file.flush()
                os.fsync(file.fileno())
                if target:
                    path.replace(target)
                else:
                    sys.stdout.buffer.write(path.read_bytes())
            finally:
                path.unlink(missing_ok=True)
        self.stderr.write(rows_said(counts))
