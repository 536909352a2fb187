"""The tidy tree: parents over the middle of their children, branches close together, brothers spread evenly, twins alike."""

from itertools import pairwise

from departments.charts import Options, compose
from departments.charts.layout import Block, arrange
from tests.charts.outlines import Org, make_entry, make_outline


def block(span: float, *children: Block, reach: float = 10) -> Block:
    """Return a block with children."""
    made = Block([], span, reach)
    made.children = list(children)
    return made


def places(root: Block) -> list[tuple[float, float]]:
    """Return u and v of every block, parents first."""
    return [(one.u, one.v) for one in root.walk()]


def test_a_parent_stands_over_the_middle_of_its_children():
    root = block(20, block(20), block(20), block(20))
    arrange([root], gap=10, channel=30)
    assert places(root) == [(30, 0), (0, 40), (30, 40), (60, 40)]


def test_a_wide_branch_reaches_below_a_short_neighbour():
    """What is not layered may stand beside what is deeper; only what would overlap is pushed apart."""
    tall = block(20, reach=100)
    broad = block(20, block(20), block(20), block(20))
    root = block(20, tall, broad)
    arrange([root], gap=10, channel=30)
    assert tall.u == 0
    assert broad.children[0].u == 30
    low = block(20, reach=10)
    root = block(20, low, block(20, block(20), block(20), block(20)))
    arrange([root], gap=10, channel=30)
    assert root.children[1].u - low.u == 30


def test_small_brothers_between_wide_ones_are_spread_evenly():
    wide = [block(20, *(block(20) for _number in range(5))) for _side in range(2)]
    root = block(20, wide[0], block(20), block(20), block(20), wide[1])
    arrange([root], gap=10, channel=30)
    steps = [after.u - before.u for before, after in pairwise(root.children)]
    assert max(steps) - min(steps) <= 1


def test_several_roots_stand_side_by_side():
    roots = [block(20), block(30, block(20), block(20)), block(20)]
    arrange(roots, gap=10, channel=30)
    assert [root.v for root in roots] == [0, 0, 0]
    assert [root.u for root in roots] == [0, 30, 70]


def test_equal_branches_have_equal_shapes():
    def branch() -> Block:
        return block(20, block(40), block(20, block(60), block(10)), block(20))

    root = block(20, branch(), branch())
    arrange([root], gap=10, channel=30)
    first, second = ([(one.u - child.u, one.v) for one in child.walk()] for child in root.children)
    assert first == second


def test_growing_to_the_right_swaps_the_directions():
    org = Org("市场部", ["公关科"], ["营销科"])
    down, right = (compose(org.outline, Options(direction=way)).boxes for way in ("down", "right"))
    assert [box.y for box in down[1:]] == [down[1].y] * 2
    assert [box.x for box in right[1:]] == [right[1].x] * 2
    assert right[1].x > right[0].x + right[0].width


def test_compact_stacks_leaves_in_columns_of_six_at_most():
    root = make_entry(0, None, "department")
    leaves = [make_entry(number, root, "position") for number in range(1, 14)]
    boxes = compose(make_outline([root, *leaves]), Options(compact=True)).boxes[1:]
    columns = sorted({box.x for box in boxes})
    assert [sum(box.x == x for box in boxes) for x in columns] == [5, 5, 3]


def test_assistants_stand_on_both_sides_of_the_line():
    org = Org("市场部", ("甲", {"assistant": True}), ("乙", {"assistant": True}), ["公关科"])
    root, first, second, below = compose(org.outline, Options()).boxes
    line = root.x + root.width / 2
    assert first.x > line > second.x + second.width
    assert root.y + root.height < first.y == second.y < below.y
