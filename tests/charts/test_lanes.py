"""Swim lanes, whatever the steps: no box overlaps another or leaves its lane, no line passes through a box or a mark."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.charts.lanes import ACTION, HEAD, HEADER, MARK, NAME, NOTE, PAD, Box, Part, Picture, lay_out
from departments.charts.tasks import Actor, Task, read_tasks
from departments.charts.text import width
from tests.charts.outlines import Org

SLACK = 0.001  # px: sums of fractions
PLANNING, DESIGN, SHOPS, NOBODY = (
    Actor("department", "策划部", "PLAN"),
    Actor("position", "设计部经理", "DESIGN"),
    Actor("outside", "加盟商"),
    Actor("unknown", ""),
)
ACTORS = st.one_of(
    st.sampled_from([PLANNING, DESIGN, SHOPS, NOBODY]),
    st.builds(
        Actor, st.sampled_from(["department", "position", "outside"]), st.text("市场部（）A i", min_size=1, max_size=60)
    ),
)
WORDS = st.one_of(
    st.just(""),
    st.text("调研市场，（）“”Wi ", max_size=160),
    st.sampled_from(["W" * 60, "提前 50 天", "讨论初案，反复修改后定稿"]),
)


@st.composite
def processes(draw, most=20):
    """Draw the steps of a process in their order, with some actors who come back."""
    cast = draw(st.lists(ACTORS, min_size=1, max_size=10, unique=True))
    acting = st.lists(st.sampled_from(cast), min_size=1, max_size=6, unique=True).map(tuple)
    size = draw(st.integers(1, most))
    return [
        Task(number, draw(acting), draw(WORDS), draw(WORDS), draw(WORDS), draw(st.booleans()))
        for number in range(1, size + 1)
    ]


rooms = st.sampled_from([{"room": 1000, "tall": 760}, {"room": 340, "tall": 620}, {"room": 625, "tall": 520}])


@st.composite
def pictures(draw):
    """Draw a process and lay it out for a desk, a phone or paper."""
    return lay_out(draw(processes()), ordered=draw(st.booleans()), **draw(rooms))


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any room, or touch."""
    across = one.x <= other.x + other.width and other.x <= one.x + one.width
    return across and one.y <= other.y + other.height and other.y <= one.y + one.height


def lane_of(part: Part, actor: Actor):
    return next(lane for lane in part.lanes if lane.actor == actor)


def lines(part: Part) -> list[tuple]:
    """Every straight piece of an arrow or a link: left, right, top, bottom."""
    ways = [*part.arrows, *(mark.link for mark in part.marks)]
    pieces = [piece for way in ways for piece in pairwise(way)]
    assert all(ax == bx or ay == by for (ax, ay), (bx, by) in pieces), "a line is not orthogonal"
    return [(min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)) for (ax, ay), (bx, by) in pieces]


@given(pictures())
def test_every_step_is_drawn_once_and_in_order(picture):
    numbers = [box.task.number for part in picture.parts for box in part.boxes]
    assert numbers == list(range(1, len(numbers) + 1))


@given(pictures())
def test_boxes_stand_apart_each_in_its_lane_below_its_head(picture):
    down = picture.direction == "down"
    for part in picture.parts:
        boxes = part.boxes
        assert not [1 for at, one in enumerate(boxes) for other in boxes[at + 1 :] if overlap(one, other)]
        for box in boxes:
            lane = lane_of(part, box.task.actors[0])
            assert lane.x < box.x
            assert box.x + box.width < lane.x + lane.width
            assert lane.y < box.y
            assert box.y + box.height < lane.y + lane.height
            assert (box.y if down else box.x) > part.head


@given(pictures())
def test_lines_go_round_boxes_and_marks(picture):
    for part in picture.parts:
        squares = [(box.x, box.y, box.width, box.height) for box in part.boxes]
        squares += [(x - MARK, y - MARK, 2 * MARK, 2 * MARK) for x, y in (mark.at for mark in part.marks)]
        crossed = [
            (left, right, top, bottom)
            for left, right, top, bottom in lines(part)
            for x, y, wide, high in squares
            if left < x + wide and right > x and top < y + high and bottom > y
        ]
        assert crossed == []


@given(pictures())
def test_every_other_actor_has_a_mark_in_the_middle_of_their_lane(picture):
    for part in picture.parts:
        marked = {(mark.task.number, mark.actor) for mark in part.marks}
        assert len(marked) == len(part.marks)
        assert marked == {(box.task.number, actor) for box in part.boxes for actor in box.task.actors[1:]}
        for mark in part.marks:
            lane = lane_of(part, mark.actor)
            middle = lane.x + lane.width / 2 if picture.direction == "down" else lane.y + lane.height / 2
            assert mark.at[0 if picture.direction == "down" else 1] == middle


@given(pictures())
def test_every_line_of_text_fits(picture):
    for part in picture.parts:
        for lane in part.lanes:
            room = (lane.width if picture.direction == "down" else HEADER) - 2 * PAD
            assert [line for line in lane.lines if width(line, HEAD) > room + SLACK] == []
        for box in part.boxes:
            sizes = [(line, NAME) for line in box.name] + [(line, ACTION) for line in box.action]
            sizes += [(line, NOTE) for line in box.lead_time]
            assert [line for line, size in sizes if width(line, size) > box.width - 2 * PAD + SLACK] == []


@given(pictures())
def test_everything_stands_within_its_part(picture):
    for part in picture.parts:
        corners = [(box.x, box.y) for box in part.boxes] + [(b.x + b.width, b.y + b.height) for b in part.boxes]
        corners += [mark.at for mark in part.marks] + [point for way in part.arrows for point in way]
        corners += [(lane.x + lane.width, lane.y + lane.height) for lane in part.lanes]
        assert [(x, y) for x, y in corners if not (0 <= x <= part.width and 0 <= y <= part.height)] == []


@given(processes(), rooms)
def test_a_part_is_larger_than_its_room_only_for_a_step_that_asks_for_it(tasks, space):
    for part in lay_out(tasks, **space).parts:
        crowded = max(len(box.task.actors) for box in part.boxes)
        assert part.width <= space["room"] or crowded == len(part.lanes)
        assert part.height <= space["tall"] or len(part.boxes) == 1


@given(processes(), rooms)
def test_a_part_has_the_lanes_of_its_steps_in_the_order_of_first_acting(tasks, space):
    order = list(dict.fromkeys(actor for task in tasks for actor in task.actors))
    for part in lay_out(tasks, **space).parts:
        acting = {actor for box in part.boxes for actor in box.task.actors}
        assert [lane.actor for lane in part.lanes] == [actor for actor in order if actor in acting]


def steps(*actors: Actor, **words: str) -> list[Task]:
    return [Task(number, (actor,), **({"action": "做"} | words)) for number, actor in enumerate(actors, 1)]


def arrows(picture: Picture) -> int:
    return sum(len(part.arrows) for part in picture.parts)


@pytest.mark.parametrize(("ordered", "count"), [(True, 2), (False, 0)])
def test_arrows_join_steps_whose_order_is_stated(ordered, count):
    assert arrows(lay_out(steps(PLANNING, DESIGN, PLANNING), room=1000, tall=760, ordered=ordered)) == count


def test_an_arrow_leads_out_of_a_part_and_into_the_next():
    picture = lay_out(steps(*[PLANNING] * 8), room=1000, tall=760)
    assert [len(part.boxes) for part in picture.parts] == [4, 4]
    assert [len(part.arrows) for part in picture.parts] == [4, 4]
    assert picture.parts[0].arrows[-1][-1][0] == picture.parts[0].width
    assert picture.parts[1].arrows[0][0][0] == picture.parts[1].head


@pytest.mark.parametrize(("room", "direction"), [(1000, "right"), (340, "down")])
def test_steps_run_the_way_that_the_room_asks_for(room, direction):
    assert lay_out(steps(PLANNING, DESIGN, SHOPS, DESIGN), room=room, tall=760).direction == direction


def test_an_action_is_written_out_unless_it_would_fill_a_page():
    long, endless = (
        lay_out(steps(PLANNING, action="调研" * n), room=1000, tall=760).parts[0].boxes[0] for n in (30, 900)
    )
    assert ("".join(long.action), long.cut) == ("调研" * 30, False)
    assert (len(endless.action), endless.cut, endless.action[-1][-1]) == (18, True, "…")


def test_actors_are_read_from_nodes_and_names():
    org = Org("市场部", "经理", ["公关科"])
    node = {"node": str(org["公关科"].uid)}
    step = {"name": "", "action": "做", "lead_time": "3 日", "who_basis": "stated"}
    drawn = [
        SimpleNamespace(number=1, who=[node, {"text": "总经理"}, node], **step),
        SimpleNamespace(number=2, who=[], **step),
        SimpleNamespace(number=3, who=[{"text": "总经理"}], **(step | {"who_basis": "inferred"})),
    ]
    tasks = read_tasks(drawn, org.outline)
    assert [[(actor.kind, actor.name) for actor in task.actors] for task in tasks] == [
        [("department", "公关科"), ("outside", "总经理")],
        [("unknown", "")],
        [("outside", "总经理")],
    ]
    assert [task.inferred for task in tasks] == [False, False, True]
    assert tasks[0].text == "1 做 · 3 日"
