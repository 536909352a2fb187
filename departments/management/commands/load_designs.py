"""Load the vocabulary and design documents: idempotent, all or nothing per design, and it says what changed.

Usage: load_designs [FILE …]; without files, every fixture. Exit status 1 where a document was refused; the others are
loaded. 2 where a file is not there; then nothing is.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.documents import files, schema, topics, vocabulary
from departments.documents.checks import check
from departments.documents.loading import load_all
from departments.management.ending import FAULTY, require_files
from departments.search.entries import complete


class Command(BaseCommand):
    """manage.py load_designs."""

    help = "Load functions, sources and the reference designs (or the files given)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="design documents (default: the library's)")

    def handle(self, **options: Any) -> None:
        require_files(options["files"])
        vocabulary.load()
        documents, refused = self._read(options["files"] or vocabulary.design_files())
        loaded = load_all(documents)
        for error in loaded.refused.values():
            self.stderr.write(str(error))
        for report in loaded.reports:
            if not report.unchanged:
                said = _(
                    "%(slug)s: edition %(edition)d, %(added)d added, %(changed)d changed, %(moved)d moved, %(removed)d removed"
                )
                self.stdout.write(said % asdict(report))
        if not options["files"]:
            self._load_topics()
        complete()
        unchanged = sum(report.unchanged for report in loaded.reports)
        counted = {"n": len(loaded.reports), "unchanged": unchanged}
        self.stdout.write(_("%(n)d designs, %(unchanged)d unchanged") % counted)
        if refused := refused + len(loaded.refused):
            raise CommandError(_("%d refused") % refused, returncode=FAULTY)

    def _load_topics(self) -> None:
        changed = topics.load()
        said = {"n": len(topics.topic_files()), "changed": len(changed)}
        self.stdout.write(_("%(n)d topics, %(changed)d changed") % said)

    def _read(self, paths: list[Path]) -> tuple[list[schema.Design], int]:
        """Return the sound documents, each after the one it is a variant of, and how many were refused."""
        functions, sources = vocabulary.functions(), vocabulary.documents()
        found: dict[str, schema.Design] = {}
        refused = 0
        for path in paths:
            try:
                document = files.read(path)
                check(document, file=path.name, functions=functions, documents=sources)
            except files.DocumentError as error:
                refused += 1
                self.stderr.write(str(error))
                continue
            if found.setdefault(document.slug, document) is not document:
                refused += 1
                said = _("slug: another of the files has it too")
                self.stderr.write(f"{path.name}: {said}")
        return list(_variants_last(found)), refused


def _variants_last(found: dict[str, schema.Design]) -> Iterator[schema.Design]:
    """Yield the documents, each after the one it is a variant of; those that are variants of each other at the end."""
    waiting = dict(found)
    while waiting:
        ready = [slug for slug, document in waiting.items() if document.variant_of not in waiting] or list(waiting)
        yield from [waiting.pop(slug) for slug in ready]
