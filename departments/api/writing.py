"""Drafts, written: under the rights, rules and versions of the screen, each call one change of the history."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from ninja.responses import Status

from departments.api.access import writer
from departments.api.errors import WRITING, Error
from departments.api.fields import Move, NewNode, NodeIn, blank, columns
from departments.api.nodes import DEPARTMENT_EXAMPLE, NODE_EXAMPLE, entry_or_404, router, tagged
from departments.api.shapes import NodeWhole
from departments.api.versions import IfMatch, Overtaken, hold, version_of
from departments.api.words import reading_of, whole_out
from departments.models import Kind, Node
from departments.models.entries import Entry
from departments.models.nodes import MAY_STAND_UNDER
from departments.permissions import account, can_edit, require
from departments.reading import DRAFT, Reading
from departments.restructuring import Refused, Room, StaleVersion, open_edition
from departments.restructuring.grouping import place_statement
from departments.restructuring.undoing import undo

WRITER: dict[str, Any] = {"auth": writer, "tags": [_("Writing drafts")]}
VERSIONED = {412: Overtaken, 428: Error, **WRITING}
EDITION = "/designs/{slug:slug}/editions/{slug:edition}"
NODES = f"{EDITION}/nodes"


class Written(Schema):
    """What came of a call that writes."""

    change: int | None = Field(
        description=_("The number of the change, to take it back by; null: nothing was changed.")
    )
    node: NodeWhole | None = Field(description=_("The node as it is now; null: it is gone."))


def _example(sent: Any = None, status: int = 200, node: Any = NODE_EXAMPLE) -> dict[str, Any]:
    """Return what documents a call by examples."""
    answered = {"change": 12, "node": node}
    extra: dict[str, Any] = {"responses": {status: {"content": {"application/json": {"example": answered}}}}}
    if sent is not None:
        extra["requestBody"] = {"content": {"application/json": {"example": sent}}}
    return extra


@router.post(
    NODES,
    response={201: Written, **WRITING},
    summary=_("Put a department, position or duty below another node"),
    **WRITER,
    openapi_extra=_example(
        {"kind": "duty", "under": "0b0f6a5e-3f5c-5d8e-9a53-7a8d2f3b9c10", "text": "组织媒体见面会"}, 201
    ),
)
def insert(request: HttpRequest, response: HttpResponse, slug: str, edition: str, *, sent: NewNode) -> Any:
    """Insert one node. Raises Http404, PermissionDenied, Faulty, Refused."""
    reading = _draft(request, slug, edition)
    parent = reading.outline.by_uid.get(sent.under)
    if parent is None:
        raise Refused(gettext("What it shall stand under is no longer there."))
    _within(reading, parent)
    if parent.kind not in MAY_STAND_UNDER[Kind(sent.kind)]:
        raise Refused(gettext("A node of this kind cannot stand there."))
    entry = blank(sent.kind, parent)
    content = columns(entry, reading.outline, sent)
    if not content.get("text" if entry.is_duty else "title"):
        raise Refused(gettext("Give a department or position its title, a duty its text."))
    if entry.is_duty:
        content = {"section": entry.section, "weight": entry.weight, **content}
    number, made = _write(
        request, reading, lambda room: room.insert(sent.kind, under=parent.uid, before=sent.before, **content)
    )
    return Status(201, _written(request, response, slug, number, made))


@router.patch(
    NODES + "/{slug:ref}",
    response={200: Written, **VERSIONED},
    summary=_("Change what a node says"),
    openapi_extra=_example(
        {
            "headcount": {"form": "range", "min": 5, "max": 8},
            **{name: DEPARTMENT_EXAMPLE[name] for name in ("unit_type", "repeats", "place_basis", "levels", "remarks")},
        },
        node=DEPARTMENT_EXAMPLE,
    ),
    **WRITER,
)
def change(
    request: HttpRequest, response: HttpResponse, slug: str, edition: str, ref: str, *, sent: NodeIn, if_match: IfMatch
) -> Any:
    """Write what was sent and nothing else. Raises Http404, PermissionDenied, Unseen, StaleVersion, Faulty, Refused."""
    reading, entry, version = _found(request, (slug, edition, ref), if_match)
    wanted = columns(entry, reading.outline, sent)
    number, node = _write(request, reading, lambda room: room.edit(entry.uid, wanted, version=version))
    return _written(request, response, slug, number, node)


@router.post(
    NODES + "/{slug:ref}/move",
    response={200: Written, **VERSIONED},
    summary=_("Move a branch, or shift it among its siblings"),
    openapi_extra=_example({"under": "0b0f6a5e-3f5c-5d8e-9a53-7a8d2f3b9c10", "before": None}),
    **WRITER,
)
def move(
    request: HttpRequest, response: HttpResponse, slug: str, edition: str, ref: str, *, sent: Move, if_match: IfMatch
) -> Any:
    """Move a branch; a statement takes the section of its new heading. Raises as `change`."""
    reading, entry, version = _found(request, (slug, edition, ref), if_match)
    parent = reading.outline.by_uid.get(sent.under)
    if parent is None:
        raise Refused(gettext("What it shall stand under is no longer there."))

    def write(room: Room) -> Node:
        hold(room, entry.uid, version)
        if entry.is_duty and parent.is_duty:
            return place_statement(room, entry.uid, under=parent.uid, before=sent.before)
        return room.move(entry.uid, under=parent.uid, before=sent.before)

    number, node = _write(request, reading, write)
    return _written(request, response, slug, number, node)


@router.delete(
    NODES + "/{slug:ref}",
    response={200: Written, **VERSIONED},
    summary=_("Remove a branch; taking the change back brings it back"),
    **WRITER,
    openapi_extra={"responses": {200: {"content": {"application/json": {"example": {"change": 13, "node": None}}}}}},
)
def remove(request: HttpRequest, slug: str, edition: str, ref: str, if_match: IfMatch) -> Any:
    """Remove a node and what stands below it. Raises as `change`."""
    reading, entry, version = _found(request, (slug, edition, ref), if_match)

    def write(room: Room) -> None:
        hold(room, entry.uid, version)
        room.remove(entry.uid)

    number, _nothing = _write(request, reading, write)
    return {"change": number, "node": None}


@router.post(
    EDITION + "/changes/{int:number}/undo",
    response={200: Written, **WRITING},
    summary=_("Take a change back"),
    openapi_extra=_example(),
    **WRITER,
)
def undo_change(request: HttpRequest, response: HttpResponse, slug: str, edition: str, number: int) -> Any:
    """Take one change of the draft back, which is a change too. Raises Http404, PermissionDenied, Refused."""
    reading = _draft(request, slug, edition)
    change = get_object_or_404(reading.edition.changes, number=number)
    number_of, _nothing = _write(request, reading, lambda room: undo(room, change))
    return _written(request, response, slug, number_of, Node.tree.filter(uid=change.node_uid).first())


def _draft(request: HttpRequest, slug: str, edition: str) -> Reading:
    """Return the draft. Raises Http404, PermissionDenied."""
    reading = reading_of(request, slug, edition)
    require(
        can_edit(request.user, reading.edition),
        gettext("Only the draft of an own design is edited, and only by editors."),
    )
    return reading


def _found(request: HttpRequest, where: tuple[str, str, str], if_match: str) -> tuple[Reading, Entry, int]:
    """Return the draft, the node of it that is to be written, and the version the program saw of it."""
    slug, edition, ref = where
    reading = _draft(request, slug, edition)
    entry = entry_or_404(reading, ref)
    _within(reading, entry)
    return reading, entry, version_of(if_match)


def _within(reading: Reading, entry: Entry) -> None:
    """Raise PermissionDenied unless the entry stands where the account's right to edit reaches."""
    require(reading.reach.covers(entry), gettext("This stands outside the branch that is yours to edit."))


def _write(request: HttpRequest, reading: Reading, write: Callable[[Room], Any]) -> tuple[int | None, Any]:
    """Write the draft; return the number of the change, if there is one, and what the verb returned."""
    with open_edition(reading.edition, by=account(request)) as room:
        before = room.last_change
        try:
            written = write(room)
        except Node.DoesNotExist:
            raise Refused(gettext("It is no longer there.")) from None
        number = last if (last := room.last_change) != before else None
    return number, written


def _written(
    request: HttpRequest, response: HttpResponse, slug: str, number: int | None, node: Node | None
) -> dict[str, Any]:
    """Return the node as it is now, with its new ETag."""
    reading = reading_of(request, slug, DRAFT)
    entry = reading.outline.by_uid.get(node.uid) if node else None
    return {"change": number, "node": tagged(request, response, reading, entry) if entry else None}


def overtaken(request: HttpRequest, error: StaleVersion) -> dict[str, Any]:
    """Return what is said where somebody was faster: the node as it is now, and both texts of each field sent."""
    slug = request.resolver_match.kwargs["slug"] if request.resolver_match else ""
    reading = reading_of(request, slug, DRAFT)
    node = whole_out(request, reading, reading.outline.by_uid[error.node.uid])
    sent = json.loads(request.body) if request.method == "PATCH" else {}
    return {
        "error": gettext("Somebody changed this meanwhile. Look at both, and send again what shall stand."),
        "fields": {},
        "both": {name: {"now": node.get(name), "sent": value} for name, value in sent.items()},
        "node": node,
    }
