"""Since a design was adopted: lines and processes that differ, and what can be taken over of them."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from departments.comparison.origins import Since
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from departments.restructuring.lines import relate, set_superiors, unrelate
from departments.restructuring.procedures import remove_procedure, write_procedure
from departments.restructuring.taking_over import decline, parted
from departments.restructuring.undoing import undo
from tests.comparison.adopted import adopted, change_ours, change_reference, replace, take, take_all, told
from tests.factories import create_org, publish

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]  # what is taken over is written


def line(org, **columns):
    """Return a line of the reference's edition in force before it was adopted, as the room takes it."""
    return {"kind": "works_with", "start": org.officer.uid.hex, "end": org.head.uid.hex, "about": "报送舆情", **columns}


@pytest.fixture
def lined() -> SimpleNamespace:
    """The hospital with a line, a superior and a process, and the company's copy of it."""
    org = create_org()
    with open_edition(org.edition) as room:
        org.line = relate(room, line(org))
        set_superiors(room, org.head.uid, [superior("院长")])
        org.process = write_procedure(
            room, {"name": "舆情处置", "steps": [step("上报", org.officer), step("定案", org.head)]}
        )
    publish(org.edition)
    return adopted(org)


def superior(outside: str, **columns):
    return {"end": "", "outside": outside, "basis": "stated", "line": "solid", **columns}


def step(action: str, *who):
    plain = dict.fromkeys(("name", "output", "lead_time", "approval"), "")
    return {**plain, "who": [{"node": one.uid.hex} for one in who], "who_basis": "stated", "action": action}


def our_lines(org) -> list[tuple[str, str, str, str, str]]:
    return sorted(
        (one.kind, str(one.start), str(one.end or one.outside), one.about, one.origin_uid and "origin")
        for one in org.draft.relations.select_related("start", "end")
    )


OURS = [
    ("reports_to", "市场部主任", "院长", "", "origin"),
    ("works_with", "公关专员", "市场部主任", "报送舆情", "origin"),
]


def test_other_superiors_are_taken_over_and_undone(lined):
    wanted = [superior("院长"), {**superior("", line="dotted"), "end": lined.pr_head.uid.hex}]
    change_reference(lined, lambda room: set_superiors(room, lined.head.uid, wanted))
    (difference,) = Since(lined.edition, lined.draft).differences()
    said = difference.field
    assert (said.was, said.mine, said.now) == ("院长", "院长", "院长、公关科主任（虚线）")
    take(lined)
    assert (told(lined), our_lines(lined)) == ([], [("reports_to", "市场部主任", "公关科主任", "", "origin"), *OURS])
    with open_edition(lined.draft) as room:
        undo(room, lined.draft.changes.filter(group=None).get())
    assert (told(lined), our_lines(lined)) == ([("reworded", "市场部主任", True)], OURS)
    change_ours(lined, lambda room: set_superiors(room, lined.ours["市场部主任"].uid, [superior("董事长")]))
    assert told(lined) == [("reworded", "市场部主任", False)]
    replace(lined)
    assert told(lined) == []


def test_a_line_that_was_reworded_is_taken_over_but_not_over_words_of_the_companys_own(lined):
    change_reference(lined, lambda room: relate(room, {**lined.line, "about": "每日报送舆情", "line": "dotted"}))
    ours = lined.draft.relations.get(superior=False)
    with open_edition(lined.draft) as room:
        relate(room, {"uid": ours.uid.hex, "about": "口头报告"})
    about, drawn_as = Since(lined.edition, lined.draft).differences()
    assert [(one.field.name, one.clash) for one in (about, drawn_as)] == [("about", True), ("line", False)]
    take(lined, drawn_as.key)
    ours.refresh_from_db()
    assert (ours.about, ours.line) == ("口头报告", "dotted")
    replace(lined)
    ours.refresh_from_db()
    assert (ours.about, told(lined)) == ("每日报送舆情", [])


def test_lines_that_came_and_went_are_taken_over_one_by_one_and_undone(lined):
    new = line(lined, end=lined.pr_head.uid.hex, about="核稿")
    change_reference(lined, lambda room: relate(room, new), lambda room: unrelate(room, UUID(lined.line["uid"])))
    assert told(lined) == [
        ("added", "“公关专员”与“公关科主任”协作：核稿", True),
        ("removed", "“公关专员”与“市场部主任”协作：报送舆情", True),
    ]
    take_all(lined)
    assert our_lines(lined) == [OURS[0], ("works_with", "公关专员", "公关科主任", "核稿", "origin")]
    for change in reversed(lined.draft.changes.filter(undoes=None)):
        with open_edition(lined.draft) as room:
            undo(room, change)
    assert (len(told(lined)), our_lines(lined)) == (2, OURS)


def test_a_line_to_what_is_new_waits_and_what_begins_there_comes_along(lined):
    def add(room) -> None:
        analyst = room.insert("position", under=lined.root.uid, title="分析师")
        set_superiors(room, analyst.uid, [{**superior(""), "end": lined.head.uid.hex}])
        relate(room, line(lined, end=analyst.uid.hex, about="报数"))

    change_reference(lined, add)
    assert sorted(told(lined)) == [("added", "“公关专员”与“分析师”协作：报数", False), ("added", "分析师", True)]
    take_all(lined)
    ours = [("reports_to", "分析师", "市场部主任", "", "origin"), OURS[0], OURS[1]]
    assert our_lines(lined) == [*ours[:2], ("works_with", "公关专员", "分析师", "报数", "origin"), ours[2]]
    assert (told(lined), breaches()) == ([], [])


def test_lines_adopted_before_their_origin_was_noted_are_known_by_their_ends(lined):
    with open_edition(lined.draft):
        lined.draft.relations.update(origin_uid="")
        lined.draft.processes.update(origin="")
    assert told(lined) == []
    change_reference(lined, lambda room: relate(room, {**lined.line, "about": "每日报送舆情"}))
    take(lined)
    assert [one[3:] for one in our_lines(lined)] == [("", ""), ("每日报送舆情", "origin")]


def test_a_process_is_taken_over_with_its_steps_and_undone(lined):
    steps = [step("核实", lined.officer), step("定案", lined.head)]
    change_reference(lined, lambda room: write_procedure(room, {**lined.process, "name": "危机处置", "steps": steps}))
    name, steps_of_it = Since(lined.edition, lined.draft).differences()
    assert [(one.name, one.mine, one.now) for one in (name.field, steps_of_it.field)] == [
        ("name", "舆情处置", "危机处置"),
        ("steps", "1. 公关专员：上报\n2. 市场部主任：定案", "1. 公关专员：核实\n2. 市场部主任：定案"),
    ]
    take(lined, steps_of_it.key)
    assert (lined.draft.processes.get().name, told(lined)) == ("舆情处置", [("reworded", "危机处置", True)])
    take(lined)
    ours = lined.draft.processes.get()
    first = ours.steps.get(number=1)
    assert (ours.name, ours.origin, first.action) == ("危机处置", "危机处置", "核实")
    assert first.who == [{"node": lined.ours["公关专员"].uid.hex}]
    assert told(lined) == []
    with open_edition(lined.draft) as room:
        for change in lined.draft.changes.order_by("-number"):
            undo(room, change)
    assert told(lined) == [("reworded", "危机处置", True)] * 2
    number = {"number": ours.number}
    change_ours(lined, lambda room: write_procedure(room, {**number, "steps": [step("当面报告")]}))
    assert [(one.field.name, one.clash) for one in Since(lined.edition, lined.draft).differences()] == [
        ("name", False),
        ("steps", True),
    ]
    take(lined)
    replace(lined)
    assert (lined.draft.processes.get().steps.get(number=1).action, told(lined)) == ("核实", [])


def test_processes_that_came_and_went_are_taken_over(lined):
    change_reference(
        lined,
        lambda room: remove_procedure(room, 1),
        lambda room: write_procedure(room, {"name": "媒体接待", "steps": [step("接待", lined.officer)]}),
    )
    # It kept the number: the same, by another name and with other steps.
    assert told(lined) == [("reworded", "媒体接待", True)] * 2
    change_reference(lined, lambda room: write_procedure(room, {"name": "月报", "number": 7, "steps": []}))
    assert told(lined)[2:] == [("added", "月报", True)]
    change_reference(lined, lambda room: remove_procedure(room, 1))
    assert told(lined) == [("added", "月报", True), ("removed", "舆情处置", True)]
    take_all(lined)
    assert list(lined.draft.processes.values_list("name", "origin")) == [("月报", "月报")]
    assert told(lined) == []


def test_what_was_declined_comes_back_when_the_reference_changes_there_again(lined):
    change_reference(lined, lambda room: relate(room, {**lined.line, "about": "每日报送舆情"}))
    (difference,) = Since(lined.edition, lined.draft).differences()
    design = lined.draft.design
    decline(design, difference, by=User.objects.create(username="li"))
    change_reference(lined, lambda room: room.edit(lined.press.uid, {"text": "联络媒体与读者"}))

    def open_and_declined() -> tuple[list[str], list[str]]:
        found = parted(design, Since(lined.edition, lined.draft).differences())
        return tuple([one.verdict + one.kind for one in ones] for ones in found)

    assert open_and_declined() == (["reworded"], ["rewordedline"])
    change_reference(lined, lambda room: relate(room, {**lined.line, "about": "每小时报送舆情"}))
    assert open_and_declined() == (["reworded", "rewordedline"], [])
