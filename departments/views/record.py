"""/designs/<slug>/record/: what happened to an own design, or to one position or department of it, through all its editions."""

from itertools import groupby
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from departments.changes import Sentence, sentences
from departments.models import Change, Design, Edition, Kind, Node, Transition
from departments.permissions import can_see_drafts, login_required

PAGE = 50  # changes


@login_required
@require_safe
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the steps and changes of every edition, the newest first; with ?node=<uid> those of one node. 10–14 queries.

    Raises Http404.
    """
    design = get_object_or_404(Design, slug=slug, origin=Design.Origin.OWN)
    if not can_see_drafts(request.user, design):
        raise Http404
    node = _uid_or_404(request.GET.get("node", ""))
    whole = Change.objects.filter(edition__design=design, group__isnull=True)
    changes = _touching(design, node) if node else whole
    page = Paginator(changes.order_by("-edition__number", "-number"), PAGE).get_page(request.GET.get("page"))
    changed = set(changes.order_by().values_list("edition", flat=True))
    names = _names(design, node) if node else {}
    if node and not names and not page.paginator.count:
        raise Http404
    context = {
        "design": design,
        "page": page,
        "node": node,
        "name": next(iter(names.values()), ""),
        "rows": _rows(design, page, changed, names if node else None),
    }
    return TemplateResponse(request, "history/record.html", context)


def _rows(
    design: Design, page: "Page[Change]", changed: set[int], names: dict[int, str] | None
) -> list[dict[str, object]]:
    """Return every edition with its steps and those of its changes that are on the page; of a node with its name then.

    An edition without changes stands on the first page; a node that was not in an edition leaves it out.
    """
    told: dict[int, list[Sentence]] = {
        edition: list(group) for edition, group in groupby(sentences(page.object_list), _edition)
    }
    steps = Prefetch("transitions", Transition.objects.order_by("pk"))
    rows: list[dict[str, object]] = []
    for edition in Edition.objects.filter(design=design).order_by("-number").prefetch_related(steps):
        unchanged = page.number == 1 and edition.pk not in changed and (names is None or edition.pk in names)
        if edition.pk in told or unchanged:
            name = names.get(edition.pk, "") if names is not None else ""
            rows.append({"edition": edition, "told": told.get(edition.pk, []), "name": name})
    return rows


def _edition(sentence: Sentence) -> int:
    return sentence.change.edition_id


def _names(design: Design, node: UUID) -> dict[int, str]:
    """Return what a node is called in each edition it stands in, the newest first. 1 query."""
    found = Node.tree.filter(uid=node, edition__design=design).order_by("-edition__number")
    return {edition: title or text for edition, title, text in found.values_list("edition", "title", "text")}


def _touching(design: Design, node: UUID) -> QuerySet[Change]:
    """Return the changes of a node, of the statements it has or had, and what was put, moved or removed right under it."""
    own = Node.tree.filter(Q(parent__uid=node) | Q(parent__parent__uid=node, parent__kind=Kind.DUTY))
    uids = own.filter(edition__design=design, kind=Kind.DUTY).values_list("uid", flat=True).distinct()
    return Change.objects.filter(edition__design=design).filter(
        Q(node_uid__in=[node, *uids]) | Q(before__place__under=node.hex) | Q(after__place__under=node.hex)
    )


def _uid_or_404(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
