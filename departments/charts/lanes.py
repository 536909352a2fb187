"""Swim lanes of a process: its steps in, a picture out. Geometry only: no markup, no queries.

Every actor has a lane, in the order in which they first act. A step's box stands in the lane of its first actor; whoever
acts with them has a mark of the same number in their own lane, linked to the box. Steps run to the right or downwards,
whichever is shorter. Where there are more than the room has place for, the picture goes on in a further part, and each
part has the lanes of its own steps only. Where the order of steps is not stated no arrow joins them.

u runs across the lanes, v along the steps (right: u = y, v = x; down: u = x, v = y). An arrow changes its lane only
between two steps, where there is no box, and a link runs beside its own step, where there is no other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from departments.charts.picture import Point
from departments.charts.tasks import Actor, Task
from departments.charts.text import width, wrap

HEAD, NAME, ACTION, NOTE = 12.5, 13, 12, 11.5  # font sizes
HEAD_LINE, NAME_LINE, ACTION_LINE, NOTE_LINE = 17, 18, 17, 16  # distance from line to line
PAD = 9  # left and right of a box's text
ABOVE, BELOW = 14, 9  # above and below it: the number sits on the upper edge
MARK = 9  # radius of a number
GAP = 32  # between steps
BEFORE = 20  # before the first step and after the last
ASIDE = {"down": 6, "right": 16}  # from a lane's edge to its boxes
HEADER = 108  # of lanes that run to the right
PARTED = 16  # between rows of steps
COLUMN = (116, 172)  # a step's width where steps run to the right: least, most
LANE = (102, 330)  # a lane's width where steps run downwards
MOST = 18  # lines of an action
FEWEST = 3  # steps in a row, unless there are fewer


@dataclass(slots=True)
class Lane:
    """An actor's lane in one part of a picture; `lines`: the name in its head."""

    actor: Actor
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Box:
    """A step in the lane of its first actor. `cut`: not all of its words have room."""

    task: Task
    name: tuple[str, ...]
    action: tuple[str, ...]
    lead_time: tuple[str, ...]
    cut: bool
    width: float
    height: float
    x: float = 0
    y: float = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Another actor's part in a step: a number in their lane. `link`: from the box to here, or from a mark before."""

    task: Task
    actor: Actor
    at: Point
    link: tuple[Point, Point]


@dataclass(slots=True)
class Part:
    """What is drawn in one piece. `head`: how much of each lane its name takes."""

    width: float
    height: float
    head: float
    lanes: list[Lane]
    boxes: list[Box] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    arrows: list[list[Point]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Picture:
    """A process laid out: one part below the other."""

    direction: str  # down, right
    parts: list[Part]

    @property
    def width(self) -> float:
        """How wide the widest part is."""
        return max((part.width for part in self.parts), default=0)

    @property
    def height(self) -> float:
        """How high all parts are, one below the other."""
        return sum(part.height for part in self.parts) + PARTED * (len(self.parts) - 1)


def lay_out(tasks: Sequence[Task], *, room: float, tall: float, ordered: bool = True) -> Picture:
    """Return the picture of at least one step in parts no wider than `room` and no higher than `tall`, px.

    Only a part of a single step may be larger, if its actors or its words ask for more.
    """
    down = _downwards(tasks, room=room, tall=tall, ordered=ordered)
    right = _to_the_right(tasks, room=room, ordered=ordered)
    fits = right and right.height <= down.height and all(part.height <= tall for part in right.parts)
    return right if right and fits else down


def _to_the_right(tasks: Sequence[Task], *, room: float, ordered: bool) -> Picture | None:
    """Return rows of steps of about equal length; None where the room is too narrow."""
    least, most = COLUMN
    free = room - HEADER - 2 * BEFORE + GAP
    columns = min(len(tasks), int(free // (least + GAP)))
    if columns < min(len(tasks), FEWEST):
        return None
    columns = -(-len(tasks) // -(-len(tasks) // columns))
    wide = min(most, free // columns - GAP)
    parts = []
    for at in range(0, len(tasks), columns):
        boxes = [_fit(task, wide) for task in tasks[at : at + columns]]
        lanes, top = [], 0.0
        for actor in _actors(tasks, boxes):
            lines = _cut(wrap(actor.name, HEAD, HEADER - 2 * PAD), 4, HEAD, HEADER - 2 * PAD)
            own = [box.height for box in boxes if box.task.actors[0] == actor]
            high = max(HEAD_LINE * len(lines) + 2 * PAD, 4 * MARK + 4, *(2 * ASIDE["right"] + one for one in own))
            lanes.append(Lane(actor, lines, 0, top, 0, high))
            top += high
        part = Part(0, top, HEADER, lanes, boxes)
        _place(part, down=False, ordered=ordered, more=at + columns < len(tasks), begun=at > 0)
        parts.append(part)
    longest = max(part.width for part in parts)
    for part in parts:
        part.width = longest
        for lane in part.lanes:
            lane.width = longest
    return Picture("right", parts)


def _downwards(tasks: Sequence[Task], *, room: float, tall: float, ordered: bool) -> Picture:
    """Return the steps one below the other, in as few parts as there can be from the first on."""
    runs: list[list[Task]] = []
    for task in tasks:
        if runs and _has_room([*runs[-1], task], tasks, room, tall):
            runs[-1].append(task)
        else:
            runs.append([task])
    parts = []
    for number, run in enumerate(runs):
        part = _column(run, tasks, room)
        _place(part, down=True, ordered=ordered, more=number + 1 < len(runs), begun=number > 0)
        parts.append(part)
    return Picture("down", parts)


def _has_room(run: list[Task], tasks: Sequence[Task], room: float, tall: float) -> bool:
    part = _column(run, tasks, room)
    high = part.head + 2 * BEFORE + sum(box.height + GAP for box in part.boxes) - GAP
    return high <= tall and (part.width <= room or any(len(task.actors) == len(part.lanes) for task in run))


def _column(run: list[Task], tasks: Sequence[Task], room: float) -> Part:
    """Return a part of steps that run downwards, before they have their places. Lanes with boxes have what others spare."""
    least, most = LANE
    actors = _actors(tasks, run)
    holding = {task.actors[0] for task in run}
    others = len(actors) - len(holding)
    own = min(max((room - least * others) // len(holding), least), most)
    spared = max((room - own * len(holding)) // others, least) if others else least
    wide = {actor: own if actor in holding else min(spared, own) for actor in actors}
    lines = [_cut(wrap(actor.name, HEAD, wide[actor] - 2 * PAD), 4, HEAD, wide[actor] - 2 * PAD) for actor in actors]
    head = max(1, *map(len, lines)) * HEAD_LINE + 2 * PAD
    lanes, x = [], 0.0
    for actor, said in zip(actors, lines, strict=True):
        lanes.append(Lane(actor, said, x, 0, wide[actor], 0))
        x += wide[actor]
    return Part(x, 0, head, lanes, [_fit(task, own - 2 * ASIDE["down"]) for task in run])


def _actors(tasks: Sequence[Task], some: Iterable[Task | Box]) -> list[Actor]:
    """Return who acts in some of the steps, in the order in which they first act in any."""
    here = {actor for one in some for actor in (one.task if isinstance(one, Box) else one).actors}
    return [actor for actor in dict.fromkeys(actor for task in tasks for actor in task.actors) if actor in here]


def _place(part: Part, *, down: bool, ordered: bool, more: bool, begun: bool) -> None:
    """Stand the boxes in their lanes and run the arrows and links. `more`, `begun`: steps follow, steps went before."""
    middles = {lane.actor: lane.x + lane.width / 2 if down else lane.y + lane.height / 2 for lane in part.lanes}
    stops: list[Stop] = []
    v = part.head + BEFORE
    for box in part.boxes:
        u = middles[box.task.actors[0]]
        along, across = (box.height, box.width) if down else (box.width, box.height)
        box.x, box.y = (u - across / 2, v) if down else (v, u - across / 2)
        _link(part, box, middles, down=down, across=across, v=v + along / 2)
        stops.append((u, v, v + along))
        v += along + GAP
    end = v - GAP + BEFORE
    part.width, part.height = (part.width, end) if down else (end, part.height)
    for lane in part.lanes:
        lane.width, lane.height = (lane.width, end) if down else (end, lane.height)
    if ordered:
        first, last = stops[0], stops[-1]
        routes = [[(first[0], part.head), (first[0], first[1])]] if begun else []
        routes += [_route(one, other) for one, other in pairwise(stops)]
        routes += [[(last[0], last[2]), (last[0], end)]] if more else []
        part.arrows = [[point if down else point[::-1] for point in route] for route in routes]


Stop = tuple[float, float, float]  # where a box is on the way of the steps: its middle in u, its beginning and end in v


def _route(one: Stop, other: Stop) -> list[Point]:
    (u, _begin, leave), (to, arrive, _end) = one, other
    middle = (leave + arrive) / 2
    return [(u, leave), (to, arrive)] if u == to else [(u, leave), (u, middle), (to, middle), (to, arrive)]


def _link(part: Part, box: Box, middles: dict[Actor, float], *, down: bool, across: float, v: float) -> None:
    """Mark the other actors of a step, on each side from the box outwards."""
    u = middles[box.task.actors[0]]
    for sign in (1, -1):
        others = sorted((sign * (middles[one] - u), at) for at, one in enumerate(box.task.actors) if at)
        start = u + sign * across / 2
        for away, at in others:
            if away > 0:
                middle = u + sign * away
                points = [(start, v), (middle - sign * MARK, v), (middle, v)]
                begin, stop, centre = points if down else [point[::-1] for point in points]
                part.marks.append(Mark(box.task, box.task.actors[at], centre, (begin, stop)))
                start = middle + sign * MARK


def _fit(task: Task, wide: float) -> Box:
    """Return a step's box of that width with what is written in it, shortened only where it would fill a page."""
    room = wide - 2 * PAD
    name = wrap(task.name, NAME, room)
    whole = wrap(task.action, ACTION, room)
    action = _cut(whole, MOST, ACTION, room)
    late = wrap(task.lead_time, NOTE, room)
    lead_time = _cut(late, 3, NOTE, room)
    high = len(name) * NAME_LINE + len(action) * ACTION_LINE + len(lead_time) * NOTE_LINE
    return Box(task, name, action, lead_time, action != whole or lead_time != late, wide, ABOVE + high + BELOW)


def _cut(lines: tuple[str, ...], most: int, size: float, room: float) -> tuple[str, ...]:
    """Return no more lines than that; the last ends in … where something is left out."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(f"{last}…", size) > room:
        last = last[:-1]
    return (*lines[: most - 1], f"{last}…")
