"""Every way that Django and django-mptt have of changing a tree, past the room."""

import json
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from asgiref.sync import async_to_sync
from django.core import serializers
from django.db import models

from departments.models import Department, Duty, Node, NodeFunction, Position
from departments.restructuring import open_edition
from tests.factories import create_function, rows_of

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


def serving(org: SimpleNamespace) -> SimpleNamespace:
    """Let 公关科 of an organisation serve a function, and return it as the database has it."""
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
