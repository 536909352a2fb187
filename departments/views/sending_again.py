"""A form whose page was open too long: what was typed is shown again, to be sent once more by who typed it.

So is what somebody sent whose sign-in had expired, once they are back.

Whoever signs in gets new tokens, and a page that was open before (overnight, in another tab) sends an old one. The words are
given back as a form with a new token, never sent by themselves, and only where the browser says that the form stood on this
site: of what another site sent nothing is shown. Passwords are not given back, and no page can give files back.
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from departments.views.keeping import given_back, keep, keeps_in_place, sent

PLAIN = re.compile(r"^(initial-.*|page|which|seen|next|do|version)$")  # what the form says, not who fills it in
NUMBER = re.compile(r"^([0-9a-f]{32}|[0-9a-f-]{36}|[a-z_:-]*|\d+)$")


class SentBeforeSigningIn:
    """Keeps what is answered with the sign-in, and gives it back on the page that comes after. No query but the session's.

    What a form shows again itself (`editing.keeping`) is left to it. Where a part of a page was asked for, the whole page
    goes to the sign-in: the part has no room for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if request.method == "GET" and request.user.is_authenticated and (kept := given_back(request)):
            return _form(request, [Typed(*one) for one in kept["values"]], kept["files"], kept["action"])
        answer = self.get_response(request)
        door = _sign_in(answer)
        if door and request.method == "POST" and not keeps_in_place(request):
            keep(request, at=parse_qs(urlsplit(door).query).get("next", [""])[0])
        if door and request.htmx:  # type: ignore[attr-defined]  # the middleware's
            answer = HttpResponseClientRedirect(door)
            answer.status_code = 401  # not saved: what the browser keeps stays kept
        return answer


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
    said, files = sent(request) if _stood_here(request) else ([], [])
    values = [Typed(*one) for one in said]
    if request.htmx and values:  # type: ignore[attr-defined]  # the middleware's
        return _in_place(request)
    if not values and not files:
        return render(request, "403_csrf.html", status=403)
    return _form(request, values, files, request.get_full_path(), status=403)


def _form(
    request: HttpRequest, values: list[Typed], files: list[str], action: str, *, status: int = 200
) -> HttpResponse:
    context = {"values": values, "files": files, "action": action}
    return render(request, "registration/send_again.html", context, status=status)


def _sign_in(answer: HttpResponse) -> str:
    """Return the address to which an answer sends strangers to sign in; empty where it does not."""
    asks = answer.status_code == 302 and urlsplit(answer["Location"]).path == resolve_url(settings.LOGIN_URL)
    return answer["Location"] if asks else ""


def _in_place(request: HttpRequest) -> HttpResponse:
    """Keep what was typed in place, and lead to its form, which shows it again (see editing.keeping)."""
    keep(request, in_place=True)
    if "do" in request.POST:
        messages.warning(request, _("The page was open too long; nothing was changed. Do it once more."))
    page = request.POST.get("page", "")
    led = HttpResponseClientRedirect(f"{request.path}?page={page}" if page.isalnum() else request.path)
    led.status_code = 403  # not saved: what the browser keeps stays kept
    return led


def _stood_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on this site; where it says nothing, it did not."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    sender = request.headers.get("Origin") or _origin(request.headers.get("Referer", ""))
    return sender in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
