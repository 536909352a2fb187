"""A backup is read back whole, by either database, also by a later version, also while people edit."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import load_backend
from django.utils import timezone, translation

from departments.formats.backups import BackupError, backup, restore
from departments.models import Design, Function, Organisation
from departments.restructuring.checking import breaches
from tests import factories
from tools.messages import ROOT

of_either = pytest.mark.postgresql  # whole tables, in the words of either


def tables(archive: bytes) -> dict[str, list[str]]:
    """Return table → lines of an archive, without the empty ones."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = [name for name in opened.namelist() if name.startswith("tables/")]
        lines = {Path(name).stem: opened.read(name).decode().splitlines() for name in names}
    return {name: found for name, found in lines.items() if found}


def manage(url: str, folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run manage.py on another database."""
    environment = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder), "DEBUG": "0"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, input=given, capture_output=True, check=False)


@contextmanager
def another_database(url: str) -> Iterator[None]:
    """Let the default connection lead elsewhere: what is called inside reads and writes that database."""
    mine, told = connections["default"], environ.Env.db_url_config(url)
    sqlite = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;"}
    options = sqlite if told["ENGINE"].endswith("sqlite3") else {}
    other = load_backend(told["ENGINE"]).DatabaseWrapper(mine.settings_dict | told | {"OPTIONS": options}, "default")
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = mine


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """Give the address of an empty database of the kind of this run; it is gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/fresh.sqlite3"
        return
    at = connection.settings_dict
    known = connection.get_connection_params()
    login = {name: known[name] for name in ("user", "password", "host", "port") if name in known}
    with psycopg.connect(**login, dbname="postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE backup_test")
        try:
            password = f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
            yield f"postgres://{at['USER']}{password}@{quote(at['HOST'], safe='')}:{at['PORT']}/backup_test"
        finally:
            server.execute("DROP DATABASE backup_test WITH (FORCE)")


@pytest.fixture
def company(db: None) -> Design:
    """A design with a history, an account, a company with a logo."""
    org = factories.create_org(in_force=True)
    User.objects.create_user("张三", password="口令", last_login=timezone.now())
    Organisation.objects.create(name="某公司", logo=b"\x89PNG\x00\xff", logo_type="image/png")
    return org.design


def written(**more: Any) -> bytes:
    """Return a backup of the database in use."""
    file = io.BytesIO()
    backup(file, **more)
    return file.getvalue()


@of_either
def test_another_database_gives_the_same_backup_again(company, tmp_path: Path) -> None:
    """From the database of this run to another of its kind and, where it is not SQLite, to SQLite."""
    archive = written()
    with fresh_database(tmp_path) as fresh:
        for url in dict.fromkeys([f"sqlite:///{tmp_path}/fresh.sqlite3", fresh]):
            with another_database(url):
                restore(io.BytesIO(archive))
                again = written()
                User.objects.create(username="later")  # no key is given twice
                assert breaches() == []
            assert tables(again) == tables(archive)


def test_the_commands_work_in_pipes_and_say_what_they_did(company, tmp_path: Path) -> None:
    archive = written()
    sqlite = f"sqlite:///{tmp_path}/other.sqlite3"
    done = manage(sqlite, tmp_path, "restore", "-", given=archive)
    assert done.stderr.decode().splitlines()[-1] == "1 棵架构树完好"
    assert tables(manage(sqlite, tmp_path, "backup", "-").stdout) == tables(archive)
    again = manage(sqlite, tmp_path, "restore", "-", given=archive)
    assert (again.returncode, again.stdout) == (1, b"")


def test_an_older_backup_is_brought_up_to_date(db: None, tmp_path: Path) -> None:
    with another_database(f"sqlite:///{tmp_path}/old.sqlite3"):
        call_command("migrate", "departments", "0004", verbosity=0)
        columns = 'slug, name, name_en, definition, excludes, "order", coverage'
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO departments_function ({columns}) VALUES ('brand', '品牌', 'Brand', '', '', 1, TRUE)"  # noqa: S608
            )
        archive = written()
    assert (
        "departments_organisation" not in json.loads(zipfile.ZipFile(io.BytesIO(archive)).read("manifest.json"))["rows"]
    )
    with another_database(f"sqlite:///{tmp_path}/new.sqlite3"):
        restore(io.BytesIO(archive))
        assert list(Function.objects.values_list("slug", "name")) == [("brand", "品牌")]
        call_command("migrate", check_unapplied=True, verbosity=0)


@of_either
def test_a_database_in_use_is_left_alone(company) -> None:
    archive = written()
    with translation.override("zh-hans"), pytest.raises(BackupError, match=r"数据库不是空的"):
        restore(io.BytesIO(archive))
    assert Design.objects.count() == 1


def changed(archive: bytes, name: str, content: bytes | None) -> bytes:
    """Return the archive with one member replaced, or left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
            elif content is not None:
                new.writestr(member, content)
    return file.getvalue()


@of_either
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("manifest.json", None),
        ("manifest.json", b"[]"),
        ("manifest.json", b'{"format": 9}'),
        ("manifest.json", b'{"format": 1, "migrations": [["departments", "9999_later"]], "rows": {}}'),
        ("tables/departments_design.jsonl", None),
        ("tables/departments_design.jsonl", b""),
        ("tables/departments_design.jsonl", b"{}\n"),
        ("tables/departments_design.jsonl", b"\xff"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_written(
    company, tmp_path, name: str, content: bytes | None
) -> None:
    damaged = changed(written(), name, content)
    empty_tables()
    with pytest.raises(BackupError):
        restore(io.BytesIO(damaged))
    assert (Design.objects.count(), User.objects.count()) == (0, 0)


def empty_tables() -> None:
    """Leave no design and no account; there is no room that would."""
    tables = ("changegroup", "change", "searchentry", "node", "edition", "organisation", "design")
    present = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in [f"departments_{table}" for table in tables] + ["auth_user"]:
            if table in present:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608


@of_either
@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_in_it_and_does_not_wait(company, tmp_path: Path) -> None:
    elsewhere = nullcontext()
    if connection.vendor == "sqlite":
        with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
            connection.connection.backup(copy)
        elsewhere = another_database(f"sqlite:///{tmp_path}/copy.sqlite3")
    with elsewhere, somebody_else() as execute:
        before = tables(written())

        def write(_table: str, _rows: int, seen: list[str] = []) -> None:  # noqa: B006  # it remembers that it has written
            if not seen:
                seen.append("written")
                execute("INSERT INTO django_content_type (app_label, model) VALUES ('somebody', 'else')")

        assert tables(written(progress=write)) == before
        assert len(tables(written())["django_content_type"]) == len(before["django_content_type"]) + 1


@contextmanager
def somebody_else() -> Iterator[Callable[[str], Any]]:
    """Give what executes and commits a statement in a connection of its own."""
    if connection.vendor == "sqlite":
        other: Any = sqlite3.connect(connection.settings_dict["NAME"], timeout=1, isolation_level=None)
    else:
        known = connection.get_connection_params()
        login = {name: known[name] for name in ("user", "password", "host", "port", "dbname") if name in known}
        other = psycopg.connect(**login, autocommit=True)
    try:
        yield other.execute
    finally:
        other.close()
