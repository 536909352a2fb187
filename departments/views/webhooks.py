"""/own/webhooks/: which systems are told when an edition comes in force, and what became of telling them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from departments.forms.webhooks import WebhookForm
from departments.models import Delivery, Webhook
from departments.permissions import account, can_administer, login_required, require
from departments.webhooks.deliveries import again

SHOWN = 50  # deliveries


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show receivers and what was sent last; name one (its secret is shown this once), remove one, send again. 4 queries."""
    require(can_administer(request.user), _("Only administrators say which systems are told."))
    do, secret = request.POST.get("do", ""), ""
    if do == "remove":
        pk = request.POST.get("webhook", "")
        gone, _rows = Webhook.objects.filter(pk=int(pk) if pk.isascii() and pk.isdigit() else 0).delete()
        messages.success(request, _("Removed.") if gone else _("It was removed already."))
        return redirect("webhooks")
    if do == "again":
        sent = again(_uid(request.POST.get("delivery", "")))
        messages.success(request, _("It is sent again.") if sent else _("It is on its way already."))
        return redirect("webhooks")
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        hook = form.save(commit=False)
        hook.created_by = account(request)
        hook.save()
        secret, form = hook.secret, WebhookForm()
    context = {
        "hooks": list(Webhook.objects.all()),
        "deliveries": list(Delivery.objects.select_related("webhook", "edition__design")[:SHOWN]),
        "form": form,
        "secret": secret,
    }
    return TemplateResponse(request, "webhooks/webhooks.html", context, status=422 if form.errors else 200)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
