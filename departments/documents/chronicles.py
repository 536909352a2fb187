"""A design with all its editions as one document: out of the database, and into one that does not know the design.

```yaml
design: {slug: …, name: …, kind: …}   # what a design document says beside its tree
editions:                             # the oldest first
- number: 1
  status: superseded                  # superseded, in_force or draft: what is in review or approved is a draft again
  effective_on: '2026-01-01'          # not of a draft
  tree: …                             # tree, relations and processes as in a design document, always with uids
```

Read, stored and written again it is the same, byte for byte. Who wrote and approved what stays in the database it came from.
"""

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from departments.documents import planning, schema
from departments.documents.checks import check, walk
from departments.documents.files import DocumentError, Fault
from departments.documents.keeping import keep_versions
from departments.documents.loading import classifications, identify
from departments.documents.matching import match, match_relations
from departments.documents.writing import document
from departments.models import Classification, Design, Edition, Function, Node
from departments.models.bulk import write
from departments.models.outlines import Outline
from departments.restructuring import Refused, open_edition, start_edition
from departments.restructuring.editions import write_processes
from departments.restructuring.relations import write_relations
from departments.restructuring.transitions import record
from departments.restructuring.whole import Whole, put_wholes_in_force

Status = Edition.Status
ABOUT = tuple(schema.About.model_fields)
CONTENT = tuple(schema.Content.model_fields)


def chronicle(design: Design, *, drafts: bool = True) -> schema.Chronicle:
    """Return the design with all its editions, with the one on its way where `drafts`. 1 query, 8 for each edition.

    Raises DocumentError as `document`.
    """
    editions = design.editions.order_by("number").select_related("design__variant_of")
    if not drafts:
        editions = editions.filter(status__in=Edition.PUBLISHED)
    written = [(edition, document(edition, uids=True)) for edition in editions]
    if not written:
        raise DocumentError([Fault(design.slug, "editions", _("The edition is empty."))])
    about = written[-1][1]
    return schema.Chronicle(
        design=schema.About(**{name: getattr(about, name) for name in ABOUT}),
        editions=[_edition(edition, one) for edition, one in written],
    )


def _edition(edition: Edition, written: schema.Design) -> schema.EditionOf:
    published = edition.status in Edition.PUBLISHED
    return schema.EditionOf(
        number=edition.number,
        status=edition.status if published else "draft",
        effective_on=edition.effective_on if published else None,
        **{name: getattr(written, name) for name in CONTENT},
    )


def faults_of(given: schema.Chronicle) -> list[Fault]:
    """Return why the design cannot be made: what is wrong with its editions, else what is there already. 2–5 queries."""
    names = set(Function.objects.values_list("slug", flat=True))
    faults: list[Fault] = []
    for one in given.editions:
        try:
            check(_document(given, one), file=f"{given.design.slug} {one.number}", functions=names)
        except DocumentError as error:
            faults += error.faults
    return faults or _taken(given)


def load_chronicle(given: schema.Chronicle, *, by: User | None = None) -> Design:
    """Make the design with all its editions. About 30 queries for each. Raises DocumentError where it cannot be made."""
    if faults := faults_of(given):
        raise DocumentError(faults)
    documents = [(one, _document(given, one)) for one in given.editions]
    try:
        with transaction.atomic():
            design = _design(documents[-1][1])
            last: Edition | None = None
            for one, whole in documents:
                last = _load(design, one, whole, last, by=by)
    except (DatabaseError, Refused) as error:
        reason = _("The database refused it: %s") % str(error).splitlines()[0]
        raise DocumentError([Fault(given.design.slug, "", reason)]) from error
    return design


def _document(given: schema.Chronicle, one: schema.EditionOf) -> schema.Design:
    parts = {name: getattr(given.design, name) for name in ABOUT} | {name: getattr(one, name) for name in CONTENT}
    return schema.Design.model_construct(**parts)


def _taken(given: schema.Chronicle) -> list[Fault]:
    about = given.design
    same = Q(slug=about.slug) | Q(uid=about.uid) if about.uid else Q(slug=about.slug)
    if (there := Design.objects.filter(same).first()) is not None:
        reason = _("It is there already, as “%s”. Only a design that is not there is brought in.") % there.name
        return [Fault(about.slug, "", reason)]
    if about.variant_of and not Design.objects.filter(slug=about.variant_of).exists():
        return [Fault(about.slug, "variant_of", _("There is no design “%s”.") % about.variant_of)]
    uids = {node.uid for one in given.editions for node, _trail in walk(one.tree) if node.uid}
    taken = Node.tree.filter(uid__in=uids).values_list("uid", flat=True).distinct()
    return [Fault(about.slug, f"tree › {uid}", _("The uid “%s” belongs to another design.") % uid) for uid in taken]


def _design(given: schema.Design) -> Design:
    design = Design(slug=given.slug, variant_of=Design.objects.filter(slug=given.variant_of or "").first())
    if given.uid:
        design.uid = given.uid
    identify(design, given)
    design.save()
    write(Classification, ("design", "facet", "value", "inferred", "order"), classifications(design.pk, given.fits))
    return design


def _load(
    design: Design, one: schema.EditionOf, given: schema.Design, last: Edition | None, *, by: User | None
) -> Edition:
    """Write one edition after the last; nodes without a uid are those they match there."""
    before = Outline(last) if last else None
    uids = match(given, before)
    rows = list(planning.rows(given, uids))
    said = keep_versions(rows, last)
    relations = match_relations(planning.relations(given, uids), before)
    processes = planning.processes(given, uids)
    if one.effective_on is not None and one.status != "draft":
        put_wholes_in_force([Whole(design.pk, one.number, rows, relations, processes, said=said)], on=one.effective_on)
        edition = design.editions.get(number=one.number)
        Edition.objects.filter(pk=edition.pk).update(status=one.status)
        return edition
    edition = start_edition(design)
    Edition.objects.filter(pk=edition.pk).update(number=one.number)
    with open_edition(edition, by=by) as room:
        room.insert_branch(rows)
        write_relations(edition, relations)
        write_processes(edition, processes)
    record(edition, "", Status.DRAFT, by=by)
    return edition
