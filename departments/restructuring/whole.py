"""Whole editions of many designs at once: a library is loaded for the statements of one design.

The editions are new, and nobody sees a new row before the transaction ends: there is nothing to lock and nothing to read
afresh. All that a tree must be is checked in memory before a row is written.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.models import Change, Edition, Node, Relation
from departments.models.bulk import numbers, write
from departments.models.guard import require_no_room, room
from departments.restructuring.editions import put_processes
from departments.restructuring.relations import RELATION, relation_values
from departments.restructuring.rows import NODE, Refused, Row, link_functions, place
from departments.search.entries import rewrite


@dataclass(frozen=True)
class Whole:
    """What an edition is to hold: relations and processes as `write_relations` and `write_processes` take them."""

    design: int
    number: int
    rows: Sequence[Row]
    relations: list[dict[str, Any]]
    processes: list[dict[str, Any]]
    said: dict[str, Any] = field(default_factory=dict)  # for the log


def put_wholes_in_force(wholes: Sequence[Whole], *, on: datetime.date) -> None:
    """Write the editions and put them in force; what was in force before is superseded.

    The caller holds the locks of designs that exist. About 18 queries for any number. Raises Refused for
    a tree that no room would have written, IntegrityError where a constraint says no; then nothing is written.
    """
    require_no_room()
    if not wholes:
        return
    with transaction.atomic():
        editions = numbers(Edition, len(wholes))
        write(
            Edition,
            ("id", "design", "number", "status", "created_at"),
            [
                (pk, whole.design, whole.number, str(Edition.Status.DRAFT), timezone.now())
                for pk, whole in zip(editions, wholes, strict=True)
            ],
        )
        with room(*editions):
            _fill(editions, wholes)
        superseded = Edition.objects.in_force().filter(design__in=[whole.design for whole in wholes])
        superseded.update(status=Edition.Status.SUPERSEDED)
        Edition.objects.filter(pk__in=editions).update(status=Edition.Status.IN_FORCE, effective_on=on)
        rewrite(*Edition.objects.filter(pk__in=editions).select_related("design").order_by("pk"))


def _fill(editions: Sequence[int], wholes: Sequence[Whole]) -> None:
    if not all(whole.rows for whole in wholes):
        raise Refused(_("The edition is empty."))
    pks = iter(numbers(Node, sum(len(whole.rows) for whole in wholes)))
    nodes: list[tuple[Any, ...]] = []
    relations: list[tuple[Any, ...]] = []
    functions: dict[int, list[str]] = {}
    for edition, whole in zip(editions, wholes, strict=True):
        own = [next(pks) for _row in whole.rows]
        nodes += place(edition, whole.rows, own)
        functions |= {pk: row.functions for pk, row in zip(own, whole.rows, strict=True)}
        ends = {row.uid.hex: pk for pk, row in zip(own, whole.rows, strict=True)}
        relations += relation_values(edition, whole.relations, ends)
    write(Node, NODE, nodes)
    link_functions(functions)
    write(Relation, RELATION, relations)
    put_processes(
        [(edition, process) for edition, whole in zip(editions, wholes, strict=True) for process in whole.processes]
    )
    write(
        Change,
        ("edition", "number", "verb", "node_uid", "version", "after"),
        [
            (edition, 1, str(Change.Verb.LOAD), whole.rows[0].uid, whole.rows[0].version, whole.said)
            for edition, whole in zip(editions, wholes, strict=True)
        ],
    )
