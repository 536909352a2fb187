"""/designs/<slug>/rights/: who edits or reviews which branch of an own design, given and withdrawn by administrators."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from departments.forms.rights import GrantForm
from departments.models import Design, Edition, Grant
from departments.models.outlines import Outline
from departments.permissions import can_administer, can_see_drafts, login_required, require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the rights in branches and give or withdraw one. 11 queries. Raises Http404, PermissionDenied."""
    design = get_object_or_404(Design, slug=slug, origin=Design.Origin.OWN)
    if not can_see_drafts(request.user, design):
        raise Http404
    require(can_administer(request.user), _("Only administrators give rights."))
    outline = Outline(_latest(design))
    form = GrantForm(request.POST if request.POST.get("do") == "give" else None, outline=outline)
    if request.POST.get("do") == "withdraw":
        gone, _rows = design.grants.filter(pk=_number(request.POST.get("grant", ""))).delete()
        messages.success(request, _("Withdrawn.") if gone else _("It was withdrawn already."))
        return redirect("rights", slug)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Given.") if form.save() else _("This right was given already."))
        return redirect("rights", slug)
    given = Grant.objects.filter(design=design).select_related("user", "group")
    rows = [{"grant": grant, "entry": outline.by_uid.get(grant.department)} for grant in given]
    context = {"design": design, "rows": rows, "form": form}
    return TemplateResponse(request, "rights/rights.html", context)


def _latest(design: Design) -> Edition:
    """Return the edition whose departments are offered: the one on its way, else the one in force. Raises Http404."""
    current = design.editions.filter(status__in=(*Edition.OPEN, Edition.Status.IN_FORCE)).order_by("number").last()
    if current is None:
        raise Http404
    current.design = design
    return current


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
