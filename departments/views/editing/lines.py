"""The lines of a department or position: its superiors, whom it works with or assists; and who leads a department."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.forms.lines import LineForm, SuperiorsForm, offered, told
from departments.models.entries import Line
from departments.models.outlines import Outline
from departments.restructuring import Clash, Room
from departments.restructuring.lines import relate, set_superiors, unrelate
from departments.views.editing.desk import CANNOT, Desk, reason_of


def line(desk: Desk, data: Any) -> HttpResponse:
    """Show or take a line: a new one, or that of `which` in the address."""
    shown = _asked(desk, data)
    outline = desk.reading.outline
    form = LineForm(data, outline=outline, shown=shown)
    more = {
        "where": f"line-{shown.uid.hex}" if shown and shown.uid else "add-line",
        "heading": "" if shown else _("Whom it works with"),
        "hidden": {"which": shown.uid.hex} if shown and shown.uid else {},
        "parties": parties(outline),
    }
    if desk.request.method == "POST" and data.get("do") == "remove" and shown and shown.uid:
        return _taken_away(desk, shown.uid)
    posted = desk.request.method == "POST"
    if not posted or not form.is_valid():
        return desk.ask("line", form, 422 if posted else 200, **more)
    wanted: dict[str, Any] = {**form.wanted(), "start": (shown.start if shown else desk.entry).uid.hex}
    seen = None
    if shown and shown.uid:
        wanted["uid"], seen = shown.uid.hex, form.seen()
    try:
        desk.write(lambda room: relate(room, wanted, expected=seen))
    except Clash as clash:
        clashes = _clashes(form, clash, outline)
        again = form.rebased({one["name"]: one["theirs"] for one in clashes})
        return desk.ask("line", again, 409, clashes=clashes, **more)
    except CANNOT as error:
        form.add_error(None, reason_of(error))
        return desk.ask("line", form, 422, **more)
    return desk.done(_("Saved.") if desk.number else _("Nothing was changed."), focus="add-line-link")


def superiors(desk: Desk, data: Any) -> HttpResponse:
    """Show or take the superiors of a department or position."""
    entry, outline = desk.entry, desk.reading.outline
    form = SuperiorsForm(data, entry=entry, outline=outline)
    note = _("Left empty, the superior follows from the place: the position above, or the head of the department.")
    more = {"template": "editing/superiors.html", "parties": parties(outline), "note": note}
    posted = desk.request.method == "POST"
    if not posted or not form.is_valid():
        return desk.ask("superiors", form, 422 if posted else 200, **more)
    now = told([one for one in entry.relations_out if one.superior])
    if form.cleaned_data["seen"] != now:
        theirs = "、".join(one.other or _("nobody above") for one in entry.superiors) or _("from its place")
        form = form.rebased(now)
        form.add_error(None, _("Somebody changed the superiors meanwhile. Now it says: %(now)s.") % {"now": theirs})
        return desk.ask("superiors", form, 409, **more)
    try:
        desk.write(lambda room: set_superiors(room, entry.uid, form.wanted()))
    except CANNOT as error:
        form.add_error(None, reason_of(error))
        return desk.ask("superiors", form, 422, **more)
    return desk.done(_("Saved.") if desk.number else _("Nothing was changed."), focus="change-superiors")


class HeadsForm(forms.Form):
    """Which positions of a department lead it."""

    heads = forms.MultipleChoiceField(
        label=gettext_lazy("Head"), required=False, widget=forms.CheckboxSelectMultiple, show_hidden_initial=True
    )

    def __init__(self, data: Any, desk: Desk):
        super().__init__(data, initial={"heads": [one.uid.hex for one in desk.entry.heads]})
        choices = [(one.uid.hex, offered(one)) for one in desk.entry.positions]
        self.fields["heads"].choices = choices  # type: ignore[attr-defined]  # a choice field


def heads(desk: Desk, data: Any) -> HttpResponse:
    """Show or take who leads a department."""
    form = HeadsForm(data, desk)
    posted = desk.request.method == "POST"
    if not posted or not form.is_valid():
        return desk.ask("heads", form, 422 if posted else 200)
    seen = set(desk.request.POST.getlist("initial-heads"))
    wanted = set(form.cleaned_data["heads"])

    def write(room: Room) -> None:
        with room.together(_("who leads “%(title)s”") % {"title": desk.entry.title}, about=desk.entry.uid):
            for uid in sorted(seen ^ wanted):
                room.edit(UUID(uid), {"head": uid in wanted}, expected={"head": uid in seen})

    try:
        desk.write(write)
    except (Clash, *CANNOT) as error:
        form.add_error(None, _("Somebody changed the same meanwhile") if isinstance(error, Clash) else reason_of(error))
        return desk.ask("heads", form, 409)
    return desk.done(_("Saved.") if desk.number else _("Nothing was changed."), focus="change-heads")


def parties(outline: Outline) -> list[str]:
    """Return what the field of the other end offers: every department and position."""
    return [offered(one) for one in outline.entries if not one.is_duty and not one.frame]


def _asked(desk: Desk, data: Any) -> Line | None:
    uid = (data or desk.request.GET).get("which", "")
    if not uid:
        return None
    own = [*desk.entry.relations_out, *desk.entry.relations_in]
    found = next((one for one in own if one.uid and one.uid.hex == uid and not one.superior), None)
    if found is None:
        if desk.request.method == "POST":
            return None
        raise Http404
    return found


def _taken_away(desk: Desk, uid: UUID) -> HttpResponse:
    try:
        desk.write(lambda room: unrelate(room, uid))
    except CANNOT as error:
        return desk.refused(reason_of(error))
    return desk.done(_("Taken away."), focus="add-line-link")


def _clashes(form: LineForm, clash: Clash, outline: Outline) -> list[dict[str, str]]:
    """Return, for every field that clashed, its label and both texts."""
    found = []
    for name, (_seen, theirs, mine) in clash.fields.items():
        field = "who" if name in ("end", "outside") else name
        found.append(
            {
                "name": field,
                "label": str(form.fields[field].label),
                "theirs": _shown(name, theirs, outline),
                "mine": _shown(name, mine, outline),
            }
        )
    return found


def _shown(name: str, value: Any, outline: Outline) -> str:
    entry = outline.by_uid.get(UUID(value)) if name == "end" and value else None
    return offered(entry) if entry else str(value)
