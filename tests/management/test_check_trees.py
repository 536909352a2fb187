"""manage.py check_trees: says which tree, which node, which invariant; its exit status can be relied on."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from departments.restructuring.checking import breaches
from tests.factories import create_org, rows_of


@pytest.fixture
def org(db: None) -> SimpleNamespace:
    return create_org()


def run(*arguments: str) -> tuple[list[str], str]:
    """Return what the command prints and the error it ends with."""
    out = StringIO()
    try:
        call_command("check_trees", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def damage(sql: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE departments_node SET {sql}", values)  # noqa: S608


@pytest.mark.parametrize("arguments", [(), ("--repair",)])
def test_whole_trees_are_counted(org: SimpleNamespace, arguments: tuple[str, ...]) -> None:
    create_org(slug="other")
    assert run(*arguments) == (["2 棵架构树完好"], "")


def test_breaches_are_named_and_nothing_is_written(org: SimpleNamespace) -> None:
    damage("level = 9 WHERE id = %s", org.press.pk)
    before = rows_of(org.edition)
    assert run() == ([f"版本 {org.edition.pk}，节点 {org.press.pk}：level"], "1 处损坏")
    assert rows_of(org.edition) == before


def test_repair_mends_every_edition(org: SimpleNamespace) -> None:
    other = create_org(slug="other")
    damage("level = 9 WHERE id IN (%s, %s)", org.press.pk, other.press.pk)
    lines = [f"版本 {one.edition.pk}，节点 {one.press.pk}：level" for one in (org, other)]
    assert run("--repair") == ([*lines, "2 棵架构树完好"], "")
    assert breaches() == []


def test_repair_says_what_it_cannot_and_fails(org: SimpleNamespace) -> None:
    other = create_org(slug="other")
    with transaction.atomic():
        damage("parent_id = %s WHERE id = %s", org.officer.pk, org.pr_head.pk)
        damage("level = 9 WHERE id = %s", other.press.pk)
        lines, error = run("--repair")
        transaction.set_rollback(True)
    cycle = [
        ("pr_head", "cycle"),
        ("pr_head", "level"),
        ("pr_head", "nesting"),
        ("officer", "cycle"),
        ("press", "cycle"),
        ("press", "sibling_order"),
    ]
    named = [f"版本 {org.edition.pk}，节点 {getattr(org, name).pk}：{invariant}" for name, invariant in cycle]
    mended = f"版本 {other.edition.pk}，节点 {other.press.pk}：level"
    assert lines == [*named, mended, *(f"{line}，无法修复" for line in named)]
    assert error == "6 处损坏"


def test_repair_works_on_what_is_in_force(db: None) -> None:
    org = create_org(in_force=True)
    damage("rght = rght + 2 WHERE id = %s", org.root.pk)
    assert run("--repair") == (
        [f"版本 {org.edition.pk}，节点 {org.root.pk}：width", "1 棵架构树完好"],
        "",
    )
