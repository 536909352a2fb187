"""What many tests begin with: made once through the rooms, for every later test written back as the rows it came to."""

from collections.abc import Callable, Hashable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection

from departments.models import Design, Function

Rows = dict[str, list[tuple[Any, ...]]]
_remembered: dict[tuple[Any, ...], tuple[Any, Rows]] = {}


def remember(make: Callable[[], Any], *given: Hashable) -> Any:
    """Let the database hold what `make` makes, and return what it returns: the row, if that is one, as it is now.

    `make` is known by its name and by what it is `given`, adds rows and changes none. It is remembered where it begins with no
    account and no design, by the functions and groups that there are.
    """
    if any(model.objects.exists() for model in (Design, User)):
        return make()
    begins_with = [tuple(model.objects.order_by("pk").values_list("pk", flat=True)) for model in (Function, Group)]
    key = (make.__module__, make.__qualname__, *begins_with, *given)
    if key in _remembered:
        made, rows = _remembered[key]
        _write(rows)
    else:
        before = _rows()
        made = make()
        rows = {table: [row for row in rows if row not in before[table]] for table, rows in _rows().items()}
        _remembered[key] = (made, {table: added for table, added in rows.items() if added})
    return made if made is None else type(made)._base_manager.get(pk=made.pk)


def _tables() -> dict[str, list[str]]:
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return {
        model._meta.db_table: [field.column for field in model._meta.concrete_fields]
        for model in models
        if model._meta.managed
    }


def _rows() -> Rows:
    with connection.cursor() as cursor:
        return {table: _read(cursor, table, columns) for table, columns in _tables().items()}


def _read(cursor: Any, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT {_names(columns)} FROM {_names([table])}")  # noqa: S608  # our own names
    return cursor.fetchall()


def _write(rows: Rows) -> None:
    tables = _tables()
    with connection.cursor() as cursor:
        for table, added in rows.items():
            values = ", ".join(["%s"] * len(tables[table]))
            insert = f"INSERT INTO {_names([table])} ({_names(tables[table])}) VALUES ({values})"  # noqa: S608  # the same
            cursor.executemany(insert, added)


def _names(names: list[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))
