"""/designs/<slug>/register/: the position register (岗位目录), every position a row; what is shown stands in the address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from departments.models import Comment
from departments.permissions import can_see_drafts
from departments.register import GROUPS, ONLY, ORDERS, PARTS, WORKING, Row, fits, grouped, in_order, rows
from departments.views.reading import Reading, reading_or_404

COLUMNS: list[tuple[str, str | Promise]] = [  # the order that sorts by a column (none: empty), and its head
    ("code", _("Code")),
    ("title", _("Position")),
    ("place", _("Department")),
    ("superior", _("Superior")),
    ("headcount", _("Headcount")),
    ("filled", _("In post")),
    ("vacant", _("Vacant")),
    ("grade", _("Grade")),
    ("duties", _("Duties")),
    ("missing", _("Missing")),
    ("hints", _("Wording")),
]
FILTERS = ("department", "missing", "grade", "only")
WORKERS: list[tuple[str, str | Promise]] = [("changed", _("Last change")), ("remarks", _("Open comments"))]


@require_safe
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the positions that fit what is asked, sorted and grouped as asked. 4 queries, 11 for who may see drafts."""
    reading = reading_or_404(slug, request.user)
    found = reading_rows(reading)
    asked = {name: request.GET.get(name, "") for name in (*FILTERS, "order", "group")}
    order = asked["order"] if asked["order"].removeprefix("-") in ORDERS else "place"
    shown = matching(reading, found, request.GET)
    working = can_see_drafts(request.user, reading.design)
    hidden = () if working else WORKING
    context = {
        "reading": reading,
        "rows": (listed := in_order(shown, order)),
        "groups": grouped(listed, asked["group"]),
        "all": len(found),
        "departments": [entry for entry in reading.outline.departments if entry.all_positions],
        "within": reading.outline.find(asked["department"]),
        "filters": urlencode({name: asked[name] for name in FILTERS if asked[name]}),
        "parts": [(key, label, sum(key in row.missing for row in found)) for key, label in PARTS.items()],
        "grades": sorted({row.entry.grade for row in found if row.entry.grade}),
        "only": [
            (key, label, sum(fits(row, only=key) for row in found)) for key, label in ONLY.items() if key not in hidden
        ],
        "grouping": [(key, label) for key, (label, _key) in GROUPS.items()],
        "asked": asked | {"order": order},
        "columns": _heads(request, order, working=working),
        "working": working,
    }
    return TemplateResponse(request, "register/register.html", context)


def matching(reading: Reading, found: list[Row], query: Mapping[str, str]) -> list[Row]:
    """Return the rows that fit the filters of an address. No query."""
    asked = {name: query.get(name, "") for name in FILTERS}
    within = reading.outline.find(asked["department"])
    how = {"lacking": asked["missing"], "grade": asked["grade"], "only": asked["only"]}
    return [row for row in found if fits(row, within=within, **how)]


def reading_rows(reading: Reading) -> list[Row]:
    """Return the rows of the edition read, with what else the viewer may see: holders, changes and comments. 2 queries each."""
    if not can_see_drafts(reading.viewer, reading.design):
        return rows(reading.outline, holders=reading.holders)
    remarks = Comment.objects.open().filter(design=reading.design).number_by_node()
    return rows(reading.outline, reading.edition.changes.all().last_by_node(), remarks, reading.holders)


def _heads(request: HttpRequest, order: str, *, working: bool) -> list[dict[str, Any]]:
    """Return the heads of the columns with the address that sorts by them, the other way round if they do already."""
    heads = []
    for key, label in COLUMNS + (WORKERS if working else []):
        query = request.GET.copy()
        query["order"] = f"-{key}" if order == key else key
        way = {key: "first", f"-{key}": "reversed"}.get(order, "")
        falling = (way == "first") == ORDERS[key].falling
        sort = ("descending" if falling else "ascending") if way else "none"
        heads.append({"key": key, "label": label, "address": f"?{query.urlencode()}", "sort": sort})
    return heads
