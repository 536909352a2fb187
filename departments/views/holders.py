"""/designs/<slug>/holders/<uid>/ and /mine/: who holds a position, and the positions of whoever is signed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from departments.company.holders import Named, held_by, name_holders, said_of_holders
from departments.forms.holders import HoldersForm
from departments.models import Design, Edition, Holder, HolderChange, Kind, Node
from departments.permissions import account, can_administer, can_name_holders_of, login_required, require
from departments.restructuring import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def holders(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show who holds a position and who named them; on POST name others. 6 queries. Raises Http404."""
    design = get_object_or_404(Design.objects.own(), slug=slug)
    node = _position(design, uid)
    require(can_name_holders_of(request.user, node), _("Only who edits a position names who holds it."))
    held = Holder.objects.filter(design=design, uid=uid).select_related("account")
    initial = {"people": "\n".join(str(Named(one.name, one.account)) for one in held)}
    form = HoldersForm(request.POST or None, initial=initial)
    if form.is_valid():
        people = form.cleaned_data["people"]
        try:
            changed = name_holders(design, uid, people, about=node.title, by=account(request))
        except Refused as refusal:
            form.add_error("people", str(refusal))
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return redirect("holders", slug, uid)
    seen_by, carried = said_of_holders()
    context = {
        "design": design,
        "node": node,
        "form": form,
        "changes": HolderChange.objects.filter(design=design, uid=uid).order_by("-pk")[:50],
        "seen_by": seen_by,
        "carried": carried,
        "administers": can_administer(request.user),
    }
    return TemplateResponse(request, "holders/holders.html", context)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the positions that the account holds, each as its edition in force says. 3 queries."""
    held = held_by(account(request))
    nodes = Node.tree.filter(
        uid__in=[one.uid for one in held], edition__status=Edition.Status.IN_FORCE, kind=Kind.POSITION
    ).select_related("edition", "parent")
    known: dict[Any, Node] = {(node.edition.design_id, node.uid): node for node in nodes}
    rows = [{"holder": one, "node": known.get((one.design_id, one.uid))} for one in held]
    return TemplateResponse(request, "holders/mine.html", {"rows": rows})


def _position(design: Design, uid: UUID) -> Node:
    """Return the position as the edition in force has it, else the one on its way. Raises Http404."""
    editions = design.editions.exclude(status=Edition.Status.SUPERSEDED)
    found = list(Node.tree.filter(edition__in=editions, uid=uid, kind=Kind.POSITION).select_related("edition__design"))
    if not found:
        raise Http404
    return min(found, key=lambda node: node.edition.status != Edition.Status.IN_FORCE)
