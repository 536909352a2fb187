"""/designs/<slug>/processes/<n>/: who does what in which order."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.formats.lanes_svg import lanes_figure
from departments.models import Source
from departments.models.outlines import Outline
from departments.views.reading import reading_or_404


@require_safe
def process(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a process as ordered steps. 7 queries."""
    reading = reading_or_404(slug, request.user)
    found = get_object_or_404(reading.edition.processes, number=number)
    steps = list(found.steps.all())
    context = {
        "reading": reading,
        "process": found,
        "lanes": lanes_figure(steps, reading.outline),
        "steps": [{"step": step, "actors": actors(step.who, reading.outline)} for step in steps],
        "columns": {
            name: any(getattr(step, name) for step in steps) for name in ("name", "output", "lead_time", "approval")
        },
        "citations": Source.objects.cited(found.sources or reading.design.sources),
    }
    return TemplateResponse(request, "processes/process.html", context)


def actors(who: list[dict[str, str]], outline: Outline) -> list[dict[str, object]]:
    """Return each actor's name and, for a node of the edition, its entry."""
    entries = [outline.by_uid.get(UUID(one["node"])) if "node" in one else None for one in who]
    return [
        {"entry": entry, "name": str(entry) if entry else one.get("text", "")}
        for one, entry in zip(who, entries, strict=True)
    ]
