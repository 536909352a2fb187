"""What became of every duty between two structures."""

import pytest

from departments.comparison.diff import compare, duties
from departments.comparison.verdicts import changes
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.editions import open_draft
from tests.comparison.designs import build, outline, said
from tests.factories import create_org

pytestmark = pytest.mark.django_db


def compared(left, right):
    return said(compare(build("left", left).root, build("right", right).root))


def test_a_duty_that_only_lost_a_particle_is_kept_and_one_with_other_words_is_reworded():
    left = {"市场部": ["制定营销的策略等", "收集、整理并分析竞品的性能、价格与促销手段等信息", "接待来访"]}
    right = {"市场部": ["制定营销策略", "收集竞争品牌的产品性能、价格、促销手段等信息，加以整理和分析", "维修设备"]}
    assert compared(left, right) == [
        ("kept", ["制定营销的策略等"], ["制定营销策略"]),
        (
            "reworded",
            ["收集、整理并分析竞品的性能、价格与促销手段等信息"],
            ["收集竞争品牌的产品性能、价格、促销手段等信息，加以整理和分析"],
        ),
        ("only-left", ["接待来访"], []),
        ("only-right", [], ["维修设备"]),
    ]


def test_a_duty_in_another_department_has_moved():
    left = {"公关科": ["统一管理礼品"], "营销科": ["签订销售合同"]}
    right = {"公关科": ["签订销售合同"], "营销科": ["统一管理礼品"]}
    assert compared(left, right) == [
        ("moved", ["统一管理礼品"], ["统一管理礼品"]),
        ("moved", ["签订销售合同"], ["签订销售合同"]),
    ]


def test_duties_that_one_longer_duty_contains_are_merged_or_the_other_way_round_split():
    one = {"市场部": ["维护媒体关系", "处理客户投诉"]}
    two = {"市场部": ["维护媒体关系，处理客户投诉"]}
    texts = ["维护媒体关系", "处理客户投诉"]
    assert said(compare(build("a", one).root, build("b", two).root)) == [
        ("merged", texts, ["维护媒体关系，处理客户投诉"])
    ]
    assert said(compare(build("c", two).root, build("d", one).root)) == [
        ("split", ["维护媒体关系，处理客户投诉"], texts)
    ]


def test_a_duty_that_two_have_on_one_side_and_one_on_the_other_is_merged_too():
    left = {"公关科": ["维护媒体关系"], "营销科": ["维护与媒体的关系"]}
    right = {"公关科": ["维护媒体关系"]}
    assert compared(left, right) == [("merged", ["维护媒体关系", "维护与媒体的关系"], ["维护媒体关系"])]


def test_without_a_margin_over_the_runner_up_somebody_has_to_decide():
    left = {"市场部": ["维护媒体关系"]}
    right = {"市场部": ["维护媒体关系，组织发布会", "维护媒体关系，审核合同"]}
    assert [row[0] for row in compared(left, right)] == ["?"]


def test_two_that_say_the_same_do_not_stand_in_each_others_way():
    texts = ["建立并维护客户关系，提升客户的满意度", "建立并维护客户关系，使客户更加忠诚"]
    assert compared({"市场部": texts}, {"市场部": ["维护客户关系", "开发客户，达成销售业绩"]}) == [
        ("merged", texts, ["维护客户关系"]),
        ("only-right", [], ["开发客户，达成销售业绩"]),
    ]


def test_to_assist_is_not_taken_for_doing_it_without_asking():
    verdicts = [row[0] for row in compared({"市场部": ["处理客户投诉"]}, {"市场部": ["协助相关部门处理客户投诉"]})]
    assert verdicts == ["?"]


def test_editions_match_by_identity_before_any_text_is_looked_at():
    org = create_org(in_force=True)
    draft = open_draft(org.design)
    with open_edition(draft) as room:
        room.edit(org.budget.uid, {"text": "统筹全年经费"})
        room.move(org.approval.uid, under=org.pr_head.uid)
        room.remove(org.press.uid)
        room.insert("duty", under=org.head.uid, text="接待记者")
    diff = compare(Outline(org.edition).root, Outline(draft).root, same_design=True)
    assert said(diff) == [
        ("kept", ["统管市场营销"], ["统管市场营销"]),
        ("reworded", ["编制预算"], ["统筹全年经费"]),
        ("moved", ["审批方案"], ["审批方案"]),
        ("only-left", ["联络媒体"], []),
        ("only-right", [], ["接待记者"]),
    ]


def test_nothing_is_dropped_and_nothing_counted_twice():
    left = {"市场部": ["制定营销策略", "制定营销策略"], "公关科": ["维护媒体关系", "应对危机", "制定营销方案"]}
    right = {"市场部": ["制定营销策略与方案"], "宣传科": ["制定营销策略", "维护媒体", "危机处理", "制定策略"]}
    a, b = build("left", left), build("right", right)
    diff = compare(a.root, b.root)
    seen = [e for row in (*diff.rows, *diff.questions) for e in (*row.left, *row.right)]
    assert sorted(seen, key=id) == sorted([*duties(a.root), *duties(b.root)], key=id)


def test_places_are_taken_for_each_other_by_title_and_by_what_they_do():
    left = build("left", {"市场推广部": ["甲"], "财务部": ["乙"]})
    right = build("right", {"推广部": ["丙"], "法务": ["丁"]})
    diff = compare(left.root, right.root)
    assert [(str(p.left), str(p.right)) for p in diff.places] == [
        ("市场部", "市场部"),
        ("市场推广部", "None"),
        ("财务部", "None"),
        ("None", "推广部"),
        ("None", "法务"),
    ]


def test_the_words_that_changed_are_told_apart():
    left, right = changes("制定年度计划", "制定季度计划并执行")
    assert [(part.text, part.changed) for part in left] == [("制定", False), ("年", True), ("度计划", False)]
    assert [(part.text, part.changed) for part in right] == [
        ("制定", False),
        ("季", True),
        ("度计划", False),
        ("并执行", True),
    ]


def test_two_designs_of_the_library():
    """Written by hand from the fixtures: what a reader of both sees."""
    rows = said(compare(outline("group-marketing-centre").root, outline("market-plus-sales-org").root))
    assert [row for row in rows if not row[0].startswith("only")] == [
        ("moved", ["调查消费者的购买心理与购买行为"], ["调查消费者的购买心理与购买行为"]),
        (
            "moved",
            ["收集、整理并分析竞品的性能、价格与促销手段等信息"],
            ["收集竞争品牌的产品性能、价格、促销手段等信息，加以整理和分析"],
        ),
        ("moved", ["分析竞争品牌的广告策略与竞争手段"], ["分析竞争品牌的广告策略与竞争手段"]),
        (
            "merged",
            ["制定并实施市场广告推广与公关活动", "制定并实施市场广告推广活动与公关活动"],
            ["制定并实施市场广告推广活动与公关活动"],
        ),
        ("moved", ["合理挑选广告媒体和广告代理，并加以管理"], ["合理挑选广告媒体和广告代理商，并加以管理"]),
        ("moved", ["协调生产与销售"], ["协调产销"]),
        ("moved", ["负责集团品牌的规划与实施"], ["实施品牌规划，建设品牌形象"]),
        (
            "?",
            ["建立并完善营销信息系统，做好信息的收集、处理、交流和保密", "建立并完善营销信息的收集与处理工作"],
            ["建立并健全营销信息的收集、处理、交流和保密系统"],
        ),
        ("?", ["参与制定总公司和各分公司的年度营销目标计划"], ["制定年度的营销目标计划"]),
    ]


def test_two_designs_that_share_nearly_nothing():
    """A hospital's department of three job descriptions against four lines of a technology company's."""
    rows = said(compare(outline("hospital-marketing-dept").root, outline("tech-company-marketing-dept").root))
    # The hospital plans its department, the company the promotion's part of its own plan: not the same.
    assert [row for row in rows if not row[0].startswith("only")] == []
    assert [[row[0] for row in rows].count(verdict) for verdict in ("only-left", "only-right")] == [21, 4]


def test_two_designs_of_teams_under_one_manager():
    """Written by hand from the fixtures: three duties are the same in other words; online marketing is narrower, the rest differs."""
    diff = compare(outline("manager-plus-four-teams").root, outline("typical-marketing-team").root)
    rows = said(diff)
    assert [row for row in rows if not row[0].startswith("only")] == [
        ("reworded", ["推动产品销售与品牌推广"], ["管理和实施品牌推广"]),
        ("reworded", ["全面负责部门的管理与决策"], ["负责整个市场部的管理与决策，并向高层管理层汇报"]),
        ("reworded", ["宣传并推广企业品牌"], ["策划和推广品牌，维护公司的品牌形象"]),
    ]
    assert [[row[0] for row in rows].count(verdict) for verdict in ("only-left", "only-right")] == [11, 12]
    assert [row.shared for row in diff.rows if row.reworded] == [["品牌推广"], ["管理部门工作"], ["品牌宣传"]]


def test_three_very_different_designs():
    """Written by hand from the fixtures: a hospital, four departments without a head, a jewellers' centre have next to nothing alike."""
    hospital, four = outline("hospital-marketing-dept"), outline("four-department-primary-auxiliary")
    jewellers = outline("jewelry-franchise-brand-marketing-center")
    found = [
        [row for row in said(compare(one.root, other.root)) if not row[0].startswith("only")]
        for one, other in ((hospital, jewellers), (four, jewellers), (hospital, four))
    ]
    assert found == [
        [("moved", ["组织医院的对外宣传"], ["开展企业宣传，做好与媒体的沟通协调"])],
        [
            (
                "reworded",
                ["执行既定的推广方案，监督执行过程，掌握进度"],
                ["按照公司对推广工作的要求，落实各项推广方案与措施"],
            ),
            ("?", ["发现并处理与客户的矛盾、问题以及突发的危机事件"], ["应对危机公关"]),
        ],
        [  # what is drawn up to be handed out, among other things or with somebody: somebody has to decide
            (
                "?",
                ["组织编制医院的对外宣传资料、介绍资料等"],
                [
                    "开展宣传策划、形象设计与广告投放，设计、制作并发放促销品等",
                    "会同市场策划员拟定形象传播计划，编制并发行宣传材料，宣传公司形象",
                ],
            )
        ],
    ]
