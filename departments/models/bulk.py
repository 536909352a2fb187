"""Many rows of one table in one go: COPY on PostgreSQL, one prepared statement on SQLite.

`bulk_create` asks for each of a node's 45 columns and each row how it wants to be written; here a column is asked once, and
one whose values are all of its own type goes as it is (benchmarks/loading.py). The database checks every row as it
checks any other. To be called inside a transaction and, for rows of an edition, inside its room: nothing here asks for it.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

PLAIN = {  # what a column stores as it is
    "CharField": str,
    "TextField": str,
    "SlugField": str,
    "IntegerField": int,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "BigIntegerField": int,
    "BigAutoField": int,
    "BooleanField": bool,
}


def numbers(model: type[models.Model], count: int) -> Sequence[int]:
    """Return primary keys for so many rows to come, rising. 1 query.

    On SQLite they are free because nobody else writes before the transaction ends: write them before asking again.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(statement, [table, count])
            return sorted(number for (number,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = next(iter(cursor.fetchone() or [0]))
        return range(last + 1, last + 1 + count)


def write(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows: the values of the fields `names`, in that order; other fields get their default. 1 query.

    Raises IntegrityError or DataError as any insert does.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = [_prepared(field, column) for field, column in zip(fields, zip(*rows, strict=True), strict=False)]
    if not columns:
        return
    for field in model._meta.concrete_fields:
        if field not in fields and not field.primary_key and not field.has_db_default():
            fields.append(field)
            columns.append(_prepared(field, tuple(field.get_default() for _value in columns[0])))
    written = list(zip(*columns, strict=True))
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in written:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", written)  # noqa: S608  # our names


def _prepared(field: Any, values: tuple[Any, ...]) -> Sequence[Any]:
    """Return a column's values as the database takes them."""
    column = field.target_field if field.is_relation else field
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {PLAIN.get(column.get_internal_type())}:
        return values
    if kinds == {uuid.UUID}:
        return values if connection.features.has_native_uuid_field else [value.hex for value in values]
    if isinstance(field, models.JSONField):
        nothing = field.get_db_prep_save([], connection)
        return [nothing if value == [] else field.get_db_prep_save(value, connection) for value in values]
    return [field.get_db_prep_save(value, connection) for value in values]
