"""Whether two duty statements say the same: against pairs judged by hand, and case by case."""

import pytest

from departments.comparison.lexicon import lexicon
from departments.comparison.matching import (
    ACCEPTED,
    DOUBTFUL,
    alike_titles,
    bare,
    contained,
    likeness,
    may_be_alike,
    shared,
)
from tests.comparison.judged import Judged, chosen, companies, drawn, held_out, lots, lots_of_companies, written


def figures(pairs: list[Judged], *, at: float = ACCEPTED) -> tuple[float, float]:
    """Return precision and recall of taking two statements for the same from a likeness on."""
    taken = [
        pair.same
        for pair in pairs
        if may_be_alike(pair.left.text, pair.right.text)
        and likeness(pair.left.text, pair.right.text, pair.left.functions, pair.right.functions) >= at
    ]
    return sum(taken) / len(taken), sum(taken) / sum(pair.same for pair in pairs)


def test_the_pairs_chosen_are_told_apart():
    precision, recall = figures(chosen())
    assert precision >= 0.95
    assert recall >= 0.80


def test_the_last_lot_of_whole_designs_is_told_apart():
    """As of all fresh lots: the aim is 0.95 and 0.80, reached on none when it was first measured; tuned with since."""
    assert {name: tuple(lot["when_first_measured"].values()) for name, lot in lots().items()} == {
        "first": (0.533, 0.588),
        "second": (0.842, 0.696),
        "third": (0.869, 0.657),
        "fourth": (0.839, 0.709),
    }
    precision, recall = figures(drawn()["fourth"])
    assert precision >= 0.93
    assert recall >= 0.76


def test_duties_of_companies_that_are_in_no_design_are_told_apart():
    """By the tasks that a reader found in them; at first sight 0.87 and 0.31 on all seven lots, tuned with since."""
    assert (len(written()), sum(pair.same for pair in written())) == (22474, 193)
    precision, recall = figures(written())
    assert precision >= 0.93
    assert recall >= 0.79


def test_the_duties_of_whole_companies_are_told_apart():
    """Judged by three readers; at first sight half of what was taken for the same was, tuned with since."""
    assert {name: tuple(lot["when_first_measured"].values()) for name, lot in lots_of_companies().items()} == {
        "first": (0.50, 0.20),
        "second": (0.0, 0.0),
        "third": (0.54, 0.40),
        "fourth": (0.50, 0.38),
        "fifth": (0.54, 0.52),
        "sixth": (0.56, 0.67),
    }
    pairs = [pair for lot, found in companies().items() if lot not in held_out() for pair in found]
    assert (len(pairs), sum(pair.same for pair in pairs)) == (47173, 102)
    precision, recall = figures(pairs)
    assert precision >= 0.92
    assert recall >= 0.84


def test_the_lot_that_is_held_out_shows_what_is_reached_at_first_sight():
    """The aim is 0.95 and 0.80: missed."""
    assert held_out() == {"sixth"}
    assert (len(companies()["sixth"]), sum(pair.same for pair in companies()["sixth"])) == (13616, 21)
    precision, recall = figures(companies()["sixth"])
    assert precision >= 0.56
    assert recall >= 0.66


def test_what_is_not_taken_for_the_same_is_in_part_asked_about():
    assert figures(chosen(), at=DOUBTFUL)[1] >= 0.92
    assert figures(drawn()["fourth"], at=DOUBTFUL)[1] >= 0.88


def test_the_pairs_are_there_in_number_and_no_pair_twice():
    counted = {name: (len(pairs), sum(pair.same for pair in pairs)) for name, pairs in drawn().items()}
    assert counted | {"chosen": (len(chosen()), sum(pair.same for pair in chosen()))} == {
        "first": (47592, 74),
        "second": (47493, 71),
        "third": (88249, 245),
        "fourth": (79927, 227),
        "chosen": (2003, 459),
    }
    assert len({frozenset((pair.left.text, pair.right.text)) for pair in chosen()}) == 2003
    assert [sum(len(others) for others in lot["designs"].values()) for lot in lots().values()] == [313, 313, 275, 275]


def test_every_pair_said_to_be_the_same_is_one_of_its_lot():
    for name, lot in lots().items():
        same = {frozenset((pair.left.text, pair.right.text)) for pair in drawn()[name] if pair.same}
        assert same == {frozenset(pair) for pair in lot["same"]}


def test_what_is_spared_would_not_have_been_asked_about():
    texts = sorted({pair.left.text for pair in chosen()})[:120]
    spared = [(one, other) for one in texts for other in texts if not may_be_alike(one, other)]
    assert len(spared) > len(texts) ** 2 / 2
    assert [pair for pair in spared if likeness(*pair) > DOUBTFUL] == []


def test_the_likeness_is_symmetric_and_between_0_and_1():
    for pair in chosen():
        value = likeness(pair.left.text, pair.right.text)
        assert value == likeness(pair.right.text, pair.left.text)
        assert 0 <= value <= 1


def test_the_words_speak_of_concepts_and_acts_that_are_there():
    words = lexicon()
    spoken_of = {concept for pair in words.near for concept in pair} | {*words.implied, *words.narrower, *words.said_of}
    spoken_of = spoken_of.union(*words.groups.values(), *words.implied.values(), words.narrower.values())
    acts = {act for pair in words.related for act in pair} - {"办"}
    acts |= {act for said in words.said_of.values() for meant, these in said.items() for act in (meant, *these)}
    assert (spoken_of | acts) - words.concepts.keys() == set()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("制定营销的策略", "制定营销策略等"),
        ("ＶＩ　设计", "VI设计"),
        ("收集、整理信息", "收集和整理信息"),
    ],
)
def test_punctuation_particles_and_forms_of_a_character_do_not_count(left, right):
    assert bare(left) == bare(right)


def test_texts_of_nothing_but_what_does_not_count_are_equal_only_to_themselves():
    assert bare("等") == bare("等")
    assert bare("——") != bare("……")
    assert bare("等") != bare("与")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("收集营销数据", "分析营销数据"),  # another act
        ("处理客户投诉", "处理大客户投诉"),  # a narrower object
        ("制定营销策略", "协助制定营销策略"),  # another part in it
        ("制定销售策略", "与财务部共同制定销售策略"),
        ("策划品牌活动", "组织品牌活动"),  # its plan only
        ("分析市场趋势，制定品牌策略", "制定品牌策略，建立客户档案"),  # each does something else besides
        ("领导销售团队", "领导设计团队"),  # another object
    ],
)
def test_another_act_object_or_part_is_another_duty(left, right):
    assert likeness(left, right) < ACCEPTED


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("开展市场调研", "负责市场研究与分析"),  # research analyses
        ("与客户建立良好的关系", "维护客情，使客户更加满意"),  # what for
        ("制定推广方案并组织实施", "策划并执行市场推广"),  # a plan
        ("通过座谈、问卷等方式开展市场调研", "市场调研"),  # by what means
        ("策划并执行广告、促销、公关等推广计划", "策划并组织促销活动"),  # one of a list
    ],
)
def test_the_same_in_other_words_is_the_same_duty(left, right):
    assert likeness(left, right, ["promotion"], ["promotion"]) >= ACCEPTED


def test_why_two_are_taken_for_the_same_is_said():
    assert shared("制定营销策略和计划", "监督预算，制定市场营销的策略与计划") == ["制定营销策略", "制定营销计划"]
    assert shared("维系客户", "开发和管理销售渠道与客户关系") == ["维系客户"]
    assert shared("接待来访", "维修设备") == []


@pytest.mark.parametrize("text", ["。", "……", "的", "工作", "开展", "12", "a"])
def test_odd_texts_are_compared_too(text):
    assert likeness(text, text) == 1
    assert 0 <= likeness(text, "制定营销策略") < ACCEPTED


def test_a_part_is_contained_in_the_longer_duty_and_not_the_other_way_round():
    part, whole = "维护媒体关系", "应对舆情，维护媒体关系，组织发布会"
    assert contained(part, whole) > 0.9 > contained(whole, part)


def test_titles():
    assert alike_titles("市场部", "市场部") == 1
    assert alike_titles("市场推广部", "推广部") > 0.5 > alike_titles("公关科", "财务部")
