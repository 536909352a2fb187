"""Who covers which function: three very different designs, written by hand from the fixtures."""

import pytest

from departments.comparison.coverage import coverage, library_coverage, single_functions
from tests.comparison.designs import outline

pytestmark = pytest.mark.django_db
SIGNS = {"primary": "●", "remit": "◇", "auxiliary": "○", "": "·"}

# function: a sign for every department in document order
HOSPITAL = {  # 市场部 公关科 营销科
    "market-research": "●·●",
    "data-analysis": "·●·",
    "marketing-strategy": "●··",
    "brand": "·●·",
    "advertising": "●··",
    "public-relations": "●●●",
    "content-design": "··●",
    "promotion": "●·●",
    "events": "·●·",
    "customer-relations": "●●·",
    "customer-service": "●·●",
    "team-management": "●··",
    "training": "●··",
    "government-policy": "·●·",
}
FOUR = {  # 市场部 市场策划部 市场推广部 渠道公关部 市场拓展部
    "market-research": "◇○○·○",
    "budget": "··●··",
    "advertising": "·●···",
    "public-relations": "◇●·●·",
    "content-design": "·●·●·",
    "promotion": "◇●●○·",
    "business-development": "◇○○○●",
    "customer-relations": "·○●○●",
    "customer-service": "···●·",
    "partner-management": "··○··",
    "procurement": "··●··",
}
JEWELLERY = {  # 集团 中心 策划部 文案 执行 设计部 日常 开业 新品 影视部 制作 脚本 摄影 品牌部 货品 道具
    "market-research": "··●·●···········",
    "data-analysis": "··●·············",
    "marketing-strategy": "·●●·············",
    "brand": "·◇··············",
    "advertising": "··●·············",
    "public-relations": "·●●·············",
    "content-design": "·◇···◇◇◇◇◇◇◇◇···",
    "promotion": "·●●●●···········",
    "events": "·●··●········●··",
    "retail-display": "·············◇·◇",
    "product": "·●···········◇··",
    "channel": "··●·············",
    "customer-service": "·●··············",
    "team-management": "◇···············",
    "training": "··●·············",
    "policy-process": "·●··············",
    "partner-management": "·●··············",
    "procurement": "····●········◇◇·",
}


def drawn(found):
    return {line.function.slug: "".join(SIGNS[cell.level] for cell in line.cells) for line in found.lines if line.held}


@pytest.mark.parametrize(
    ("slug", "expected", "overlapping", "only_auxiliary"),
    [
        ("hospital-marketing-dept", HOSPITAL, {"public-relations": ["公关科", "营销科"]}, []),
        (
            "four-department-primary-auxiliary",
            FOUR,
            {
                "public-relations": ["市场策划部", "渠道公关部"],
                "content-design": ["市场策划部", "渠道公关部"],
                "promotion": ["市场策划部", "市场推广部"],
                "customer-relations": ["市场推广部", "市场拓展部"],
            },
            ["partner-management"],
        ),
        (
            "jewelry-franchise-brand-marketing-center",
            JEWELLERY,
            {"promotion": ["策划文案", "活动执行"], "events": ["活动执行", "品牌部"]},
            [],
        ),
    ],
)
def test_three_designs_are_covered_as_their_sources_say(slug, expected, overlapping, only_auxiliary):
    found = coverage(outline(slug), single_functions())
    assert drawn(found) == expected
    assert {
        line.function.slug: [str(cell.place) for cell in line.overlapping] for line in found.overlapping
    } == overlapping
    assert [line.function.slug for line in found.only_auxiliary] == only_auxiliary
    assert len(found.uncovered) == 29 - len(expected)
    assert "general-affairs" not in {line.function.slug for line in found.lines}


def test_positions_have_what_stands_in_their_own_job_descriptions():
    found = coverage(outline("hospital-marketing-dept"), single_functions(), by="positions")
    assert [str(place) for place in found.places] == ["市场部主任", "公关科主任", "营销科主任"]
    assert {slug: drawn(found)[slug] for slug in ("public-relations", "marketing-strategy", "brand")} == {
        "public-relations": "●●●",
        "marketing-strategy": "●··",
        "brand": "·●·",
    }
    # The head of the whole leads what the heads below him do; these two stand beside each other.
    assert {line.function.slug: [str(cell.place) for cell in line.overlapping] for line in found.overlapping} == {
        "public-relations": ["公关科主任", "营销科主任"]
    }


def test_all_designs_in_one_table(django_assert_num_queries):
    outline("hospital-marketing-dept")
    outline("four-department-primary-auxiliary")
    with django_assert_num_queries(4):
        functions, lines = library_coverage(single_functions())
    assert [line.design.slug for line in lines] == ["hospital-marketing-dept", "four-department-primary-auxiliary"]
    levels = {
        line.design.slug: {
            function.slug: SIGNS[level] for function, level in zip(functions, line.levels, strict=True) if level
        }
        for line in lines
    }
    assert levels["hospital-marketing-dept"] == dict.fromkeys(HOSPITAL, "●")
    assert levels["four-department-primary-auxiliary"] == {
        **dict.fromkeys(FOUR, "●"),
        "market-research": "◇",
        "partner-management": "○",
    }
    overlaps = {
        line.design.slug: [function.slug for function, twice in zip(functions, line.overlaps, strict=True) if twice]
        for line in lines
    }
    assert overlaps == {
        "hospital-marketing-dept": ["public-relations"],
        "four-department-primary-auxiliary": ["public-relations", "content-design", "promotion", "customer-relations"],
    }
