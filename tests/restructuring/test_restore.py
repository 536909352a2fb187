"""Removing a branch and putting it back: nothing of it is lost, and what cannot be put back is refused."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from departments.models import Change, NodeFunction, Relation, Step
from departments.restructuring import Refused, Row, open_edition
from departments.restructuring.checking import breaches
from tests.factories import create_function, create_org, create_process, create_relation, create_step, drawn, rows_of


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    """An organisation in which 公关科 is tied to the rest: functions, relations both ways, a process."""
    org = create_org()
    for order, slug in enumerate(("pr", "media")):
        create_function(slug=slug, order=order)
    with open_edition(org.edition) as tree:
        tree.edit(org.officer.uid, {"functions": ["media", "pr"], "remarks": [{"label": "备注", "text": "兼"}]})
        tree.edit(org.pr.uid, {"levels": [{"level": "主管级", "headcount": {"form": "number", "min": 7, "max": 7}}]})
    line = {"edition": org.edition, "kind": "works_with", "about": "方案"}
    create_relation(**line, order=1, start=org.officer, end=org.pr_head)
    create_relation(**line, order=2, start=org.officer, end=org.sales)
    create_relation(**line, order=3, start=org.head, end=org.officer)
    create_relation(**line, order=4, start=org.head, end=org.sales)
    create_relation(
        edition=org.edition, kind="reports_to", order=5, start=org.pr_head, outside="院长", superior=True, line="dotted"
    )
    org.process = create_process(edition=org.edition, number=1, name="投诉处理")
    org.step = create_step(
        process=org.process,
        number=1,
        who=[{"node": org.officer.uid.hex}, {"node": org.head.uid.hex}, {"text": "顾客"}],
    )
    return org


def everything(org: SimpleNamespace) -> list[Any]:
    relation = [field.attname for field in Relation._meta.concrete_fields if field.attname[-3:] != "_id"][1:]
    return [
        rows_of(org.edition),
        list(NodeFunction.objects.order_by("node__lft", "order").values_list("node__uid", "function__slug", "order")),
        list(Relation.objects.order_by("order").values(*relation, "start__uid", "end__uid")),
        list(Step.objects.values_list("who", flat=True)),
    ]


@pytest.mark.parametrize("name", ["pr", "pr_head", "officer", "press", "charge", "head", "sales"])
def test_restore_gives_back_all_that_was_removed(org: SimpleNamespace, name: str) -> None:
    before = everything(org)
    with open_edition(org.edition) as tree:
        change = tree.remove(getattr(org, name).uid)
    assert breaches() == []
    with open_edition(org.edition) as tree:
        node = tree.restore(Change.objects.get(pk=change.pk))
    assert node.uid == getattr(org, name).uid
    assert everything(org) == before
    assert breaches() == []


def test_remove_takes_the_branch_its_relations_and_its_place_in_processes(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        tree.remove(org.pr.uid)
    assert drawn(org.edition) == [
        "市场部",
        "  统管市场营销",
        "  市场部主任",
        "    编制预算",
        "    审批方案",
        "  营销科",
    ]
    assert list(Relation.objects.values_list("order", flat=True)) == [4]
    org.step.refresh_from_db()
    assert org.step.who == [{"text": "公关专员"}, {"node": org.head.uid.hex}, {"text": "顾客"}]


def test_remove_logs_the_whole_branch(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        change = tree.remove(org.pr.uid)
    assert (change.verb, change.node_uid, change.after) == ("remove", org.pr.uid, {})
    assert sorted(change.before) == ["place", "relations", "rows", "steps"]
    assert change.before["place"] == {"under": org.root.uid.hex, "before": org.sales.uid.hex, "index": 2}
    assert [(row["depth"], row["kind"], row["uid"]) for row in change.before["rows"]] == [
        (0, "department", org.pr.uid.hex),
        (1, "position", org.pr_head.uid.hex),
        (2, "position", org.officer.uid.hex),
        (3, "duty", org.press.uid.hex),
    ]
    assert [relation["order"] for relation in change.before["relations"]] == [1, 2, 3, 5]


def test_restore_logs_what_it_undoes(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        removal = tree.remove(org.pr.uid)
        tree.restore(removal)
    change = org.edition.changes.last()
    assert (change.verb, change.undoes, change.after) == (
        "restore",
        removal,
        {"place": {"under": org.root.uid.hex, "before": org.sales.uid.hex, "index": 2}},
    )


def test_remove_of_the_root_is_refused(org: SimpleNamespace) -> None:
    with translation.override("en"), pytest.raises(Refused) as refused, open_edition(org.edition) as tree:
        tree.remove(org.root.uid)
    assert str(refused.value) == "The root cannot be removed."


# What happened in between


def test_restore_without_its_follower_goes_by_index(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        first = tree.insert("department", under=org.root.uid, before=org.charge.uid, title="调研科")
        second = tree.insert("department", under=org.root.uid, before=org.charge.uid, title="策划科")
        change = tree.remove(first.uid)
        tree.remove(second.uid)
        tree.restore(change)
    assert [line for line in drawn(org.edition) if not line.startswith("    ")] == [
        "市场部",
        "  调研科",
        "  统管市场营销",
        "  市场部主任",
        "  公关科",
        "  营销科",
    ]


def test_restore_without_its_follower_and_beyond_the_last_goes_last(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        change = tree.remove(org.pr.uid)
        tree.remove(org.sales.uid)
        tree.restore(change)
    assert [line for line in drawn(org.edition) if not line.startswith("    ")][-1] == "  公关科"


def test_restore_of_the_last_goes_last_though_others_came(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        change = tree.remove(org.sales.uid)
        tree.insert("department", under=org.root.uid, title="调研科")
        tree.restore(change)
    assert drawn(org.edition)[-2:] == ["  调研科", "  营销科"]


def test_restore_leaves_out_a_relation_whose_other_end_is_gone(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        change = tree.remove(org.officer.uid)
        tree.remove(org.sales.uid)
        tree.restore(change)
    assert list(Relation.objects.order_by("order").values_list("order", flat=True)) == [1, 3, 5]


def test_restore_leaves_a_step_alone_that_was_changed_meanwhile(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        change = tree.remove(org.officer.uid)
        Step.objects.update(who=[{"text": "外包公司"}])
        tree.restore(change)
    org.step.refresh_from_db()
    assert org.step.who == [{"text": "外包公司"}]


def test_restore_keeps_versions_counted(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        tree.edit(org.sales.uid, {"title": "销售科"})
        change = tree.remove(org.sales.uid)
        assert tree.restore(change).version == 2


def code_taken(tree: Any, org: SimpleNamespace) -> None:
    tree.insert("department", under=org.root.uid, title="新公关科", code="PR")


def uid_present(tree: Any, org: SimpleNamespace) -> None:
    tree.insert_branch([Row(0, "position", {"title": "专员"}, uid=org.officer.uid)], under=org.root.uid)


def parent_gone(tree: Any, org: SimpleNamespace) -> None:
    tree.remove(org.holder.uid)


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (code_taken, "Its code or its uid is in use again."),
        (uid_present, "Its code or its uid is in use again."),
        (parent_gone, "What it stood under is no longer there."),
    ],
)
def test_restore_is_refused_where_it_cannot_be(org: SimpleNamespace, meanwhile: Any, reason: str) -> None:
    with open_edition(org.edition) as tree:
        org.holder = tree.insert("department", under=org.root.uid, title="中心")
        tree.move(org.pr.uid, under=org.holder.uid)
        change = tree.remove(org.pr.uid)
        meanwhile(tree, org)
    before = everything(org)
    with translation.override("en"), pytest.raises(Refused) as refused, open_edition(org.edition) as tree:
        tree.restore(change)
    assert str(refused.value) == reason
    assert everything(org) == before


def test_restore_twice_is_refused(org: SimpleNamespace) -> None:
    with open_edition(org.edition) as tree:
        change = tree.remove(org.pr.uid)
        tree.restore(change)
        with pytest.raises(Refused):
            tree.restore(change)


def test_restore_of_anything_but_a_removal_from_this_edition_is_refused(org: SimpleNamespace) -> None:
    other = create_org(slug="other")
    with open_edition(other.edition) as tree:
        elsewhere = tree.remove(other.pr.uid)
    insertion = org.edition.changes.first()
    for change in (elsewhere, insertion):
        with translation.override("en"), pytest.raises(Refused) as refused, open_edition(org.edition) as tree:
            tree.restore(change)
        assert str(refused.value) == "This is not a removal from this edition."
