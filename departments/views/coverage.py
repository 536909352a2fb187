"""/coverage/ and /designs/<slug>/coverage/: which function is whose, twice or nobody's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.comparison.coverage import Line, coverage, function_set, library_coverage, single_functions
from departments.views.reading import reading_or_404


@require_safe
def design_coverage(request: HttpRequest, slug: str) -> HttpResponse:
    """Show functions by departments, or by positions (?by=positions), with the duties behind every cell. 5 queries."""
    reading = reading_or_404(slug, request.user)
    by = "positions" if request.GET.get("by") == "positions" else "departments"
    found = coverage(reading.outline, single_functions(), by=by)
    context: dict[str, Any] = {
        "reading": reading,
        "by": by,
        "coverage": found,
        "rows": [_row(line) for line in found.lines],
        "function_set": function_set(line.function for line in found.lines),
    }
    return TemplateResponse(request, "coverage/design.html", context)


def _row(line: Line) -> dict[str, Any]:
    overlapping = line.overlapping
    return {
        "line": line,
        "group": line.function.parent,
        "cells": [{"cell": cell, "overlaps": cell in overlapping} for cell in line.cells],
        "overlaps": bool(overlapping),
    }


@require_safe
def library_coverage_page(request: HttpRequest) -> HttpResponse:
    """Show every design over every function. 4 queries, whatever the number of designs."""
    functions, lines = library_coverage(single_functions())
    totals = [sum(line.levels[at] in ("primary", "remit") for line in lines) for at in range(len(functions))]
    context = {
        "functions": list(zip(functions, totals, strict=True)),
        "function_set": function_set(functions),
        "lines": [
            {"line": line, "cells": list(zip(functions, line.levels, line.overlaps, strict=True))} for line in lines
        ],
    }
    return TemplateResponse(request, "coverage/library.html", context)
