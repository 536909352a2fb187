"""What was sent while the sign-in had expired: kept in the session, which signing in carries over, and given back once.

A form that shows it again itself asks `typed_at`; of any other the middleware asks `given_back` (views.sending_again).
"""

import re
from typing import Any

from django.contrib.auth.views import LoginView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError

KEPT = "sent-before-signing-in"  # in the session
LONGEST = 100_000  # characters of a stranger's: who never signed in here shall not fill the database
KNOWN = "signed-in-before"  # the cookie of a browser in which somebody did
YEAR = 365 * 24 * 3600
PLUMBING = ("csrfmiddlewaretoken",)
SECRET = re.compile(r"password", re.IGNORECASE)

Values = list[tuple[str, str]]


class SignIn(LoginView):
    """Signs in, and remembers that somebody did in this browser: what is sent there later is kept however long it is."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Sign in."""
        answer = super().form_valid(form)  # type: ignore[arg-type]  # its own form
        safe: dict[str, Any] = {"secure": self.request.is_secure(), "httponly": True, "samesite": "Lax"}
        answer.set_signed_cookie(KNOWN, "yes", max_age=YEAR, **safe)
        return answer


def sent(request: HttpRequest) -> tuple[Values, list[str]]:
    """Return what was typed, and the names of the fields of files that were chosen; of a form with a password nothing."""
    try:
        values = [(name, value) for name, several in request.POST.lists() for value in several]
    except UnreadablePostError:
        return [], []
    if any(SECRET.search(name) for name, _value in values):
        return [], []
    return [one for one in values if one[0] not in PLUMBING], list(request.FILES)


def keep(request: HttpRequest, *, at: str = "", in_place: bool = False) -> None:
    """Keep what was sent. `at`: the page that comes after signing in, if not the address itself; `in_place`: see `typed_at`."""
    values, files = sent(request)
    if (values or files) and (_known(request) or sum(len(value) for _name, value in values) <= LONGEST):
        action = request.get_full_path()
        request.session[KEPT] = {
            "action": action, "at": at or action, "in_place": in_place, "values": values, "files": files,
        }  # fmt: skip


def keeps_in_place(request: HttpRequest) -> bool:
    """Whether what was sent to this address is kept for a form that shows it itself."""
    kept = request.session.get(KEPT)
    return bool(kept and kept["in_place"] and kept["action"] == request.get_full_path())


def typed_at(request: HttpRequest) -> QueryDict | None:
    """Return what was kept for the form at this address, once; None where nothing was."""
    kept = request.session.get(KEPT) if request.method == "GET" else None
    if not kept or not kept["in_place"] or kept["action"].partition("?")[0] != request.path:
        return None
    del request.session[KEPT]
    data = QueryDict(mutable=True)
    for name, value in kept["values"]:
        data.appendlist(name, value)
    return data


def given_back(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was kept for whoever signed in and has come back, once; None where nothing was."""
    kept = request.session.get(KEPT)
    if not kept or kept["in_place"] or request.get_full_path() not in (kept["action"], kept["at"]):
        return None
    del request.session[KEPT]
    return dict(kept)


def _known(request: HttpRequest) -> bool:
    """Whether somebody is signed in, or was before in this browser."""
    return request.user.is_authenticated or bool(request.get_signed_cookie(KNOWN, default="", max_age=YEAR))
