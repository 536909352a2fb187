"""/designs/<slug>/register/: the position register (岗位目录), every position a row, with what its description lacks."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from pypinyin import lazy_pinyin

from departments.models import Section
from departments.models.outlines import Entry
from departments.views.reading import reading_or_404

PARTS: dict[str, str | Promise] = {  # what a job description may lack, in the form's order
    "summary": _("job summary"),
    "headcount": _("headcount"),
    Section.RESPONSIBILITY.value: Section.RESPONSIBILITY.label,
    Section.AUTHORITY.value: Section.AUTHORITY.label,
    Section.QUALIFICATION.value: Section.QUALIFICATION.label,
    Section.INDICATOR.value: Section.INDICATOR.label,
}
ORDERS: dict[str, str | Promise] = {
    "place": _("by place"),
    "title": _("by title"),
    "code": _("by code"),
    "duties": _("by number of duties"),
    "missing": _("by what is missing"),
}


@dataclass(frozen=True)
class Row:
    """One position of the register; `missing` names the keys of PARTS that its description lacks."""

    entry: Entry
    department: Entry | None
    missing: list[str]

    @property
    def lacks(self) -> list[str | Promise]:
        """What is missing, in words."""
        return [PARTS[key] for key in self.missing]


@require_safe
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the positions, filtered by department and by what is missing, in the order chosen. 4 queries."""
    reading = reading_or_404(slug, request.user)
    rows = [Row(entry, entry.department, missing(entry)) for entry in reading.outline.positions]
    within = reading.outline.find(request.GET.get("department", ""))
    lacking = request.GET.get("missing", "")
    order = request.GET.get("order", "place")
    shown = [
        row
        for row in rows
        if (within is None or within.lft < row.entry.lft < within.rght)
        and (lacking not in PARTS or lacking in row.missing)
    ]
    context = {
        "reading": reading,
        "rows": in_order(shown, order),
        "all": len(rows),
        "departments": [entry for entry in reading.outline.departments if entry.all_positions],
        "within": within,
        "parts": [(key, label, sum(key in row.missing for row in rows)) for key, label in PARTS.items()],
        "lacking": lacking,
        "orders": list(ORDERS.items()),
        "order": order,
    }
    return TemplateResponse(request, "register/register.html", context)


def missing(entry: Entry) -> list[str]:
    """Return the keys of PARTS that a position's description lacks, in the form's order."""
    has = {"summary": bool(entry.summary), "headcount": bool(entry.headcount)}
    return [key for key in PARTS if not (has[key] if key in has else entry.statements(key))]


def in_order(rows: list[Row], order: str) -> list[Row]:
    """Return the rows sorted; an order that is not known leaves them in the place order they come in."""
    if order == "title":
        return sorted(rows, key=lambda row: lazy_pinyin(row.entry.title))
    if order == "code":
        return sorted(rows, key=lambda row: row.entry.ref)
    if order == "duties":
        return sorted(rows, key=lambda row: -row.entry.duty_count)
    if order == "missing":
        return sorted(rows, key=lambda row: -len(row.missing))
    return rows
