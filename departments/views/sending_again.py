"""A form whose page was open too long: what was typed is shown again, to be sent once more by who typed it.

Whoever signs in gets new tokens, and a page that was open before (overnight, in another tab) sends an old one. The words are
given back as a form with a new token, never sent by themselves, and only where the browser says that the form stood on this
site: of what another site sent nothing is shown. Passwords are not given back, and no page can give files back.
"""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from departments.views.editing.keeping import PLUMBING, keep

SECRET = re.compile(r"password", re.IGNORECASE)
PLAIN = re.compile(r"^(initial-.*|page|which|seen|next|do|version)$")  # what the form says, not who fills it in
NUMBER = re.compile(r"^([0-9a-f]{32}|[0-9a-f-]{36}|[a-z_:-]*|\d+)$")


class Typed(NamedTuple):
    """One value as it was sent."""

    name: str
    value: str

    @property
    def told(self) -> bool:
        """Whether a reader knows it for their own words."""
        return not PLAIN.match(self.name) and not NUMBER.match(self.value)


def send_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer to a form without a valid token. No query but the session's."""
    values, files = _sent(request) if _stood_here(request) else ([], [])
    if request.htmx and values:  # type: ignore[attr-defined]  # the middleware's
        return _in_place(request)
    if not values and not files:
        return render(request, "403_csrf.html", status=403)
    context = {"values": values, "files": files, "action": request.get_full_path()}
    return render(request, "registration/send_again.html", context, status=403)


def _in_place(request: HttpRequest) -> HttpResponse:
    """Keep what was typed in place, and lead to its form, which shows it again (see editing.keeping)."""
    keep(request)
    if "do" in request.POST:
        messages.warning(request, _("The page was open too long; nothing was changed. Do it once more."))
    page = request.POST.get("page", "")
    led = HttpResponseClientRedirect(f"{request.path}?page={page}" if page.isalnum() else request.path)
    led.status_code = 403  # not saved: what the browser keeps stays kept
    return led


def _sent(request: HttpRequest) -> tuple[list[Typed], list[str]]:
    """Return what was typed, and the names of the fields of files that were chosen."""
    try:
        sent = [Typed(name, value) for name, values in request.POST.lists() for value in values]
    except UnreadablePostError:
        return [], []
    if any(SECRET.search(one.name) for one in sent):
        return [], []
    return [one for one in sent if one.name not in PLUMBING], list(request.FILES)


def _stood_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on this site; where it says nothing, it did not."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    sender = request.headers.get("Origin") or _origin(request.headers.get("Referer", ""))
    return sender in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
