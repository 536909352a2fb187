"""No write goes past the room: every way that Django and the pinned django-mptt have of changing a tree is tried here.

A new release of either that brings another way makes `test_every_way_is_known` fail.
"""

import json
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import django
import mptt
import pytest
from asgiref.sync import async_to_sync
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from mptt.managers import TreeManager
from mptt.models import MPTTModel

from departments.models import Department, Duty, Node, NodeFunction, Position
from departments.models.guard import OutsideTheRoom, require_room, room
from departments.restructuring import open_edition
from departments.restructuring.checking import breaches
from tests.factories import create_function, create_org, create_relation, drawn, rows_of

Way = Callable[[SimpleNamespace], Any]


def new(org: SimpleNamespace, **columns: Any) -> Node:
    return Node(edition=org.edition, kind="department", title="新科室", **columns)


def changed(node: Node, **columns: Any) -> Node:
    for name, value in columns.items():
        setattr(node, name, value)
    return node


def placed(org: SimpleNamespace) -> Node:
    return new(org, parent=org.root, lft=2, rght=3, level=1, tree_id=org.edition.pk)


def run(method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call one of Django's asynchronous methods."""

    async def call() -> Any:
        return await method(*args, **kwargs)

    return async_to_sync(call)()


def loaded(org: SimpleNamespace, **fields: Any) -> None:
    """Do what `loaddata` does, which calls no `save` of ours."""
    (row,) = json.loads(serializers.serialize("json", [org.sales]))
    row["fields"] |= fields
    for found in serializers.deserialize("json", json.dumps([row])):
        found.save()


def in_block(manager: Any, name: str, org: SimpleNamespace) -> None:
    with getattr(manager, name)():
        new(org, parent=org.root).save()


def moved_in_block(org: SimpleNamespace) -> None:
    with Node.tree.delay_mptt_updates():
        org.officer.move_to(org.root)


def conflicting(org: SimpleNamespace) -> Node:
    return changed(placed(org), pk=org.sales.pk, title="改名")


NODE_WAYS: dict[str, Way] = {
    # Model and MPTTModel
    "save": lambda org: changed(org.sales, title="改名").save(),
    "save_update_fields": lambda org: changed(org.sales, title="改名").save(update_fields=["title"]),
    "save_empty_update_fields": lambda org: org.sales.save(update_fields=[]),
    "save_parent": lambda org: changed(org.sales, parent=org.pr).save(),
    "save_force_insert": lambda org: changed(org.sales, pk=None, uid=uuid.uuid4()).save(force_insert=True),
    "save_new": lambda org: new(org, parent=org.root).save(),
    "save_new_root": lambda org: new(org).save(),
    "save_placed": lambda org: placed(org).save(),
    "save_base": lambda org: changed(org.sales, title="改名").save_base(),
    "asave": lambda org: run(changed(org.sales, title="改名").asave),
    "delete": lambda org: org.sales.delete(),
    "adelete": lambda org: run(org.sales.adelete),
    "insert_at": lambda org: new(org).insert_at(org.root),
    "insert_at_save": lambda org: new(org).insert_at(org.root, save=True),
    "insert_at_sibling": lambda org: new(org).insert_at(org.sales, position="left"),
    "insert_at_root_sibling": lambda org: new(org).insert_at(org.root, position="right"),
    "move_to": lambda org: org.sales.move_to(org.pr),
    "move_to_sibling": lambda org: org.sales.move_to(org.pr, position="left"),
    "move_to_root": lambda org: org.sales.move_to(None),
    "loaddata": loaded,
    "loaddata_new": lambda org: loaded(org, uid=uuid.uuid4().hex, code="NEW", title="新科室"),
    # TreeManager
    "insert_node": lambda org: Node.tree.insert_node(new(org), org.root),
    "insert_node_save": lambda org: Node.tree.insert_node(new(org), org.root, save=True),
    "insert_node_none": lambda org: Node.tree.insert_node(new(org), None),
    "move_node": lambda org: Node.tree.move_node(org.sales, org.pr),
    "move_node_first": lambda org: Node.tree.move_node(org.sales, org.pr, position="first-child"),
    "move_node_left": lambda org: Node.tree.move_node(org.sales, org.pr, position="left"),
    "move_node_none": lambda org: Node.tree.move_node(org.sales, None),
    "rebuild": lambda _org: Node.tree.rebuild(),
    "rebuild_one": lambda org: Node.tree.rebuild(tree_id=org.edition.pk),
    "partial_rebuild": lambda org: Node.tree.partial_rebuild(org.edition.pk),
    "build_tree_nodes": lambda org: Node.tree.build_tree_nodes({"title": "新科室"}, target=org.root),
    "build_tree_nodes_root": lambda _org: Node.tree.build_tree_nodes({"title": "新科室"}),
    "delay_mptt_updates": lambda org: in_block(Node.tree, "delay_mptt_updates", org),
    "delay_mptt_updates_move": moved_in_block,
    "disable_mptt_updates": lambda org: in_block(Node.tree, "disable_mptt_updates", org),
    # QuerySet, through the manager
    "create": lambda org: Node.tree.create(edition=org.edition, parent=org.root, kind="department", title="新科室"),
    "acreate": lambda org: run(Node.tree.acreate, edition=org.edition, kind="department", title="新科室"),
    "get_or_create": lambda org: Node.tree.get_or_create(
        edition=org.edition, code="NEW", defaults={"parent": org.root, "kind": "department", "title": "新科室"}
    ),
    "aget_or_create": lambda org: run(
        Node.tree.aget_or_create,
        edition=org.edition,
        code="NEW",
        defaults={"parent": org.root, "kind": "department", "title": "新科室"},
    ),
    "update_or_create": lambda org: Node.tree.update_or_create(
        edition=org.edition, code="SA", defaults={"title": "改名"}
    ),
    "update_or_create_new": lambda org: Node.tree.update_or_create(
        edition=org.edition, code="NEW", defaults={"parent": org.root, "kind": "department", "title": "新科室"}
    ),
    "aupdate_or_create": lambda org: run(
        Node.tree.aupdate_or_create, edition=org.edition, code="SA", defaults={"title": "改名"}
    ),
    "bulk_create": lambda org: Node.tree.bulk_create([placed(org)]),
    "abulk_create": lambda org: run(Node.tree.abulk_create, [placed(org)]),
    "bulk_create_conflicts": lambda org: Node.tree.bulk_create(
        [conflicting(org)], update_conflicts=True, update_fields=["title"], unique_fields=["pk"]
    ),
    "bulk_update": lambda org: Node.tree.bulk_update([changed(org.sales, title="改名")], ["title"]),
    "bulk_update_structure": lambda org: Node.tree.bulk_update([changed(org.sales, parent=org.pr)], ["parent"]),
    "abulk_update": lambda org: run(Node.tree.abulk_update, [changed(org.sales, title="改名")], ["title"]),
    "update": lambda org: Node.tree.filter(pk=org.sales.pk).update(title="改名"),
    "update_structure": lambda org: Node.tree.filter(edition=org.edition).update(lft=models.F("lft") + 2),
    "aupdate": lambda org: run(Node.tree.filter(pk=org.sales.pk).aupdate, title="改名"),
    "queryset_delete": lambda org: Node.tree.filter(pk=org.sales.pk).delete(),
    "queryset_adelete": lambda org: run(Node.tree.filter(pk=org.sales.pk).adelete),
    "queryset_raw_delete": lambda org: Node.tree.filter(pk=org.sales.pk)._raw_delete("default"),
    # through related managers
    "children_add": lambda org: org.pr.children.add(org.sales),
    "children_add_each": lambda org: org.pr.children.add(org.sales, bulk=False),
    "children_aadd": lambda org: run(org.pr.children.aadd, org.sales),
    "children_set": lambda org: org.pr.children.set([org.sales]),
    "children_aset": lambda org: run(org.pr.children.aset, [org.sales]),
    "children_create": lambda org: org.pr.children.create(edition=org.edition, kind="department", title="新科室"),
    "children_acreate": lambda org: run(org.pr.children.acreate, edition=org.edition, kind="department"),
    "children_get_or_create": lambda org: org.pr.children.get_or_create(
        code="NEW", defaults={"edition": org.edition, "kind": "department", "title": "新科室"}
    ),
    "children_update_or_create": lambda org: org.root.children.update_or_create(code="SA", defaults={"title": "改名"}),
    "children_remove": lambda org: org.root.children.remove(org.sales),
    "children_aremove": lambda org: run(org.root.children.aremove, org.sales),
    "children_clear": lambda org: org.root.children.clear(),
    "children_aclear": lambda org: run(org.root.children.aclear),
    "children_update": lambda org: org.root.children.update(title="改名"),
    "children_delete": lambda org: org.root.children.all().delete(),
    "edition_nodes_create": lambda org: org.edition.nodes.create(kind="department", title="新科室"),
    "edition_nodes_add": lambda org: org.edition.nodes.add(new(org), bulk=False),
    "edition_nodes_update": lambda org: org.edition.nodes.update(title="改名"),
    "edition_nodes_delete": lambda org: org.edition.nodes.all().delete(),
    # through other managers
    "base_manager_create": lambda org: Node._base_manager.create(edition=org.edition, kind="department"),
    "base_manager_update": lambda org: Node._base_manager.filter(pk=org.sales.pk).update(title="改名"),
    "base_manager_bulk_create": lambda org: Node._base_manager.bulk_create([placed(org)]),
    "base_manager_delete": lambda org: Node._base_manager.filter(pk=org.sales.pk).delete(),
    "base_manager_rebuild": lambda _org: Node._base_manager.rebuild(),
    "db_manager_update": lambda _org: Node.tree.db_manager("default").update(title="改名"),
    "using_update": lambda _org: Node.tree.using("default").update(title="改名"),
    "function_nodes_update": lambda org: org.function.nodes.update(title="改名"),
}
for proxy in (Department, Position, Duty):
    NODE_WAYS |= {
        f"{proxy.__name__}_objects_create": lambda org, proxy=proxy: proxy.objects.create(edition=org.edition),
        f"{proxy.__name__}_objects_bulk_create": lambda org, proxy=proxy: proxy.objects.bulk_create([placed(org)]),
        f"{proxy.__name__}_objects_update": lambda _org, proxy=proxy: proxy.objects.update(inferred=True),
        f"{proxy.__name__}_objects_delete": lambda _org, proxy=proxy: proxy.objects.all().delete(),
        f"{proxy.__name__}_tree_update": lambda _org, proxy=proxy: proxy.tree.update(inferred=True),
        f"{proxy.__name__}_tree_rebuild": lambda _org, proxy=proxy: proxy._tree_manager.rebuild(),
        f"{proxy.__name__}_base_manager_update": lambda _org, proxy=proxy: proxy._base_manager.update(inferred=True),
        f"{proxy.__name__}_save": lambda org, proxy=proxy: proxy(edition=org.edition, parent=org.root).save(),
    }

FUNCTION_WAYS: dict[str, Way] = {
    "functions_add": lambda org: org.sales.functions.add(org.function),
    "functions_aadd": lambda org: run(org.sales.functions.aadd, org.function),
    "functions_create": lambda org: org.sales.functions.create(
        slug="x", name="x", name_en="x", definition="x", excludes="x", order=1
    ),
    "functions_set": lambda org: org.pr.functions.set([]),
    "functions_remove": lambda org: org.pr.functions.remove(org.function),
    "functions_clear": lambda org: org.pr.functions.clear(),
    "function_nodes_add": lambda org: org.function.nodes.add(org.sales),
    "function_nodes_clear": lambda org: org.function.nodes.clear(),
    "link_create": lambda org: NodeFunction.objects.create(node=org.sales, function=org.function),
    "link_save": lambda org: changed(org.link, order=3).save(),
    "link_delete": lambda org: org.link.delete(),
    "link_bulk_create": lambda org: NodeFunction.objects.bulk_create(
        [NodeFunction(node=org.sales, function=org.function)]
    ),
    "link_update": lambda _org: NodeFunction.objects.update(order=3),
    "link_queryset_delete": lambda _org: NodeFunction.objects.all().delete(),
    "links_create": lambda org: org.sales.function_links.create(function=org.function),
}


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    """An organisation whose 公关科 serves a function."""
    org = create_org()
    org.function = create_function()
    with open_edition(org.edition) as tree:
        tree.edit(org.pr.uid, {"functions": ["brand"]})
    org.link = NodeFunction.objects.get()
    return fresh(org)


def fresh(org: SimpleNamespace) -> SimpleNamespace:
    """Return the organisation with its nodes as the database has them."""
    nodes = Node.tree.filter(edition=org.edition).in_bulk()
    return SimpleNamespace(
        **{name: nodes[value.pk] if isinstance(value, Node) else value for name, value in vars(org).items()}
    )


def everything(org: SimpleNamespace) -> tuple[Any, Any]:
    return rows_of(org.edition), list(NodeFunction.objects.values_list("node__uid", "function__slug", "order"))


def written(queries: Any) -> list[str]:
    """Return the statements that write nodes or their links (a function itself belongs to no edition)."""
    return [
        query["sql"]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) and '"departments_node' in query["sql"]
    ]


def test_write_outside_the_room_raises_and_writes_nothing(org: SimpleNamespace, subtests: pytest.Subtests) -> None:
    for name, way in (NODE_WAYS | FUNCTION_WAYS).items():
        with subtests.test(name), CaptureQueriesContext(connection) as queries:
            with pytest.raises(OutsideTheRoom), transaction.atomic():
                way(fresh(org))
            assert written(queries) == []
            assert Node._mptt_updates_enabled


# Links in bulk are not asked for their edition, and rows prepared in memory for a new tree have none yet: these need some room.
NAMELESS = {*FUNCTION_WAYS, "build_tree_nodes_root"} - {"link_create", "link_save", "link_delete", "links_create"}


def test_write_from_the_room_of_another_edition_raises_and_writes_nothing(
    org: SimpleNamespace, subtests: pytest.Subtests
) -> None:
    other = create_org(slug="other")
    before = everything(org), rows_of(other.edition)
    for name, way in (NODE_WAYS | FUNCTION_WAYS).items():
        if name not in NAMELESS:
            with subtests.test(name):
                with pytest.raises((OutsideTheRoom, IntegrityError)), open_edition(other.edition):
                    way(fresh(org))
                assert Node._mptt_updates_enabled
    assert (everything(org), rows_of(other.edition)) == before


# A name of the public interface that is not here is a way that nobody has tried yet.
READS = {
    QuerySet: (
        "aaggregate acontains acount aearliest aexists aexplain afirst aget aggregate ain_bulk aiterator alast alatest alias all "
        "annotate as_manager bulk_create complex_filter contains count dates datetimes db defer difference distinct earliest "
        "exclude exists explain extra filter first get in_bulk intersection iterator last latest none only order_by ordered "
        "prefetch_related query raw resolve_expression reverse select_for_update select_related union using values values_list"
    ),
    TreeManager: (
        "add_related_count auto_created check contribute_to_class creation_counter db_manager deconstruct from_queryset "
        "get_cached_trees get_queryset get_queryset_ancestors get_queryset_descendants left_attr level_attr parent_attr "
        "right_attr root_node root_nodes tree_id_attr use_in_migrations"
    ),
    MPTTModel: (
        "Meta get_ancestors get_children get_descendant_count get_descendants get_family get_leafnodes get_level "
        "get_next_sibling get_previous_sibling get_root get_siblings is_ancestor_of is_child_node is_descendant_of "
        "is_leaf_node is_root_node objects"
    ),
}
WRITES = {
    QuerySet: (
        "abulk_create abulk_update acreate adelete aget_or_create aupdate aupdate_or_create bulk_create bulk_update create delete "
        "get_or_create update update_or_create"
    ),
    TreeManager: (
        "build_tree_nodes delay_mptt_updates disable_mptt_updates insert_node move_node partial_rebuild rebuild"
    ),
    MPTTModel: "delete insert_at move_to save",
}


@pytest.mark.parametrize("owner", READS)
def test_every_way_is_known(owner: type) -> None:
    names = {name for name in (dir(owner) if owner is not MPTTModel else vars(owner)) if not name.startswith("_")}
    if owner is TreeManager:
        names -= set(dir(QuerySet))
    assert (django.VERSION[:2], mptt.__version__) == ((5, 2), "0.20.0")
    assert names == set(READS[owner].split()) | set(WRITES[owner].split())
    tried = {name.removeprefix("queryset_") for name in NODE_WAYS}
    assert set(WRITES[owner].split()) <= tried


def test_update_that_names_its_tree_costs_no_second_query(org: SimpleNamespace, django_assert_num_queries: Any) -> None:
    with room(org.edition.pk):
        with django_assert_num_queries(1):
            Node.tree.filter(tree_id=org.edition.pk).update(inferred=False)
        with django_assert_num_queries(2):
            Node.tree.filter(pk=org.sales.pk).update(inferred=False)


DISGUISES: dict[str, Way] = {
    "negated": lambda org: Node.tree.exclude(tree_id=org.edition.pk),
    "one of two": lambda org: Node.tree.filter(models.Q(tree_id=org.edition.pk) | models.Q(code="SA")),
    "of the parent": lambda org: Node.tree.filter(parent__tree_id=org.edition.pk) | Node.tree.filter(code="SA"),
    "of a relation": lambda org: Node.tree.filter(relations_in__start__tree_id=org.edition.pk),
    "at least": lambda org: Node.tree.filter(tree_id__gte=org.edition.pk),
    "of the other": lambda org: Node.tree.filter(tree_id=org.other.edition.pk),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_update_that_seems_to_name_its_tree_is_looked_at(org: SimpleNamespace, name: str) -> None:
    org.other = create_org(slug="other")
    create_relation(edition=org.edition, kind="assists", start=org.head, end=org.other.head)
    before = rows_of(org.other.edition)
    with pytest.raises(OutsideTheRoom), room(org.edition.pk):
        DISGUISES[name](org).update(title="改名")
    assert rows_of(org.other.edition) == before


def test_room_is_closed_again_after_an_error(org: SimpleNamespace) -> None:
    with pytest.raises(KeyError), open_edition(org.edition):
        raise KeyError
    with pytest.raises(OutsideTheRoom):
        org.sales.save()


def test_rooms_stand_inside_each_other(org: SimpleNamespace) -> None:
    other = create_org(slug="other")
    with open_edition(org.edition), open_edition(other.edition):
        assert require_room() == {other.edition.pk}
        with pytest.raises(OutsideTheRoom):
            org.sales.save()
    with room(org.edition.pk):
        assert require_room(org.edition.pk) == {org.edition.pk}


def test_room_is_not_open_to_other_threads(org: SimpleNamespace) -> None:
    from threading import Thread

    found: list[type] = []

    def look() -> None:
        try:
            require_room()
        except OutsideTheRoom as error:
            found.append(type(error))

    with open_edition(org.edition):
        thread = Thread(target=look)
        thread.start()
        thread.join()
    assert found == [OutsideTheRoom]


def test_message_names_the_edition() -> None:
    with pytest.raises(
        OutsideTheRoom, match=r"^The tree of edition 7 is written only inside restructuring\.open_edition"
    ):
        require_room(7)


# Inside its own room a node may be saved, but only its content.

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
