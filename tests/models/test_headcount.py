"""定员: how each form is said, and that sums never invent a person."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from departments.models.headcount import Form, Headcount, HeadcountSum, total

ONE = Headcount(Form.NUMBER, 1, 1)
FIVE = Headcount(Form.NUMBER, 5, 5)
RANGE = Headcount(Form.RANGE, 2, 3)
OPEN_RANGE = Headcount(Form.RANGE, 2, None)
PER = Headcount(Form.PER, 1, None, per="每个新品 1 人")
AS_NEEDED = Headcount(Form.AS_NEEDED)
SEVERAL = Headcount(Form.SEVERAL)
SEVERAL_AT_LEAST = Headcount(Form.SEVERAL, 3)
UNSTATED = Headcount()


@pytest.fixture
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


FORMS = [
    (Headcount(Form.NUMBER, 0, 0), "0 人", "0 people"),
    (ONE, "1 人", "1 person"),
    (FIVE, "5 人", "5 people"),
    (RANGE, "2～3 人", "2–3 people"),
    (OPEN_RANGE, "至少 2 人", "at least 2 people"),
    (Headcount(Form.RANGE, 1, None), "至少 1 人", "at least 1 person"),
    (PER, "每个新品 1 人", "每个新品 1 人"),
    (AS_NEEDED, "视情况", "as needed"),
    (SEVERAL, "若干", "several"),
    (SEVERAL_AT_LEAST, "若干（至少 3 人）", "several (at least 3)"),
    (UNSTATED, "", ""),
]


@pytest.mark.parametrize(("headcount", "said", "_said"), FORMS)
def test_form_is_said_in_chinese(chinese: None, headcount: Headcount, said: str, _said: str) -> None:
    assert str(headcount) == said


@pytest.mark.parametrize(("headcount", "_said", "said"), FORMS)
def test_form_is_said_in_english(english: None, headcount: Headcount, _said: str, said: str) -> None:
    assert str(headcount) == said


def test_every_form_is_said() -> None:
    assert {headcount.form for headcount, *_said in FORMS} == set(Form.values)


@pytest.mark.parametrize("form", [Form.NUMBER, Form.RANGE])
def test_form_without_its_figure_is_not_said_as_a_number(english: None, form: Form) -> None:
    assert str(Headcount(form)) == ""
    assert str(total([Headcount(form), FIVE])) == "at least 5 people, besides 1 position not stated"


SUMS = [
    ([], "未说明", "not stated"),
    ([UNSTATED, UNSTATED], "未说明", "not stated"),
    ([ONE], "1 人", "1 person"),
    ([ONE, FIVE], "6 人", "6 people"),
    ([ONE, RANGE], "3～4 人", "3–4 people"),
    ([FIVE, OPEN_RANGE], "至少 7 人", "at least 7 people"),
    ([FIVE, SEVERAL_AT_LEAST], "至少 8 人", "at least 8 people"),
    ([FIVE, UNSTATED], "至少 5 人，另 1 岗未列明", "at least 5 people, besides 1 position not stated"),
    ([RANGE, UNSTATED], "至少 2 人，另 1 岗未列明", "at least 2 people, besides 1 position not stated"),
    (
        [FIVE, RANGE, ONE, *[AS_NEEDED] * 7, *[UNSTATED] * 3],
        "至少 8 人，另 7 岗视情况、3 岗未列明",
        "at least 8 people, besides 7 positions as needed, 3 positions not stated",
    ),
    ([AS_NEEDED], "1 岗视情况", "1 position as needed"),
    ([AS_NEEDED, UNSTATED], "1 岗视情况、1 岗未列明", "1 position as needed, 1 position not stated"),
    (
        [PER, PER, SEVERAL],
        "2 岗按单位配置、1 岗若干人",
        "2 positions staffed per unit, 1 position with several people",
    ),
    (
        [ONE, PER, AS_NEEDED, SEVERAL, UNSTATED],
        "至少 1 人，另 1 岗按单位配置、1 岗视情况、1 岗若干人、1 岗未列明",
        "at least 1 person, besides 1 position staffed per unit, 1 position as needed, 1 position with several people, 1 position not stated",
    ),
    ([Headcount(Form.NUMBER, 0, 0)], "0 人", "0 people"),
]


@pytest.mark.parametrize(("headcounts", "said", "_said"), SUMS)
def test_sum_is_said_in_chinese(chinese: None, headcounts: list[Headcount], said: str, _said: str) -> None:
    assert str(total(headcounts)) == said


@pytest.mark.parametrize(("headcounts", "_said", "said"), SUMS)
def test_sum_is_said_in_english(english: None, headcounts: list[Headcount], _said: str, said: str) -> None:
    assert str(total(headcounts)) == said


def test_sum_counts_forms_apart_and_never_as_people() -> None:
    assert total([ONE, FIVE, RANGE, PER, AS_NEEDED, SEVERAL, UNSTATED]) == HeadcountSum(
        least=8, most=9, counted=3, per=1, as_needed=1, several=1, unstated=1
    )
    assert total([OPEN_RANGE]) == HeadcountSum(least=2, most=None, counted=1)


def test_headcount_is_true_where_something_is_stated() -> None:
    assert [bool(headcount) for headcount, *_said in FORMS] == [True] * 10 + [False]


def test_headcount_knows_that_it_was_inferred() -> None:
    assert [Headcount(basis=basis).inferred for basis in ("stated", "inferred", "example")] == [False, True, False]
