"""A workbook that comes back after somebody else went on: three cells stay three changes, and nothing of either is lost."""

import io
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from departments.formats.extracts import Extract
from departments.formats.importing import carry_out, look
from departments.formats.workbook import csv_tables, workbook
from departments.formats.workbook_import import Import
from departments.models import Edition
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.lines import unrelate
from tests.formats.extracts import bureau, extract
from tests.views.conftest import department, office
from tests.views.people import own_design

pytestmark = pytest.mark.django_db
Book = Any


def drafted(document: dict[str, Any]) -> Edition:
    design = own_design(extract(document).edition.design, in_force=False)
    return design.editions.select_related("design").get()


@pytest.fixture
def draft(db: None) -> Edition:
    return drafted(bureau())


@pytest.fixture
def book(draft: Edition) -> Book:
    """The workbook as somebody took it before the others of the test went on."""
    return load_workbook(io.BytesIO(workbook(Extract(draft, Outline(draft), ""))))


def put(book: Book, sheet: str, row: int, **cells: Any) -> None:
    heads = [cell.value for cell in book[sheet][1]]
    for head, value in cells.items():
        book[sheet].cell(row, heads.index(head) + 1).value = value


def saved(book: Book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def seen(book: Book, draft: Edition, **options: Any) -> Import:
    return look(saved(book), "ours.xlsx", Outline(draft), **options)


def brought(book: Book, draft: Edition, *take: str, **options: Any) -> Import:
    """Import it, and see that doing so once more finds nothing left to do."""
    done = carry_out(saved(book), "ours.xlsx", draft, sign=None, by=None, take=frozenset(take), **options)
    assert breaches(draft) == []
    assert seen(book, draft, **options).report.empty
    return done


def uid(draft: Edition, **lookup: Any) -> UUID:
    return draft.nodes.get(**lookup).uid


def edit(draft: Edition, columns: dict[str, Any], **lookup: Any) -> None:
    with open_edition(draft) as room:
        room.edit(uid(draft, **lookup), columns)


def changes(found: Import) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(change.sheet, change.row, change.heads) for change in found.report.changed]


def conflicts(found: Import) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [(one.key, one.why, [(c.head, c.before, c.after) for c in one.cells]) for one in found.report.conflicts]


def texts(draft: Edition, code: str) -> list[str]:
    return [entry.text for entry in Outline(draft).by_ref[code.lower()].walk() if entry.is_duty]


def test_three_cells_are_three_changes_after_somebody_else_went_on(draft, book):
    edit(draft, {"title": "第一组", "code": "G1X"}, code="G1")
    edit(draft, {"summary": "别人写的"}, code="HEAD")
    with open_edition(draft) as room:
        room.move(uid(draft, code="G1-STAFF"), under=uid(draft, code="G2"))
        room.insert("position", under=uid(draft, code="G2"), title="新来的", code="NEW")
        room.remove(uid(draft, text="帮助拓展员"))
    put(book, "部门", 4, 名称="二组")
    put(book, "岗位", 3, 定员下限=3)
    put(book, "职责", 2, 内容="研究市场与客户")
    found = seen(book, draft, remove=True)
    assert changes(found) == [("部门", 4, ("名称",)), ("岗位", 3, ("定员下限",)), ("职责", 2, ("内容",))]
    report = found.report
    assert (report.added, report.moved, report.removed, report.conflicts, report.faults) == ([], [], [], [], [])
    assert "6 处" in report.notes[0]  # name, code, summary, place, new, gone
    brought(book, draft, remove=True)
    nodes = dict(draft.nodes.exclude(code="").values_list("code", "title"))
    assert (nodes["G1X"], nodes["G2"], nodes["NEW"]) == ("第一组", "二组", "新来的")
    assert draft.nodes.get(code="G1-STAFF").headcount_min == 3
    assert draft.nodes.get(code="G1-STAFF").parent.code == "G2"
    assert "帮助拓展员" not in texts(draft, "G2-STAFF")


def test_what_both_changed_stays_as_in_the_draft_unless_the_file_is_chosen(draft, book):
    edit(draft, {"title": "甲组"}, code="G1")
    edit(draft, {"text": "研究大市场"}, text="研究市场")
    put(book, "部门", 3, 名称="一组", 概述="只有文件改了")
    put(book, "职责", 2, 内容="研究小市场")
    found = seen(book, draft)
    assert conflicts(found) == [
        ("部门:3", "both", [("名称", "甲组", "一组")]),
        ("职责:2", "both", [("内容", "研究大市场", "研究小市场")]),
    ]
    assert changes(found) == [("部门", 3, ("概述",))]
    assert seen(book, draft, take=frozenset(["部门:3"])).report.sign == found.report.sign
    brought(book, draft, "部门:3")
    group = draft.nodes.get(code="G1")
    assert (group.title, group.summary) == ("一组", "只有文件改了")
    assert texts(draft, "MKT")[0] == "研究大市场"
    brought(book, draft, "all")
    assert texts(draft, "MKT")[0] == "研究小市场"


def test_cells_that_mean_something_together_are_decided_together(draft, book):
    edit(draft, {"headcount_form": "range", "headcount_min": 2, "headcount_max": 5}, code="G1-STAFF")
    put(book, "岗位", 3, 定员下限=3, 定员上限=3)
    found = seen(book, draft)
    assert [(key, [cell[0] for cell in cells]) for key, _why, cells in conflicts(found)] == [
        ("岗位:3", ["定员形式", "定员下限", "定员上限"])
    ]
    assert changes(found) == []
    brought(book, draft, "岗位:3")
    assert str(Outline(draft).by_ref["g1-staff"].headcount) == "3 人"


def test_a_place_is_compared_by_who_is_meant(draft, book):
    edit(draft, {"code": "GX"}, code="G2")
    with open_edition(draft) as room:
        room.move(uid(draft, code="G2-STAFF"), under=uid(draft, code="MKT"))
    put(book, "岗位", 3, 所在编码="G2")  # by the code it had
    put(book, "岗位", 4, 所在编码="G1")
    found = seen(book, draft)
    assert conflicts(found) == [("岗位:4", "both", [("所在编码", "市场部", "第1组")])]
    assert [(change.row, change.heads) for change in found.report.moved] == [(3, ("所在",))]
    brought(book, draft, "岗位:4")
    above = {code: draft.nodes.get(code=code).parent.code for code in ("G1-STAFF", "G2-STAFF")}
    assert above == {"G1-STAFF": "GX", "G2-STAFF": "G1"}


@pytest.mark.parametrize(
    ("theirs", "mine", "take", "expected", "in_conflict"),
    [
        ("4312", None, (), "4312", []),
        (None, "2134", (), "2134", []),
        ("1324", "1324", (), "1324", []),
        ("4312", "2134", (), "4312", ["职责:2"]),
        ("4312", "2134", ("职责:2",), "2134", ["职责:2"]),
    ],
)
def test_the_order_of_statements_is_decided_as_a_whole(db, theirs, mine, take, *, expected, in_conflict):
    duties = [{"kind": "duty", "text": text} for text in "1234"]
    document = office() | {"tree": department("MKT", "市场部", *duties)}
    draft = drafted(document)
    book = load_workbook(io.BytesIO(workbook(Extract(draft, Outline(draft), ""))))
    if theirs:
        with open_edition(draft) as room:
            for text in theirs:
                room.move(uid(draft, text=text), under=uid(draft, code="MKT"))
            room.insert("duty", under=uid(draft, code="MKT"), text="别人的")
    for row, text in enumerate("1234", 2):
        put(book, "职责", row, 序号=str((mine or "1234").index(text) + 1))
    put(book, "职责", 6, 所属编码="MKT", 内容="新的", 序号="1.1")  # below 1, by the numbers of the file
    found = seen(book, draft)
    assert ([key for key, _why, _cells in conflicts(found)], found.report.faults) == (in_conflict, [])
    carry_out(saved(book), "ours.xlsx", draft, sign=None, by=None, take=frozenset(take))
    outline = Outline(draft)
    heading = (mine or "1234")[0]
    assert "".join(entry.text for entry in outline.root.children if entry.text in "1234") == expected
    assert [entry.parent.text for entry in outline.entries if entry.text == "新的" and entry.parent] == [heading]
    assert breaches(draft) == []


def test_a_row_gone_from_the_draft_stays_gone_unless_it_was_changed_and_is_chosen(draft, book):
    with open_edition(draft) as room:
        room.remove(uid(draft, code="G1"))
    put(book, "岗位", 3, 岗位名称="改了名的专员")
    found = seen(book, draft)
    assert conflicts(found) == [("岗位:3", "gone", [("岗位名称", "", "改了名的专员")])]
    assert (found.report.added, found.report.faults) == ([], [])
    brought(book, draft)
    assert draft.nodes.filter(code__startswith="G1").count() == 0
    refused = seen(book, draft, take=frozenset(["岗位:3"]))
    assert [(fault.sheet, fault.row) for fault in refused.refused] == [("岗位", 3)]  # its department is gone
    put(book, "岗位", 3, 所在编码="G2")
    brought(book, draft, "岗位:3")
    assert draft.nodes.get(code="G1-STAFF").title == "改了名的专员"


def test_what_the_file_drops_stays_where_somebody_else_worked_on_it(draft, book):
    edit(draft, {"text": "写好稿件"}, text="写稿件")
    with open_edition(draft) as room:
        line = draft.relations.get(about="活动执行").uid
        unrelate(room, line)
    for page in book.worksheets[:4]:
        for row in range(page.max_row, 1, -1):
            said = {cell.value for cell in page[row]}
            if said & {"G2", "G2-STAFF"} or {"G1-STAFF", "收集第1类市场信息"} <= said:
                page.delete_rows(row)
    found = seen(book, draft, remove=True)
    key = f"部门:{uid(draft, code='G2').hex[:12]}"
    assert [(one, why) for one, why, _cells in conflicts(found)] == [(key, "missing")]
    assert [change.title for change in found.report.removed if change.sheet != "关系"] == ["收集第1类市场信息"]
    put(book, "职责", 40, 所属编码="G1-STAFF", 内容="新的一条")
    done = carry_out(saved(book), "ours.xlsx", draft, sign=None, by=None, remove=True)
    assert [change.title for change in done.report.added] == ["新的一条"]
    assert "写好稿件" in texts(draft, "G2-STAFF")
    carry_out(saved(book), "ours.xlsx", draft, sign=None, by=None, remove=True, take=frozenset([key]))
    assert draft.nodes.filter(code__startswith="G2").count() == 0
    assert breaches(draft) == []


def test_both_added_a_row_of_one_code_and_a_line_goes_both_ways(draft, book):
    with open_edition(draft) as room:
        room.insert("position", under=uid(draft, code="G1"), title="别人的新岗", code="NEW")
    put(book, "岗位", 5, 编码="NEW", 岗位名称="我的新岗", 所在编码="G1")
    put(book, "关系", 4, 依据="原文写明")
    found = seen(book, draft)
    assert conflicts(found) == [("岗位:5", "both", [("岗位名称", "别人的新岗", "我的新岗")])]
    assert changes(found) == [("关系", 4, ("依据",))]
    brought(book, draft)
    assert draft.nodes.get(code="NEW").title == "别人的新岗"


def test_without_marks_or_with_those_of_another_design_a_table_says_all_as_before(draft, book):
    table = csv_tables(Extract(draft, Outline(draft), ""))["departments.csv"]
    edit(draft, {"title": "甲组"}, code="G1")
    of_a_table = look(table.encode(), "departments.csv", Outline(draft))
    book["标记"].cell(1, 2).value = "0" * 32
    of_another = seen(book, draft)
    book.remove(book["标记"])
    assert [changes(found) for found in (of_a_table, of_another, seen(book, draft))] == [[("部门", 3, ("名称",))]] * 3


def test_a_branch_keeps_out_of_what_was_moved_out_of_it(draft):
    outline = Outline(draft)
    book = load_workbook(io.BytesIO(workbook(Extract(draft, outline, "", outline.by_ref["g2"]))))
    with open_edition(draft) as room:
        room.move(uid(draft, code="G2-STAFF"), under=uid(draft, code="G1"))
    put(book, "职责", 2, 内容="收集新信息")
    found = seen(book, draft, remove=True)
    assert (changes(found), found.report.moved, found.report.removed) == ([("职责", 2, ("内容",))], [], [])
    assert found.report.faults == []


COLUMNS = {"名称": "title", "概述": "summary", "英文名称": "title_en"}
EDITS = st.dictionaries(st.tuples(st.sampled_from([3, 4]), st.sampled_from([*COLUMNS])), st.sampled_from("甲乙"))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=EDITS, theirs=EDITS, chosen=st.booleans())
def test_every_cell_is_what_one_side_made_of_it_or_what_was_chosen(db, mine, theirs, chosen):
    made = extract(office("merged", groups=2))
    outline = made.outline
    book = load_workbook(io.BytesIO(workbook(made)))
    before = {
        (row, head): str(book["部门"].cell(row, _column(book, head)).value or "") for row in (3, 4) for head in COLUMNS
    }
    for (row, head), text in theirs.items():
        setattr(outline.by_ref[f"g{row - 2}"], COLUMNS[head], text)
    for (row, head), text in mine.items():
        put(book, "部门", row, **{head: text})
    found = seen_in(book, outline, chosen=chosen)
    assert found.found is not None
    for place, old in before.items():
        row, head = place
        entry = outline.by_ref[f"g{row - 2}"]
        now = found.found.edited.get(entry.uid, {}).get(COLUMNS[head], getattr(entry, COLUMNS[head]))
        here, there = mine.get(place, old), theirs.get(place, old)
        assert now == (here if there in (old, here) or (chosen and here != old) else there)
    decided = {one.key for one in found.report.conflicts}
    both = {place for place in {*mine} & {*theirs} if mine[place] != theirs[place]}
    assert decided == {f"部门:{row}" for row, _head in both}


def seen_in(book: Book, outline: Outline, *, chosen: bool) -> Import:
    return look(saved(book), "ours.xlsx", outline, take=frozenset(["all"] if chosen else []))


def _column(book: Book, head: str) -> int:
    return [cell.value for cell in book["部门"][1]].index(head) + 1


def test_who_brings_the_same_workbook_again_meets_others_and_not_himself(draft, book):
    editor, other = (User.objects.create(username=name) for name in ("one", "two"))
    put(book, "部门", 3, 名称="一组")
    put(book, "部门", 4, 名称="二组")
    put(book, "岗位", 5, 编码="NEW", 岗位名称="新岗", 所在编码="G1")
    carry_out(saved(book), "ours.xlsx", draft, sign=None, by=editor)
    edit(draft, {"title": "乙组"}, code="G2")
    put(book, "部门", 3, 名称="第一组")
    put(book, "部门", 4, 名称="第二组")
    put(book, "岗位", 5, 岗位名称="新岗位")
    mine, theirs = seen(book, draft, by=editor), seen(book, draft, by=other)
    assert [key for key, _why, _cells in conflicts(mine)] == ["部门:4"]
    assert changes(mine) == [("部门", 3, ("名称",)), ("岗位", 5, ("岗位名称",))]
    assert [key for key, _why, _cells in conflicts(theirs)] == ["部门:3", "部门:4", "岗位:5"]
    carry_out(saved(book), "ours.xlsx", draft, sign=None, by=editor)
    assert seen(book, draft, by=editor).report.conflicts == []  # what was decided stays so
    assert list(draft.nodes.filter(code__in=["G1", "G2", "NEW"]).values_list("title", flat=True).order_by("code")) == [
        "第一组",
        "乙组",
        "新岗位",
    ]
