"""What the importing commands share: the file or the pipe, the draft, the report as lines, a progress bar, exit codes."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _
from tqdm import tqdm

from departments.formats.importing import BYTES, Stale, carry_out, look, make
from departments.formats.reports import Change
from departments.formats.workbook_import import Import
from departments.formats.workbook_merging import ALL
from departments.formats.workbook_reading import Fault
from departments.management.ending import FAULTY, misused, read_file
from departments.models import Design, Edition
from departments.models.outlines import Outline
from departments.restructuring import NotADraft, Refused
from departments.restructuring.becoming import Advance
from departments.restructuring.transitions import begin


class ImportCommand(BaseCommand):
    """What both commands are made of. A subclass says which design a file is of where --into does not."""

    take: frozenset[str] = frozenset()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file to read; - reads from a pipe")
        parser.add_argument(
            "--into", metavar="SLUG", help="the own design whose draft is written; begun where none is open"
        )
        parser.add_argument(
            "--new", metavar="NAME", help="make a new own design of that name, with the address of --into"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--remove", action="store_true", help="take away what the file has not")
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            metavar="KEY",
            help="take the file's where draft and file both changed a row: its key as it is printed, or all",
        )

    def names_design(self, content: bytes, name: str) -> str:
        """Return the slug of the design that a file names; empty where it names none."""
        raise NotImplementedError

    def handle(self, **options: Any) -> None:
        content = options.get("content") or read_file(options["file"], BYTES + 1)
        name = self.file_name(options["file"])
        slug = options["into"] or self.names_design(content, name)
        if not slug:
            raise misused(_("Name the design: --into SLUG."))
        if options["new"]:
            self._begin(content, name, slug, options)
            return
        edition = self._edition(slug, writes=not options["dry_run"])
        self.take = frozenset(options["take"])
        if options["dry_run"]:
            found = look(content, name, Outline(edition), remove=options["remove"], take=self.take)
            self.say(found, written=False)
        else:
            self._write(content, name, edition, remove=options["remove"])

    def file_name(self, file: str) -> str:
        """Return the name by which a file is known; a pipe has none of its own."""
        return Path(file).name

    def _edition(self, slug: str, *, writes: bool) -> Edition:
        design = Design.objects.filter(slug=slug).first()
        if design is None:
            raise misused(_("There is no design %s: see --new NAME.") % slug)
        if not writes:
            now = design.editions.exclude(status=Edition.Status.SUPERSEDED).order_by("-number").select_related("design")
            if (edition := now.first()) is None:
                raise misused(_("%s has no edition.") % slug)
            return edition
        try:
            return begin(design, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=FAULTY) from refusal

    def _begin(self, content: bytes, name: str, slug: str, options: dict[str, Any]) -> None:
        """Make the design and fill its first draft, or leave nothing behind."""
        try:
            validate_slug(slug)
        except ValidationError as error:
            raise misused(f"--into {slug}: {'; '.join(error.messages)}") from error
        if Design.objects.filter(slug=slug).exists():
            raise misused(_("There is a design %s already: leave --new out.") % slug)
        if options["dry_run"]:
            self.say(look(content, name, Outline.blank(options["new"]), fresh=True), written=False)
            return
        with self._told() as advance:
            make(content, name, title=options["new"], slug=slug, sign=None, by=None, advance=advance)
        self.stdout.write(_("The design %s was made.") % slug)

    def _write(self, content: bytes, name: str, edition: Edition, *, remove: bool) -> None:
        with self._told() as advance:
            options: dict[str, Any] = {"remove": remove, "take": self.take, "advance": advance}
            done = carry_out(content, name, edition, sign=None, by=None, **options)
        self.say(done, written=True)

    @contextmanager
    def _told(self) -> Iterator[Advance]:
        """Show a bar on the terminal while something is written; say why it was not. Raises CommandError."""
        with tqdm(total=0, disable=not sys.stderr.isatty(), leave=False) as bar:

            def advance(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            try:
                yield advance
            except Stale as faulty:
                self.say(faulty.now, written=False)
            except (Refused, NotADraft) as refusal:
                raise CommandError(str(refusal) or _("This is no longer a draft."), returncode=FAULTY) from refusal

    def say(self, found: Import, *, written: bool) -> None:
        """Print a line a row and the total. Raises CommandError where a row is faulty."""
        report, faults = found.report, [*found.report.faults, *found.refused]
        for note in report.notes:
            self.stderr.write(note)
        for conflict in report.conflicts:
            word = _("taken from the file") if self.take & {conflict.key, ALL} else _("kept as in the draft")
            self.stdout.write(f"{conflict.key}\t{word}\t{conflict.title}{_cells(conflict)}")
        faulty = _("faulty")
        for fault in faults:
            self.stdout.write(f"{_where(fault)}\t{faulty}\t{fault.message}")
        for word, changes in (
            (_("added"), report.added),
            (_("changed"), report.changed),
            (_("moved"), report.moved),
            (_("removed"), report.removed),
        ):
            for change in changes:
                self.stdout.write(f"{_where(change)}\t{word}\t{change.title}{_cells(change)}")
        numbers = {name: len(getattr(report, name)) for name in ("added", "changed", "moved", "removed")}
        numbers["faults"] = len(faults)
        total = _("%(added)d added, %(changed)d changed, %(moved)d moved, %(removed)d removed, %(faults)d faults")
        self.stdout.write(total % numbers)
        if faults:
            raise CommandError(_("Nothing was written."), returncode=FAULTY)
        if written:
            self.stdout.write(_("Written as one change, which can be taken back."))


def _where(one: Fault | Change) -> str:
    return f"{one.sheet or _('file')}\t{one.row or '-'}"


def _cells(change: Change) -> str:
    shown = (f"{cell.head}：{cell.before[:40]} → {cell.after[:40]}".replace("\n", " ") for cell in change.cells)
    return "".join(f"\t{one}" for one in shown)
