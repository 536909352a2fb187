"""/designs/<slug>/adopt/, /own/ and /own/new/: from a reference design to a company's own."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from departments.forms.adopting import TAKEN, AdoptDesign, NewDesign, proposed_slug
from departments.models import Design, Edition
from departments.permissions import (
    account,
    can_administer,
    can_adopt,
    can_bring_in,
    can_see_drafts,
    login_required,
    require,
)
from departments.restructuring import Refused
from departments.restructuring.adopting import adopt as copy_design
from departments.views.reading import reading_or_404


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the company's own designs with their editions. 2 queries."""
    editions = Edition.objects.exclude(status=Edition.Status.SUPERSEDED)
    designs = Design.objects.filter(origin=Design.Origin.OWN).prefetch_related(Prefetch("editions", editions))
    designs = designs.select_related("adopted_from__design", "organisation").defer("organisation__logo")
    rows = []
    for design in designs:
        current = next(
            (edition for edition in design.editions.all() if edition.status == Edition.Status.IN_FORCE), None
        )
        coming = next((edition for edition in design.editions.all() if edition.status in Edition.OPEN), None)
        may_see = can_see_drafts(request.user, design)
        coming = coming if may_see else None
        if current or coming:
            rows.append({"design": design, "current": current, "coming": coming, "may_see": may_see})
    context = {
        "rows": rows,
        "may_adopt": can_adopt(request.user),
        "may_bring_in": can_bring_in(request.user),
        "administers": can_administer(request.user),
        "ours": next((design for design in designs if hasattr(design, "organisation")), None),
    }
    return TemplateResponse(request, "adopting/own.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for name and address, then copy the edition in force or one department of it. Raises Http404."""
    require(can_adopt(request.user), _("Only editors adopt designs."))
    reading = reading_or_404(slug, request.user)
    start = reading.outline.find(request.GET.get("branch", ""))
    proposed = {
        "branch": start.ref if start and start.is_department and start is not reading.outline.root else "",
        "name": start.title if start else reading.design.name,
        "slug": "" if request.method == "POST" else proposed_slug(slug),
    }
    form = AdoptDesign(request.POST or None, outline=reading.outline, initial=proposed)
    if form.is_valid():
        branch = reading.outline.find(form.cleaned_data["branch"]) if form.cleaned_data["branch"] else None
        if made := _make(request, form, reading.edition, branch.uid if branch else None):
            return made
    return TemplateResponse(request, "adopting/adopt.html", {"reading": reading, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt_empty(request: HttpRequest) -> HttpResponse:
    """Ask for name and address, then make a design of one department."""
    require(can_adopt(request.user), _("Only editors make designs."))
    form = NewDesign(request.POST or None)
    if form.is_valid() and (made := _make(request, form, None, None)):
        return made
    return TemplateResponse(request, "adopting/adopt.html", {"reading": None, "form": form})


def _make(request: HttpRequest, form, source: Edition | None, branch) -> HttpResponse | None:
    """Copy and go to the draft; None where somebody took the address meanwhile."""
    names = {name: form.cleaned_data[name] for name in ("name", "name_en", "slug")}
    names["prefix"] = form.cleaned_data.get("code_prefix", "")
    try:
        with transaction.atomic():
            design = copy_design(source, **names, by=account(request), branch=branch)
    except IntegrityError:
        form.add_error("slug", TAKEN)
        return None
    except Refused as refusal:
        form.add_error("code_prefix", str(refusal))
        return None
    messages.success(request, _("This is your own first draft. Change what differs, then submit it for review."))
    return redirect("design", f"{design.slug}/draft")
