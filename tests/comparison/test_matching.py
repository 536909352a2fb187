"""Whether two duty statements say the same: against pairs judged by hand, and case by case."""

from pathlib import Path

import pytest
import yaml

from departments.comparison.matching import (
    ACCEPTED,
    DOUBTFUL,
    alike_titles,
    bare,
    contained,
    likeness,
    may_be_alike,
    score,
)

PAIRS = yaml.load((Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def functions() -> dict[str, list[str]]:
    """Return the functions of every duty statement of the library, by its text."""
    found: dict[str, list[str]] = {}
    for path in Path("fixtures/designs").glob("*.yaml"):
        nodes = [yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["tree"]]
        for node in nodes:
            nodes += node.get("children", ())
            if "text" in node:
                found[node["text"]] = node.get("functions", [])
    return found


def figures(
    pairs: list[dict[str, object]], functions: dict[str, list[str]], *, at: float = ACCEPTED
) -> tuple[float, float]:
    """Return precision and recall of taking two statements for the same from a score on."""
    taken = [
        pair["same"]
        for pair in pairs
        for texts in [(pair["left"], pair["right"])]
        if likeness(*texts, *(functions[text] for text in texts)) >= at
    ]
    return sum(taken) / len(taken), sum(taken) / sum(pair["same"] for pair in pairs)


def test_the_pairs_to_tune_with_are_told_apart(functions):
    precision, recall = figures(PAIRS["tune"], functions)
    assert precision >= 0.95
    assert recall >= 0.80


def test_the_pairs_held_out_are_told_apart(functions):
    # The aim is 0.95 and 0.80. This is what was reached on duties drawn at random, with nothing tuned after them: not the aim.
    precision, recall = figures(PAIRS["held_out"], functions)
    assert precision >= 0.78
    assert recall >= 0.55


def test_what_is_not_taken_for_the_same_is_in_part_asked_about(functions):
    assert figures(PAIRS["tune"], functions, at=DOUBTFUL)[1] >= 0.90
    assert figures(PAIRS["held_out"], functions, at=DOUBTFUL)[1] >= 0.70


def test_the_pairs_are_there_in_number_and_no_pair_twice():
    assert {name: len(pairs) for name, pairs in PAIRS.items()} == {"tune": 1697, "held_out": 306}
    seen = [frozenset((pair["left"], pair["right"])) for pairs in PAIRS.values() for pair in pairs]
    assert len(set(seen)) == len(seen)


def test_the_pairs_are_real_duty_statements():
    fixtures = "".join(path.read_text(encoding="utf-8") for path in Path("fixtures/designs").glob("*.yaml"))
    texts = {text for pairs in PAIRS.values() for pair in pairs for text in (pair["left"], pair["right"])}
    assert {text for text in texts if text not in fixtures} == set()


def test_what_is_spared_would_not_have_been_asked_about():
    texts = sorted({pair[side] for pair in PAIRS["tune"] for side in ("left", "right")})[:120]
    spared = [(one, other) for one in texts for other in texts if not may_be_alike(one, other)]
    assert len(spared) > len(texts) ** 2 / 2
    assert [pair for pair in spared if score(*pair) >= ACCEPTED] == []


def test_the_score_is_symmetric_and_between_0_and_1():
    for pair in (*PAIRS["tune"], *PAIRS["held_out"]):
        value = score(pair["left"], pair["right"])
        assert value == score(pair["right"], pair["left"])
        assert 0 <= value <= 1


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


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("收集营销数据", "分析营销数据"),  # another act
        ("处理客户投诉", "处理大客户投诉"),  # a narrower object
        ("制定营销策略", "协助制定营销策略"),  # another part in it
        ("领导销售团队", "领导设计团队"),  # another object
    ],
)
def test_another_act_object_or_part_is_another_duty(left, right):
    assert score(left, right) < ACCEPTED


@pytest.mark.parametrize("text", ["。", "……", "的", "工作", "开展", "12", "a"])
def test_odd_texts_are_compared_too(text):
    assert score(text, text) == 1
    assert 0 <= score(text, "制定营销策略") < ACCEPTED


def test_a_part_is_contained_in_the_longer_duty_and_not_the_other_way_round():
    part, whole = "维护媒体关系", "应对舆情，维护媒体关系，组织发布会"
    assert contained(part, whole) > 0.9 > contained(whole, part)


def test_titles():
    assert alike_titles("市场部", "市场部") == 1
    assert alike_titles("市场推广部", "推广部") > 0.5 > alike_titles("公关科", "财务部")
