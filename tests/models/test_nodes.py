"""A row comes back as what it is, and the proxies filter without hiding ancestors or descendants."""

from types import SimpleNamespace

import pytest

from departments.models import Department, Duty, Node, Position
from tests.factories import create_org


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    return create_org()


def test_every_query_gives_the_class_of_the_kind(org: SimpleNamespace) -> None:
    assert [type(node) for node in Node.tree.of(org.edition)] == [
        Department,
        Duty,
        Position,
        Duty,
        Duty,
        Department,
        Position,
        Position,
        Duty,
        Department,
    ]
    press = Node.tree.select_related("parent").get(pk=org.press.pk)
    assert (type(press.parent), type(press.get_root())) == (Position, Department)


def test_query_without_the_kind_gives_the_class_asked(org: SimpleNamespace) -> None:
    assert type(Node.tree.only("title").get(pk=org.head.pk)) is Node


def test_proxy_manager_gives_its_kind_in_document_order(org: SimpleNamespace) -> None:
    assert [str(node) for node in Department.objects.all()] == ["市场部", "公关科", "营销科"]
    assert [str(node) for node in Position.objects.all()] == ["市场部主任", "公关科主任", "公关专员"]
    assert [str(node) for node in Duty.objects.all()] == ["统管市场营销", "编制预算", "审批方案", "联络媒体"]


def test_proxy_sees_ancestors_and_descendants_of_every_kind(org: SimpleNamespace) -> None:
    press = Duty.objects.get(text="联络媒体")
    assert [str(node) for node in press.get_ancestors()] == ["市场部", "公关科", "公关科主任", "公关专员"]
    pr = Department.objects.get(code="PR")
    assert [str(node) for node in pr.get_descendants()] == ["公关科主任", "公关专员", "联络媒体"]
    assert [str(node) for node in Position.objects.filter(code="PR-02").get_ancestors()] == [
        "市场部",
        "公关科",
        "公关科主任",
    ]


def test_node_equals_its_proxy(org: SimpleNamespace) -> None:
    plain = Node.tree.only("title").get(pk=org.head.pk)
    assert (plain == org.head, hash(plain) == hash(org.head)) == (True, True)


def test_ref_is_the_code_or_the_uid(org: SimpleNamespace) -> None:
    assert (org.head.ref, org.press.ref) == ("MK-01", org.press.uid.hex)
