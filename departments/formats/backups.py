"""A backup: every row of every table in one archive that either database can read back, also a later version of the app.

The archive is a zip: `manifest.json` (format, migrations applied, rows a table) and `tables/<table>.jsonl`, one row a line
in the order of the primary key. Rows are read and written by the models as the applied migrations describe them, not as
the code does today: so an old archive is put into tables of its own age, and the migrations since then run over it.
Left out: sessions, attempts to sign in, calls of programs, and what waits to be printed.
"""

import base64
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

FORMAT = 1
LEFT_OUT = {"sessions", "axes", "django_tasks_database"}  # apps
NOT_KEPT = {"departments_printjob", "departments_printedpaper", "departments_calls"}  # tables
BATCH = 2000
MOST_BYTES = 8 * 1024**3  # unpacked

Progress = Callable[[str, int], object]  # a table, and how many more of its rows are done


class BackupError(Exception):
    """The archive cannot be read, or not into this database; its text is a sentence for the reader."""


def backup(file: IO[bytes], *, progress: Progress = lambda _table, _rows: None) -> dict[str, int]:
    """Write the archive and return rows by table. One consistent state, also while people edit; nobody waits for it."""
    with _snapshot(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        executor = MigrationExecutor(connection)
        applied = sorted(key for key in executor.loader.applied_migrations if key in executor.loader.graph.nodes)
        counts = {}
        for model in _models(executor, applied):
            table = model._meta.db_table
            with archive.open(f"tables/{table}.jsonl", "w", force_zip64=True) as member:
                counts[table] = 0
                for line in _lines(model):
                    member.write(line)
                    counts[table] += 1
                    progress(table, 1)
        manifest = {"format": FORMAT, "migrations": applied, "rows": counts}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return counts


def restore(file: IO[bytes], *, progress: Progress = lambda _table, _rows: None) -> dict[str, int]:
    """Fill an empty database from an archive and bring it up to date; return rows by table as the archive has them.

    All or nothing but for empty tables. Raises BackupError where the archive is no backup, is damaged or newer than the
    app, or the database is not empty.
    """
    with _opened(file) as (archive, manifest):
        executor = MigrationExecutor(connection)
        applied = [cast("tuple[str, str]", tuple(key)) for key in manifest["migrations"]]
        if unknown := [key for key in applied if key not in executor.loader.graph.nodes]:
            message = _("The backup is of a newer version (%s). Update the app first.")
            raise BackupError(message % ".".join(unknown[0]))
        _require_empty()
        _take_back(executor, applied)
        with transaction.atomic():
            for model in _models(MigrationExecutor(connection), applied):
                _fill(model, archive, manifest["rows"].get(model._meta.db_table, 0), progress)
            connection.check_constraints()
    call_command("migrate", verbosity=0, interactive=False)
    return dict(manifest["rows"])


@contextmanager
def _snapshot() -> Iterator[None]:
    """Read one state throughout: SQLite's is that of a deferred transaction, which takes no lock from who writes."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _models(executor: MigrationExecutor, applied: Iterable[tuple[str, str]]) -> list[type[models.Model]]:
    """Return the models of all tables, as the applied migrations describe them, in the order of their tables' names."""
    state = executor.loader.project_state(list(applied))
    found = [
        model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in LEFT_OUT
        and model._meta.db_table not in NOT_KEPT
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    names = [field.attname for field in model._meta.local_concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        values = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(values, cls=_Encoder, ensure_ascii=False).encode() + b"\n"


class _Encoder(DjangoJSONEncoder):
    """Keeps microseconds, which Django's own leaves off."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            if manifest["format"] != FORMAT:
                raise BackupError(_("The backup has a form that this version does not know. Update the app first."))
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise BackupError(_("The backup is larger than this app reads."))
            yield archive, manifest
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise BackupError(_("This file is no backup of this app, or it is damaged.")) from error


def _require_empty() -> None:
    """Raise BackupError where somebody has worked with the database already."""
    present = set(connection.introspection.table_names())
    for table in ("departments_design", "auth_user"):
        if table in present:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608  # our own names
                if cursor.fetchone():
                    raise BackupError(_("The database is not empty. A backup is restored into a new database only."))


def _take_back(executor: MigrationExecutor, applied: list[tuple[str, str]]) -> None:
    """Bring the tables to the age of the archive: what it has not seen is taken back, what it has seen is applied."""
    newer = set(executor.loader.applied_migrations) - set(applied)
    graph = executor.loader.graph
    targets: list[tuple[str, str | None]] = []
    for app in sorted({app for app, _name in graph.nodes}):
        seen = [key for key in applied if key[0] == app]
        leaves = [key for key in seen if not any(child.key in seen for child in graph.node_map[key].children)]
        if leaves:
            targets += leaves
        elif any(key[0] == app for key in newer) and app not in LEFT_OUT:
            targets.append((app, None))
    try:
        executor.migrate(targets)
    except IrreversibleError as error:
        raise BackupError(_("The backup is older than this database. Restore it into one without tables.")) from error


def _fill(model: type[models.Model], archive: zipfile.ZipFile, expected: int, progress: Progress) -> None:
    """Put the archive's rows into an emptied table. Raises ValueError where there are not as many as were promised."""
    table = model._meta.db_table
    quote = connection.ops.quote_name
    fields = model._meta.local_concrete_fields
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(table)} ({columns}) VALUES ({places})"  # noqa: S608  # our own names
    done = 0
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(table)}")  # noqa: S608  # what migrations put there is in the archive too
        if expected:
            with archive.open(f"tables/{table}.jsonl") as member:
                for rows in _batches(member):
                    cursor.executemany(insert, [[_prepared(field, row) for field in fields] for row in rows])
                    done += len(rows)
                    progress(table, len(rows))
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
    if done != expected:
        raise ValueError(table)


def _batches(lines: Iterable[bytes]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for line in lines:
        rows.append(json.loads(line))
        if len(rows) == BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


def _prepared(field: "models.Field[Any, Any]", row: dict[str, Any]) -> Any:
    value = row[field.attname]
    if isinstance(field, models.BinaryField) and value is not None:
        value = base64.b64decode(value["base64"])
    elif not isinstance(field, models.JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)
