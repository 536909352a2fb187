"""/designs/<slug>/draft/edit/<ref>/: one department, position or duty statement of a draft, with everything done to it.

One page, one view, several buttons (`do`). It works without JavaScript; every write goes through the room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.forms.nodes import FORMS, NewDuties, NewPlace, NodeForm
from departments.models import Kind, Section
from departments.models.nodes import MAY_STAND_UNDER
from departments.models.outlines import Entry
from departments.permissions import account, login_required, require
from departments.restructuring import Clash, NotADraft, Refused, Room, Row, open_edition
from departments.restructuring.room import says
from departments.views.reading import Reading, reading_or_404
from departments.wording.codes import next_code


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show the page; on POST do what the button says, then come back. Raises Http404, PermissionDenied. 8 queries."""
    reading = reading_or_404(slug, request.user)
    require(reading.may_edit, _("Only the draft of an own design is edited, and only by editors."))
    entry = _entry_or_404(reading, ref)
    require(reading.may_edit_entry(entry), _("This stands outside the branch that is yours to edit."))
    do = request.POST.get("do", "save")
    form = FORMS[entry.kind](request.POST if request.method == "POST" and do == "save" else None, **_at(reading, entry))
    duties = NewDuties(request.POST if do == "add-duties" else None, initial={"section": Section.RESPONSIBILITY})
    place = NewPlace(request.POST if do == "add-place" else None, initial={"code": next_code(reading.outline, entry)})
    clash: Clash | None = None
    if request.method == "POST":
        try:
            done = Desk(request, reading, entry, form, duties, place).do(do)
        except Clash as met:
            clash, done = met, None
        except (Refused, NotADraft) as refusal:
            messages.error(request, str(refusal) if isinstance(refusal, Refused) else _("This is no longer a draft."))
            done = None
        except IntegrityError:
            messages.error(request, _("This code is in use. Nothing was changed."))
            done = None
        if done is not None:
            return HttpResponseRedirect(done)
    context = {
        "reading": reading,
        "entry": entry,
        "form": form,
        "duties": duties,
        "place": place,
        "sections": [(section.label, entry.statements(section)) for section in Section if entry.statements(section)],
        "clashes": _clashes(form, clash) if clash else [],
        "targets": _targets(reading, entry),
        "movable": entry.parent is not None and reading.may_edit_entry(entry.parent),
    }
    return TemplateResponse(request, "editing/edit.html", context, status=409 if clash else 200)


def edit_url(reading: Reading, entry: Entry) -> str:
    """Return the page where an entry of the draft is edited."""
    return reading.url("edit", entry.uid.hex if entry.is_duty else entry.ref)


def _at(reading: Reading, entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "outline": reading.outline}


def _entry_or_404(reading: Reading, ref: str) -> Entry:
    """Return the department or position by code or uid, or the duty by uid. Raises Http404."""
    if (entry := reading.outline.find(ref)) is not None:
        return entry
    try:
        return reading.outline.by_uid[UUID(ref)]
    except (ValueError, KeyError):
        raise Http404 from None


@dataclass(frozen=True)
class Desk:
    """What a button is pressed with: whose draft, which entry, and the forms as they were sent."""

    request: HttpRequest
    reading: Reading
    entry: Entry
    form: NodeForm
    duties: NewDuties
    place: NewPlace

    def do(self, button: str) -> str | None:
        """Do what a button says and return where to go; None where the page is to be shown again."""
        forms: dict[str, tuple[Any, Callable[[], str]]] = {
            "save": (self.form, self._save),
            "add-duties": (self.duties, self._add_duties),
            "add-place": (self.place, self._add_place),
        }
        if button in forms:
            form, write = forms[button]
            return write() if form.is_valid() else None
        moves = {"up": self._shift_up, "down": self._shift_down, "move": self._move, "remove": self._remove}
        return moves[button]() if button in moves and self.entry.parent is not None else None

    def _write(self, write: Callable[[Room], Any]) -> Any:
        with open_edition(self.reading.edition, by=account(self.request)) as room:
            return write(room)

    def _say(self, words: str, **values: Any) -> None:
        messages.success(self.request, words % values)

    def _save(self) -> str:
        """Write what was changed, unless the same field says something new; `resolved` fields are taken as typed."""
        pairs = self.form.changes()
        resolved = set(self.request.POST.getlist("resolved"))
        expected = {name: seen for name, (seen, _typed) in pairs.items()}
        typed = {name: value for name, (_seen, value) in pairs.items()}

        def write(room: Room) -> Any:
            # Only what was shown as the other text is written over; a third text met meanwhile clashes again.
            now = says(room.node(self.entry.uid), *(resolved & expected.keys()))
            theirs = {name: self.request.POST.get(f"theirs-{name}") for name in now}
            met = {name: value for name, value in now.items() if _text(value) == theirs[name]}
            return room.edit(self.entry.uid, typed, expected=expected | met)

        node = self._write(write)
        self._say(_("Saved.") if pairs else _("Nothing was changed."))
        return self.reading.url("edit", node.uid.hex if self.entry.is_duty else node.ref)

    def _add_duties(self) -> str:
        given, entry = self.duties.cleaned_data, self.entry
        # Under a heading a statement has the heading's section and weight.
        columns = {name: getattr(entry, name) if entry.is_duty else given[name] for name in ("section", "weight")}
        rows = [Row(0, Kind.DUTY, {**columns, "text": text}) for text in given["lines"]]
        self._write(lambda room: [room.insert_branch([row], under=entry.uid) for row in rows])
        self._say(_("%(n)d statements added."), n=len(rows))
        return f"{self.request.path}#statements"

    def _add_place(self) -> str:
        given = self.place.cleaned_data
        words = {"title": given["title"], "code": given["code"].strip()}
        made = self._write(lambda room: room.insert(given["kind"], under=self.entry.uid, **words))
        self._say(_("“%(title)s” added."), title=made.title)
        return self.reading.url("edit", made.ref)

    def _move(self) -> str:
        target = _entry_or_404(self.reading, self.request.POST.get("under", ""))
        self._write(lambda room: room.move(self.entry.uid, under=target.uid))
        self._say(_("“%(title)s” moved."), title=str(self.entry)[:40])
        return edit_url(self.reading, target) if self.entry.is_duty else self.request.path

    def _remove(self) -> str:
        change = self._write(lambda room: room.remove(self.entry.uid))
        words = _("“%(title)s” removed. It can be brought back in the history, as change %(number)d.")
        self._say(words, title=str(self.entry)[:40], number=change.number)
        return edit_url(self.reading, self._parent)

    def _shift_up(self) -> str:
        siblings = self._siblings
        index = siblings.index(self.entry)
        if index > 0:
            before = siblings[index - 1].uid
            self._write(lambda room: room.move(self.entry.uid, under=self._parent.uid, before=before))
        return self._beside

    def _shift_down(self) -> str:
        siblings = self._siblings
        index = siblings.index(self.entry)
        if index + 1 < len(siblings):
            after = siblings[index + 1].uid
            self._write(lambda room: room.move(after, under=self._parent.uid, before=self.entry.uid))
        return self._beside

    @property
    def _parent(self) -> Entry:
        return self.entry.parent or self.reading.outline.root

    @property
    def _siblings(self) -> list[Entry]:
        """Its siblings of the same kind and section, itself among them, in order."""
        mine = (self.entry.kind, self.entry.section)
        return [one for one in self._parent.children if (one.kind, one.section) == mine]

    @property
    def _beside(self) -> str:
        """Where a shifted entry is seen among its siblings."""
        if self.entry.is_duty:
            return f"{edit_url(self.reading, self._parent)}#{self.entry.anchor}"
        return self.request.path


def _text(value: Any) -> str:
    """Return a value as the page of a clash shows and sends it."""
    return " ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _targets(reading: Reading, entry: Entry) -> list[Entry]:
    """Return where the entry may be moved: departments and positions that are not inside it and not its parent."""
    return [
        one
        for one in reading.outline.entries
        if not one.is_duty
        and reading.may_edit_entry(one)
        and Kind(one.kind) in MAY_STAND_UNDER[Kind(entry.kind)]
        and one is not entry.parent
        and not (entry.lft <= one.lft and one.rght <= entry.rght)
    ]


def _clashes(form: NodeForm, clash: Clash) -> list[dict[str, Any]]:
    """Return, for every field that clashed, its label and the three texts."""
    return [
        {"name": name, "label": form.fields[name].label}
        | dict(zip(("seen", "theirs", "mine"), map(_text, texts), strict=True))
        for name, texts in clash.fields.items()
    ]
