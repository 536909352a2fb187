"""Inside its own room a node may be saved, but only its content: a stale one cannot damage the tree."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest

from departments.models import Node
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from tests.factories import create_org, drawn
from tests.restructuring.ways import Way, changed, conflicting, everything, fresh, loaded, run, serving


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    return serving(create_org())


HARMFUL: dict[str, Way] = {
    "parent_in_memory": lambda org: changed(org.sales, parent=org.pr).save(),
    "parent_id_in_memory": lambda org: changed(org.sales, parent_id=org.pr.pk).save(),
    "children_add": lambda org: org.pr.children.add(org.sales),
    "children_add_each": lambda org: org.pr.children.add(org.sales, bulk=False),
    "children_set": lambda org: org.pr.children.set([org.sales]),
    "children_remove": lambda org: org.root.children.remove(org.sales),
    "children_clear": lambda org: org.root.children.clear(),
    "bulk_update_parent": lambda org: Node.tree.bulk_update([changed(org.sales, parent=org.pr)], ["parent"]),
    "update_parent": lambda org: Node.tree.filter(pk=org.sales.pk).update(parent=org.pr),
    "update_edition": lambda org: Node.tree.filter(pk=org.sales.pk).update(edition=org.edition, tree_id=0),
    "update_uid": lambda org: Node.tree.filter(pk=org.sales.pk).update(uid=uuid.uuid4()),
    "update_kind": lambda org: Node.tree.filter(pk=org.sales.pk).update(kind="position"),
    "queryset_delete": lambda org: Node.tree.filter(pk=org.sales.pk).delete(),
    "loaddata": loaded,
    "instance_made_by_hand": lambda org: conflicting(org).save(),
    "bulk_create_over_a_row": lambda org: Node.tree.bulk_create(
        [conflicting(org)], update_conflicts=True, update_fields=["title", "parent"], unique_fields=["pk"]
    ),
    "copy_by_pk_none": lambda org: changed(org.sales, pk=None).save(),
}


def test_write_inside_the_room_that_would_part_parents_from_edges_raises(
    org: SimpleNamespace, subtests: pytest.Subtests
) -> None:
    before = everything(org)
    for name, way in HARMFUL.items():
        with subtests.test(name), pytest.raises(ValueError, match=r"\w"), open_edition(org.edition):
            way(fresh(org))
    assert everything(org) == before


@pytest.mark.parametrize(
    "save",
    [
        pytest.param(lambda node: node.save(), id="plain"),
        pytest.param(lambda node: node.save(update_fields=[]), id="empty"),
        pytest.param(lambda node: node.save(update_fields=["title", "parent", "lft", "uid", "kind"]), id="named"),
        pytest.param(lambda node: node.save(force_insert=True), id="force_insert"),
        pytest.param(lambda node: node.save(force_update=True), id="force_update"),
        pytest.param(lambda node: run(node.asave), id="async"),
    ],
)
def test_save_of_a_stale_node_writes_content_and_leaves_the_tree_whole(org: SimpleNamespace, save: Any) -> None:
    stale = Node.tree.get(pk=org.officer.pk)
    with open_edition(org.edition) as tree:
        tree.move(org.pr_head.uid, under=org.sales.uid)
        tree.insert("department", under=org.root.uid, before=org.pr.uid, title="新科室")
        stale.title = "改名"
        save(stale)
    assert drawn(org.edition) == [
        "市场部",
        "  统管市场营销",
        "  市场部主任",
        "    编制预算",
        "    审批方案",
        "  新科室",
        "  公关科",
        "  营销科",
        "    公关科主任",
        "      改名",
        "        联络媒体",
    ]
    assert breaches(org.edition) == []


def test_save_of_a_node_with_deferred_columns_leaves_them_alone(org: SimpleNamespace) -> None:
    node = Node.tree.only("title", "kind", "edition").get(pk=org.sales.pk)
    node.title = "改名"
    with open_edition(org.edition):
        node.save()
    org.sales.refresh_from_db()
    assert (org.sales.title, org.sales.code) == ("改名", "SA")
    assert breaches(org.edition) == []
