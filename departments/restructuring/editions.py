"""The way of an edition: started empty or as a copy of the one in force, and put in force.

Copies are made when a draft is opened; putting in force copies nothing, it changes two statuses. What is read is the very
rows that were written. Locks are taken in one order: the design's row, then the edition's.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from departments.models import Design, Edition, Process, Relation, Step
from departments.models.bulk import numbers, write
from departments.models.guard import require_no_room, require_room, room
from departments.restructuring.refusals import NotADraft
from departments.restructuring.relations import relation_as_json, write_relations
from departments.restructuring.rows import Refused, branch_rows, insert_rows
from departments.search.entries import rewrite

PROCESS = ("number", "name", "name_en", "owner", "summary", "lead_time", "basis", "ordered", "sources")
STEP = ("number", "name", "who", "who_basis", "action", "output", "lead_time", "approval")


def start_edition(design: Design) -> Edition:
    """Return a new, empty draft with the next number. Raises IntegrityError where one is open already."""
    last = design.editions.aggregate(last=Max("number"))["last"] or 0
    return Edition.objects.create(design=design, number=last + 1)


def open_draft(design: Design) -> Edition:
    """Return the design's open draft: a copy of the edition in force, same uids, or the one that is open already.

    Two people who click at once get the same draft. About 30 queries for 2,000 nodes (on SQLite 110).
    """
    require_no_room()
    with transaction.atomic():
        Design.objects.select_for_update(no_key=True).get(pk=design.pk)
        if (opened := design.editions.open().first()) is not None:
            return opened
        source = design.editions.in_force().get()
        draft = start_edition(design)
        copy(source, draft)
        return draft


def copy(source: Edition, target: Edition) -> None:
    """Copy tree, relations and processes of `source` into the empty draft `target`, keeping every uid."""
    with room(target.pk):
        root = source.nodes.get(parent__isnull=True)
        insert_rows(target, branch_rows(root))
        relations = Relation.objects.filter(edition=source).select_related("start", "end")
        write_relations(target, [relation_as_json(relation) for relation in relations])
        write_processes(target, processes_as_json(source))


def put_in_force(edition: Edition, *, on: datetime.date) -> Edition:
    """Put an edition in force from the date `on`; the one before is superseded. Raises NotADraft, Refused if it is empty.

    A reference design goes from draft; a company's own only when approved. Of two that try at once, one succeeds. What
    the search finds changes in the same transaction.
    """
    require_no_room()
    with transaction.atomic():
        design = Design.objects.select_for_update(no_key=True).get(pk=edition.design_id)
        ready = Edition.Status.DRAFT if design.origin == Design.Origin.REFERENCE else Edition.Status.APPROVED
        # The old one first: the database knows that only one is in force.
        design.editions.in_force().exclude(pk=edition.pk).update(status=Edition.Status.SUPERSEDED)
        changed = design.editions.filter(pk=edition.pk, status=ready)
        if not changed.update(status=Edition.Status.IN_FORCE, effective_on=on):
            raise NotADraft(str(edition))
        if not edition.nodes.exists():
            raise Refused(_("The edition is empty."))
        rewrite(edition)
    edition.refresh_from_db()
    return edition


def processes_as_json(edition: Edition) -> list[dict[str, Any]]:
    """Return the edition's processes with their steps as plain values. 2 queries."""
    steps: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for step in Step.objects.filter(process__edition=edition).values():
        fields = {key: value for key, value in step.items() if key not in ("id", "process_id")}
        steps[step["process_id"]].append(fields)
    return [
        {key: value for key, value in process.items() if key not in ("id", "edition_id")}
        | {"steps": steps[process["id"]]}
        for process in Process.objects.filter(edition=edition).values()
    ]


def write_processes(edition: Edition, processes: list[dict[str, Any]]) -> None:
    """Store processes given as `processes_as_json` returns them. 3 queries."""
    require_room(edition.pk)
    put_processes([(edition.pk, process) for process in processes])


def put_processes(given: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Store processes of several editions, each with its edition's primary key. 3 queries."""
    if not given:
        return
    pks = numbers(Process, len(given))
    write(
        Process,
        ("id", "edition", *PROCESS, "origin"),
        [
            (pk, edition, *[process[name] for name in PROCESS], process.get("origin", ""))
            for pk, (edition, process) in zip(pks, given, strict=True)
        ],
    )
    write(
        Step,
        ("process", *STEP),
        [
            (pk, *[step[name] for name in STEP])
            for pk, (_, process) in zip(pks, given, strict=True)
            for step in process["steps"]
        ],
    )
