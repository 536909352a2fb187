"""/designs/<slug>/origin/: what the reference says otherwise since a design was adopted, to take over or decline one by one."""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from departments.comparison.origins import Difference, Since
from departments.comparison.snapshots import Said
from departments.models import Design, Edition
from departments.permissions import (
    account,
    can_begin,
    can_edit,
    can_open_draft,
    can_see_drafts,
    login_required,
    require,
)
from departments.restructuring import NotADraft, Refused, open_edition
from departments.restructuring.taking_over import decline, parted, reconsider, take_over

GONE = gettext_lazy("This has been taken over already, or has changed again.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def origin(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what differs, or (?declined=1) what was declined; on POST take differences over, or decline them.

    They are taken over into the open draft: one, or the fields of one node, line or process together. 13 queries. Raises
    Http404.
    """
    design = get_object_or_404(Design.objects.own().select_related("adopted_from__design"), slug=slug)
    base = design.adopted_from
    if base is None or not can_see_drafts(request.user, design):
        raise Http404
    editions = design.editions.exclude(status=Edition.Status.SUPERSEDED).select_related("design").order_by("-number")
    edition = editions.first()  # the one on its way where there is one, else the one in force
    if edition is None:
        raise Http404
    may_take = can_edit(request.user, edition)
    may_decline = can_open_draft(request.user, design)
    if request.method == "POST" and ({"decline", "reconsider"} & request.POST.keys()):
        require(may_decline, _("Only editors of the whole design decline what the reference changed."))
        return _decide(request, design, base, edition)
    if request.method == "POST":
        require(may_take, _("Only editors take over what changed, and only into a draft."))
        return _take(request, base, edition)
    since = Since(base, edition)
    left, declined = parted(design, since.differences())
    shows_declined = bool(request.GET.get("declined"))
    shown = declined if shows_declined else left
    context = {
        "design": design,
        "base": base,
        "current": since.editions[-1],
        "edition": edition,
        "places": list(_placed(shown)),
        "count": len(shown),
        "declined": len(declined),
        "shows_declined": shows_declined,
        "may_take": may_take and not shows_declined,
        "may_decline": may_decline,
        "may_begin": edition.status == Edition.Status.IN_FORCE and can_begin(request.user, design),
    }
    return TemplateResponse(request, "adopting/changes.html", context)


class Together(NamedTuple):
    """What differs in one node, line or process: in several fields of it, where it is reworded."""

    differences: list[Difference]

    @property
    def takeable(self) -> list[Difference]:
        """What of it can be taken over now."""
        return [one for one in self.differences if one.takeable]


def _placed(shown: list[Difference]) -> Iterator[tuple[Said | None, list[Together]]]:
    """Yield the differences place by place, together what differs in one thing."""
    for place, ones in groupby(shown, key=attrgetter("place")):
        yield place, [Together(list(fields)) for _of, fields in groupby(ones, key=attrgetter("of"))]


def _take(request: HttpRequest, base: Edition, edition: Edition) -> HttpResponse:
    """Find each difference again under the lock, and write it: all of them as one change, or none.

    With `seen` it is one, and replaces words of the company's own.
    """
    keys, seen = request.POST.getlist("take") or [""], request.POST.get("seen", "")
    note = _("taken over from the reference")
    try:
        with (
            open_edition(edition, by=account(request)) as room,
            room.together(note) if len(keys) > 1 else nullcontext(),
        ):
            taken = [take_over(room, Since(base, edition), key, seen=seen) for key in keys]
    except Refused as refusal:
        messages.error(request, str(refusal))
    except KeyError:
        messages.error(request, str(GONE))
    except NotADraft:
        messages.error(request, _("This is no longer a draft."))
    else:
        said = _("“%(title)s” taken over.")
        if seen:
            said = _("“%(title)s” taken over in place of your own words. The history gives them back.")
        messages.success(request, said % {"title": _named(taken)})
    return redirect("origin", edition.design.slug)


def _decide(request: HttpRequest, design: Design, base: Edition, edition: Edition) -> HttpResponse:
    """Decline differences as the reference has them now, or put declined ones back into the list."""
    back = "reconsider" in request.POST
    since = Since(base, edition)
    try:
        decided = [since.find(key) for key in request.POST.getlist("reconsider" if back else "decline") or [""]]
    except KeyError:
        messages.error(request, str(GONE))
        return redirect("origin", design.slug)
    for difference in decided:
        if back:
            reconsider(design, difference)
        else:
            decline(design, difference, by=account(request))
    said = _("“%(title)s” stands in the list again.")
    if not back:
        said = _("“%(title)s” declined. It comes back when the reference changes it again.")
    messages.success(request, said % {"title": _named(decided)})
    return redirect("origin", design.slug)


def _named(differences: list[Difference]) -> str:
    """Return what was decided in words: with its field where it is one of several."""
    return differences[0].told if len(differences) == 1 else differences[0].title[:40]
