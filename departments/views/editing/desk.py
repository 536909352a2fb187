"""What every editing view starts with and ends in: the draft, what is edited, and an answer in place or a page.

A write in place (htmx) is answered with the sheet as it is now, and a word on what was done; without JavaScript with a
redirect to the page. What cannot be done is said where it was tried.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, replace_url

from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.permissions import account, require
from departments.restructuring import NotADraft, Refused, Room, open_edition
from departments.views.reading import Reading, reading_or_404
from departments.views.tree import sheet


@dataclass
class Desk:
    """One request of an editor: the draft, the entry that is edited, the page it is edited on."""

    request: HttpRequest
    reading: Reading
    entry: Entry
    page: Entry
    number: int | None = None  # of the change that was made
    near: bool = False  # whether the reading has only the statements around the entry: see `desk_or_404`
    kept: bool = False  # whether the form holds what was typed before signing in again

    @property
    def in_place(self) -> bool:
        """Whether the answer goes into the page that is open."""
        return bool(self.request.htmx) and not self.request.htmx.history_restore_request  # type: ignore[attr-defined]

    @property
    def page_url(self) -> str:
        """Where the page stands on which the entry is edited."""
        return self.reading.page_url(self.page)

    def url(self, part: str = "", entry: Entry | None = None) -> str:
        """Return the address of a part of an entry, or where its buttons are sent to."""
        ref = edit_ref(entry or self.entry)
        return self.reading.url("edit-part", ref, part) if part else self.reading.url("edit", ref)

    def write(self, write: Callable[[Room], Any]) -> Any:
        """Write the draft and remember the number of the change. Raises what the verbs raise."""
        with open_edition(self.reading.edition, by=account(self.request)) as room:
            before = room.last_change
            written = write(room)
            self.number = last if (last := room.last_change) != before else None
        return written

    def done(
        self,
        said: str,
        *,
        focus: str = "",
        tree: bool = False,
        again: dict[str, Any] | None = None,
        at: UUID | None = None,
    ) -> HttpResponse:
        """Answer after a write: the page as it is now, what was done, and where to go on (`focus`: an id).

        `tree`: whether titles or places changed. `again`: a form that stays open for more of the same. `at`: the page to
        go to, if another.
        """
        whole = Outline if self.in_place else Outline.near  # a redirect asks only where the page is
        reading = reading_or_404(self.reading.address, self.request.user, outline=whole)
        page = reading.outline.by_uid.get(at or self.page.uid)
        stays = self.in_place and page is not None and page.uid == self.page.uid
        url = reading.page_url(page or reading.outline.by_uid.get(self._above) or reading.outline.root)
        if not stays or page is None:
            messages.success(self.request, said, extra_tags=f"undo-{self.number}" if self.number else "")
            go = HttpResponseClientRedirect if self.in_place else HttpResponseRedirect
            return go(f"{url}#{focus}" if focus and not self.in_place else url)
        toast = [{"text": said, "undo": self.number}]
        context = sheet(reading, page) | {"said": toast, "focus": focus, "again": again or {}, "with_tree": tree}
        response = TemplateResponse(self.request, "editing/answer.html", context)
        shown = urlsplit(self.request.htmx.current_url or "").path  # type: ignore[attr-defined]
        return response if shown == url else replace_url(response, url)

    def refused(self, reason: str) -> HttpResponse:
        """Answer to a button whose deed was refused: the page as it is now, and the reason."""
        reading = reading_or_404(self.reading.address, self.request.user)
        page = reading.outline.by_uid.get(self.page.uid)
        if not self.in_place or page is None:
            messages.error(self.request, reason)
            return HttpResponseRedirect(reading.page_url(page or reading.outline.root))
        context = sheet(reading, page) | {"said": [{"text": reason, "error": True}], "with_tree": True}
        return TemplateResponse(self.request, "editing/answer.html", context)

    def ask(self, name: str, form: Any, status: int = 200, /, **more: Any) -> HttpResponse:
        """Show the form of a part: in its place, or on a page of its own."""
        where = more.pop("where", f"part-{name}")
        reading = self.reading
        if self.near and not self.in_place:  # the page shows the whole tree beside the form
            reading = reading_or_404(reading.address, self.request.user)
        context = {
            "reading": reading,
            "entry": self.entry,
            "page": self.page,
            "page_url": self.page_url,
            "action": self.url(name),
            "part": name,
            "where": where,
            "form": form,
            "kept": self.kept,
            **more,
        }
        template = "editing/form.html" if self.in_place else "editing/part.html"
        response = TemplateResponse(self.request, template, context, status=status)
        if self.in_place and status != 200:
            response["HX-Retarget"], response["HX-Reswap"] = f"#{where}", "innerHTML"
        return response

    @property
    def _above(self) -> UUID:
        return (self.page.parent or self.page).uid


def desk_or_404(request: HttpRequest, slug: str, ref: str, *, near: bool = False) -> Desk:
    """Return the desk of an editor for an entry of the draft. Raises Http404, PermissionDenied. 6 queries, 8 near one.

    `near`: nothing is asked but the entry and the departments and positions, so no other statement is read: in a draft
    of 10,000 nodes that halves what a save costs (benchmarks/large_drafts.py).
    """
    outline = partial(Outline.near, ref=ref) if near else Outline
    reading = reading_or_404(slug, request.user, outline=outline)
    require(reading.may_edit, _("Only the draft of an own design is edited, and only by editors."))
    entry = entry_or_404(reading, ref)
    require(reading.may_edit_entry(entry), _("This stands outside the branch that is yours to edit."))
    asked = request.POST.get("page") or request.GET.get("page")
    page = entry_or_404(reading, asked) if asked else entry
    return Desk(request, reading, entry, page.holder, near=near)


def entry_or_404(reading: Reading, ref: str) -> Entry:
    """Return the department or position by code or uid, or the duty by uid. Raises Http404."""
    if (entry := reading.outline.find(ref)) is not None:
        return entry
    try:
        return reading.outline.by_uid[UUID(ref)]
    except (ValueError, KeyError):
        raise Http404 from None


def edit_ref(entry: Entry) -> str:
    """Return what stands for an entry in the addresses of editing."""
    return entry.uid.hex if entry.is_duty else entry.ref


def reason_of(error: Exception) -> str:
    """Return what is said about a write that could not be done."""
    if isinstance(error, NotADraft):
        return _("This is no longer a draft.")
    if isinstance(error, IntegrityError):
        return _("This code is in use. Nothing was changed.")
    return str(error)


CANNOT = (Refused, NotADraft, IntegrityError)
