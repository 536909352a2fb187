"""From a reference design to a company's own: new uids, and every node remembers what it was copied from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from departments.models import Classification, Design, Edition, Kind, Node, Relation
from departments.models.guard import room
from departments.restructuring.editions import processes_as_json, start_edition, write_processes
from departments.restructuring.relations import relation_as_json, write_relations
from departments.restructuring.rows import Refused, Row, branch_rows, insert_rows
from departments.restructuring.transitions import record

WHOLE = (
    "kind",
    "summary",
    "wording",
    "strengths",
    "challenges",
    "principles",
    "principles_basis",
    "remarks",
    "sources",
)


def adopt(
    source: Edition | None,
    *,
    name: str,
    slug: str,
    by: User | None,
    branch: UUID | None = None,
    name_en: str = "",
    prefix: str = "",
) -> Design:
    """Return a new own design with its first draft: a copy of an edition, of one department of it, or empty (None).

    Empty means one department of the design's name. `prefix`: what the company's own codes begin with; empty keeps the
    reference's. Raises Refused for a branch that is no department, IntegrityError for a slug in use.
    """
    design = Design(name=name, name_en=name_en, slug=slug, origin=Design.Origin.OWN, adopted_from=source)
    note = ""
    if source is not None:
        note = _("adopted from %(design)s, edition %(number)s") % {"design": source.design, "number": source.number}
        design.sources = source.design.sources
        design.kind = Design.Kind.SINGLE_DEPARTMENT
        if branch is None:
            for column in WHOLE:
                setattr(design, column, getattr(source.design, column))
    with transaction.atomic():
        design.save()
        draft = start_edition(design)
        with room(draft.pk):
            if source is None:
                insert_rows(draft, [Row(0, Kind.DEPARTMENT, {"title": name})])
            else:
                _copy(source, draft, branch, prefix)
        if source is not None and branch is None:
            _copy_classifications(source.design, design)
        record(draft, "", Edition.Status.DRAFT, by=by, note=note)
    return design


def recoded(codes: Sequence[str], prefix: str) -> dict[str, str]:
    """Return old code → own code: the prefix takes the place of the first one, and stands before those without it.

    MKT, MKT-PR, BRAND under GX become GX, GX-PR, GX-BRAND. Where two would become one, it stands before all of them.
    Raises Refused for a code that becomes too long.
    """
    longest = Node._meta.get_field("code").max_length or 0
    first = next(iter(codes), "")
    own = {code: prefix + code[len(first) :] if _begins(code, first) else f"{prefix}-{code}" for code in codes}
    if len({*own.values()}) < len(own):
        own = {code: f"{prefix}-{code}" for code in codes}
    if any(len(code) > longest for code in own.values()):
        raise Refused(_("With this prefix a code becomes longer than %(n)d characters.") % {"n": longest})
    return own


def _begins(code: str, first: str) -> bool:
    return bool(first) and (code == first or code.startswith(f"{first}-"))


def _copy(source: Edition, target: Edition, branch: UUID | None, prefix: str) -> None:
    top = source.nodes.get(uid=branch) if branch else source.nodes.get(parent__isnull=True)
    if top.kind != Kind.DEPARTMENT:
        raise Refused(_("Only a department can become a design of its own."))
    rows = branch_rows(top)
    uids = {row.uid.hex: uuid4() for row in rows}
    own = [adopted(row, source, uids) for row in rows]
    if prefix:
        codes = recoded([row.content["code"] for row in own if row.content["code"]], prefix)
        for row in own:
            row.content["code"] = codes.get(row.content["code"], "")
    insert_rows(target, own)
    titles = dict(source.nodes.exclude(kind=Kind.DUTY).values_list("uid", "title"))
    names = {uid.hex: title for uid, title in titles.items()}
    write_relations(target, _relations(source, uids, names))
    write_processes(target, _processes(source, uids, names))


def adopted(row: Row, source: Edition, uids: dict[str, UUID]) -> Row:
    """Return a row with the uid it has in an own design (`uids`: old → new), its origin remembered, unchecked."""
    content = row.content | {"origin_uid": row.uid.hex, "origin_edition_id": source.pk, "checked": False}
    return replace(row, uid=uids[row.uid.hex], version=1, content=content)


def _relations(source: Edition, uids: dict[str, UUID], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the relations that start in the branch, renamed; who stays behind becomes a party outside, by title."""
    found = []
    for relation in map(relation_as_json, Relation.objects.filter(edition=source).select_related("start", "end")):
        start, end = relation["start"], relation["end"]
        if start not in uids:
            continue
        if end and end not in uids:
            relation |= {"end": "", "outside": names[end]}
        elif end:
            relation["end"] = uids[end].hex
        found.append({**relation, "uid": uuid4().hex, "start": uids[start].hex, "origin_uid": relation["uid"]})
    return found


def _processes(source: Edition, uids: dict[str, UUID], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the processes in which somebody of the branch acts, and all where it is the whole design."""
    whole = names.keys() <= uids.keys()
    found: list[dict[str, Any]] = []
    for process in processes_as_json(source):
        actors = {one.get("node") for step in process["steps"] for one in step["who"]}
        if whole or actors & uids.keys():
            steps = [{**step, "who": _who(step["who"], uids, names)} for step in process["steps"]]
            found.append({**process, "number": len(found) + 1, "steps": steps, "origin": process["name"]})
    return found


def _who(who: Sequence[dict[str, str]], uids: dict[str, UUID], names: dict[str, str]) -> list[dict[str, str]]:
    return [
        one if "node" not in one else {"node": uids[uid].hex} if (uid := one["node"]) in uids else {"text": names[uid]}
        for one in who
    ]


def _copy_classifications(source: Design, target: Design) -> None:
    Classification.objects.bulk_create(
        Classification(design=target, facet=row.facet, value=row.value, inferred=row.inferred, order=row.order)
        for row in source.classifications.all()
    )
