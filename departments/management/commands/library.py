"""Print what the library holds, counted from the data, and what is incomplete.

Exit status 0 always: what is incomplete is a list to work through, not a failure; tests hold the figures to the catalogue.
"""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from departments.models import Design, Edition, Function, Process, Relation, Section, Topic
from departments.models.entries import Entry
from departments.models.outlines import Outline


class Command(BaseCommand):
    """manage.py library."""

    help = "Print the counts of the library and what is incomplete in it."

    def handle(self, **_options: Any) -> None:
        editions = Edition.objects.in_force().filter(design__origin=Design.Origin.REFERENCE).select_related("design")
        outlines = {edition.design.slug: Outline(edition) for edition in editions.order_by("design__slug")}
        entries = [(slug, entry) for slug, outline in outlines.items() for entry in outline.entries]
        counted: list[tuple[str, int]] = [("designs", len(outlines))]
        kinds = Counter(edition.design.kind for edition in editions)
        counted += [(f"  {kind}", kinds[kind]) for kind in Design.Kind.values if kinds[kind]]
        counted += [
            ("departments", sum(outline.counts.departments for outline in outlines.values())),
            ("positions", sum(outline.counts.positions for outline in outlines.values())),
            ("duties", sum(outline.counts.duties for outline in outlines.values())),
            ("auxiliary duties", sum(outline.counts.auxiliary for outline in outlines.values())),
        ]
        sections = Counter(entry.section for _slug, entry in entries if entry.is_duty and entry.is_leaf)
        counted += [(f"  {section}", sections[section]) for section in Section.values]
        relations = Counter(
            Relation.objects.filter(edition__in=editions, superior=False).values_list("kind", flat=True)
        )
        counted += [
            ("relations", relations.total()),
            *((f"  {kind}", number) for kind, number in sorted(relations.items())),
        ]
        counted.append(
            ("stated or inferred superiors", Relation.objects.filter(edition__in=editions, superior=True).count())
        )
        processes = Process.objects.filter(edition__in=editions)
        counted += [("processes", processes.count()), ("  steps", sum(process.steps.count() for process in processes))]
        used = {slug for _design, entry in entries for slug in entry.functions}
        counted += [("functions", Function.objects.count()), ("  used", len(used)), ("topics", Topic.objects.count())]
        for name, number in counted:
            self.stdout.write(f"{number:6} {name}")
        self._incomplete("untagged", [one for one in entries if untagged(one[1])])
        self._incomplete("unchecked", [one for one in entries if not one[1].is_duty and not one[1].checked])

    def _incomplete(self, what: str, found: list[tuple[str, Entry]]) -> None:
        self.stdout.write(f"{len(found):6} {what}")
        for slug, entry in found:
            self.stdout.write(f"         {slug}: {entry}")


def untagged(entry: Entry) -> bool:
    """Whether a department or a single responsibility serves no function; frames and headings serve none."""
    if entry.is_department:
        return not entry.frame and not entry.functions
    return entry.is_duty and entry.is_leaf and entry.section == Section.RESPONSIBILITY and not entry.functions
