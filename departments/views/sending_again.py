"""A form whose page was open too long: what was typed is shown again, to be sent once more by who typed it.

So is what somebody sent whose sign-in had expired, once they are back.

Whoever signs in gets new tokens, and a page that was open before (overnight, in another tab) sends an old one. The words are
given back as a form with a new token, never sent by themselves, and only where the browser says that the form stood on this
site: of what another site sent nothing is shown. Passwords are not given back, and no page can give files back.
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from departments.views.editing.keeping import KEPT, LONGEST, PLUMBING, keep

SENT = "sent-before-signing-in"  # in the session, which signing in carries over
SECRET = re.compile(r"password", re.IGNORECASE)
PLAIN = re.compile(r"^(initial-.*|page|which|seen|next|do|version)$")  # what the form says, not who fills it in
NUMBER = re.compile(r"^([0-9a-f]{32}|[0-9a-f-]{36}|[a-z_:-]*|\d+)$")


class SentBeforeSigningIn:
    """Keeps what is answered with the sign-in, and gives it back at the same address afterwards. No query but the session's.

    What editing keeps for its own forms (`editing.keeping`) is left to it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if request.method == "GET" and request.user.is_authenticated and request.session.get(SENT):
            sent = request.session[SENT]
            if sent["action"] == request.get_full_path():
                del request.session[SENT]
                return _form(request, [Typed(*one) for one in sent["values"]], sent["files"], sent["action"])
        answer = self.get_response(request)
        if request.method == "POST" and not request.htmx and _asks_to_sign_in(answer):  # type: ignore[attr-defined]
            values, files = _sent(request)
            kept = request.session.get(KEPT, {}).get("path") == request.path
            if not kept and (values or files) and sum(len(one.value) for one in values) <= LONGEST:
                action = request.get_full_path()
                request.session[SENT] = {"action": action, "values": values, "files": files}
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
    values, files = _sent(request) if _stood_here(request) else ([], [])
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


def _asks_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and urlsplit(answer["Location"]).path == resolve_url(settings.LOGIN_URL)


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
