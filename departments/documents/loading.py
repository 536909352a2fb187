"""From design documents to the database: each all or nothing, and a report of what changed.

A design that exists is never rewritten: a changed document becomes the next edition, whose nodes keep the uids of those they
match. An unchanged document writes nothing. Everything is planned in memory and then written for all designs at once
(benchmarks/loading.py).
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.documents import planning, schema
from departments.documents.checks import Node, walk
from departments.documents.files import DocumentError, Fault
from departments.documents.fits import Fits
from departments.documents.keeping import keep_versions
from departments.documents.matching import match, match_relations
from departments.documents.writing import document, fits
from departments.models import Classification, Design, Edition
from departments.models import Node as StoredNode
from departments.models.bulk import numbers, write
from departments.models.outlines import Outline
from departments.restructuring import Refused
from departments.restructuring.whole import Whole, put_wholes_in_force

IDENTITY = (
    "name",
    "name_en",
    "origin",
    "kind",
    "summary",
    "strengths",
    "principles",
    "principles_basis",
    "corrections",
)
WRITTEN = (*IDENTITY, "challenges", "remarks", "sources", "wording")
FACETS = tuple(Classification.Facet.values)


@dataclass(frozen=True)
class Report:
    """What loading one document did: nodes by uid, against the edition that was in force."""

    slug: str
    edition: int
    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    about: bool = False  # something beside the tree: what it is and suits, lines, processes, sources

    @property
    def unchanged(self) -> bool:
        """Whether nothing was written."""
        return not (self.added or self.changed or self.moved or self.removed or self.about)


@dataclass
class Loaded:
    """What came of several documents: a report for each, in their order, or the fault for which it was refused, by slug."""

    reports: list[Report] = field(default_factory=list)
    refused: dict[str, DocumentError] = field(default_factory=dict)


@dataclass
class _Plan:
    """A document that is to be written: its design (with a primary key by now), the edition in force, the fits stored."""

    given: schema.Design
    design: Design
    current: Edition | None
    stored: schema.Design | None

    @property
    def new(self) -> bool:
        return self.design._state.adding  # noqa: SLF001  # Django's documented flag


def load(given: schema.Design, *, on: datetime.date | None = None) -> Report:
    """Make the database hold the document, as a new edition in force from `on` (today) where anything differs.

    A company's own design counts as approved by whoever loads it. Raises DocumentError where variant_of names no design,
    a draft is open, or a uid belongs to another design. The document must have passed `checks.check`.
    """
    loaded = load_all([given], on=on)
    for error in loaded.refused.values():
        raise error
    (report,) = loaded.reports
    return report


def load_all(documents: Iterable[schema.Design], *, on: datetime.date | None = None) -> Loaded:
    """Load documents (each after the one it is a variant of) in one transaction; one that cannot be used is left out.

    Where the database refuses what was planned, they are loaded one by one, so that only the bad one stays out. About 20
    queries and 3 for each new design; 7 for each that is there already.
    """
    given = list(documents)
    on = on or timezone.localdate()
    try:
        with transaction.atomic():
            return _load(given, on)
    except (DatabaseError, Refused) as error:
        if len(given) == 1:
            reason = _("The database refused it: %s") % str(error).splitlines()[0]
            return Loaded(refused={given[0].slug: DocumentError([Fault(given[0].slug, "", reason)])})
    each = [load_all([one], on=on) for one in given]
    return Loaded(
        [report for one in each for report in one.reports],
        {slug: error for one in each for slug, error in one.refused.items()},
    )


def _load(documents: list[schema.Design], on: datetime.date) -> Loaded:
    slugs = {given.slug for given in documents}
    designs = {
        design.slug: design
        for design in Design.objects.select_for_update(no_key=True).filter(slug__in=slugs).order_by("pk")
    }
    in_force = Edition.objects.in_force().filter(design__slug__in=slugs).select_related("design__variant_of")
    currents = {edition.design.slug: edition for edition in in_force}
    faults = _faults(documents, designs)
    parents = dict(
        Design.objects.filter(slug__in={given.variant_of for given in documents} - {None}).values_list("slug", "pk")
    )
    loaded = Loaded()
    plans: list[_Plan] = []
    fresh = iter(numbers(Design, len(slugs - designs.keys())))
    for given in documents:
        current = currents.get(given.slug)
        stored = _stored(current)
        if current is not None and stored == _without_uids(given):
            loaded.reports.append(Report(given.slug, current.number))
            continue
        wrong = faults.get(given.slug, [])
        if given.variant_of and given.variant_of not in parents:
            wrong = [*wrong, Fault(given.slug, "variant_of", _("There is no design “%s”.") % given.variant_of)]
        if wrong:
            loaded.refused[given.slug] = DocumentError(wrong)
            continue
        design = designs.get(given.slug) or Design(pk=next(fresh), slug=given.slug, uid=given.uid or uuid.uuid4())
        design.variant_of_id = parents[given.variant_of] if given.variant_of else None
        parents.setdefault(given.slug, design.pk)
        plans.append(_Plan(given, design, current, stored))
    _write_identities(plans)
    editions = _editions(plans)
    put_wholes_in_force([whole for whole, _report in editions], on=on)
    loaded.reports += [report for _whole, report in editions]
    order = {given.slug: number for number, given in enumerate(documents)}
    loaded.reports.sort(key=lambda report: order[report.slug])
    return loaded


def _editions(plans: list[_Plan]) -> list[tuple[Whole, Report]]:
    """Return what each plan's next edition holds, and the report of it. 1 query, and 8 for a design that exists."""
    lasts = Edition.objects.filter(design__in=[plan.design.pk for plan in plans]).values_list("design")
    last = dict(lasts.annotate(Max("number")))
    found = []
    for plan in plans:
        outline = Outline(plan.current) if plan.current else None
        uids = match(plan.given, outline)
        rows = list(planning.rows(plan.given, uids))
        kept = keep_versions(rows, plan.current)
        about = plan.stored is None or _beside_the_tree(plan.stored) != _beside_the_tree(plan.given)
        relations = match_relations(planning.relations(plan.given, uids), outline)
        number = last.get(plan.design.pk, 0) + 1
        processes = planning.processes(plan.given, uids)
        whole = Whole(plan.design.pk, number, rows, relations, processes, said=kept)
        found.append((whole, Report(plan.given.slug, number, about=about, **kept)))
    return found


def _stored(current: Edition | None) -> schema.Design | None:
    """Return the edition as a document; None where there is none, or none can say what it holds."""
    try:
        return document(current, uids=False) if current else None
    except DocumentError:
        return None


def _faults(documents: list[schema.Design], designs: dict[str, Design]) -> dict[str, list[Fault]]:
    """Return what loading would stumble over, by slug: an open draft, a uid of another design. 1 to 3 queries."""
    found: dict[str, list[Fault]] = defaultdict(list)
    drafts = Edition.objects.open().filter(design__in=designs.values()).values_list("design__slug", flat=True)
    for slug in drafts:
        found[slug].append(Fault(slug, "", _("A draft of this design is open; put it in force or discard it first.")))
    foreign = _("The uid “%s” belongs to another design.")
    owners = {given.uid: given.slug for given in documents if given.uid and given.slug not in designs}
    if owners:
        for uid in Design.objects.filter(uid__in=owners).values_list("uid", flat=True):
            found[owners[uid]].append(Fault(owners[uid], "uid", foreign % uid))
    uids = {node.uid: given.slug for given in documents for node, _trail in walk(given.tree) if node.uid}
    if uids:
        others = StoredNode.tree.filter(uid__in=uids).values_list("uid", "edition__design__slug")
        for uid, slug in sorted(set(others)):
            if slug != uids[uid]:
                found[uids[uid]].append(Fault(uids[uid], f"tree › {uid}", foreign % uid))
    return found


def _beside_the_tree(given: schema.Design) -> tuple[Any, ...]:
    placed = [node for node, _trail in walk(given.tree) if not isinstance(node, schema.Duty)]
    lines = [(node.code or node.title, superior) for node in placed for superior in node.superiors]
    return given.model_copy(update={"uid": None, "tree": None}), lines


def _without_uids(given: schema.Design) -> schema.Design:
    return given.model_copy(update={"uid": None, "tree": _stripped(given.tree)})


def _stripped(node: Node) -> Any:
    return node.model_copy(update={"uid": None, "children": [_stripped(child) for child in node.children]})


def _write_identities(plans: list[_Plan]) -> None:
    """Store what the designs are: their own columns and their classification. 2 queries, and 2 to 4 for one that exists."""
    classified = [plan for plan in plans if plan.new]
    for plan in plans:
        identify(plan.design, plan.given)
        if not plan.new:
            plan.design.save()
            if fits(plan.design) != plan.given.fits:
                plan.design.classifications.all().delete()
                classified.append(plan)
    names = ("id", "slug", "uid", "variant_of_id", *WRITTEN)
    write(Design, names, [[getattr(plan.design, name) for name in names] for plan in plans if plan.new])
    values = [row for plan in classified for row in classifications(plan.design.pk, plan.given.fits)]
    write(Classification, ("design", "facet", "value", "inferred", "order"), values)


def identify(design: Design, given: schema.Design) -> None:
    """Give the design the columns that the document says."""
    for name in IDENTITY:
        setattr(design, name, getattr(given, name))
    for name in ("challenges", "remarks", "sources"):
        setattr(design, name, [part.model_dump(mode="json") for part in getattr(given, name)])
    design.wording = given.fits.wording


def classifications(design: int, given: Fits) -> list[tuple[Any, ...]]:
    """Return the rows of what a design suits: design, facet, value, inferred, order."""
    rows = []
    for facet in FACETS:
        value = getattr(given, facet)
        for order, one in enumerate(value if isinstance(value, list) else [value] if value else []):
            rows.append((design, facet, one, facet in given.inferred, order))
    return rows
