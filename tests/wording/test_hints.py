"""Hints on duty statements: what is plainly vague gets one, what is well said gets none."""

import pytest

from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.wording.hints import MOST, hints, stumbles
from tests.factories import create_org

VAGUE = [
    "负责相关工作",
    "做好日常工作。",
    "协助处理各项事务",
    "完成其他任务",
    "负责本部门的日常管理工作",
    "负责 管理",
    "落实有关事宜",
]
EFFORT = ["加强团队建设", "努力提高服务水平", "不断强化品牌意识", "重视客户关系", "积极推进市场开拓", "进一步加强管理"]
GOOD = [
    "制定年度市场推广计划，报总经理审批",
    "负责公司网站的日常维护",
    "完成领导交办的其他工作",
    "协助部门经理编制预算",
    "联络媒体，每月发布新闻稿不少于 4 篇",
    "市场调研",
    "审批方案",
    "加强客户回访，确保满意度达到 95%",
    "关注竞争对手动态并及时提交分析报告",
    "管理仓库",
    "处理客户投诉",
    "负责招聘工作",
    "参与新产品开发工作",
    "持续跟进重点客户，形成月度拜访记录",
    "",
]


@pytest.mark.parametrize(("kind", "texts"), [(["vague"], VAGUE), (["effort"], EFFORT), ([], GOOD)])
def test_statements(kind, texts):
    assert {text: list(stumbles(text)) for text in texts} == dict.fromkeys(texts, kind)


def told(org):
    found = hints(Outline(org.edition))
    return {
        str(holder): [(hint.kind, str(hint.statement or ""), [str(other) for other in hint.others]) for hint in given]
        for holder, given in found.items()
    }


@pytest.mark.django_db
def test_the_same_duty_in_two_positions_names_the_other():
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.insert("duty", under=org.pr_head.uid, text="组织年度公关活动")
        tree.insert("duty", under=org.officer.uid, text="组织年度公关活动。")
        tree.insert("duty", under=org.officer.uid, text="审批方案")  # short: two may well have it
        tree.insert("duty", under=org.root.uid, text="组织年度公关活动")  # the department's own is no double
    assert told(org) == {
        "公关科主任": [("twin", "组织年度公关活动", ["公关专员"])],
        "公关专员": [("twin", "组织年度公关活动。", ["公关科主任"])],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("more", [0, 1])
def test_many_duties_are_said_once_and_first(more):
    org = create_org()
    with open_edition(org.edition) as tree:
        for number in range(MOST - 1 + more):  # the officer has one already
            tree.insert("duty", under=org.officer.uid, text=f"编写第{number}期内部刊物")
        tree.insert("duty", under=org.officer.uid, text="负责相关工作", weight="auxiliary")
    assert told(org) == ({"公关专员": [("many", "", [])]} if more else {})


@pytest.mark.django_db
def test_a_measure_says_the_result():
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.insert("duty", under=org.sales.uid, text="加强客户回访", measure="每月 20 户")
        tree.insert("duty", under=org.sales.uid, text="加强队伍建设")
        tree.insert("duty", under=org.head.uid, text="负责相关工作", section="authority")
    assert told(org) == {"营销科": [("effort", "加强队伍建设", [])]}


@pytest.mark.django_db
def test_hints_cost_no_query(django_assert_num_queries):
    outline = Outline(create_org().edition)
    with django_assert_num_queries(0):
        hints(outline)
