"""Text set upright: what stands abreast, what is turned, where a column ends; and the boxes that are filled with it."""

import pytest

from departments.charts import Options, compose
from departments.charts.standing import ABOVE, BELOW
from departments.charts.upright import columns, pieces
from tests.charts.outlines import Org

SIZE, STEP = 10, 12


def said(text: str) -> str:
    """Return the pieces of a text, those that are turned in <>, words on their sides in []."""
    marks = {"turned": "<{}>", "word": "[{}]"}
    return "|".join(marks.get(piece.kind, "{}").format(piece.text) for piece in pieces(text))


@pytest.mark.parametrize(
    ("text", "set_out"),
    [
        ("公关专员", "公|关|专|员"),
        ("SEO 专员", "SEO|专|员"),
        ("3D设计组", "3D|设|计|组"),
        ("经理（兼）", "经|理|<（>|兼|<）>"),
        ("KOL2025岗", "[KOL2025]|岗"),
        ("Brand Manager", "[Brand]|[Manager]"),
        ("IT BP", "IT|BP"),
        ("Deputy Manager, Brand (A)", "[Deputy]|[Manager,]|[Brand]|[(A)]"),
        ("经理(兼)", "经|理|<(>|兼|<)>"),
        ("研发、市场——协同", "研|发|、|市|场|<—>|<—>|协|同"),
    ],
)
def test_latin_stands_abreast_or_lies_and_brackets_turn(text, set_out):
    assert said(text) == set_out


def test_a_comma_stands_at_the_upper_right_of_its_place():
    comma, character = pieces("，市")
    assert (comma.shift, character.shift) == ((0.55, -0.55), (0.0, 0.0))


@pytest.mark.parametrize(
    ("text", "room", "set_out"),
    [
        ("公关专员", 48, ["公关专员"]),
        ("区域渠道管理部", 60, ["区域渠道", "管理部"]),
        ("市场，销售", 24, ["市", "场，", "销售"]),
        ("企划岗（开业）", 60, ["企划岗", "（开业）"]),
        ("", 60, []),
    ],
)
def test_columns_are_of_about_equal_length_and_begin_with_no_closing_mark(text, room, set_out):
    assert ["".join(one.piece.text for one in column) for column in columns(text, SIZE, STEP, room)] == set_out


def test_a_word_that_is_longer_than_a_column_is_cut():
    for column in columns("Telecommunications", SIZE, STEP, 40):
        assert column[-1].bottom <= 40


def test_leaves_stand_upright_side_by_side_and_all_else_lies():
    org = Org("市场部", ["公关科", ("公关专员", {}), ("媒介经理", {})], ("秘书", {"assistant": True}), ["品牌科"])
    boxes = compose(org.outline, Options(leaves="upright")).boxes
    assert [box.name for box in boxes if box.standing] == ["公关专员", "媒介经理", "品牌科"]
    first, second = (box for box in boxes if box.role == "abreast")
    assert first.y == second.y
    assert second.x - first.x - first.width == 8
    assert {box.height for box in boxes if box.standing} == {first.height}
    assert not any(box.standing for box in compose(org.outline, Options(leaves="upright", direction="right")).boxes)


def test_who_leads_stands_in_columns_of_their_own():
    org = Org("市场部", ["公关科", ("公关科主任", {"head": True})], ["品牌科"])
    box = compose(org.outline, Options(leaves="upright")).boxes[1]
    title, leader = box.standing
    assert (title.kind, leader.kind) == ("title", "leader")
    assert leader.x < box.rule < title.x
    assert box.heads[0].x <= leader.x <= box.heads[0].x + box.heads[0].width


@pytest.mark.parametrize("letters", range(1, 24))
def test_a_box_is_high_enough_for_every_length_of_a_word(letters):
    """A word on its side ends at fractions of a pixel."""
    org = Org("集团", ("M" + "i" * letters, {}), ("a" * letters, {}))
    for box in compose(org.outline, Options(leaves="upright", show="positions")).boxes:
        assert all(ABOVE + column.bottom + BELOW <= box.height for column in box.standing)
