"""What became of the departments, on one chart: as they stand now, and where those stood that were moved or removed."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from departments.charts.forest import Forest, Tie, plant
from departments.charts.options import Options
from departments.charts.picture import ADDED, MOVED, REMOVED, STOOD, Box
from departments.charts.sizes import dress
from departments.models.entries import Entry
from departments.models.outlines import Outline

OPTIONS = Options(show="departments", headcount=False, english=False)


def plant_moves(old: Outline, new: Outline, origins: Mapping[UUID, UUID] | None = None) -> Forest | None:
    """Return the departments of the new edition as a forest, sized and marked; None where none is new, gone or elsewhere.

    A line leads from where a department stood to where it stands. `origins`: uid now → uid then, where they differ.
    Costs O(entries), no query.
    """
    origins = origins or {}
    before = {entry.uid: entry for entry in old.departments}
    then = {entry: before.get(origins.get(entry.uid, entry.uid)) for entry in new.departments}
    now = {was: entry for entry, was in then.items() if was is not None}
    forest = plant(new, OPTIONS)
    boxes = {box.entry: box for box in forest.boxes}
    for entry, was in then.items():
        if was is None:
            boxes[entry].state = ADDED
        elif (above := _above(was)) is not None and now.get(above) is not _above(entry):
            boxes[entry].state = MOVED
    standing: dict[Entry, Box] = {}  # where each department of the old edition is found on the chart
    for was in old.departments:
        box = boxes[now[was]] if was in now else None
        if box is None:
            box = _ghost(was, REMOVED, standing, forest)
        elif box.state == MOVED:
            forest.ties.append(Tie(MOVED, _ghost(was, STOOD, standing, forest), box))
        standing[was] = box
    forest.boxes = list(_walk(forest.roots))
    if not any(box.state for box in forest.boxes):
        return None
    words = {ADDED: _("new"), MOVED: _("moved here"), STOOD: _("stood here"), REMOVED: _("gone")}
    for box in forest.boxes:
        box.headcount = words.get(box.state, "")  # the note beside the title
    dress(forest, OPTIONS)
    return forest


def _above(entry: Entry) -> Entry | None:
    """Return the department it stands in, frames aside."""
    return next((one for one in reversed(entry.trail) if one.is_department), None)


def _ghost(was: Entry, state: str, standing: Mapping[Entry, Box], forest: Forest) -> Box:
    """Return a box where a department stood: under what became of the one it stood in, else beside the roots."""
    ghost, above = Box("department", was, was.title, state=state), _above(was)
    ghost.parent = standing.get(above) if above else None
    (ghost.parent.children if ghost.parent else forest.roots).append(ghost)
    return ghost


def _walk(boxes: list[Box], depth: int = 1) -> Iterator[Box]:
    for box in boxes:
        box.depth = depth
        yield box
        yield from _walk(box.children, depth + 1)
