"""From texts to parts: exact trees of small samples, ten designs set anew, and nothing but clear errors from anything else."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.recognition import TEN
from departments.documents import checks, schema
from departments.formats.recognition import Part, Unreadable, recognise, text_lines
from departments.formats.recognition.documents import design_of
from departments.formats.recognition.files import file_lines
from departments.formats.recognition.lines import CHARACTERS, LINES
from departments.formats.recognition.repair import blanks, punctuation
from tests.formats.recognising import measured
from tests.formats.resetting import reset

DESIGNS = Path(__file__).parents[2] / "fixtures" / "designs"


def drawn(part: Part, depth: int = -1) -> list[str]:
    """Return the tree as indented lines; a statement with its section's first letters, a guess with a question mark."""
    sign = {"department": "部", "position": "岗", "duty": part.section[:4], "note": "注"}[part.kind]
    own = (
        [f"{'  ' * depth}{sign} {part.text}{'？' if part.doubtful and part.kind != 'note' else ''}"]
        if depth >= 0
        else []
    )
    return own + [line for child in part.children for line in drawn(child, depth + 1)]


def read(text: str) -> list[str]:
    return drawn(recognise(text_lines(text)))


def test_lists_run_together_with_half_width_marks():
    text = "五、部门职责1. 设计部(1)绘制图样(2)保管图纸,并登记2. 采购部(1)询价六、岗位描述1. 采购经理(1)签订合同"
    assert read(f"工程公司组织架构\n{text}") == [
        "部 工程公司",
        "  部 设计部",
        "    resp 绘制图样",
        "    resp 保管图纸，并登记",
        "  部 采购部",
        "    resp 询价",
        "    岗 采购经理",
        "      resp 签订合同",
        "注 工程公司组织架构",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "人事部部门职能、岗位职责及工作流程\n一、人事部职能\n（一）档案管理\n1、整理档案",
            ["部 人事部", "  resp 档案管理", "    resp 整理档案"],
        ),
        ("领导班子：负责全面领导仓库工作", ["岗 领导班子", "  resp 负责全面领导仓库工作"]),
        (
            "第一篇：物资部按职能分工：采购部：主要责任：1、向三家询价",
            ["部 采购部", "  resp 向三家询价", "注 物资部按职能分工"],
        ),
        ("采购中心业务职能\n1、向三家询价", ["部 采购中心", "  resp 向三家询价"]),
        (
            "仓储部岗位职责\n一、仓储部经理\n（一）岗位职责\n1、管理仓库\n二、仓管员\n（一）岗位职责\n（1）定期盘点",
            ["部 仓储部", "  岗 仓储部经理", "    resp 管理仓库", "  岗 仓管员", "    resp 定期盘点"],
        ),
    ],
)
def test_a_heading_says_whose_work_the_list_below_it_is(text, expected):
    assert read(text) == expected


def test_every_kind_of_marker_begins_an_item():
    for one, two in (("1.", "2."), ("1、", "2、"), ("1）", "2）"), ("（1）", "（2）"), ("(1)", "(2)"), ("①", "②"), ("☆", "☆"), ("➢ ", "➢ "),
                     ("一、", "二、"), ("（一）", "（二）"), ("a) ", "b) "), ("- ", "- ")):  # fmt: skip
        assert read(f"采购专员岗位职责：\n{one}询问价格\n{two}登记到货") == [
            "岗 采购专员",
            "  resp 询问价格",
            "  resp 登记到货",
        ]


def test_hyphens_without_blanks_begin_items_where_each_is_long_enough():
    text = "采购专员岗位职责：\n☆供应商调查-整理供应商名录-核对供应商资质\n☆梳理询价-比价-定价流程"
    assert read(text)[1:] == [
        "  resp 供应商调查",
        "    resp 整理供应商名录",
        "    resp 核对供应商资质",
        "  resp 梳理询价-比价-定价流程",
    ]


def test_numbers_inside_a_sentence_are_no_markers():
    text = "采购专员职责：\n1、完成 2025 年 1.5 倍的降本目标,周期 3-5 天\n2、每月10日前报表"
    assert read(text)[1:] == ["  resp 完成 2025 年 1.5 倍的降本目标，周期 3-5 天", "  resp 每月10日前报表"]


def test_a_form_in_lines_is_read_label_by_label():
    text = "岗位名称：采购主管\n所属部门：采购部\n直接上级：采购经理\n岗位编号：CG-02\n岗位职责：\n1. 审核订单\n任职资格：\n学历：本科以上\n权限：审批一万元以下订单\n考核指标：到货及时率"
    top = recognise(text_lines(text))
    assert drawn(top) == [
        "部 采购部",
        "  岗 采购主管",
        "    resp 审核订单",
        "    qual 本科以上",
        "    auth 审批一万元以下订单",
        "    indi 到货及时率",
    ]
    position = top.children[0].children[0]
    assert position.facts == {"superior": "采购经理", "code": "CG-02"}
    assert (position.lines, [duty.lines for duty in position.children]) == ([1, 3, 4], [[6], [8], [9], [10]])
    assert [duty.aspect for duty in position.children] == ["", "education", "", ""]


def test_clauses_behind_a_name_are_duties_and_purposes_are_not():
    assert read("二、岗位职责：\n1.产品经理：负责产品规划，组织评审，为销售提供资料，提高满意度。与研发部门合作。")[
        -3:
    ] == [
        "  resp 负责产品规划",
        "  resp 组织评审，为销售提供资料，提高满意度",
        "  resp 与研发部门合作",
    ]


def test_broken_lines_are_joined_and_diagrams_set_upright():
    assert read("仓储专员职责：\n负责每天盘点仓库里的全部货品并且把结果登\n记到台账里。\n仓\n储\n主\n管") == [
        "岗 仓储专员",
        "  resp 负责每天盘点仓库里的全部货品并且把结果登记到台账里",
        "岗 仓储主管",
    ]


def test_what_belongs_nowhere_is_kept_as_notes():
    assert read("一、引言\n本制度为规范管理而定。\n二、岗位职责\n1、出纳：管理现金。") == [
        "岗 出纳",
        "  resp 管理现金",
        "注 引言",
        "注 本制度为规范管理而定",
    ]


def test_punctuation_and_blanks():
    assert punctuation("收集,整理(含图片);上报.完成") == "收集，整理（含图片）；上报。完成"
    assert punctuation("v1.5, see https://a.b/c") == "v1.5, see https://a.b/c"
    assert blanks("岗 位 职 责") == "岗位职责"
    assert blanks("考评客 户信用，营销总监 部门经理") == "考评客户信用，营销总监 部门经理"


@pytest.fixture(scope="module")
def ten() -> list[schema.Design]:
    """The designs of the measure."""
    return [
        schema.Design.model_validate(yaml.load((DESIGNS / f"{slug}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader))
        for slug in TEN
    ]


def test_ten_designs_set_anew_are_recognised(ten):
    """At least 80 % of the positions and 75 % of the duties, by the rule of `recognising`, in every manner of setting."""
    for manner in range(3):
        found = [measured(design.tree, recognise(text_lines(reset(design, manner)))) for design in ten]
        positions = sum(one.positions for one in found) / sum(one.all_positions for one in found)
        duties = sum(one.duties for one in found) / sum(one.all_duties for one in found)
        assert positions >= 0.8, [one.missed for one in found]
        assert duties >= 0.75, [one.missed for one in found]


def test_the_measure_finds_nothing_where_nothing_was_read(ten):
    found = measured(ten[0].tree, Part("department", ""))
    assert (found.positions, found.duties, len(found.missed)) == (0, 0, found.all_positions + found.all_duties)


WORDS = st.sampled_from(
    [
        "岗位名称",
        "所属部门",
        "职责",
        "：",
        ":",
        "1.",
        "（一）",
        "一、",
        "☆",
        "\n",
        "市场部",
        "经理",
        "负责",
        "，",
        "。",
        "(",
        "第一条",
        "下设",
        "\t",
        "99999",
    ]
)


@given(st.lists(WORDS | st.text(max_size=8), max_size=60).map("".join))
def test_any_text_gives_a_tree_that_is_a_valid_design(text):
    lines = text_lines(text)
    top = recognise(lines)
    assert {number for part in top.walk() for number in part.lines} <= {line.number for line in lines}
    checks.check(design_of(top, slug="read", name="设计"))


def outcome(content: bytes) -> str:
    """Return why a file is not read, or what its first line says."""
    try:
        return file_lines(content)[0].text
    except Unreadable as reason:
        return f"refused: {reason}"


@given(st.binary(max_size=200))
def test_any_bytes_give_lines_or_a_reason(content):
    assert outcome(content) not in ("", "refused: ")


def test_texts_beyond_the_bounds_are_refused_and_at_them_read_quickly():
    with pytest.raises(Unreadable):
        text_lines("一\n" * (LINES + 1))
    with pytest.raises(Unreadable):
        text_lines(("字" * 10_000 + "\n") * (CHARACTERS // 10_000 + 1))


@pytest.mark.parametrize("text", ["-" * 900, "市场部：" * 500, "（" * 900, "岗位职责" * 500, "市 " * 500])
def test_what_repeats_without_end_is_read_too(text):
    assert design_of(recognise(text_lines(text)), slug="read", name="设计")


def test_encodings():
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert [line.text for line in file_lines("岗位名称：经理".encode(encoding))] == ["岗位名称：经理"]
