"""What holds for every row however it got there: the database itself refuses each of these."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from departments.models import Change, Classification, Design, Edition, Node, NodeFunction, Relation
from departments.models.guard import room
from departments.models.nodes import MAY_STAND_UNDER, Kind
from tests.factories import create_design, create_function, create_org, create_relation, rows_of

DEPARTMENT = {"kind": "department", "title": "科室"}
POSITION = {"kind": "position", "title": "岗位"}
DUTY = {"kind": "duty", "text": "做事", "section": "responsibility", "weight": "primary"}

# what is wrong: the constraint that says so, and the columns of a node that stands between edges 2 and 3 unless they say else
NODES: dict[str, tuple[str, dict[str, Any]]] = {
    "tree of another edition": ("tree_is_edition", {**DEPARTMENT, "tree_id": 999}),
    "closes before it opens": ("edges_open_before_they_close", {**DEPARTMENT, "lft": 5, "rght": 4}),
    "closes where it opens": ("edges_open_before_they_close", {**DEPARTMENT, "lft": 5, "rght": 5}),
    "edge zero": ("edges_open_before_they_close", {**DEPARTMENT, "lft": 0}),
    "root on level one": ("root_is_the_first_department", {**DEPARTMENT, "parent": None, "lft": 1, "level": 1}),
    "root that is not first": ("root_is_the_first_department", {**DEPARTMENT, "parent": None, "level": 0}),
    "root that is a position": ("root_is_the_first_department", {**POSITION, "parent": None, "lft": 1, "level": 0}),
    "child on level zero": ("root_is_the_first_department", {**DEPARTMENT, "level": 0}),
    "child that is first": ("root_is_the_first_department", {**DEPARTMENT, "lft": 1}),
    "unknown kind": ("columns_fit_their_kind", {**DEPARTMENT, "kind": "robot"}),
    "department without title": ("columns_fit_their_kind", {**DEPARTMENT, "title": ""}),
    "department with text": ("columns_fit_their_kind", {**DEPARTMENT, "text": "做事"}),
    "position with section": ("columns_fit_their_kind", {**POSITION, "section": "authority"}),
    "position with weight": ("columns_fit_their_kind", {**POSITION, "weight": "primary"}),
    "duty without text": ("columns_fit_their_kind", {**DUTY, "text": ""}),
    "duty with code": ("columns_fit_their_kind", {**DUTY, "code": "D-1"}),
    "duty with title": ("columns_fit_their_kind", {**DUTY, "title": "职责"}),
    "duty without section": ("columns_fit_their_kind", {**DUTY, "section": ""}),
    "duty of an unknown section": ("columns_fit_their_kind", {**DUTY, "section": "hobbies"}),
    "duty of an unknown weight": ("columns_fit_their_kind", {**DUTY, "weight": "heavy"}),
    "position that is a frame": ("department_columns", {**POSITION, "frame": True}),
    "position with a unit type": ("department_columns", {**POSITION, "unit_type": "team"}),
    "duty that is a frame": ("department_columns", {**DUTY, "frame": True}),
    "department that is a head": ("position_columns", {**DEPARTMENT, "head": True}),
    "department that is an assistant": ("position_columns", {**DEPARTMENT, "assistant": True}),
    "duty with a grade": ("position_columns", {**DUTY, "grade": "主管级"}),
    "number of an unstated headcount": ("headcount_figures_fit_their_form", {**POSITION, "headcount_min": 1}),
    "number of one as needed": (
        "headcount_figures_fit_their_form",
        {**POSITION, "headcount_form": "as_needed", "headcount_max": 1},
    ),
    "unknown form of headcount": ("headcount_figures_fit_their_form", {**POSITION, "headcount_form": "many"}),
    "second root": ("one_root_an_edition", {**DEPARTMENT, "parent": None, "lft": 1, "rght": 99, "level": 0}),
    "uid used twice": ("one_node_a_uid", {**DEPARTMENT, "uid": "sales"}),
    "code used twice": ("one_node_a_code", {**DEPARTMENT, "code": "SA"}),
    "code that differs by case only": ("one_node_a_code", {**DEPARTMENT, "code": "sa"}),
}


def names(error: pytest.ExceptionInfo[IntegrityError], constraint: str) -> bool:
    """Whether the database names the constraint; SQLite names the columns of a unique index instead."""
    columns = {
        "one_root_an_edition": "departments_node.edition_id",
        "one_node_a_uid": "departments_node.uid",
        "one_link_a_function": "departments_nodefunction.function_id",
        "one_edition_a_number": "departments_edition.number",
        "one_open_edition": "departments_edition.design_id",
        "one_edition_in_force": "departments_edition.design_id",
        "one_relation_a_uid": "departments_relation.uid",
        "one_change_a_number": "departments_change.number",
        "one_row_a_classification": "departments_classification.value",
    }
    said = str(error.value)
    return constraint in said or ("UNIQUE" in said and columns.get(constraint, "?") in said)


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    return create_org()


@pytest.mark.parametrize("wrong", NODES)
def test_node_against_a_constraint_is_refused(org: SimpleNamespace, wrong: str) -> None:
    constraint, columns = NODES[wrong]
    place = {"edition": org.edition, "tree_id": org.edition.pk, "parent": org.root, "lft": 2, "rght": 3, "level": 1}
    values = place | columns
    if values.get("uid") == "sales":
        values["uid"] = org.sales.uid
    before = rows_of(org.edition)
    with pytest.raises(IntegrityError) as error, transaction.atomic(), room(org.edition.pk):
        Node.tree.bulk_create([Node(**values)])
    assert names(error, constraint)
    assert rows_of(org.edition) == before


@pytest.mark.parametrize("columns", [DEPARTMENT, POSITION, DUTY, {**DEPARTMENT, "code": ""}])
def test_node_of_each_kind_that_fits_is_taken(org: SimpleNamespace, columns: dict[str, Any]) -> None:
    place = {"edition": org.edition, "tree_id": org.edition.pk, "parent": org.root, "lft": 2, "rght": 3, "level": 1}
    with room(org.edition.pk):
        Node.tree.bulk_create([Node(**place, **columns), Node(**place, **columns)])
    assert org.edition.nodes.count() == 12


def test_uid_and_code_are_free_again_in_another_edition(org: SimpleNamespace) -> None:
    other = create_org(slug="other")
    with room(other.edition.pk):
        Node.tree.filter(pk=other.sales.pk).update(code="X")
        place = {"edition": other.edition, "tree_id": other.edition.pk, "parent": other.root, "lft": 2, "rght": 3}
        Node.tree.bulk_create([Node(**place, level=1, uid=org.sales.uid, code="SA", **DEPARTMENT)])
    assert Node.tree.filter(uid=org.sales.uid, code="SA").count() == 2


def linked_twice(org: SimpleNamespace) -> None:
    function = create_function()
    with room(org.edition.pk):
        for _ in range(2):
            NodeFunction.objects.create(node=org.sales, function=function)


OTHERS: dict[str, tuple[str, Any]] = {
    "relation without another end": (
        "a_relation_has_one_other_end",
        lambda org: create_relation(edition=org.edition, kind="assists", start=org.head),
    ),
    "relation with two other ends": (
        "a_relation_has_one_other_end",
        lambda org: create_relation(
            edition=org.edition, kind="assists", start=org.head, end=org.officer, outside="院长"
        ),
    ),
    "top that names somebody": (
        "a_relation_has_one_other_end",
        lambda org: create_relation(
            edition=org.edition, kind="reports_to", start=org.head, outside="院长", basis="top", superior=True
        ),
    ),
    "top that is no superior": (
        "a_relation_has_one_other_end",
        lambda org: create_relation(edition=org.edition, kind="reports_to", start=org.head, basis="top"),
    ),
    "superior who is not reported to": (
        "superiors_are_reported_to",
        lambda org: create_relation(
            edition=org.edition, kind="assists", start=org.officer, end=org.head, superior=True
        ),
    ),
    "relation uid used twice": (
        "one_relation_a_uid",
        lambda org: [
            create_relation(edition=org.edition, kind="assists", start=org.officer, end=end, uid=uuid.UUID(int=1))
            for end in (org.head, org.sales)
        ],
    ),
    "second open edition": (
        "one_open_edition",
        lambda org: Edition.objects.create(design=org.design, number=2, status="in_review"),
    ),
    "second edition in force": (
        "one_edition_in_force",
        lambda org: [
            Edition.objects.create(design=org.design, number=number, status="in_force", effective_on="2026-11-22")
            for number in (2, 3)
        ],
    ),
    "number used twice": (
        "one_edition_a_number",
        lambda org: Edition.objects.create(design=org.design, number=1, status="superseded", effective_on="2026-11-22"),
    ),
    "in force without a date": (
        "published_editions_are_dated",
        lambda org: Edition.objects.create(design=org.design, number=2, status="in_force"),
    ),
    "superseded without a date": (
        "published_editions_are_dated",
        lambda org: Edition.objects.create(design=org.design, number=2, status="superseded"),
    ),
    "change number used twice": (
        "one_change_a_number",
        lambda org: Change.objects.create(edition=org.edition, number=1, verb="edit"),
    ),
    "function linked twice": (
        "one_link_a_function",
        linked_twice,
    ),
    "classified twice": (
        "one_row_a_classification",
        lambda org: [Classification.objects.create(design=org.design, facet="sizes", value="small") for _ in range(2)],
    ),
}


@pytest.mark.parametrize("wrong", OTHERS)
def test_row_against_a_constraint_is_refused(org: SimpleNamespace, wrong: str) -> None:
    constraint, write = OTHERS[wrong]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(org)
    assert names(error, constraint)


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "assists"},
        {"kind": "works_with", "line": "dotted"},
        {"kind": "reports_to", "superior": True},
        {"kind": "reports_to", "end": None, "outside": "院长", "superior": True},
        {"kind": "reports_to", "end": None, "basis": "top", "superior": True},
    ],
)
def test_relation_that_fits_is_taken(org: SimpleNamespace, columns: dict[str, Any]) -> None:
    create_relation(**{"edition": org.edition, "start": org.officer, "end": org.head} | columns)
    assert Relation.objects.count() == 1


def test_every_constraint_is_tried(db: None) -> None:
    tried = {constraint for constraint, _ in (NODES | OTHERS).values()}
    there = {
        constraint.name
        for model in (Node, Relation, Edition, Change, NodeFunction, Classification)
        for constraint in model._meta.constraints
    }
    assert tried == there


def test_slug_used_twice_is_refused(db: None) -> None:
    create_design(slug="hospital")
    with pytest.raises(IntegrityError):
        Design.objects.create(slug="hospital", name="另一家")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("above", [None, *Kind])
def test_clean_explains_a_kind_out_of_place(kind: Kind, above: Kind | None) -> None:
    node = Node(kind=kind, parent=Node(kind=above) if above else None)
    if above in MAY_STAND_UNDER[kind]:
        node.clean()
    else:
        with pytest.raises(ValidationError) as error:
            node.clean()
        assert error.value.code == "kind_out_of_place"


def test_places_of_the_kinds() -> None:
    assert {str(kind): sorted(str(above) for above in places) for kind, places in MAY_STAND_UNDER.items()} == {
        "department": ["None", "department"],
        "position": ["department", "position"],
        "duty": ["department", "duty", "position"],
    }
