"""An edition in memory: who stands where, who reports to whom and how we know, and what it comes to."""

from types import SimpleNamespace
from typing import Any

import pytest

from departments.models import Edition, Relation
from departments.models.entries import Counts, Entry, Line
from departments.models.outlines import Outline
from departments.restructuring import Row, open_edition
from tests.factories import (
    create_design,
    create_edition,
    create_flat,
    create_function,
    create_org,
    create_relation,
    entries,
)


def build(*lines: str) -> dict[str, Entry]:
    """Return the entries of a tree drawn as `  头* 主任`: two spaces a level, * a head, 部 a department, / a frame, - a duty."""
    rows = []
    for line in lines:
        depth, says = (len(line) - len(line.lstrip())) // 2, line.strip()
        if says.startswith("-"):
            rows.append(Row(depth, "duty", {"text": says[1:], "section": "responsibility", "weight": "primary"}))
        elif says.startswith("/"):
            rows.append(Row(depth, "department", {"title": says[1:], "frame": True}))
        elif says.endswith("部"):
            rows.append(Row(depth, "department", {"title": says}))
        else:
            rows.append(Row(depth, "position", {"title": says.rstrip("*"), "head": says.endswith("*")}))
    edition = create_edition()
    with open_edition(edition) as tree:
        tree.insert_branch(rows)
    return entries(edition)


def said(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line.other, line.basis) for line in lines]


def titles(found: list[Entry]) -> list[str]:
    return [str(entry) for entry in found]


# Superiors


def test_superior_follows_from_the_position_above(db: None) -> None:
    there = build("市场部", "  主任*", "    科员", "      助手")
    assert [said(there[name].superiors) for name in ("科员", "助手")] == [
        [("主任", "derived")],
        [("科员", "derived")],
    ]


def test_superior_follows_from_the_head_of_the_department(db: None) -> None:
    there = build("市场部", "  主任*", "  干事")
    assert said(there["干事"].superiors) == [("主任", "derived")]


def test_superior_of_a_head_is_the_nearest_head_above(db: None) -> None:
    there = build("集团部", "  总监*", "  市场部", "    公关部", "      科长*", "      科员")
    assert said(there["科长"].superiors) == [("总监", "derived")]
    assert said(there["科员"].superiors) == [("科长", "derived")]


def test_superiors_of_a_department_with_two_heads_are_both(db: None) -> None:
    there = build("市场部", "  经理*", "  总监*", "  干事")
    assert said(there["干事"].superiors) == [("经理", "derived"), ("总监", "derived")]
    assert said(there["经理"].superiors) == []


def test_superior_is_looked_for_through_frames(db: None) -> None:
    there = build("市场部", "  总监*", "  /未归属", "    干事")
    assert said(there["干事"].superiors) == [("总监", "derived")]


def test_nobody_stands_above_the_head_of_the_root(db: None) -> None:
    there = build("市场部", "  总监*")
    assert there["总监"].superiors == []


def test_superior_without_any_head_is_unknown(db: None) -> None:
    there = build("市场部", "  公关部", "    干事")
    assert there["干事"].superiors == []


def test_department_has_no_derived_superior(db: None) -> None:
    there = build("市场部", "  总监*", "  公关部")
    assert there["公关部"].superiors == []


def relate(org: SimpleNamespace, start: Any, **columns: Any) -> None:
    values = {"kind": "reports_to", "superior": True, "start": start, "edition": org.edition}
    create_relation(**values | columns, order=Relation.objects.count())


def test_stated_and_inferred_superiors_replace_what_follows_from_the_place(db: None) -> None:
    org = create_org()
    relate(org, org.officer, end=org.head)
    relate(org, org.officer, outside="院长办公室", basis="inferred", line="dotted")
    there = entries(org.edition)
    assert said(there["公关专员"].superiors) == [("市场部主任", "stated"), ("院长办公室", "inferred")]
    assert [line.line for line in there["公关专员"].superiors] == ["solid", "dotted"]


def test_top_has_a_line_that_leads_to_nobody(db: None) -> None:
    org = create_org()
    relate(org, org.head, basis="top")
    (line,) = entries(org.edition)["市场部主任"].superiors
    assert (line.end, line.other, line.basis) == (None, "", "top")


def test_relation_that_is_no_superior_leaves_the_derived_one(db: None) -> None:
    org = create_org()
    relate(org, org.officer, end=org.head, superior=False)
    there = entries(org.edition)
    assert said(there["公关专员"].superiors) == [("公关科主任", "derived")]
    assert said(there["公关专员"].relations_out) == [("市场部主任", "stated")]
    assert there["市场部主任"].relations_in == there["公关专员"].relations_out


def test_stated_superior_of_a_department(db: None) -> None:
    org = create_org()
    relate(org, org.root, outside="院长")
    assert said(entries(org.edition)["市场部"].superiors) == [("院长", "stated")]


def test_subordinates_hold_derived_and_stated_lines_in_document_order(db: None) -> None:
    org = create_org()
    relate(org, org.officer, end=org.head)
    outline = Outline(org.edition)
    found = {str(superior): [str(line.start) for line in lines] for superior, lines in outline.subordinates.items()}
    assert found == {"市场部主任": ["公关科主任", "公关专员"]}


# Places


def test_trail_leads_from_the_root_without_frames(db: None) -> None:
    there = build("市场部", "  /组织", "    公关部", "      主任*", "        -做事")
    assert titles(there["做事"].trail) == ["市场部", "公关部", "主任"]
    assert titles(there["市场部"].trail) == []


def test_department_of_an_entry_is_the_nearest_that_is_no_frame(db: None) -> None:
    there = build("/组织", "  岗位", "  市场部", "    /未归属", "      干事", "        助手")
    assert [str(there[name].department) for name in ("岗位", "干事", "助手", "市场部")] == [
        "None",
        "市场部",
        "市场部",
        "None",
    ]


def test_holder_of_a_duty_is_who_answers_for_it(db: None) -> None:
    there = build("市场部", "  主任*", "    -管理", "      -预算", "  -统管")
    assert [str(there[name].holder) for name in ("预算", "管理", "统管", "主任")] == ["主任", "主任", "市场部", "主任"]


def test_departments_reach_through_frames(db: None) -> None:
    there = build("/组织", "  市场部", "  /两部", "    公关部", "    /更深", "      营销部", "  研究部", "    策划部")
    assert titles(there["组织"].departments) == ["市场部", "公关部", "营销部", "研究部"]
    assert titles(there["研究部"].departments) == ["策划部"]


def test_positions_begin_with_the_heads_and_leave_out_what_is_below(db: None) -> None:
    there = build("市场部", "  干事", "  主任*", "    助手", "  公关部", "    科长*")
    assert titles(there["市场部"].positions) == ["主任", "干事"]
    assert titles(there["市场部"].heads) == ["主任"]
    assert titles(there["市场部"].all_positions) == ["干事", "主任", "助手", "科长"]
    assert titles(there["主任"].all_positions) == ["助手"]


# Figures


def test_counts_follow_the_counting_rule(db: None) -> None:
    org = create_org()
    with open_edition(org.edition) as tree:
        frame = tree.insert("department", under=org.root.uid, title="归属不明", frame=True)
        tree.insert("position", under=frame.uid, title="干事")
        heading = tree.insert("duty", under=org.sales.uid, text="营销管理")
        tree.insert("duty", under=heading.uid, text="制定计划")
        tree.insert("duty", under=heading.uid, text="协助公关", weight="auxiliary")
        tree.insert("duty", under=org.sales.uid, text="审批费用", section="authority")
        tree.insert("duty", under=org.sales.uid, text="提出建议", section="authority", weight="auxiliary")
    outline = Outline(org.edition)
    # Duties: 统管, 预算, 审批, 媒体, 制定计划; the heading, the auxiliary ones and the authority are none.
    assert outline.counts == Counts(departments=3, positions=4, duties=5, auxiliary=2)
    assert entries(org.edition)["营销科"].duty_count == 1


def test_duty_count_of_a_department_leaves_out_what_is_below(db: None) -> None:
    there = build("市场部", "  -统管", "  主任*", "    -管理", "      -预算", "      -审批")
    assert (there["市场部"].duty_count, there["主任"].duty_count, there["管理"].duty_count) == (1, 2, 2)


def test_statements_are_those_of_a_section_and_weight(db: None) -> None:
    org = create_org()
    with open_edition(org.edition) as tree:
        tree.insert("duty", under=org.head.uid, text="审批费用", section="authority")
        tree.insert("duty", under=org.head.uid, text="协助公关", weight="auxiliary")
    head = entries(org.edition)["市场部主任"]
    assert titles(head.responsibilities) == ["编制预算", "审批方案"]
    assert titles(head.auxiliary) == ["协助公关"]
    assert titles(head.statements("responsibility")) == ["编制预算", "审批方案", "协助公关"]
    assert titles(head.statements("authority")) == ["审批费用"]


def test_headcount_sum_adds_the_positions_below(db: None) -> None:
    org = create_org()
    with open_edition(org.edition) as tree:
        for node, form, least, most in (
            (org.head, "number", 1, 1),
            (org.pr_head, "range", 2, 3),
            (org.officer, "as_needed", None, None),
        ):
            tree.edit(node.uid, {"headcount_form": form, "headcount_min": least, "headcount_max": most})
    there = entries(org.edition)
    found = there["市场部"].headcount_sum
    assert (found.least, found.most, found.counted, found.as_needed) == (3, 4, 2, 1)
    assert there["公关科主任"].headcount_sum.as_needed == 1


# Finding


def test_find_goes_by_code_in_any_case_and_by_uid(db: None) -> None:
    org = create_org()
    outline = Outline(org.edition)
    found = [outline.find(ref) for ref in ("PR-01", "pr-01", org.pr_head.uid.hex, org.press.uid.hex, "X")]
    assert [entry and str(entry) for entry in found] == ["公关科主任", "公关科主任", "公关科主任", None, None]
    assert str(outline.by_uid[org.press.uid]) == "联络媒体"


def test_anchor_never_carries_a_primary_key(db: None) -> None:
    org = create_org()
    there = entries(org.edition)
    assert (there["公关科主任"].anchor, there["联络媒体"].anchor) == (
        "position-PR-01",
        f"duty-{org.press.uid.hex[:12]}",
    )


def test_functions_stand_in_order_with_their_names(db: None) -> None:
    org = create_org()
    for order, slug in enumerate(("brand", "pr")):
        create_function(slug=slug, order=order)
    with open_edition(org.edition) as tree:
        tree.edit(org.pr.uid, {"functions": ["pr", "brand"]})
    outline = Outline(org.edition)
    assert outline.by_uid[org.pr.uid].functions == ["pr", "brand"]
    assert outline.function_names == {"pr": ("pr", "pr"), "brand": ("brand", "brand")}


def test_outline_of_an_empty_edition_has_no_root(db: None) -> None:
    outline = Outline(create_edition())
    with pytest.raises(IndexError):
        _ = outline.root
    assert (outline.entries, outline.counts) == ([], Counts(0, 0, 0, 0))


# Cost


def ask_everything(outline: Outline) -> None:
    for entry in outline.entries:
        _ = (entry.trail, entry.department, entry.holder, entry.superiors, entry.departments, entry.positions)
        _ = (entry.anchor, entry.ref, str(entry.headcount), entry.responsibilities, entry.duty_count, entry.functions)
    _ = (outline.counts, outline.subordinates, outline.by_ref, outline.departments, str(outline.root.headcount_sum))


@pytest.mark.parametrize("positions", [5, 500])
def test_outline_costs_three_queries_and_nothing_afterwards(
    db: None, django_assert_num_queries: Any, positions: int
) -> None:
    edition: Edition = create_edition()
    create_flat(edition, positions=positions)
    with django_assert_num_queries(3):
        outline = Outline(edition)
    assert len(outline.entries) == 2 * positions + 1
    with django_assert_num_queries(0):
        ask_everything(outline)


def facts(outline: Outline) -> list[tuple[Any, ...]]:
    return [
        (entry.pk, entry.parent and entry.parent.pk, entry.title, entry.functions, said(entry.superiors))
        for entry in outline.entries
    ]


def test_outlines_of_several_editions_are_those_of_each(db: None, django_assert_num_queries: Any) -> None:
    org, other = create_org(), create_org(slug="other")
    create_relation(edition=org.edition, kind="reports_to", start=org.officer, end=org.head, basis="stated")
    editions = [create_edition(design=create_design(slug="empty")), other.edition, org.edition]
    with django_assert_num_queries(3):
        found = Outline.of(editions)
    assert [outline.edition for outline in found] == editions
    assert [facts(outline) for outline in found] == [facts(Outline(edition)) for edition in editions]


def test_near_a_statement_an_outline_has_all_places_and_that_statement_alone(db: None) -> None:
    org = create_org()
    with open_edition(org.edition) as tree:
        part = tree.insert("duty", under=org.budget.uid, text="编制月度预算")
    whole = [str(entry) for entry in Outline(org.edition).entries]
    near = Outline.near(org.edition, part.uid.hex)
    kept = [words for words in whole if words not in ("统管市场营销", "审批方案", "联络媒体")]
    assert [str(entry) for entry in near.entries] == kept
    assert near.by_uid[part.uid].holder.title == "市场部主任"
    for ref in ("", "MK-01", org.head.uid.hex):
        assert [str(entry) for entry in Outline.near(org.edition, ref).entries if entry.is_duty] == []
