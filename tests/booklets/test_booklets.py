"""A booklet as data: its parts, their order, a branch of it, and what it costs."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from departments.booklets import build_booklet, pieces
from departments.booklets.front import Line, tighter, together
from departments.booklets.index import build_index, by_code
from departments.booklets.pieces import arrange
from departments.booklets.record import Revision
from departments.formats.paper import booklet_book, counts_line
from departments.models import Edition
from departments.models.outlines import Outline
from departments.restructuring import open_edition
from tests import factories
from tests.booklets.conftest import Read


def test_departments_come_in_document_order_with_their_positions(db: None) -> None:
    org = factories.create_org(in_force=True)
    booklet = build_booklet(org.edition, Outline(org.edition))
    assert [(chapter.level, chapter.entry.title) for chapter in booklet.chapters] == [
        (2, "市场部"),
        (3, "公关科"),
    ]
    assert [(row.entry.title, row.depth, row.has_form) for row in booklet.chapters[1].positions] == [
        ("公关科主任", 0, False),
        ("公关专员", 1, True),
    ]


def test_forms_follow_grouped_by_department(db: None) -> None:
    org = factories.create_org(in_force=True)
    booklet = build_booklet(org.edition, Outline(org.edition))
    assert [(group.department.title, [form.entry.title for form in group.forms]) for group in booklet.groups] == [
        ("市场部", ["市场部主任"]),
        ("公关科", ["公关专员"]),
    ]


def test_a_branch_has_its_own_counts_and_nothing_else(db: None) -> None:
    org = factories.create_org(in_force=True)
    outline = Outline(org.edition)
    booklet = build_booklet(org.edition, outline, outline.find("PR"))
    assert booklet.name == "公关科"
    assert [chapter.entry.title for chapter in booklet.chapters] == ["公关科"]
    assert counts_line(booklet.counts) == "1 个部门 · 2 个岗位 · 1 项职责"
    assert counts_line(replace(booklet.counts, positions=0)) == "1 个部门 · 1 项职责"


def test_a_branch_has_the_processes_it_acts_in(db: None) -> None:
    org = factories.create_org()
    for number, node in enumerate((org.officer, org.head), start=1):
        process = factories.create_process(edition=org.edition, number=number, name=f"流程{number}")
        factories.create_step(process=process, number=1, who=[{"node": node.uid.hex}, {"text": "院长"}], action="办理")
    edition = factories.publish(org.edition)
    outline = Outline(edition)
    whole = build_booklet(edition, outline)
    assert [workflow.process.name for workflow in whole.workflows] == ["流程1", "流程2"]
    assert [cell.text for cell in whole.workflows[0].rows[0].cells] == ["公关专员、院长", "办理"]
    branch = build_booklet(edition, outline, outline.find("PR"))
    assert [workflow.process.name for workflow in branch.workflows] == ["流程1"]


def test_a_process_has_the_columns_it_fills(library: Read) -> None:
    edition, outline = library("jewelry-franchise-brand-marketing-center")
    columns = {
        workflow.process.name: [(column.slug, column.wide) for column in workflow.columns]
        for workflow in build_booklet(edition, outline).workflows
    }
    assert columns["影视项目申请"] == [("name", False), ("action", True), ("lead_time", False)]
    assert [slug for slug, _wide in columns["日常节假日活动"]] == ["name", "who", "action", "output", "lead_time"]


def test_a_frame_is_no_chapter_but_what_stands_in_it_is(library: Read) -> None:
    edition, outline = library("brand-market-marketing-side-by-side")
    assert outline.root.frame
    chapters = build_booklet(edition, outline).chapters
    assert [(chapter.level, chapter.entry.title) for chapter in chapters] == [
        (2, entry.title) for entry in outline.root.departments
    ]


def test_department_with_nothing_but_a_name_stands_in_the_table_above_it(db: None) -> None:
    org = factories.create_org(in_force=True)
    root, pr = build_booklet(org.edition, Outline(org.edition)).chapters
    assert [(row.entry.title, row.has_chapter) for row in root.departments] == [("公关科", True), ("营销科", False)]
    assert pr.departments == []


def test_index_is_ordered_by_pinyin(db: None) -> None:
    edition = factories.create_edition()
    with factories.open_edition(edition) as tree:
        root = tree.insert("department", title="市场部", code="MK")
        for number, title in enumerate(("重点客户经理", "市场经理", "SEO 专员", "策划专员", "长沙站主管", "3D 设计师")):
            tree.insert("position", under=root.uid, title=title, code=f"P{number}")
    groups = build_index(Outline(edition).positions)
    assert [(group.letter, [entry.title for entry in group.entries]) for group in groups] == [
        ("#", ["3D 设计师"]),
        ("C", ["策划专员", "长沙站主管"]),
        ("S", ["SEO 专员", "市场经理"]),
        ("Z", ["重点客户经理"]),
    ]


def test_index_of_codes_counts_figures_as_numbers_and_leaves_out_who_has_none(db: None) -> None:
    edition = factories.create_edition()
    with factories.open_edition(edition) as tree:
        root = tree.insert("department", title="市场部", code="MK")
        for code in ("P-10", "P-9", "", "B-2-1", "B-2", "7"):
            tree.insert("position", under=root.uid, title="专员", code=code)
    assert [entry.code for entry in by_code(Outline(edition).positions)] == ["7", "B-2", "B-2-1", "P-9", "P-10"]


@pytest.mark.parametrize("positions", [10, 500])
def test_booklet_costs_three_queries_and_its_template_none(positions: int, db: None, django_assert_num_queries) -> None:
    draft = factories.create_edition()
    factories.create_flat(draft, positions=positions)
    factories.create_step(
        process=factories.create_process(edition=draft, number=1, name="周报"), number=1, action="汇总"
    )
    edition = Edition.objects.select_related("design").get(pk=factories.publish(draft).pk)
    outline = Outline(edition)
    with django_assert_num_queries(3):
        booklet = build_booklet(edition, outline)
    with django_assert_num_queries(0):
        found = arrange(booklet, [], [(workflow, "") for workflow in booklet.workflows])
        for piece in found:
            render_to_string(f"booklets/{piece.template}.html", piece.context)
    assert sum(piece.template == "form" for piece in found) == positions


def test_contents_are_set_tighter_where_that_saves_a_page_and_share_one_with_a_short_record() -> None:
    lines, record = [Line(2, "公关科主任", "a")] * 60, [Revision(1, None, "", ["首次发布"], "")]
    assert [tighter(lines[:n], []) for n in (10, 36, 38, 42, 44, 60)] == [False, False, True, True, False, False]
    assert [together(record, lines[:n], []) for n in (10, 26, 36)] == [True, True, False]
    assert not together([], lines[:10], [])


def test_notes_explain_the_marks_that_are_there(db: None) -> None:
    org = factories.create_org()
    with open_edition(org.edition) as tree:
        tree.edit(org.budget.uid, {"weight": "auxiliary"}, version=1)
    edition = Edition.objects.select_related("design").get(pk=factories.publish(org.edition).pk)
    *_others, notes = booklet_book(edition, Outline(edition)).pieces
    said = notes.html.replace("\u2060", "")
    assert "本设计没有列出来源" in said
    assert [mark in said for mark in ("辅助责任", "由所处位置得出", "原文没有直接写明")] == [True, True, False]


def test_chapters_run_on_for_some_pages() -> None:
    def runs(*lines: int) -> list[list[int]]:
        chapters = [SimpleNamespace(lines=length) for length in lines]
        return [[chapter.lines for chapter in shared] for shared in pieces._runs(chapters)]

    assert runs(10, 100, 111, 90, 30) == [[10, 100, 111], [90, 30]]
    assert runs(500, 110) == [[500, 110]]
    assert runs() == []
