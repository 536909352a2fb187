"""/designs/<slug>/: what a design is, what it suits, its departments, chart and processes."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.models import Classification, Edition, Source
from departments.models.facets import UNSTATED, label
from departments.models.outlines import Outline
from departments.views.charts import overview_figure
from departments.views.reading import Reading, reading_or_404


@require_safe
def design(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the overview. 9 queries, whatever the size; 10 of a design that was adopted."""
    reading = reading_or_404(slug, request.user)
    context = {
        "reading": reading,
        "facets": _facets(reading),
        "rows": _rows(reading.outline),
        "processes": list(reading.edition.processes.all()),
        "topics": list(reading.design.topics.all()),
        "variants": list(reading.design.variants.readable()),
        "citations": Source.objects.cited(reading.design.sources),
        "figure": overview_figure(reading),
        "origin": _origin(reading),
        "total": reading.outline.root.headcount_sum,
        "deliverables": reading.outline.root.statements("deliverable"),
    }
    return TemplateResponse(request, "designs/design.html", context)


def _origin(reading: Reading) -> Edition | None:
    """Return the reference edition that the design was adopted from. 1 query where there is one."""
    source = reading.design.adopted_from_id
    return Edition.objects.select_related("design").filter(pk=source).first() if source else None


def _facets(reading: Reading) -> list[dict[str, object]]:
    """Return every facet with its values' words and whether they are inferred; 未说明 where there are none."""
    rows: dict[str, list[Classification]] = {facet: [] for facet in Classification.Facet.values}
    for row in reading.design.classifications.all():
        rows[row.facet].append(row)
    return [
        {
            "label": Classification.Facet(facet).label,
            "values": [label(facet, row.value) for row in found] or [label(facet, UNSTATED)],
            "unstated": not found,
            "inferred": any(row.inferred for row in found),
        }
        for facet, found in rows.items()
    ]


def _rows(outline: Outline) -> list[dict[str, object]]:
    """Return the departments in document order with their depth, frames not counted."""
    return [
        {"entry": entry, "depth": sum(above.is_department for above in entry.trail), "positions": len(entry.positions)}
        for entry in outline.departments
    ]
