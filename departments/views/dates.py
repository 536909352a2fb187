"""What the day has to do with a page: editions come in force on theirs, and ?on=2026-11-22 asks for the one of a day.

Both are middleware, because every page, export and paper of a design answers to them.
"""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from departments.models import Design, Edition
from departments.permissions import can_see_drafts
from departments.restructuring.transitions import put_due_in_force

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponseBase]


class DueEditions:
    """Put editions in force on their day, before the first page of the day is read, so that no reader sees an old one.

    A date is only ever set for a day to come. So each process looks once a day, at its first request, and then not
    again; several that look at once are no harm (see `put_due_in_force`). `manage.py put_in_force` does the same from
    cron, for a site that nobody visits that day.
    """

    looked_on: datetime.date | None = None  # by this process

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look, once a day. A database that cannot be written to now is tried again at the next request."""
        today = timezone.localdate()
        if DueEditions.looked_on != today:
            try:
                put_due_in_force(today)
            except DatabaseError:
                logger.exception("Editions that are due could not be put in force.")
            else:
                DueEditions.looked_on = today
        return self.get_response(request)


class AsOfDay:
    """Lead /designs/<slug>/…?on=<day> to the same page of the edition that was in force on that day."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Redirect where a day is given; say so where no edition was in force. 2 queries then, none without a day."""
        match = request.resolver_match
        asked = request.GET.get("on", "")
        if not asked or request.method not in ("GET", "HEAD") or match is None or "<edition:slug>" not in match.route:
            return None
        design = get_object_or_404(Design, slug=kwargs["slug"].partition("/")[0])
        editions = design.editions.order_by("effective_on", "number")
        day = _day(asked)
        edition = _edition_of(request, design, day) if day else None
        if edition is None:
            published = editions.filter(status__in=Edition.PUBLISHED)
            context = {"design": design, "day": day, "first": published.first()}
            return render(request, "editions/none.html", context, status=404)
        query = request.GET.copy()
        del query["on"]
        address = reverse(str(match.url_name), kwargs=kwargs | {"slug": f"{design.slug}/editions/{edition.number}"})
        return redirect(f"{address}?{query.urlencode()}" if query else address)


def _edition_of(request: HttpRequest, design: Design, day: datetime.date) -> Edition | None:
    """Return the edition in force on a day; of a day ahead the one that will be, for who may see it."""
    coming = design.editions.due(day).first()
    if coming is not None and can_see_drafts(request.user, design):
        return coming
    return design.editions.in_force_on(day).first()


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
