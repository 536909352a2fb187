"""No write goes past the room: every way that Django and the pinned django-mptt have of changing a tree is tried here.

A new release of either that brings another way makes `test_every_way_is_known` fail.
"""

from types import SimpleNamespace
from typing import Any

import django
import mptt
import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from mptt.managers import TreeManager
from mptt.models import MPTTModel

from departments.models import Node
from departments.models.guard import OutsideTheRoom, require_room, room
from departments.restructuring import open_edition
from tests.factories import create_org, create_relation, rows_of
from tests.restructuring.ways import FUNCTION_WAYS, NODE_WAYS, Way, everything, fresh, serving


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    return serving(create_org())


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
