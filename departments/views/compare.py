"""/compare/: two structures side by side, and what became of every duty."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from departments.comparison.diff import compare
from departments.comparison.verdicts import Diff, Verdict
from departments.formats.compare_book import compare_book
from departments.formats.table_book import MEDIA_TYPE
from departments.models import Design, Edition
from departments.models.entries import Entry
from departments.permissions import User, can_see_drafts
from departments.views.downloads import send
from departments.views.reading import Reading, reading_or_404

LABELS = {
    Verdict.KEPT: gettext_lazy("kept"),
    Verdict.REWORDED: gettext_lazy("reworded"),
    Verdict.MOVED: gettext_lazy("moved"),
    Verdict.MERGED: gettext_lazy("merged"),
    Verdict.SPLIT: gettext_lazy("split"),
    Verdict.ONLY_LEFT: gettext_lazy("only left"),
    Verdict.ONLY_RIGHT: gettext_lazy("only right"),
}


@dataclass(frozen=True)
class Side:
    """One of the two structures: its reading, and the branch of it that is compared."""

    reading: Reading
    scope: Entry

    @property
    def name(self) -> str:
        """What the column is called: the design, and the department where only one is compared."""
        whole = self.scope is self.reading.outline.root
        edition = "" if self.reading.in_force else _("edition %(n)d") % {"n": self.reading.edition.number}
        return " · ".join(filter(None, (self.reading.design.name, edition, "" if whole else self.scope.title)))


def _drafts(user: User) -> list[Design]:
    """Return the own designs that were never in force, for those who may see them. 1 query, none for strangers."""
    if not user.is_authenticated:
        return []
    waiting = Design.objects.own().exclude(editions__status=Edition.Status.IN_FORCE).order_by("name")
    return [design for design in waiting if can_see_drafts(user, design)]


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Show two designs, departments or editions side by side and as a duty diff, else a form to choose. 10 queries.

    `a`, `b`: a design's slug, or slug/editions/2, slug/draft; `a_from`, `b_from`: the code of a department or position.
    """
    given, sides, problems = _asked(request)
    context: dict[str, Any] = {
        "given": given,
        "problems": problems,
        "designs": list(Design.objects.readable().only("slug", "name", "name_en").order_by("name")),
        "drafts": _drafts(request.user),
        "editions": _editions(given),
    }
    if len(sides) == 2:
        left, right = sides
        diff = compare(left.scope, right.scope, same_design=left.reading.design == right.reading.design)
        context |= {"left": left, "right": right, "diff": diff} | _shown(diff)
    return TemplateResponse(request, "compare/compare.html", context, status=404 if problems else 200)


@require_safe
def comparison_xlsx(request: HttpRequest) -> HttpResponseBase:
    """Send a comparison as a workbook; the same address as the page's. 8 queries. Raises Http404 where a side is missing."""
    _given, sides, _problems = _asked(request)
    if len(sides) != 2:
        raise Http404
    left, right = sides
    diff = compare(left.scope, right.scope, same_design=left.reading.design == right.reading.design)
    content = compare_book((left.name, right.name), diff, LABELS)
    return send(request, content, MEDIA_TYPE, f"{left.name} - {right.name}.xlsx")


def _asked(request: HttpRequest) -> tuple[dict[str, str], list[Side], list[str]]:
    """Return what the address says, the sides it names that can be read, and a sentence for each that cannot."""
    given = {name: request.GET.get(name, "").strip() for name in ("a", "b", "a_from", "b_from")}
    sides, problems = [], []
    for which in ("a", "b"):
        if given[which]:
            try:
                sides.append(_side(given[which], given[f"{which}_from"], request))
            except Unknown as unknown:
                problems.append(str(unknown))
    return given, sides, problems


class Unknown(Exception):
    """What was asked for does not exist; the message says so in the reader's words."""


def _side(address: str, ref: str, request: HttpRequest) -> Side:
    try:
        reading = reading_or_404(address, request.user)
    except (Http404, PermissionDenied):
        raise Unknown(_("There is no design “%(slug)s” to read.") % {"slug": address}) from None
    scope = reading.outline.find(ref) if ref else reading.outline.root
    if scope is None:
        raise Unknown(
            _("“%(design)s” has no department or position “%(code)s”.") % {"design": reading.design.name, "code": ref}
        )
    return Side(reading, scope)


def _editions(given: dict[str, str]) -> list[dict[str, Any]]:
    """Return the earlier editions of the designs compared, to be chosen too. 1 query."""
    slugs = {given[which].partition("/")[0] for which in ("a", "b")}
    earlier = Edition.objects.filter(design__slug__in=slugs, status=Edition.Status.SUPERSEDED)
    return [
        {
            "address": f"{edition.design.slug}/editions/{edition.number}",
            "name": edition.design.name,
            "number": edition.number,
        }
        for edition in earlier.select_related("design").order_by("design__name", "-number")
    ]


def _shown(diff: Diff) -> dict[str, Any]:
    """Return the diff as the page lists it: verdict by verdict, what differs before what was kept."""
    order = (
        Verdict.REWORDED,
        Verdict.MOVED,
        Verdict.MERGED,
        Verdict.SPLIT,
        Verdict.ONLY_LEFT,
        Verdict.ONLY_RIGHT,
        Verdict.KEPT,
    )
    groups = [
        {"verdict": verdict, "label": LABELS[verdict], "rows": [row for row in diff.rows if row.verdict == verdict]}
        for verdict in order
    ]
    paired = [pair for pair in diff.places if pair.left and pair.right]
    return {
        "groups": [group for group in groups if group["rows"]],
        "figures": [(LABELS[verdict], number) for verdict, number in diff.counts.items()],
        "paired": paired,
        "only_left": [pair.left for pair in diff.places if pair.right is None],
        "only_right": [pair.right for pair in diff.places if pair.left is None],
    }
