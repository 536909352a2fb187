"""Widths are estimated on the wide side; lines break where Chinese and Latin may break."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from departments.charts.text import CLOSING, OPENING, width, wrap


def test_a_chinese_character_is_one_em_and_latin_about_half():
    assert width("市场部", 10) == 30
    assert width("（推）", 10) == 30
    assert 15 <= width("abc", 10) <= 19


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 100, ()),
        ("市场部", 100, ("市场部",)),
        ("渠道管理与促销统筹部", 80, ("渠道管理与", "促销统筹部")),
        ("企划岗（开业与新品）", 80, ("企划岗", "（开业与新品）")),
        ("市场、销售、服务", 40, ("市场、销", "售、服务")),
        ("Regional Channel Manager", 110, ("Regional Channel", "Manager")),
        ("大客户KA经理", 50, ("大客户", "KA经理")),
        ("ABCDEFGHIJ", 40, ("ABCDE", "FGHIJ")),
    ],
)
def test_text_breaks_where_it_may(text, room, lines):
    assert wrap(text, 10, room) == lines


@given(st.text(alphabet="市场部（）“”，。、AaWi1-/ ", max_size=60), st.integers(60, 200))
@example("111////“/“““““““““““1““", 184)  # as wide as its room but for the last bit of a sum of fractions
def test_lines_fit_and_lose_nothing(text, room):
    lines = wrap(text, 10, room)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert [line for line in lines if width(line, 10) > room + 1e-9] == []


@given(st.text(alphabet="市场部（）“”，。、", max_size=40))
def test_a_mark_stays_with_what_it_belongs_to(text):
    lines = wrap(text, 10, 120)
    for before, after in pairwise(lines):
        if before.rstrip(OPENING) and after.lstrip(CLOSING):
            assert before[-1] not in OPENING or after[0] in OPENING + CLOSING
            assert after[0] not in CLOSING or before[-1] in OPENING + CLOSING
