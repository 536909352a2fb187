"""Lines and processes through the room: stored, logged, told in sentences, taken back; both ends of a merge."""

import pytest
from django.utils import translation

from departments.changes import sentences
from departments.models import Change, Node, Process, Relation
from departments.restructuring import Clash, OutsideTheRoom, Refused, open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.lines import lines_of, relate, set_superiors, unrelate
from departments.restructuring.merging import merge
from departments.restructuring.procedures import Overtaken, procedure, remove_procedure, write_procedure
from departments.restructuring.undoing import undo
from tests.factories import create_org, drawn, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return create_org()


def told(org, *, last=1):
    with translation.override("en"):
        found = org.edition.changes.filter(group=None).order_by("-number")[:last]
        return [str(one) for one in sentences(found)][::-1]


def line(org, **more):
    return {"kind": "works_with", "start": org.officer.uid.hex, "end": org.sales.uid.hex, "about": "通报活动", **more}


def back(org, *, count=1):
    """Take the last changes back."""
    with open_edition(org.edition) as tree:
        for change in Change.objects.filter(edition=org.edition, group=None).order_by("-number")[:count]:
            undo(tree, change)


def test_a_line_is_added_changed_and_taken_away_and_each_can_be_taken_back(org):
    with open_edition(org.edition) as tree:
        stored = relate(tree, line(org))
        relate(tree, {**stored, "about": "通报活动与预算"})
        relate(tree, {**stored, "about": "通报活动与预算"})
    assert told(org, last=2) == [
        "added: “公关专员” works with “营销科”",
        "changed of “公关专员” works with “营销科” what it is about: “通报活动” to “通报活动与预算”",
    ]
    back(org)
    with open_edition(org.edition) as tree:
        assert [one["about"] for one in lines_of(tree, org.officer.uid)] == ["通报活动"]
        unrelate(tree, Relation.objects.get(edition=org.edition).uid)
    assert told(org) == ["took away: “公关专员” works with “营销科”"]
    back(org)
    assert Relation.objects.get(edition=org.edition).about == "通报活动"


def test_what_two_say_of_a_line_clashes_in_the_same_column_only(org):
    with open_edition(org.edition) as tree:
        seen = relate(tree, line(org))
        relate(tree, {"uid": seen["uid"], "about": "通报预算"}, expected=seen)
        relate(tree, {"uid": seen["uid"], "basis": "inferred"}, expected=seen)
        with pytest.raises(Clash):
            relate(tree, {"uid": seen["uid"], "about": "通报人事"}, expected=seen)
    assert Relation.objects.filter(edition=org.edition).values_list("about", "basis").get() == ("通报预算", "inferred")


@pytest.mark.parametrize("end", ["self", "gone", "duty"])
def test_a_line_that_leads_nowhere_is_refused(org, end):
    ends = {"self": org.officer.uid.hex, "gone": "0" * 32, "duty": org.press.uid.hex}
    with open_edition(org.edition) as tree, pytest.raises(Refused):
        relate(tree, line(org, end=ends[end]))
    assert not Relation.objects.exists()


def test_superiors_are_set_as_one_change(org):
    with open_edition(org.edition) as tree:
        wanted = [
            {"end": org.head.uid.hex, "outside": "", "line": "dotted", "basis": "stated"},
            {"end": "", "outside": "院长", "line": "solid", "basis": "stated"},
        ]
        set_superiors(tree, org.officer.uid, wanted)
        assert [(one["end"], one["outside"], one["line"]) for one in lines_of(tree, org.officer.uid)] == [
            (org.head.uid.hex, "", "dotted"),
            ("", "院长", "solid"),
        ]
        set_superiors(tree, org.officer.uid, [])
    assert not Relation.objects.exists()
    back(org)
    assert Relation.objects.filter(superior=True).count() == 2


def process(**more):
    steps = [{"name": "", "who": [{"text": "院长"}], "action": "立项", "output": "", "lead_time": "", "approval": ""}]
    return {"name": "活动审批", "name_en": "", "owner": "", "summary": "", "lead_time": "", "steps": steps, **more}


def test_a_process_is_written_as_a_whole_told_and_taken_back(org):
    with open_edition(org.edition) as tree:
        made = write_procedure(tree, process())
        step = {**made["steps"][0], "action": "执行", "who": [{"node": org.officer.uid.hex}]}
        write_procedure(tree, {"number": made["number"], "steps": [*made["steps"], step]}, seen=made)
    assert told(org, last=2) == [
        "added the process “活动审批”",
        "changed of the process “活动审批” with the new step “执行”",
    ]
    back(org)
    with open_edition(org.edition) as tree:
        assert procedure(tree, 1) == made
        remove_procedure(tree, 1)
    assert told(org) == ["removed the process “活动审批”"]
    back(org)
    assert Process.objects.get(edition=org.edition).steps.get().action == "立项"


def test_two_who_change_the_same_of_a_process_meet_and_different_fields_are_kept(org):
    with open_edition(org.edition) as tree:
        seen = write_procedure(tree, process())
        write_procedure(tree, {"number": 1, "name": "活动立项"}, seen=seen)
        write_procedure(tree, {"number": 1, "owner": "公关科"}, seen=seen)
        with pytest.raises(Overtaken):
            write_procedure(tree, {"number": 1, "name": "活动报批"}, seen=seen)
    assert Process.objects.values_list("name", "owner").get() == ("活动立项", "公关科")


def test_merging_departments_takes_everything_over_and_back(org):
    with open_edition(org.edition) as tree:
        tree.insert("duty", under=org.sales.uid, text="维护客户")
        tree.insert("duty", under=org.pr.uid, text="维护客户")
        tree.insert("position", under=org.sales.uid, title="营销科主任", code="SA-01", head=True)
        relate(tree, line(org, end=org.pr.uid.hex, start=org.head.uid.hex))
        relate(tree, line(org, end=org.pr.uid.hex, start=org.sales.uid.hex))
        step = {**process()["steps"][0], "who": [{"node": org.pr.uid.hex}, {"node": org.sales.uid.hex}]}
        write_procedure(tree, process(steps=[step]))
    before = rows_of(org.edition)
    with open_edition(org.edition) as tree, translation.override("en"):
        merge(tree, org.pr.uid, into=org.sales.uid)
    assert drawn(org.edition) == [
        "市场部", "  统管市场营销", "  市场部主任", "    编制预算", "    审批方案",
        "  营销科", "    维护客户", "    营销科主任", "    公关科主任", "      公关专员", "        联络媒体",
    ]  # fmt: skip
    assert not Node.tree.get(edition=org.edition, code="PR-01").head
    assert Relation.objects.values_list("start__code", "end__code").get() == ("MK-01", "SA")
    assert Process.objects.get().steps.get().who == [{"node": org.sales.uid.hex}]
    assert told(org)[0].startswith("merged “公关科” into “营销科” (")
    assert breaches(org.edition) == []
    back(org)
    assert [(row["uid"], row["lft"], row["head"], row["parent__uid"]) for row in rows_of(org.edition)] == [
        (row["uid"], row["lft"], row["head"], row["parent__uid"]) for row in before
    ]
    assert Relation.objects.count() == 2
    assert Process.objects.get().steps.get().who == step["who"]
    assert breaches(org.edition) == []


def test_what_cannot_be_merged_is_left_alone(org):
    before = rows_of(org.edition)
    with open_edition(org.edition) as tree:
        for one, other in [(org.pr, org.head), (org.press, org.budget), (org.root, org.pr), (org.pr, org.pr)]:
            with pytest.raises(Refused):
                merge(tree, one.uid, into=other.uid)
    assert rows_of(org.edition) == before


def test_no_line_is_written_outside_the_room(org):
    with open_edition(org.edition) as tree:
        pass
    with pytest.raises(OutsideTheRoom):
        relate(tree, line(org))
