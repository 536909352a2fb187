"""/printing/<id>/: a paper that is made in the background. How far it is, stopping it, taking it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from departments.models import Edition, PrintJob
from departments.permissions import can_administer, require
from departments.printing.jobs import QueueFull, again, error_of, in_front, leave
from departments.reading import job_or_404
from departments.views.paper import asked_for, forget, queue_full, remember, sent

QUIET_SECONDS = 120  # after which a job that waits is told that nobody prints


@never_cache
@require_safe
def print_job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far a job is; the page asks again by itself until it is done. 2 queries, 3 while it waits. Raises Http404."""
    job = job_or_404(pk, request.user)
    polls = bool(request.htmx)  # type: ignore[attr-defined]  # the middleware's
    if polls and not job.is_live:
        return HttpResponseClientRefresh()
    waits = job.state == PrintJob.State.WAITING
    context = {
        "job": job,
        "error": error_of(job),
        "in_front": in_front(job) if waits else 0,
        "quiet": waits and (timezone.now() - job.moved_at).total_seconds() > QUIET_SECONDS,
        "may_cancel": job.is_live and _may_cancel(request, job),
        "edition": _address(job.edition),
    }
    return TemplateResponse(request, f"printing/job.html{'#progress' if polls else ''}", context)


@never_cache
@require_safe
def printed(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """Send the file; before it is there, lead to the job's page. 3 queries. Raises Http404."""
    job = job_or_404(pk, request.user)
    if form != job.form:
        raise Http404
    if job.state != PrintJob.State.READY:
        return HttpResponseRedirect(_page(job))
    return sent(bytes(job.paper.content), job.form, job.name)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a job, or where others wait for it too only leave it. Raises Http404, PermissionDenied."""
    job = job_or_404(pk, request.user)
    require(_may_cancel(request, job), _("Only who asked for it can stop it."))
    stopped = leave(job, by=request.user, anyway=not _asked(request, job))
    forget(request, job)
    if stopped:
        messages.success(request, _("It was stopped."))
    elif job.is_live:
        messages.info(request, _("Others wait for the same paper, so it is made all the same."))
    return HttpResponseRedirect(_page(job))


@require_POST
def print_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a job that failed or was stopped wait once more. Raises Http404."""
    job = job_or_404(pk, request.user)
    try:
        again(job, by=request.user)
    except QueueFull as full:
        return queue_full(request, full)
    remember(request, job)
    return HttpResponseRedirect(_page(job))


def _asked(request: HttpRequest, job: PrintJob) -> bool:
    account = request.user.pk if request.user.is_authenticated else None
    return asked_for(request, job) or (account is not None and job.requested_by_id == account)


def _may_cancel(request: HttpRequest, job: PrintJob) -> bool:
    return _asked(request, job) or can_administer(request.user)


def _page(job: PrintJob) -> str:
    return reverse("print-job", args=[job.pk])


def _address(edition: Edition) -> str:
    """Return where the edition is read."""
    slug = edition.design.slug
    if edition.status == Edition.Status.IN_FORCE:
        return slug
    return f"{slug}/draft" if edition.status in Edition.OPEN else f"{slug}/editions/{edition.number}"
