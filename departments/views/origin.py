"""/designs/<slug>/origin/: what the reference says otherwise since a design was adopted, to take over one by one."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.comparison.origins import Since
from departments.models import Design, Edition
from departments.permissions import account, can_begin, can_edit, can_see_drafts, login_required, require
from departments.restructuring import NotADraft, Refused, open_edition
from departments.restructuring.taking_over import take_over


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def origin(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what differs; on POST take one difference over into the open draft. 9 queries. Raises Http404."""
    design = get_object_or_404(Design.objects.own().select_related("adopted_from__design"), slug=slug)
    base = design.adopted_from
    if base is None or not can_see_drafts(request.user, design):
        raise Http404
    editions = design.editions.exclude(status=Edition.Status.SUPERSEDED).select_related("design").order_by("-number")
    edition = editions.first()  # the one on its way where there is one, else the one in force
    if edition is None:
        raise Http404
    may_take = can_edit(request.user, edition)
    if request.method == "POST":
        require(may_take, _("Only editors take over what changed, and only into a draft."))
        return _take(request, base, edition)
    since = Since(base, edition)
    differences = since.differences()
    context = {
        "design": design,
        "base": base,
        "current": since.editions[-1],
        "edition": edition,
        "places": [(place, list(ones)) for place, ones in groupby(differences, key=lambda one: one.said.holder)],
        "count": len(differences),
        "may_take": may_take,
        "may_begin": edition.status == Edition.Status.IN_FORCE and can_begin(request.user, design),
    }
    return TemplateResponse(request, "adopting/changes.html", context)


def _take(request: HttpRequest, base: Edition, edition: Edition) -> HttpResponse:
    """Find the difference again under the lock, and write it."""
    try:
        with open_edition(edition, by=account(request)) as room:
            difference = Since(base, edition).find(request.POST.get("take", ""))
            take_over(room, difference)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except KeyError:
        messages.error(request, _("This has been taken over already, or has changed again."))
    except NotADraft:
        messages.error(request, _("This is no longer a draft."))
    else:
        messages.success(request, _("“%(title)s” taken over.") % {"title": str(difference.said)[:40]})
    return redirect("origin", edition.design.slug)
