"""What was typed outlives an expired sign-in: kept through signing in, shown again in its form, saved by who typed it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

from departments.views.editing.desk import Desk
from departments.views.keeping import keep, typed_at

View = Callable[..., HttpResponse]


def keeps_what_was_typed(view: View) -> View:
    """Ask strangers to sign in like `login_required`, but keep what they sent for the form to show when they are back."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep(request, in_place=True)
        return redirect_to_login(request.get_full_path())

    asked.login_required = False  # type: ignore[attr-defined]  # where reading is not public the middleware would ask first
    return asked


def typed_before(desk: Desk) -> QueryDict | None:
    """Return what was kept for this form, once; None where nothing was."""
    data = typed_at(desk.request)
    desk.kept = data is not None
    return data
