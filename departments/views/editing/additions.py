"""What is put below: statements, a heading over some, departments and positions."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.forms.places import NewHeading, NewPlace, NewStatements
from departments.models import Kind, Section
from departments.restructuring import Room, Row
from departments.restructuring.grouping import group_statements
from departments.views.editing.desk import CANNOT, Desk, reason_of
from departments.wording.codes import next_code


def add_statements(desk: Desk, data: Any) -> HttpResponse:
    """Take new statements, one a line; the form stays open for the next."""
    section, weight = _section(desk, data)
    entry, posted = desk.entry, desk.request.method == "POST"
    form = NewStatements(data, entry=entry, section=section, weight=weight)
    key = entry.anchor if entry.is_duty else f"{section}-{weight}" if weight else section
    more = {"where": f"add-{key}", "label": _("Add")}
    if not posted or not form.is_valid():
        return desk.ask("statements", form, 422 if posted else 200, **more)
    given = form.cleaned_data
    columns = {name: getattr(entry, name) if entry.is_duty else given[name] for name in ("section", "weight")}
    rows = [Row(0, Kind.DUTY, {**columns, "text": text}) for text in given["lines"]]

    def write(room: Room) -> None:
        if len(rows) == 1:
            room.insert_branch(rows, under=entry.uid)
            return
        with room.together(_("%(n)d statements pasted") % {"n": len(rows)}, about=entry.uid):
            for row in rows:
                room.insert_branch([row], under=entry.uid)

    try:
        desk.write(write)
    except CANNOT as error:
        form.add_error(None, reason_of(error))
        return desk.ask("statements", form, 422, **more)
    said = ngettext("%(n)d statement added.", "%(n)d statements added.", len(rows)) % {"n": len(rows)}
    next_form = NewStatements(entry=entry, section=section, weight=weight)
    again = {"where": more["where"], "form": next_form, "action": desk.url("statements")}
    return desk.done(said, focus=f"add-{key}", again=again)


def add_heading(desk: Desk, data: Any) -> HttpResponse:
    """Put a heading over some statements of a section, which go under it."""
    section, weight = _section(desk, data)
    form = NewHeading(data, entry=desk.entry, section=section or Section.RESPONSIBILITY, weight=weight)
    key = f"{section}-{weight}" if weight else section
    more = {
        "where": f"add-{key}",
        "heading": _("Group under a heading"),
        "hidden": {"section": section, "weight": weight},
        "label": _("Group"),
    }
    posted = desk.request.method == "POST"
    if not posted or not form.is_valid():
        return desk.ask("heading", form, 422 if posted else 200, **more)
    given = form.cleaned_data
    try:
        made = desk.write(lambda room: group_statements(room, desk.entry.uid, given["heading"], uids=given["grouped"]))
    except CANNOT as error:
        form.add_error(None, reason_of(error))
        return desk.ask("heading", form, 422, **more)
    return desk.done(
        _("Grouped under “%(title)s”.") % {"title": made.text[:40]}, focus=f"change-duty-{made.uid.hex[:12]}"
    )


def add_place(desk: Desk, data: Any) -> HttpResponse:
    """Put a department or position below."""
    kind = (data or desk.request.GET).get("kind", "")
    if kind not in ("", Kind.POSITION, Kind.DEPARTMENT) or desk.entry.is_duty:
        raise Http404
    outline = desk.reading.outline
    code = next_code(outline, desk.entry, kind) if kind else ""
    form = NewPlace(data, entry=desk.entry, outline=outline, kind=kind, code=code)
    more = {"where": f"add-{kind or 'place'}", "label": _("Add"), "heading": _("Add a department or a position")}
    posted = desk.request.method == "POST"
    if not posted or not form.is_valid():
        return desk.ask("place", form, 422 if posted else 200, **more)
    given = form.cleaned_data
    words = {"title": given["title"], "code": given["code"]}
    try:
        made = desk.write(lambda room: room.insert(given["kind"], under=desk.entry.uid, **words))
    except CANNOT as error:
        form.add_error(None, reason_of(error))
        return desk.ask("place", form, 422, **more)
    return desk.done(_("“%(title)s” added.") % {"title": made.title}, focus=f"go-{made.uid.hex}", tree=True)


def _section(desk: Desk, data: Any) -> tuple[str, str]:
    """Return the section and weight a form is for. Raises Http404 for one that does not exist."""
    asked = data or desk.request.GET
    section, weight = asked.get("section", ""), asked.get("weight", "")
    if section not in ("", *Section.values) or weight not in ("", "primary", "auxiliary"):
        raise Http404
    if section == Section.RESPONSIBILITY:
        weight = weight or "primary"
    return section, weight
