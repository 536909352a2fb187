"""/designs/<slug>/health/: what is missing, doubled or out of proportion in a design."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.comparison.coverage import single_functions
from departments.comparison.health import health
from departments.comparison.spans import LEAST, MOST
from departments.views.reading import reading_or_404


@require_safe
def design_health(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the report. ?derived=1 counts derived lines too, ?least=, ?most= set the band of spans. 5 queries."""
    reading = reading_or_404(slug, request.user)
    least, most = number(request, "least", LEAST), number(request, "most", MOST)
    derived = request.GET.get("derived") == "1"
    context = {
        "reading": reading,
        "derived": derived,
        "least": least,
        "most": most,
        "health": health(reading.outline, single_functions(), derived=derived, least=least, most=most),
    }
    return TemplateResponse(request, "health/health.html", context)


def number(request: HttpRequest, name: str, default: int) -> int:
    """Return the whole number an address gives under a name, else the default."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 4 else default
