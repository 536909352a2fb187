"""Signing in and out, changing the password, and what is said to those who may not."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.i18n import set_language

from departments.models import Preference
from departments.permissions import account, require
from departments.views.keeping import SignIn

sign_in = SignIn.as_view()
sign_out = auth.LogoutView.as_view()
password = auth.PasswordChangeView.as_view()
password_changed = auth.PasswordChangeDoneView.as_view()


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in plain words what one may see but not do; send a stranger to sign in, and back to the page afterwards."""
    if not request.user.is_authenticated:
        return redirect_to_login(_page(request))
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def _page(request: HttpRequest) -> str:
    """Return the page to come back to: the one asked for, or for a form the one it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return urlsplit(came_from)._replace(scheme="", netloc="").geturl()
    return "/"


def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak the language chosen from now on, and remember it for the mails an account gets."""
    language = request.POST.get("language", "")
    if request.method == "POST" and request.user.is_authenticated and language in dict(settings.LANGUAGES):
        Preference.objects.update_or_create(user=account(request), defaults={"language": language})
    return set_language(request)


def admin_door(request: HttpRequest) -> HttpResponse:
    """Send a stranger who asks for the admin to sign in; tell anybody else that it is for administrators."""
    require(not request.user.is_authenticated, _("Only administrators look after accounts, functions and sources."))
    wanted = request.GET.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return redirect_to_login(wanted if inside else reverse("admin:index"))
