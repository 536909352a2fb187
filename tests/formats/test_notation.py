"""The text that is corrected: written and read again it is the same tree; what cannot be read is named by part and line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.formats.recognition import Part, recognise, text_lines
from departments.formats.recognition.notation import Block, Reader, spread, write

TEXT = "岗位名称：采购主管\n所属部门：采购部\n直接上级：采购经理\n岗位编号：CG-02\n定员：2-3人\n职责：\n一、采购：\n1. 询价\n2. 比价\n辅助职责：1. 盘点\n学历：大专"
WRITTEN = [
    "部门：采购部",
    """\
  岗位：采购主管 [CG-02]
    直接上级：采购经理
    定员：2-3人
    职责：
    - 采购
      - 询价
      - 比价
    辅助职责：
    - 盘点
    学历：
    - 大专""",
]


def said(part: Part) -> tuple[object, ...]:
    """Return all of a part but where it came from and how sure it is."""
    facts = tuple(sorted((key, value) for key, value in part.facts.items() if value))
    words = (part.kind, part.text, part.section, part.weight, part.aspect, facts)
    return (*words, *(said(child) for child in part.children if child.kind != "note"))


def test_it_is_written_part_by_part_with_the_lines_it_came_from():
    blocks = write(recognise(text_lines(TEXT)))
    assert [block.text for block in blocks] == WRITTEN
    assert [block.lines for block in blocks] == [[2], [1, 3, 4, 5, 7, 8, 9, 10, 11]]
    spread(blocks, range(1, 12))
    assert [block.lines for block in blocks] == [[2], [1, 3, 4, 5, 6, 7, 8, 9, 10, 11]]


def test_it_is_read_as_it_was_written():
    top = recognise(text_lines(TEXT))
    reader = Reader()
    parts = reader.read(WRITTEN)
    assert ([said(part) for part in parts], reader.mistakes) == ([said(part) for part in top.children], [])


def test_a_department_that_every_form_names_again_is_one():
    forms = [
        "部门：行政部 [XZ]\n  岗位：文员",
        "部门：财务部\n  岗位：出纳",
        "部门：行政部\n  职责：\n  - 管章\n  岗位：司机",
    ]
    reader = Reader()
    parts = reader.read(forms)
    found = [(part.text, part.facts, [child.text for child in part.children]) for part in parts]
    assert found == [("行政部", {"code": "XZ"}, ["文员", "管章", "司机"]), ("财务部", {}, ["出纳"])]
    top = Part("department", "")
    for form in forms:
        top.take(Reader().read([form]))
    assert [said(part) for part in top.children] == [said(part) for part in parts]


def test_signs_of_doubt_and_lines_left_out_are_not_read():
    assert [said(part) for part in Reader().read(["？部门：甲部\n# 岗位：乙\n  ？- 做事\n\n"])] == [
        ("department", "甲部", "", "primary", "", (), ("duty", "做事", "responsibility", "primary", "", ()))
    ]


def test_what_was_doubtful_is_marked_and_what_belongs_nowhere_is_left_out():
    top = Part(
        "department",
        "",
        children=[Part("position", "新媒体", certainty=0.5, lines=[1]), Part("note", "引言", lines=[2])],
    )
    assert write(top) == [Block("？岗位：新媒体", [1]), Block("# 引言", [2])]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("采购部", 1),
        ("- 做事", 1),
        ("职责：\n部门：甲部", 1),
        ("部门：甲部\n  随便写", 2),
        ("部门：" + "长" * 121, 1),
        ("部门：甲部\n- " + "长" * 4001, 2),
        ("岗位：甲\n  部门：乙部", 2),
        ("岗位：甲 [编号]", 1),
        ("岗位：甲 [A-1]\n岗位：乙 [a-1]", 2),
        ("岗位：甲\n定员：许多", 2),
        ("", 1),
    ],
)
def test_mistakes_are_named_by_part_and_line(text, wrong):
    reader = Reader()
    reader.read([text])
    assert [(one.block, one.line, bool(one.message)) for one in reader.mistakes] == [(1, wrong, True)]


LINES = st.lists(
    st.sampled_from(
        ["部门：甲部", "  岗位：乙", "职责：", "- 做", "    - 做", "#", "？", "学历：", "　", "定员：3", "x"]
    )
    | st.text(max_size=6)
)


@given(LINES.map("\n".join))
def test_any_text_is_read_without_failing(text):
    reader = Reader()
    parts = reader.read([text])
    assert parts or reader.mistakes
