"""/account/tokens/: the keys by which programs read and write with an account's rights; made, seen once, revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from departments.forms.tokens import TokenForm, tokens_left
from departments.models import Token
from departments.permissions import account, login_required


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Show the account's tokens, make one and show its secret this once, or revoke one. 3 queries."""
    user = account(request)
    if request.POST.get("do") == "revoke":
        pk = request.POST.get("token", "")
        gone, _rows = Token.objects.filter(user=user, pk=int(pk) if pk.isascii() and pk.isdigit() else 0).delete()
        messages.success(request, _("Revoked.") if gone else _("It was revoked already."))
        return redirect("tokens")
    held = list(Token.objects.filter(user=user))
    form = TokenForm(request.POST if request.method == "POST" else None)
    secret = ""
    if form.is_valid():
        if tokens_left(held):
            secret = form.keep(user)
            form = TokenForm()
            held = list(Token.objects.filter(user=user))
        else:
            form.add_error(None, _("These are as many tokens as one account may have. Revoke one first."))
    context = {"tokens": held, "form": form, "secret": secret}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "tokens/tokens.html", context, status=status)
