"""/designs/<slug>/history/: every change of an edition in words, newest first, and the way back from each."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from departments.changes import Sentence, sentences
from departments.models import Change, Edition
from departments.models.entries import Entry
from departments.models.history import ChangeQuerySet
from departments.permissions import account, can_see_drafts, login_required, require
from departments.restructuring import NotADraft, Refused, open_edition
from departments.restructuring.undoing import undo
from departments.views.reading import Reading, reading_or_404

PAGE = 50  # changes
LONGEST_NUMBER = 9  # digits
SHOWN = 10  # parts of a change that stand below it; all of them have a page


@login_required
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the changes of the edition read, those of one node (?node=<uid>) or the parts of one (?change=<number>).

    12 queries, one more each where something was taken back, where functions were changed and where a change has parts.
    Raises Http404.
    """
    reading = _reading_or_404(request, slug)
    node = _uid_or_404(request.GET.get("node", ""))
    entry = reading.outline.by_uid.get(node) if node else None
    group = _group_or_404(reading.edition, request.GET.get("change", ""))
    changes = reading.edition.changes.order_by("-number").select_related("group")
    changes = _touching(changes, node, entry) if node else changes.filter(group=group)
    page = Paginator(changes, PAGE).get_page(request.GET.get("page"))
    rows = _rows(page.object_list, reading)
    context = {"reading": reading, "design": reading.design, "page": page, "rows": rows, "node": node, "entry": entry}
    return TemplateResponse(request, "history/history.html", context | {"group": group})


@login_required
@require_POST
def undo_change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a change of the draft back and return to where the button was. Raises Http404, PermissionDenied."""
    reading = _reading_or_404(request, slug)
    require(reading.may_edit, _("Only the draft of an own design is edited, and only by editors."))
    change = get_object_or_404(reading.edition.changes, number=number)
    try:
        with open_edition(reading.edition, by=account(request)) as room:
            undo(room, change)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except NotADraft:
        messages.error(request, _("This is no longer a draft."))
    except IntegrityError:
        messages.error(request, _("This code is in use. Nothing was changed."))
    else:
        messages.success(request, _("Taken back. The history shows this too."))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else reading.url("history"))


def _rows(changes: Iterable[Change], reading: Reading) -> list[dict[str, Any]]:
    """Return what the page says of each change: its sentence, the first of its parts, who took it back, may I."""
    shown = list(changes)
    groups = [change.pk for change in shown if change.verb == Change.Verb.GROUP]
    first = Change.objects.filter(group__in=groups, number__lte=F("group__number") + SHOWN).order_by("number")
    parts = list(first) if groups else []
    told = sentences([*shown, *parts])
    taken_back = dict(Change.objects.filter(undoes__in=shown).values_list("undoes_id", "number"))
    below: dict[int | None, list[Sentence]] = defaultdict(list)
    for sentence in told[len(shown) :]:
        below[sentence.change.group_id].append(sentence)
    return [
        {
            "sentence": sentence,
            "parts": below[sentence.change.pk],
            "entry": reading.outline.by_uid.get(sentence.change.node_uid) if sentence.change.node_uid else None,
            "taken_back": taken_back.get(sentence.change.pk),
            "may_undo": _may_undo(reading, sentence.change),
        }
        for sentence in told[: len(shown)]
    ]


def _reading_or_404(request: HttpRequest, slug: str) -> Reading:
    """Return the edition read where its history may be seen: that of an own design, by who works on it. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    if not can_see_drafts(request.user, reading.design):
        raise Http404
    return reading


def _may_undo(reading: Reading, change: Change) -> bool:
    """Whether the viewer may take the change back as far as rights go: it stands, or stood, where they may edit."""
    if not reading.may_edit or change.group_id is not None or change.verb == Change.Verb.LOAD:
        return False
    if reading.reach.everywhere or change.by_id == reading.viewer.pk:
        return True
    above = next((side["place"]["under"] for side in (change.before, change.after) if "place" in side), "")
    entries = [reading.outline.by_uid.get(uid) for uid in (change.node_uid, UUID(above) if above else None) if uid]
    return any(one is not None and reading.reach.covers(one) for one in entries)


def _uid_or_404(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _group_or_404(edition: Edition, number: str) -> Change | None:
    if not number:
        return None
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        raise Http404
    return get_object_or_404(edition.changes, number=int(number), verb=Change.Verb.GROUP)


def _touching(changes: ChangeQuerySet, node: UUID, entry: Entry | None) -> ChangeQuerySet:
    """Return the changes of a node and of the statements it has, and what was put, moved or removed right under it."""
    own = [one.uid for one in entry.walk() if one.is_duty and one.holder is entry.holder] if entry else []
    return changes.filter(
        Q(node_uid__in=[node, *own]) | Q(before__place__under=node.hex) | Q(after__place__under=node.hex)
    )
