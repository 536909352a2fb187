"""Remarks and the headcounts of levels as lines of text: read again they are the same, in every form they may have."""

import pytest

from departments.documents.plain_lines import (
    Unreadable,
    read_level,
    read_lines,
    read_remark,
    tell_level,
    tell_lines,
    tell_remark,
)
from departments.documents.schema import LevelHeadcount


def level(**headcount):
    return LevelHeadcount(level="主管级", headcount=headcount).model_dump(mode="json")


@pytest.mark.parametrize(
    ("headcount", "told"),
    [
        ({"form": "number", "min": 7, "max": 7}, "7 人"),
        ({"form": "range", "min": 2, "max": 3, "basis": "inferred"}, "2–3 人（推断）"),
        ({"form": "range", "min": 2}, "至少 2 人"),
        ({"form": "per", "per": "每个新品"}, "按“每个新品”配置"),
        ({"form": "per", "per": "每店（大）", "min": 1, "max": 2}, "按“每店（大）”配置 1–2 人"),
        ({"form": "as_needed", "varies_with": "业务量"}, "视情况（随业务量变化）"),
        ({"form": "several", "min": 3, "basis": "example", "filled": 4}, "若干，至少 3 人（举例，在岗 4 人）"),
        ({"form": "several"}, "若干"),
        ({"form": "unstated", "filled": 0}, "未列明（在岗 0 人）"),
        ({"form": "number", "min": 1, "max": 1, "per": "店"}, "1 人（单位：店）"),
    ],
)
def test_every_form_of_headcount_is_read_as_it_is_told(headcount, told):
    assert tell_level(level(**headcount)) == f"主管级：{told}"
    assert read_level(f"主管级：{told}") == level(**headcount)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("主管级:7", "7 人"),
        ("主管级：2-3人", "2–3 人"),
        ("主管级：每店 1 人", "按“每店 1 人”配置"),
        ("主管级： 3 ~ 5", "3–5 人"),
    ],
)
def test_what_people_type_is_understood(typed, told):
    assert tell_level(read_level(typed)) == f"主管级：{told}"


@pytest.mark.parametrize(
    "typed", ["主管级", "：7 人", "主管级：很多", "主管级：5–2 人", "主管级：7 人（大概）", f"{'级' * 121}：1"]
)
def test_what_says_nothing_is_refused(typed):
    with pytest.raises(Unreadable):
        read_level(typed)


def test_lines_that_say_what_is_there_stay_as_they_are():
    known = [{"label": "预算：位次", "text": "花费\n较少"}, {"label": "注", "text": "见上"}]
    text = tell_lines(known, tell_remark)
    assert text == "预算：位次：花费 较少\n注：见上"
    assert list(read_lines(f"{text}\n新：有", read_remark, tell=tell_remark, known=known)) == [
        *known,
        {"label": "新", "text": "有"},
    ]
    with pytest.raises(Unreadable):
        read_remark("没有名目")
