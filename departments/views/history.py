"""/designs/<slug>/history/: every change of an edition in words, newest first, and the way back from each."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from departments.changes import sentences
from departments.models import Change
from departments.models.outlines import Entry
from departments.permissions import account, can_see_drafts, login_required, require
from departments.restructuring import NotADraft, Refused, open_edition
from departments.restructuring.undoing import undo
from departments.views.reading import Reading, reading_or_404

PAGE = 50  # changes


@login_required
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the changes of the edition read, or those of one node (?node=<uid>).

    12 queries, one more each where something was taken back and where functions were changed. Raises Http404.
    """
    reading = _reading_or_404(request, slug)
    node = _uid_or_404(request.GET.get("node", ""))
    entry = reading.outline.by_uid.get(node) if node else None
    changes = reading.edition.changes.order_by("-number")
    page = Paginator(_touching(changes, node, entry) if node else changes, PAGE).get_page(request.GET.get("page"))
    told = sentences(page.object_list, reading.edition)
    shown = [sentence.change for sentence in told]
    taken_back = dict(Change.objects.filter(undoes__in=shown).values_list("undoes_id", "number"))
    rows = [
        {
            "sentence": sentence,
            "entry": reading.outline.by_uid.get(sentence.change.node_uid) if sentence.change.node_uid else None,
            "taken_back": taken_back.get(sentence.change.pk),
            "may_undo": reading.may_edit and sentence.change.verb != Change.Verb.LOAD,
        }
        for sentence in told
    ]
    context = {"reading": reading, "design": reading.design, "page": page, "rows": rows, "node": node, "entry": entry}
    return TemplateResponse(request, "history/history.html", context)


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


def _reading_or_404(request: HttpRequest, slug: str) -> Reading:
    """Return the edition read where its history may be seen: that of an own design, by who works on it. Raises Http404."""
    reading = reading_or_404(slug, request.user)
    if not can_see_drafts(request.user, reading.design):
        raise Http404
    return reading


def _uid_or_404(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _touching(changes: QuerySet[Change], node: UUID, entry: Entry | None) -> QuerySet[Change]:
    """Return the changes of a node and of the statements it has, and what was put, moved or removed right under it."""
    own = [one.uid for one in entry.walk() if one.is_duty and one.holder is entry.holder] if entry else []
    return changes.filter(
        Q(node_uid__in=[node, *own]) | Q(before__place__under=node.hex) | Q(after__place__under=node.hex)
    )
