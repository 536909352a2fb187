"""/designs/<slug>/health/: what is missing, doubled or out of proportion in a design."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from departments.comparison.coverage import function_set, single_functions
from departments.comparison.health import health
from departments.comparison.spans import LEAST, MOST
from departments.forms.targets import SpanTargets
from departments.models import Design, Edition
from departments.permissions import can_open_draft, login_required, require
from departments.views.reading import DRAFT, Reading, reading_or_404

OLD = 365  # days after which a review is due


@require_safe
def design_health(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the report. ?derived=1 counts derived lines too, ?least=, ?most= set the band of spans. 6 queries, own: 8."""
    reading = reading_or_404(slug, request.user)
    design = reading.design
    least = number(request, "least", design.span_least or LEAST)
    most = number(request, "most", design.span_most or MOST)
    derived = request.GET.get("derived") == "1"
    functions = single_functions()
    found = health(reading.outline, functions, derived=derived, least=least, most=most, holders=reading.holders)
    context = {
        "reading": reading,
        "function_set": function_set(functions),
        "derived": derived,
        "least": least,
        "most": most,
        "health": found,
        "staffed": any(one.known for one in found.vacancies),
        "reviewed": _reviewed(reading),
        "may_aim": can_open_draft(request.user, design),
    }
    return TemplateResponse(request, "health/health.html", context)


@login_required
@require_POST
def span_targets(request: HttpRequest, slug: str) -> HttpResponse:
    """Store the span of control an own design aims at, or that it aims at none. Raises Http404, PermissionDenied."""
    design = get_object_or_404(Design, slug=slug, origin=Design.Origin.OWN)
    require(can_open_draft(request.user, design), _("Only editors set what a design aims at."))
    form = SpanTargets(request.POST, instance=design)
    if form.is_valid():
        Design.objects.filter(pk=design.pk).update(**form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        for error in (error for errors in form.errors.values() for error in errors):
            messages.error(request, str(error))
    draft = not design.editions.in_force().exists()
    return redirect(reverse("design-health", args=[f"{slug}/{DRAFT}" if draft else slug]) + "#spans")


def _reviewed(reading: Reading) -> dict[str, Any] | None:
    """Return when the edition was last reviewed and how many days ago: approved, else put in force. 1 query."""
    steps = (Edition.Status.APPROVED, Edition.Status.IN_FORCE)
    last = reading.edition.transitions.filter(after__in=steps).order_by("-at").first()
    on = localtime(last.at).date() if last else reading.edition.effective_on
    if on is None:
        return None
    days = (localdate() - on).days
    return {"on": on, "days": days, "old": days > OLD}


def number(request: HttpRequest, name: str, default: int) -> int:
    """Return the whole number an address gives under a name, else the default."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 4 else default
