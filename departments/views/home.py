"""/: our organisation where one is named; else what this is, the three ways in, a few figures counted from the data."""

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.comparison.coverage import coverage, single_functions
from departments.models import Design, Edition, Function, Node
from departments.models.outlines import Outline
from departments.views.reading import Reading


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Open on the organisation in force, if a company named one: 5 queries. Else on the library: 5 queries."""
    edition = Edition.objects.of_organisation()
    return _library(request) if edition is None else _organisation(request, edition)


def _organisation(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Show who leads what and who does what, in the company's own words."""
    reading = Reading(edition.design, edition, Outline(edition), edition.design.slug, request.user)
    lines = coverage(reading.outline, single_functions(), by="positions").lines
    context = {
        "reading": reading,
        "organisation": edition.design.organisation,
        "rows": [(one, sum(above.is_department for above in one.trail)) for one in reading.outline.departments],
        "functions": [line.function for line in lines if line.held],
    }
    return TemplateResponse(request, "home/organisation.html", context)


def _library(request: HttpRequest) -> HttpResponse:
    """Show the three ways in: who does what, find a structure, browse designs."""
    designs = Design.objects.reference().readable()
    trees = list(Edition.objects.in_force().filter(design__in=designs).values_list("pk", flat=True))
    figures = Node.tree.filter(tree_id__in=trees).aggregate(
        departments=Count("pk", filter=Q(kind="department", frame=False)),
        positions=Count("pk", filter=Q(kind="position")),
        duties=Count("pk", filter=Q(kind="duty", section="responsibility", weight="primary", rght=F("lft") + 1)),
    )
    functions = Function.objects.filter(parent__isnull=False, coverage=True).select_related("parent")
    context = {"designs": designs.count(), "figures": figures, "functions": list(functions)}
    return TemplateResponse(request, "home/home.html", context)
