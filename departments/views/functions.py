"""/functions/: who does what, in every design."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.comparison.coverage import function_set
from departments.functions import bearers, overview, whose
from departments.models import Edition, Function
from departments.models.outlines import Outline
from departments.views.reading import Reading


@require_safe
def functions(request: HttpRequest) -> HttpResponse:
    """Show every function: whose it is with us, where an organisation is named, and in how many designs somebody has it.

    3 queries, 6 with an organisation.
    """
    context = overview()
    context["function_set"] = function_set(part["function"] for group in context["groups"] for part in group["parts"])
    if ours := context["ours"]:
        reading = _reading(request, ours)
        held = whose(reading.outline)
        for part in (part for group in context["groups"] for part in group["parts"]):
            part["whose"] = held.get(part["function"].slug, [])
        context["reading"] = reading
    return TemplateResponse(request, "functions/functions.html", context)


@require_safe
def function(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who does it with us, under whom, then in every design, wording beside wording. 6 queries, 9 with us."""
    found = get_object_or_404(Function.objects.select_related("parent"), slug=slug, parts__isnull=True)
    context = bearers(found)
    if bearing := context["bearing"]:
        reading = context["reading"] = _reading(request, bearing.edition)
        context["answers"] = [(holder, reading.outline.find(holder.ref)) for holder in bearing.holders]
    context |= {"function": found, "topics": list(found.topics.all())}
    return TemplateResponse(request, "functions/function.html", context)


def _reading(request: HttpRequest, ours: Edition) -> Reading:
    return Reading(ours.design, ours, Outline(ours), ours.design.slug, request.user)
