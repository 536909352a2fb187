"""/own/organisation/ and /own/logo: what the company says of itself, and its logo."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_response_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from departments.forms.organisation import OrganisationForm
from departments.models import Organisation
from departments.permissions import can_administer, login_required, require

YEAR = 365 * 24 * 3600


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest) -> HttpResponse:
    """Show and store what the company says of itself. 4 queries."""
    require(can_administer(request.user), _("Only administrators say which design is the organisation in force."))
    stored = Organisation.objects.current()
    form = OrganisationForm(request.POST or None, request.FILES or None, instance=stored)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("organisation")
    sample = stored and stored.design and stored.design.editions.in_force().select_related("design").first()
    number = stored.document_number(sample) if stored and sample else ""
    context = {"form": form, "organisation": Organisation.objects.current(), "number": number}
    return TemplateResponse(request, "organisation/organisation.html", context)


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """Return the logo, which nothing may run in and which a changed address renews. 1 query. Raises Http404."""
    found = Organisation.objects.exclude(logo_type="").values_list("logo_type", "logo").first()
    if found is None or found[1] is None:
        raise Http404
    answer = HttpResponse(bytes(found[1]), content_type=found[0])
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    patch_response_headers(answer, cache_timeout=YEAR if request.GET.get("v") else 0)
    return answer
