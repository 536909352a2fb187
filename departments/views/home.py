"""/: what this is, the three ways in, a few figures counted from the data."""

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.models import Design, Edition, Function, Node


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three ways in: who does what, find a structure, browse designs. 4 queries."""
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
