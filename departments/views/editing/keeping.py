"""What was typed outlives an expired sign-in: kept through signing in, shown again, saved by who typed it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django_htmx.http import HttpResponseClientRedirect

from departments.views.editing.desk import Desk

KEPT = "typed-before-signing-in"  # in the session, which signing in carries over
LONGEST = 100_000  # characters: nobody types more, and strangers shall not fill the database
PLUMBING = ("csrfmiddlewaretoken",)

View = Callable[..., HttpResponse]


def keeps_what_was_typed(view: View) -> View:
    """Ask strangers to sign in like `login_required`, but keep what they sent for when they are back."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return ask_to_sign_in(request)

    asked.login_required = False  # type: ignore[attr-defined]  # where reading is not public the middleware would ask first
    return asked


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep what was sent and lead to the sign-in, from where the form is reached again."""
    if request.method == "POST":
        keep(request)
    door = redirect_to_login(request.get_full_path())
    if not request.htmx:  # type: ignore[attr-defined]  # the middleware's
        return door
    led = HttpResponseClientRedirect(door["Location"])
    led.status_code = 401  # not saved: what the browser keeps stays kept
    return led


def keep(request: HttpRequest) -> None:
    """Keep what was sent to this address."""
    sent = {name: values for name, values in request.POST.lists() if name not in PLUMBING}
    if sum(len(value) for values in sent.values() for value in values) <= LONGEST:
        request.session[KEPT] = {"path": request.path, "sent": sent}


def typed_before(desk: Desk) -> QueryDict | None:
    """Return what was kept for this form, once; None where nothing was."""
    data = typed_at(desk.request)
    desk.kept = data is not None
    return data


def typed_at(request: HttpRequest) -> QueryDict | None:
    """Return what was kept for this address, once; None where nothing was."""
    kept = request.session.get(KEPT)
    if request.method != "GET" or not kept or kept["path"] != request.path:
        return None
    del request.session[KEPT]
    data = QueryDict(mutable=True)
    for name, values in kept["sent"].items():
        data.setlist(name, values)
    return data
