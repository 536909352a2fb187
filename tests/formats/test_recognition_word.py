"""Word documents: the forms that HR departments use, headings and numbering; damaged and oversized files."""

import io
import random
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from departments.formats.recognition import Unreadable, recognise, word
from departments.formats.recognition.files import file_lines
from tests.formats.test_recognition import drawn


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def form(rows: list[list[str]], *merges: tuple[tuple[int, int], tuple[int, int]]) -> bytes:
    """Return a document with one table; `merges` are pairs of corners."""
    document = Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for (top, left), (bottom, right) in merges:
        kept = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = kept
    return saved(document)


def read(content: bytes) -> list[str]:
    return drawn(recognise(file_lines(content)))


def test_a_form_of_four_columns_with_merged_cells():
    rows = [
        ["岗 位 名 称", "采购主管", "岗位编号", "CG-02"],
        ["所属部门", "采购部", "直接上级", "采购经理"],
        ["岗位职责", "1、审核订单。2、维护供应商档案;\n3、组织比价", "", ""],
        ["任职资格", "学历", "大专以上", ""],
        ["", "工作经验", "三年以上", ""],
        ["考核指标", "到货及时率", "", ""],
    ]
    content = form(rows, ((2, 1), (2, 3)), ((3, 0), (4, 0)), ((3, 2), (3, 3)), ((4, 2), (4, 3)), ((5, 1), (5, 3)))
    top = recognise(file_lines(content))
    assert drawn(top) == [
        "部 采购部",
        "  岗 采购主管",
        "    resp 审核订单",
        "    resp 维护供应商档案",
        "    resp 组织比价",
        "    qual 大专以上",
        "    qual 三年以上",
        "    indi 到货及时率",
    ]
    position = top.children[0].children[0]
    assert position.facts == {"code": "CG-02", "superior": "采购经理"}
    assert [duty.aspect for duty in position.children] == ["", "", "", "education", "experience", ""]


def test_a_form_of_two_columns_and_headings_across_it():
    rows = [["岗位名称", "出纳"], ["一、岗位职责", "一、岗位职责"], ["现金", "每日盘点"], ["权限", "拒付不合规单据"]]
    assert read(form(rows, ((1, 0), (1, 1)))) == ["岗 出纳", "  resp 现金：每日盘点", "  auth 拒付不合规单据"]


def test_a_table_with_a_row_for_each_position():
    rows = [
        ["部门", "岗位", "职责", "任职资格"],
        ["仓储部", "仓管员", "(1)收货(2)发货", "细心"],
        ["仓储部", "叉车司机", "搬运", "持证"],
    ]
    assert read(form(rows)) == [
        "部 仓储部",
        "  岗 仓管员",
        "    resp 收货",
        "    resp 发货",
        "    qual 细心",
        "  岗 叉车司机",
        "    resp 搬运",
        "    qual 持证",
    ]


def test_headings_and_word_s_own_numbering():
    document = Document()
    document.add_heading("客服部", 1)
    document.add_heading("客服主管", 2)
    document.add_paragraph("岗位职责")
    document.add_paragraph("处理投诉", style="List Number")
    document.add_paragraph("培训新人", style="List Number")
    document.add_heading("客服专员", 2)
    document.add_paragraph("接听电话，登记来电。")
    assert read(saved(document)) == [
        "部 客服部",
        "  岗 客服主管",
        "    resp 处理投诉",
        "    resp 培训新人",
        "  岗 客服专员",
        "    resp 接听电话，登记来电",
    ]


def test_several_forms_are_several_positions_in_their_departments():
    document = Document()
    for department, title in (("销售部", "销售员"), ("仓储部", "仓管员"), ("销售部", "销售助理")):
        table = document.add_table(3, 2)
        for row, (label, value) in enumerate((("部门", department), ("岗位", title), ("职责", f"{title}的事项"))):
            table.cell(row, 0).text, table.cell(row, 1).text = label, value
    assert [line for line in read(saved(document)) if not line.lstrip().startswith("resp")] == [
        "部 销售部",
        "  岗 销售员",
        "  岗 销售助理",
        "部 仓储部",
        "  岗 仓管员",
    ]


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        file_lines(content)
    return str(refused.value)


def test_what_is_no_word_document_is_said():
    reasons = [
        refusal(b"PK\x03\x04 nothing"),
        refusal(b"\xd0\xcf\x11\xe0 old"),
        refusal(b"%PDF-1.7"),
        refusal(b"\0\0\0"),
        refusal(saved(Document())),
    ]
    assert len(set(reasons)) == 5


def test_bounds_come_before_parsing(monkeypatch):
    content = form([["岗位名称", "出纳"]])
    for name, bound in (("BYTES", 100), ("MEMBERS", 2), ("UNPACKED", 1000), ("PARAGRAPHS", 1), ("CELLS", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(word, name, bound)
            assert refusal(content)
    assert file_lines(content)


def test_entities_of_its_own_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>')
    assert refusal(file.getvalue())


SAMPLE = form([["岗位名称", "出纳"], ["职责", "1.盘点2.登记"]])


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.sampled_from(["bytes", "part", "xml"]))
def test_damaged_documents_give_lines_or_a_reason(seed, what):
    content = damaged(SAMPLE, random.Random(seed), what)  # noqa: S311  # no secret
    try:
        lines = file_lines(content)
    except Unreadable as reason:
        lines = [str(reason)]
    assert lines


def damaged(content: bytes, chance: random.Random, what: str) -> bytes:
    """Return the document with bytes changed, a part missing, or its text's XML cut about."""
    if what == "bytes":
        changed = bytearray(content)
        for _time in range(chance.randint(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        names = old.namelist()
        gone = chance.choice(names) if what == "part" else ""
        for name in names:
            data = old.read(name)
            if what == "xml" and name == "word/document.xml":
                at, length = chance.randrange(len(data)), chance.randint(1, 40)
                data = (
                    data[:at] + chance.choice([b"", b"<w:tbl>", b"\xff", b"</w:p>", b'w:val="x"']) + data[at + length :]
                )
            if name != gone:
                new.writestr(name, data)
    return file.getvalue()
