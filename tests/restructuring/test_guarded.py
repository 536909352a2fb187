"""Lines, processes, steps and functions of nodes are behind the tree's guard; a whole design goes by its own way only."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from departments.models import Design, Edition, Node, NodeFunction, Process, Relation, Step
from departments.models.guard import OutsideTheRoom, room
from departments.restructuring import Refused, open_draft
from departments.restructuring.checking import breaches
from departments.restructuring.removing import losses, remove_design
from tests.factories import create_org, create_process, create_relation, create_step

Way = Callable[[SimpleNamespace], Any]


def saved(row: Any, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()


WAYS: dict[str, Way] = {
    "relation create": lambda org: Relation.objects.create(
        edition=org.edition, kind="assists", start=org.head, outside="院长"
    ),
    "relation of a node": lambda org: org.head.relations_out.create(
        edition=org.edition, kind="assists", outside="院长"
    ),
    "relation save": lambda org: saved(org.relation, about="改"),
    "relation delete": lambda org: org.relation.delete(),
    "relation update": lambda _org: Relation.objects.update(about="改"),
    "relation queryset delete": lambda _org: Relation.objects.all().delete(),
    "relation bulk_update": lambda org: Relation.objects.bulk_update([org.relation], ["about"]),
    "relation bulk_create": lambda org: Relation.objects.bulk_create(
        [Relation(edition=org.edition, kind="assists", start=org.head, outside="院长")]
    ),
    "relations of the edition": lambda org: org.edition.relations.all().delete(),
    "process create": lambda org: Process.objects.create(edition=org.edition, number=2, name="周报"),
    "process save": lambda org: saved(org.process, name="改"),
    "process delete": lambda org: org.process.delete(),
    "process update": lambda org: org.edition.processes.update(name="改"),
    "step create": lambda org: org.process.steps.create(number=2, action="改"),
    "step save": lambda org: saved(org.step, action="改"),
    "step delete": lambda org: org.step.delete(),
    "step update": lambda _org: Step.objects.update(action="改"),
    "design delete": lambda org: org.design.delete(),
    "designs delete": lambda _org: Design.objects.all().delete(),
    "edition delete": lambda org: org.edition.delete(),
    "editions delete": lambda org: org.design.editions.all().delete(),
}


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    """An organisation with a line, a process and its step."""
    return filled(create_org())


def filled(org: SimpleNamespace) -> SimpleNamespace:
    org.relation = create_relation(edition=org.edition, kind="assists", start=org.officer, end=org.head)
    org.process = create_process(edition=org.edition, number=1, name="发稿")
    org.step = create_step(process=org.process, number=1, action="写")
    return org


def everything() -> list[Any]:
    return [
        list(model._base_manager.order_by("pk").values())
        for model in (Design, Edition, Node, NodeFunction, Relation, Process, Step)
    ]


def test_no_way_writes_beside_the_tree_outside_a_room(org: SimpleNamespace, subtests: pytest.Subtests) -> None:
    before = everything()
    for name, way in WAYS.items():
        with subtests.test(name):
            with pytest.raises(OutsideTheRoom), transaction.atomic():
                way(org)
            assert everything() == before


def test_no_way_writes_from_the_room_of_another_edition(org: SimpleNamespace, subtests: pytest.Subtests) -> None:
    other = create_org(slug="other")
    before = everything()
    for name, way in WAYS.items():
        with subtests.test(name):
            with pytest.raises(OutsideTheRoom), transaction.atomic(), room(other.edition.pk):
                way(org)
            assert everything() == before


def test_what_belongs_to_the_open_room_is_written(org: SimpleNamespace) -> None:
    with room(org.edition.pk):
        saved(org.relation, about="指导")
        saved(org.step, action="改")
        org.process.delete()
    assert list(Relation.objects.values_list("about", flat=True)) == ["指导"]
    assert not Step.objects.exists()


def test_design_is_removed_with_all_its_editions_and_nothing_else(db: None) -> None:
    org = create_org(in_force=True)
    draft = open_draft(org.design)
    other = create_org(slug="other")
    lost = losses(org.design)
    assert lost == {"editions": 2, "nodes": 20, "relations": 0, "processes": 0, "changes": 1}
    with pytest.raises(Refused):
        remove_design(org.design, confirm="other")
    assert Edition.objects.filter(pk=draft.pk).exists()
    assert remove_design(org.design, confirm="hospital") == lost
    assert list(Design.objects.all()) == [other.design]
    assert Node.tree.count() == 10
    assert breaches() == []


def test_command_says_what_is_lost_before_it_removes(org: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    lost = "1 个版本、10 个节点、1 条关系、1 个流程、1 条更改记录"
    call_command("remove_design", "hospital")
    assert capsys.readouterr().out == f"医院市场部：将失去 {lost}；尚未删除任何内容\n"
    with pytest.raises(CommandError):
        call_command("remove_design", "hospital", confirm="market")
    assert Design.objects.exists()
    call_command("remove_design", "hospital", confirm="hospital")
    assert capsys.readouterr().out == f"医院市场部：已删除 {lost}\n"
    assert not Design.objects.exists()
