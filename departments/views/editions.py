"""/designs/<slug>/editions/: every state of a design, and the steps that take the one on its way further."""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from departments.models import Comment, Design, Edition, Transition
from departments.permissions import (
    User,
    account,
    can_administer,
    can_approve,
    can_begin,
    can_open_draft,
    can_review,
    can_see_drafts,
    can_submit,
    login_required,
    require,
)
from departments.restructuring import Refused, transitions


@require_safe
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every edition with the steps it went. 3 queries, 5 for who may take steps. Raises Http404."""
    design = get_object_or_404(Design, slug=slug)
    steps = Prefetch("transitions", Transition.objects.order_by("pk"))
    rows = list(design.editions.order_by("-number").prefetch_related(steps))
    if not can_see_drafts(request.user, design):
        rows = [edition for edition in rows if edition.status not in Edition.OPEN]
    if not rows:
        raise Http404
    for edition in rows:
        edition.design = design
    coming = next((edition for edition in rows if edition.status in Edition.OPEN), None)
    context = {
        "design": design,
        "rows": rows,
        "coming": coming,
        "may_revise": coming is None and can_begin(request.user, design),
        "may_bring_back": coming is None and can_open_draft(request.user, design),
        "may_see_record": can_see_drafts(request.user, design),
        "may_give_rights": design.origin == Design.Origin.OWN and can_administer(request.user),
        "steps": steps_for(request.user, coming) if coming else None,
    }
    return TemplateResponse(request, "editions/editions.html", context)


def steps_for(user: User, edition: Edition) -> dict[str, object]:
    """Return which steps of an edition on its way the account may take now, and what stands in the way. 1–4 queries."""
    status = edition.status
    own_work = status == Edition.Status.IN_REVIEW and transitions.submitted_by(edition) == user
    return {
        "edition": edition,
        "submit": can_submit(user, edition),
        "send_back": status in (Edition.Status.IN_REVIEW, Edition.Status.APPROVED) and can_review(user, edition),
        "endorse": status == Edition.Status.IN_REVIEW
        and can_review(user, edition)
        and not transitions.reviewed_by(edition, user),
        "approve": status == Edition.Status.IN_REVIEW and can_approve(user, edition),
        "publish": status == Edition.Status.APPROVED and can_approve(user, edition),
        "own_work": own_work and not settings.ONE_PERSON_OFFICE,
        "open_comments": Comment.objects.filter(design=edition.design_id).open().count(),
        "today": timezone.localdate(),
    }


@login_required
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the draft, or go to the one that is open. Raises Http404."""
    design = get_object_or_404(Design, slug=slug)
    require(can_begin(request.user, design), _("Only editors revise a design, and only an own one."))
    return _go(request, slug, lambda: transitions.begin(design, by=account(request)), _("This is the draft."), "draft")


@login_required
@require_POST
def bring_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Open a draft that is a copy of a past edition. Raises Http404."""
    past = get_object_or_404(Edition.objects.select_related("design"), design__slug=slug, number=number)
    if past.status in Edition.OPEN and not can_see_drafts(request.user, past.design):
        raise Http404
    require(can_open_draft(request.user, past.design), _("Only editors revise a design, and only an own one."))
    return _go(
        request, slug, lambda: transitions.begin_from(past, by=account(request)), _("This is the draft."), "draft"
    )


@login_required
@require_POST
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the draft in for review. Raises Http404."""
    edition = coming_or_404(request, slug)
    require(can_open_draft(request.user, edition.design), _("Only editors submit a draft."))
    note = request.POST.get("note", "")
    step = lambda: transitions.submit(edition, by=account(request), note=note)  # noqa: E731
    return _go(request, slug, step, _("Submitted. Nobody changes it until it is returned or approved."))


@login_required
@require_POST
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the edition to its editors. Raises Http404."""
    edition = coming_or_404(request, slug)
    require(can_review(request.user, edition), _("Only reviewers and approvers return an edition."))
    note = request.POST.get("note", "")
    return _go(
        request,
        slug,
        lambda: transitions.send_back(edition, by=account(request), note=note),
        _("Returned to the editors."),
    )


@login_required
@require_POST
def reviewed(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign the edition as reviewed. Raises Http404."""
    edition = coming_or_404(request, slug)
    require(can_review(request.user, edition), _("Only reviewers and approvers sign an edition as reviewed."))
    note = request.POST.get("note", "")
    step = lambda: transitions.endorse(edition, by=account(request), note=note)  # noqa: E731
    return _go(request, slug, step, _("Signed as reviewed. An approver takes the next step."))


@login_required
@require_POST
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """Approve the edition. Raises Http404."""
    edition = coming_or_404(request, slug)
    require(can_approve(request.user, edition), _("Only approvers approve an edition."))
    note, waive = request.POST.get("note", ""), bool(request.POST.get("waive"))
    step = lambda: transitions.approve(edition, by=account(request), note=note, waive=waive)  # noqa: E731
    return _go(request, slug, step, _("Approved. It can be put in force now."))


@login_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the edition in force, today or on a day ahead. Raises Http404."""
    edition = coming_or_404(request, slug)
    require(can_approve(request.user, edition), _("Only approvers put an edition in force."))
    on = _date(request.POST.get("on", ""))
    if on is None:
        messages.error(request, _("Give the date from which it is in force."))
        return redirect("editions", slug)
    ahead = _("It comes in force on %(date)s, by itself.") % {"date": on.isoformat()}
    done = ahead if on > timezone.localdate() else _("In force.")
    return _go(request, slug, lambda: transitions.publish(edition, by=account(request), on=on), done)


def coming_or_404(request: HttpRequest, slug: str) -> Edition:
    """Return the edition on its way. Raises Http404 where there is none, or none to be seen."""
    edition = get_object_or_404(Edition.objects.open().select_related("design"), design__slug=slug)
    if not can_see_drafts(request.user, edition.design):
        raise Http404
    return edition


def _go(request: HttpRequest, slug: str, step: Callable[[], object], done: str, which: str = "") -> HttpResponse:
    """Take the step, say what came of it, and show where that can be seen."""
    try:
        step()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("editions", slug)
    messages.success(request, done)
    return redirect("design", f"{slug}/{which}") if which else redirect("editions", slug)


def _date(text: str) -> datetime.date | None:
    """Return the date a form sent; None where it is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None
