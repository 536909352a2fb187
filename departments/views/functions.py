"""/functions/: who does what, in every design."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.functions import bearers, overview
from departments.models import Function


@require_safe
def functions(request: HttpRequest) -> HttpResponse:
    """Show every function with the number of designs in which somebody has it. 3 queries."""
    return TemplateResponse(request, "functions/functions.html", {"groups": overview()})


@require_safe
def function(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who does it in every design, wording beside wording. 6 queries."""
    found = get_object_or_404(Function.objects.select_related("parent"), slug=slug, parts__isnull=True)
    return TemplateResponse(
        request, "functions/function.html", {"function": found, "topics": list(found.topics.all()), **bearers(found)}
    )
