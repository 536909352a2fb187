"""The tables of a design: 部门, 岗位, 职责, 关系, and 说明. Their columns are the same out and in.

Sheets, columns and closed values are named in Chinese whatever the reader's language: they are the form in which a workbook
comes back. A cell is a text or a whole number; what is not stated is empty, never 0.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from departments.booklets.facts import edition_line
from departments.documents.plain_lines import tell_level, tell_lines, tell_remark
from departments.formats.extracts import Extract
from departments.formats.sheet_words import (
    ASPECTS,
    BASES,
    FORMS,
    HEAD_FORMS,
    KINDS,
    LINES,
    SECTIONS,
    UNIT_TYPES,
    WEIGHTS,
    YES,
)
from departments.models.entries import Entry, Line

Value = str | int | None


@dataclass(frozen=True)
class Column:
    """A column: its head, what a row has in it, its width in digits, and the words it is closed to, if it is."""

    name: str
    value: Callable[[Any], Value]
    width: int = 9
    words: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Sheet:
    """A table: the first `printed` columns go on paper, the first `fixed` stay in sight."""

    name: str
    slug: str
    columns: list[Column]
    rows: list[list[Value]]
    printed: int
    fixed: int = 0

    @property
    def heads(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


def sheets(extract: Extract) -> list[Sheet]:
    """Return the four tables of an extract. No query."""
    lines = [line for line in extract.outline.relations if line.start in extract]
    numbers = _numbers(extract.entries)
    departments = [entry for entry in extract.entries if entry.is_department]
    names = extract.outline.function_names
    functions = Column("职能", lambda entry: "、".join(names[slug][0] for slug in entry.functions), 20)
    duties = [*DUTIES[:4], Column("序号", lambda entry: numbers[entry], 8), *DUTIES[4:]]
    positions = POSITIONS
    if people := extract.outline.holders:  # a column that is read by people only: it does not come back
        positions = [*POSITIONS, Column("任职人", lambda entry: "、".join(people.get(entry.uid, ())), 16)]

    def named(columns: list[Column]) -> list[Column]:
        return [functions if column.name == "职能" else column for column in columns]

    return [
        _sheet("部门", "departments", named(DEPARTMENTS), departments, printed=8, fixed=2),
        _sheet("岗位", "positions", named(positions), extract.positions, printed=9, fixed=2),
        _sheet("职责", "duties", named(duties), extract.statements, printed=6),
        _sheet("关系", "relations", RELATIONS, lines, printed=10),
    ]


def about(extract: Extract) -> list[tuple[str, str]]:
    """Return the lines of the sheet 说明: what this is, and how its columns are meant."""
    design, counts = extract.edition.design, extract.outline.counts
    with translation.override("zh-hans"):
        edition, kind = edition_line(extract.edition), str(design.get_kind_display())
    said = [
        ("设计", design.name),
        ("代号", design.slug),
        ("范围", extract.title if extract.start else "全部"),
        ("类别", kind),
        ("版本", edition),
        ("概述", design.summary),
        ("合计", f"{counts.departments} 个部门，{counts.positions} 个岗位，{counts.duties} 条职责（全部设计）"),
        ("部门", "一行一个部门。上级部门编码说明它属于哪个部门；框架为“是”的行只用来归拢几个并列的部门，不计为部门。"),
        ("岗位", "一行一个岗位。所在编码是它所属的部门，或它下设于哪个岗位；直接上级一栏供查看，以“关系”表为准。"),
        (
            "职责",
            "一行一条，按原文顺序。序号 2.1 属于序号 2；栏目说明它是职责、权限、任职资格或其他；主辅区分主要与辅助职责。",
        ),
        ("关系", "一行一条汇报、协助或协作关系。对方在设计之外的，写在“外部方”；由位置推得的上级不列。"),
        ("定员", "空白表示来源未列明，不等于 0。形式为“人数”时上下限相同；“视情况”“若干”没有确切人数。"),
        ("职能", "写职能的名称，多个用顿号分开，主要的在前。"),
        (
            "备注",
            "一行一条，写作“名目：内容”。位置依据、负责人依据说明是原文写明还是推断；代表多个说明这一行代表几个同类。",
        ),
        ("顺序", "序号决定职责的先后；部门与岗位的先后不因表中排序而改变，新增的行排在它上面那一行之后。"),
        (
            "各级定员",
            "一行一级，写作“主管级：7 人”；也可写 2–3 人、至少 2 人、视情况、若干、每店 1 人，括号里写推断、举例、在岗 3 人。",
        ),
        ("不在表中", "出处、RACI 与工作流程不在本簿中，导入时保持原样。"),
        ("推断", "“是”表示来源没有明说，是整理时得出的。"),
        ("标识", "每行不变的记号。改名、换编码后仍靠它认出同一行，请勿改动；新增的行留空。"),
        ("其间更改", "本簿记得导出时各格的样子：导回时，别人其间在草稿中的更改不会被盖掉，两边都改过的逐行选择。"),
    ]
    return [(name, text) for name, text in said if text]


def _sheet(
    name: str, slug: str, columns: list[Column], things: Iterable[Any], *, printed: int, fixed: int = 0
) -> Sheet:
    rows = [[column.value(thing) for column in columns] for thing in things]
    return Sheet(name, slug, columns, rows, printed, fixed)


def _numbers(entries: list[Entry]) -> dict[Entry, str]:
    """Return the number of every statement under its holder: 1, 2, 2.1, 2.2, 3."""
    numbers: dict[Entry, str] = {}
    counts: dict[Entry, int] = {}
    for entry in entries:
        if entry.is_duty and entry.parent is not None:
            counts[entry.parent] = counts.get(entry.parent, 0) + 1
            above = numbers.get(entry.parent)
            numbers[entry] = f"{above}.{counts[entry.parent]}" if above else str(counts[entry.parent])
    return numbers


# What stands in a cell


def _yes(*, value: bool) -> str:
    return YES["yes"] if value else ""


def _place(entry: Entry) -> str:
    return entry.parent.ref if entry.parent else ""


def _place_title(entry: Entry) -> str:
    return entry.parent.title if entry.parent else ""


def _superiors(entry: Entry) -> str:
    """Return the superiors in words, those outside too; how they are known in brackets where it is not the source."""
    notes = {"derived": "（由位置得出）", "inferred": "（推断）"}
    said = ["无" if line.basis == "top" else line.other + notes.get(line.basis, "") for line in entry.superiors]
    return "、".join(said)


def _basis(entry: Entry) -> str:
    return BASES[entry.headcount_basis] if entry.headcount else ""


STATED = {key: BASES[key] for key in ("stated", "inferred")}
HEADCOUNT = [
    Column("定员形式", lambda entry: FORMS[entry.headcount_form], 11, {k: v for k, v in FORMS.items() if v}),
    Column("定员下限", lambda entry: entry.headcount_min),
    Column("定员上限", lambda entry: entry.headcount_max),
]
HEADCOUNT_MORE = [
    Column("定员单位", lambda entry: entry.headcount_per, 16),
    Column("定员随何变化", lambda entry: entry.headcount_varies_with, 16),
    Column("定员依据", _basis, 10, {key: BASES[key] for key in ("stated", "inferred", "example")}),
    Column("在岗", lambda entry: entry.headcount_filled),
]
COMMON = [
    Column("英文名称", lambda entry: entry.title_en, 26),
    Column("又称", lambda entry: "、".join(map(str, entry.aliases)), 16),
    Column("职能", lambda entry: "、".join(entry.functions), 20),
    Column("备注", lambda entry: tell_lines(entry.remarks, tell_remark), 30),
    Column("代表多个", lambda entry: entry.repeats, 16),
]
PLACE = Column("位置依据", lambda entry: BASES[entry.place_basis], 10, STATED)
CHECKED = Column("已核对", lambda entry: _yes(value=entry.checked), 8, YES)
LAST = [
    Column("推断", lambda entry: _yes(value=entry.inferred), 7, YES),
    Column("标识", lambda entry: entry.uid.hex, 34),
]
DEPARTMENTS = [
    Column("编码", lambda entry: entry.code, 14),
    Column("名称", lambda entry: entry.title, 20),
    Column("上级部门编码", _place, 14),
    Column("上级部门", _place_title, 20),
    *HEADCOUNT,
    Column("概述", lambda entry: entry.summary, 50),
    Column("类别", lambda entry: UNIT_TYPES.get(entry.unit_type, ""), 9, UNIT_TYPES),
    *COMMON,
    *HEADCOUNT_MORE,
    Column("各级定员", lambda entry: tell_lines(entry.levels, tell_level), 24),
    Column("未尽列举", lambda entry: _yes(value=entry.open_ended), 9, YES),
    Column("框架", lambda entry: _yes(value=entry.frame), 7, YES),
    PLACE,
    CHECKED,
    *LAST,
]
POSITIONS = [
    Column("编码", lambda entry: entry.code, 14),
    Column("岗位名称", lambda entry: entry.title, 20),
    Column("所在编码", _place, 14),
    Column("所在", _place_title, 20),
    Column("直接上级", _superiors, 22),
    *HEADCOUNT,
    Column("概述", lambda entry: entry.summary, 40),
    Column("负责人", lambda entry: _yes(value=entry.head), 8, YES),
    Column("负责人形式", lambda entry: HEAD_FORMS[entry.head_form] if entry.head else "", 11, HEAD_FORMS),
    Column("负责人依据", lambda entry: BASES[entry.head_basis] if entry.head else "", 11, STATED),
    Column("助理", lambda entry: _yes(value=entry.assistant), 7, YES),
    Column("职级", lambda entry: entry.grade, 12),
    *COMMON,
    *HEADCOUNT_MORE,
    PLACE,
    CHECKED,
    *LAST,
]
DUTIES = [  # the fifth column, 序号, is counted for each extract
    Column("所属编码", lambda entry: entry.holder.ref, 14),
    Column("所属", lambda entry: entry.holder.title, 20),
    Column("栏目", lambda entry: SECTIONS[entry.section], 10, SECTIONS),
    Column("主辅", lambda entry: WEIGHTS[entry.weight], 7, WEIGHTS),
    Column("内容", lambda entry: entry.text, 80),
    Column("细分", lambda entry: ASPECTS.get(entry.aspect, ""), 9, ASPECTS),
    Column("衡量标准", lambda entry: entry.measure, 30),
    Column("要求评级", lambda entry: entry.rating_required),
    Column("最高评级", lambda entry: entry.rating_maximum),
    Column("评级说明", lambda entry: entry.rating_note, 20),
    Column("职能", lambda entry: "、".join(entry.functions), 20),
    Column("未尽列举", lambda entry: _yes(value=entry.open_ended), 9, YES),
    *LAST,
]


def _end(line: Line) -> str:
    return line.end.ref if line.end else ""


RELATIONS = [
    Column("关系", lambda line: KINDS[line.kind], 7, KINDS),
    Column("起点编码", lambda line: line.start.ref, 14),
    Column("起点", lambda line: line.start.title, 20),
    Column("终点编码", _end, 14),
    Column("终点", lambda line: line.end.title if line.end else "", 20),
    Column("外部方", lambda line: line.outside, 18),
    Column("线型", lambda line: LINES[line.line], 7, LINES),
    Column("直接上级", lambda line: _yes(value=line.superior), 9, YES),
    Column("事项", lambda line: line.about, 40),
    Column("依据", lambda line: BASES[line.basis], 10, {key: BASES[key] for key in ("stated", "inferred", "top")}),
    Column("标识", lambda line: line.uid.hex if line.uid else "", 34),
]
# What a workbook that comes back must have: sheet → columns
TABLES = {
    "部门": DEPARTMENTS,
    "岗位": POSITIONS,
    "职责": [*DUTIES[:4], Column("序号", str), *DUTIES[4:]],
    "关系": RELATIONS,
}
