"""Taking over what a reference has changed since: one difference, one change of the draft, which can be undone.

What is not wanted is declined: that is kept beside the editions, against what the reference says there.
"""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from departments.comparison.origin_lines import LineDifference, SaidLine, SuperiorsDifference
from departments.comparison.origin_processes import ProcessDifference, SaidProcess
from departments.comparison.origins import Difference, NodeDifference, Since
from departments.models import Declined, Design, Edition, Kind, Node, Relation
from departments.restructuring.adopting import adopted
from departments.restructuring.lines import relate, set_superiors, unrelate
from departments.restructuring.procedures import remove_procedure, write_procedure
from departments.restructuring.relations import relation_as_json
from departments.restructuring.room import Room
from departments.restructuring.rows import Refused, Row, branch_rows


def take_over(room: Room, since: Since, key: str, *, seen: str = "") -> Difference:
    """Write one difference into the draft, and return it; what the company changed itself stays.

    `seen`: a `Difference.replaces`; where it still holds, the company's own words of that field are replaced. `since` must
    have been read under the room's lock. Raises Refused, KeyError where there is no such difference any more.
    """
    difference = since.find(key)
    if difference.waits is not None:
        raise Refused(_("Take over “%(place)s” first.") % {"place": difference.waits})
    if seen and seen != difference.replaces:
        raise Refused(_("This has changed meanwhile. Nothing was replaced: look at both texts again."))
    if not difference.takeable and not seen:
        raise Refused(_("The company has changed this itself. Edit it where it stands."))
    match difference:
        case NodeDifference():
            _take_node(room, difference)
        case SuperiorsDifference():
            ends = [{**_end(since, line), "basis": line.basis, "line": line.line} for line in difference.now]
            lines = zip(ends, difference.now, strict=True)
            set_superiors(room, difference.mine.uid, [{**end, "origin_uid": line.uid.hex} for end, line in lines])
        case LineDifference():
            _take_line(room, since, difference)
        case ProcessDifference():
            _take_process(room, since, difference)
    return difference


def parted(design: Design, differences: list[Difference]) -> tuple[list[Difference], list[Difference]]:
    """Return the differences that are open, and those that were declined as the reference has them. 1 query."""
    declined = set(Declined.objects.filter(design=design).values_list("key", "against"))
    gone = [one for one in differences if (one.key, one.against) in declined]
    return [one for one in differences if one not in gone], gone


def decline(design: Design, difference: Difference, *, by: User) -> None:
    """Leave a difference out of the list until the reference says something else there. 2–4 queries."""
    name = by.get_full_name() or by.get_username()
    said = {"against": difference.against, "by": by, "by_name": name}
    Declined.objects.update_or_create(design=design, key=difference.key, defaults=said)


def reconsider(design: Design, difference: Difference) -> None:
    """Put a declined difference back into the list. 1 query."""
    Declined.objects.filter(design=design, key=difference.key).delete()


def _take_node(room: Room, difference: NodeDifference) -> None:
    now, mine, under = difference.now, difference.mine, difference.under
    before = difference.before.uid if difference.before else None
    if difference.verdict == "added" and now is not None and under is not None:
        _add(room, difference)
    elif difference.verdict == "moved" and mine is not None and under is not None:
        room.move(mine.uid, under=under.uid, before=before)
    elif difference.verdict == "removed" and mine is not None:
        room.remove(mine.uid)
    elif now is not None and mine is not None and difference.field is not None:
        name = difference.field.name
        room.edit(mine.uid, now.columns(name), expected=mine.columns(name))


def _end(since: Since, line: SaidLine) -> dict[str, str]:
    """Return the other end of a line of the reference as the draft has it."""
    end = since.mine[line.end.uid].uid.hex if line.end else ""
    return {"end": end, "outside": line.who[1]}


def _take_line(room: Room, since: Since, difference: LineDifference) -> None:
    now, mine = difference.now, difference.mine
    if now is None and mine is not None:
        unrelate(room, mine.uid)
    elif now is not None:
        wanted: dict[str, Any] = {name: getattr(now, name) for name in ("kind", "about", "basis", "line")}
        if difference.field is not None:
            wanted = {name: value for name, value in wanted.items() if name == difference.field.name}
        if difference.field is None or difference.field.name == "who":
            wanted |= _end(since, now)
        known = {"uid": mine.uid.hex} if mine else {}
        relate(room, {**known, "start": difference.start.uid.hex, **wanted, "origin_uid": now.uid.hex})


def _take_process(room: Room, since: Since, difference: ProcessDifference) -> None:
    now, mine = difference.now, difference.mine
    if now is None and mine is not None:
        remove_procedure(room, mine.number)
    elif now is not None:
        said = {**now.values, "steps": _steps(since, now)}
        if mine is None:
            write_procedure(room, {**said, "sources": now.sources, "origin": now.name})
        elif difference.field is not None:
            name = difference.field.name
            write_procedure(room, {name: said[name], "number": mine.number, "origin": now.name})


def _steps(since: Since, process: SaidProcess) -> list[dict[str, Any]]:
    """Return the steps as the draft says them: who is not in it acts under the name the reference has for them."""
    own = {uid.hex: said.uid.hex for uid, said in since.mine.items()}
    titles = {uid.hex: str(said) for uid, said in since.now.items()}
    return [
        {
            **step,
            "who": [
                one
                if "node" not in one
                else {"node": own[one["node"]]}
                if one["node"] in own
                else {"text": titles[one["node"]]}
                for one in step["who"]
            ],
        }
        for step in process.rows
    ]


def _add(room: Room, difference: NodeDifference) -> None:
    """Insert the branch with uids of its own, its origins remembered; a code only where it is free in the draft.

    Lines that begin in it come along where their other end is in the draft, or outside.
    """
    if difference.now is None or difference.under is None:
        return
    top = Node.tree.select_related("edition").get(pk=difference.now.pk)
    rows = _new_ones(room, branch_rows(top))
    uids = {row.uid.hex: uuid4() for row in rows}
    taken = set(Node.tree.filter(edition=room.edition).exclude(code="").values_list("code", flat=True))
    parent = difference.now.parent
    own_codes = parent is not None and difference.under.code != parent.code
    new = [adopted(row, top.edition, uids) for row in rows]
    for row in new:
        if own_codes or row.content["code"] in taken:
            row.content["code"] = ""
    before = difference.before.uid if difference.before else None
    lines = list(_new_lines(room, top.edition, uids))
    note = _("taken over: “%(title)s”") % {"title": difference.title[:100]}
    with room.together(note, about=new[0].uid) if lines else nullcontext():
        room.insert_branch(new, under=difference.under.uid, before=before)
        for line in lines:
            relate(room, line)


def _new_lines(room: Room, reference: Edition, uids: Mapping[str, UUID]) -> Iterator[dict[str, Any]]:
    """Yield the lines that begin in a new branch (`uids`: old → new) as the draft is to have them. 2 queries."""
    found = Relation.objects.filter(edition=reference, start__uid__in=[UUID(uid) for uid in uids])
    here = _ends(room) | {old: new.hex for old, new in uids.items()}
    for line in map(relation_as_json, found.select_related("start", "end")):
        if not line["end"] or line["end"] in here:
            said = {name: value for name, value in line.items() if name not in ("uid", "order")}
            end = here[line["end"]] if line["end"] else ""
            yield {**said, "start": here[line["start"]], "end": end, "origin_uid": line["uid"]}


def _ends(room: Room) -> dict[str, str]:
    """Return the draft's departments and positions by what they were copied from, both as hexadecimal uids. 1 query."""
    nodes = Node.tree.filter(edition=room.edition).exclude(origin_uid="").exclude(kind=Kind.DUTY)
    return {origin: uid.hex for origin, uid in nodes.order_by("-lft").values_list("origin_uid", "uid")}


def _new_ones(room: Room, rows: list[Row]) -> list[Row]:
    """Return the rows without the branches that the draft has already, elsewhere: those are moved, not copied."""
    origins = Node.tree.filter(edition=room.edition).exclude(origin_uid="")
    here = set(origins.values_list("origin_uid", flat=True))
    kept: list[Row] = []
    skipped = 0  # the depth of the branch left out; 0: none
    for row in rows:
        if skipped and row.depth > skipped:
            continue
        skipped = row.depth if row.uid.hex in here else 0
        if not skipped:
            kept.append(row)
    return kept
