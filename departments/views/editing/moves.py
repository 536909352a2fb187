"""What is done with a branch as a whole: shifted among its like, moved elsewhere, merged, removed, brought back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from departments.forms.places import MergeForm, MoveForm, mergeable, targets
from departments.models import Change, Node, Section
from departments.restructuring import Refused, Room
from departments.restructuring.grouping import move_down, move_in, move_out, move_up, place_statement
from departments.restructuring.merging import merge
from departments.restructuring.undoing import undo
from departments.views.editing.desk import CANNOT, Desk, entry_or_404, reason_of

SHIFTS: dict[str, Callable[[Room, UUID], Node]] = {"up": move_up, "down": move_down, "in": move_in, "out": move_out}


def act(desk: Desk, do: str) -> HttpResponse:
    """Do what a button or a drag says, and show the page."""
    try:
        if do in SHIFTS:
            desk.write(lambda room: SHIFTS[do](room, desk.entry.uid))
            return desk.done(
                _("Moved.") if desk.number else _("It stands at the end already."), focus=_more(desk), tree=True
            )
        return {"drop": _drop, "remove": _remove, "undo": _undo}[do](desk)
    except CANNOT as error:
        return desk.refused(reason_of(error))


def move(desk: Desk, data: Any) -> HttpResponse:
    """Ask where a branch shall go, and move it there."""
    reading = desk.reading
    form = MoveForm(data, found=[one for one in targets(desk.entry, reading.outline) if reading.may_edit_entry(one)])
    more = {"heading": _("Move “%(title)s”") % {"title": str(desk.entry)[:40]}, "label": _("Move")}
    more["where"] = desk.entry.anchor if desk.entry.is_duty else _place_of(desk)
    posted = desk.request.method == "POST"
    if not posted or not form.is_valid():
        return desk.ask("move", form, 422 if posted else 200, **more)
    target = UUID(form.cleaned_data["under"])
    try:
        before = _first(desk, target) if form.cleaned_data["at"] == "first" else None
        desk.write(lambda room: _place(desk, room, target, before))
    except CANNOT as error:
        form.add_error(None, reason_of(error))
        return desk.ask("move", form, 422, **more)
    words = {"title": str(desk.entry)[:40], "place": str(desk.reading.outline.by_uid[target])[:40]}
    return desk.done(_("“%(title)s” moved to “%(place)s”.") % words, tree=not desk.entry.is_duty)


def merge_into(desk: Desk, data: Any) -> HttpResponse:
    """Ask into which other of its kind a department or position shall be merged, and do it."""
    reading = desk.reading
    form = MergeForm(data, found=[one for one in mergeable(desk.entry, reading.outline) if reading.may_edit_entry(one)])
    more = {
        "heading": _("Merge “%(title)s” into another") % {"title": desk.entry.title},
        "label": _("Merge"),
        "where": _place_of(desk),
        "note": _(
            "Everything below it goes over, and whoever pointed at it points at the other one. "
            "Statements that say the same in both stand there once. It can be taken back as a whole."
        ),
    }
    posted = desk.request.method == "POST"
    if not posted or not form.is_valid():
        return desk.ask("merge", form, 422 if posted else 200, **more)
    into = UUID(form.cleaned_data["into"])
    try:
        desk.write(lambda room: merge(room, desk.entry.uid, into=into))
    except CANNOT as error:
        form.add_error(None, reason_of(error))
        return desk.ask("merge", form, 422, **more)
    words = {"title": desk.entry.title, "other": str(desk.reading.outline.by_uid[into])}
    said = _("“%(title)s” merged into “%(other)s”.") % words
    return desk.done(said, at=into if desk.page is desk.entry else None, tree=True)


def _first(desk: Desk, under: UUID) -> UUID | None:
    """Return the sibling that a branch stands before where it becomes the first of its like."""
    entry = desk.entry
    like = (entry.kind, entry.section, entry.weight)
    below = desk.reading.outline.by_uid[under].children
    return next((one.uid for one in below if (one.kind, one.section, one.weight) == like), None)


def _place(desk: Desk, room: Room, under: UUID, before: UUID | None) -> Node:
    """Move the entry; a statement takes the section and weight of the list it goes to."""
    if not desk.entry.is_duty:
        return room.move(desk.entry.uid, under=under, before=before)
    section, weight = desk.request.POST.get("section", ""), desk.request.POST.get("weight", "")
    if section not in ("", *Section.values) or weight not in ("", "primary", "auxiliary"):
        raise Refused(_("There is no such section."))
    return place_statement(room, desk.entry.uid, under=under, before=before, section=section, weight=weight)


def _drop(desk: Desk) -> HttpResponse:
    """Move to where something was dropped: under a parent, before a sibling or last."""
    under = entry_or_404(desk.reading, desk.request.POST.get("under", ""))
    before = desk.request.POST.get("before", "")
    follower = entry_or_404(desk.reading, before).uid if before else None
    desk.write(lambda room: _place(desk, room, under.uid, follower))
    return desk.done(_("Moved.") if desk.number else _("It stands there already."), focus=_more(desk), tree=True)


def _remove(desk: Desk) -> HttpResponse:
    if desk.entry.parent is None:
        raise Refused(_("The root cannot be removed."))
    desk.write(lambda room: room.remove(desk.entry.uid))
    return desk.done(_("“%(title)s” removed.") % {"title": str(desk.entry)[:40]}, focus="sheet", tree=True)


def _undo(desk: Desk) -> HttpResponse:
    number = desk.request.POST.get("number", "")
    change = Change.objects.filter(edition=desk.reading.edition, number=number if number.isdecimal() else 0).first()
    if change is None:
        raise Refused(_("This change is no longer there."))
    desk.write(lambda room: undo(room, change))
    return desk.done(_("Taken back. The history shows this too."), focus="sheet", tree=True)


def _more(desk: Desk) -> str:
    """Return the id of the menu of the entry, where the keyboard goes on after a shift."""
    return f"more-{desk.entry.uid.hex}"


def _place_of(desk: Desk) -> str:
    """Return where the form about a whole branch opens: at the top of its own page, else in its line of the list."""
    return "part-branch" if desk.page is desk.entry else f"line-{desk.entry.uid.hex}"
