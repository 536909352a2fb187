"""/knowledge/: what the sources teach beside the designs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.formats.markdown import render
from departments.models import Source, Topic


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Show every topic. 1 query."""
    return TemplateResponse(request, "knowledge/topics.html", {"topics": list(Topic.objects.all())})


@require_safe
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """Show one topic with the designs and functions it speaks of. 4 queries."""
    found = get_object_or_404(Topic, key=key)
    context = {
        "topic": found,
        "body": render(found.body, found.drawings),
        "designs": list(found.designs.readable()),
        "functions": list(found.functions.all()),
        "citations": Source.objects.cited(found.sources),
    }
    return TemplateResponse(request, "knowledge/topic.html", context)
