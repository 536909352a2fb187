"""/designs/<slug>/review/ and /designs/<slug>/comments/<uid>/: what changed, and what is remarked on it."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.charts import compose_moves
from departments.comparison.revision import Place, revise
from departments.formats.svg import draw
from departments.models import Comment, Edition
from departments.models.entries import Entry
from departments.models.outlines import Outline
from departments.permissions import Role, account, can_comment, can_see_drafts, login_required, require, roles
from departments.restructuring import Refused
from departments.restructuring.remarks import remark, settle
from departments.views.editions import coming_or_404, steps_for
from departments.views.reading import Reading, reading_or_404

OUTSIDE = gettext_lazy("This stands outside the branch that is yours to comment on.")


@login_required
@require_safe
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed since the edition in force, and the steps. 12–15 queries, whatever the size. Raises Http404."""
    edition = coming_or_404(request, slug)
    reading = Reading(edition.design, edition, Outline(edition), f"{slug}/draft", request.user)
    found = _compare(edition, reading.outline)
    comments = list(Comment.objects.filter(design=edition.design).order_by("-pk"))
    context = {
        "reading": reading,
        "design": edition.design,
        "base": found.base,
        "places": found.places,
        "chart": found.chart,
        "counts": dict(Counter(revision.verdict for place in found.places for revision in place.revisions)),
        "waiting": [_placed(comment, reading) for comment in comments if comment.closed_at is None],
        "closed": [_placed(comment, reading) for comment in comments if comment.closed_at is not None],
        "steps": steps_for(request.user, edition),
    }
    return TemplateResponse(request, "review/review.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show the comments on a department or position and its duties, and take new ones. 7 queries. Raises Http404."""
    edition = coming_or_404(request, slug)
    reading = reading_or_404(f"{slug}/draft", request.user)
    entry = reading.outline.by_uid.get(uid)
    if entry is None:
        raise Http404
    holder = entry.holder
    may_comment = can_comment(request.user, reading.outline, holder)
    if request.method == "POST":
        require(may_comment, OUTSIDE)
        return _remark(request, edition, holder)
    own = [holder, *(one for one in holder.walk() if one.is_duty and one.holder is holder)]
    found = Comment.objects.filter(design=edition.design, uid__in=[one.uid for one in own])
    context = {"reading": reading, "design": edition.design, "entry": holder, "about": own, "chosen": uid}
    context |= {"comments": list(found), "may_comment": may_comment}
    return TemplateResponse(request, "review/comments.html", context)


@login_required
@require_POST
def settled(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close a comment. Raises Http404."""
    comment = get_object_or_404(Comment.objects.select_related("design"), pk=pk, design__slug=slug)
    if not can_see_drafts(request.user, comment.design):
        raise Http404
    require(_may_settle(request, comment), OUTSIDE)
    settle(comment.design, pk, by=account(request))
    messages.success(request, _("Settled."))
    if comment.design.editions.open().exists():
        return redirect("review", slug)
    return redirect("editions", slug)


def _may_settle(request: HttpRequest, comment: Comment) -> bool:
    """Whether the account may close a comment; one on something that is gone only who works on the whole design."""
    if roles(request.user) - {Role.READER}:
        return True
    open_or_in_force = comment.design.editions.filter(status__in=(*Edition.OPEN, Edition.Status.IN_FORCE))
    outline = Outline(open_or_in_force.order_by("number").last() or comment.design.editions.latest("number"))
    entry = outline.by_uid.get(comment.uid)
    return entry is not None and can_comment(request.user, outline, entry)


def _remark(request: HttpRequest, edition: Edition, holder: Entry) -> HttpResponse:
    try:
        uid = UUID(request.POST.get("about", ""))
    except ValueError:
        uid = holder.uid
    try:
        remark(edition, uid, request.POST.get("text", ""), by=account(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your comment stands with the draft until it is settled."))
    return redirect("comments", edition.design.slug, holder.uid)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: compared with which edition, the places that differ, and what became of the departments."""

    base: Edition | None = None
    places: list[Place] = field(default_factory=list)
    chart: SafeString | None = None


def _compare(edition: Edition, outline: Outline) -> Comparison:
    """Compare with the edition in force, else with what the design was adopted from. 0–5 queries."""
    design = edition.design
    origins: dict[UUID, UUID] = {}
    if (base := design.editions.in_force().first()) is None:
        if (base := design.adopted_from) is None:
            return Comparison()
        copied = edition.nodes.filter(origin_edition=base).values_list("uid", "origin_uid")
        origins = {uid: UUID(origin) for uid, origin in copied}
    old = Outline(base)
    picture = compose_moves(old, outline, origins)
    chart = draw(picture, label=_("What became of the departments")) if picture else None
    return Comparison(base, revise(old, outline, origins), chart)


def _placed(comment: Comment, reading: Reading) -> dict[str, object]:
    """Return a comment with where it can be read, where its node is still there."""
    entry = reading.outline.by_uid.get(comment.uid)
    return {"comment": comment, "entry": entry}
