"""/search/: titles and duties of every design."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.search import find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what fits the words typed, grouped by kind. 5 queries, none where nothing was asked."""
    words = request.GET.get("q", "").strip()[:100]
    context = {"q": words, "results": find(words) if words else None}
    return TemplateResponse(request, "search/search.html", context)
