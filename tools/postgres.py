"""A PostgreSQL server for one run of the tests: in a temporary folder, on a free loopback port, gone afterwards.

PostgreSQL refuses to run as root; started by root, the server runs as the user postgres or nobody.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

SECONDS_TO_START = 60
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # the data need not outlive the run
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",  # what a test wrote is gone a moment later
    "jit": "off",  # to compile a query takes longer than any here
}


class NotStarted(Exception):
    """The server could not be started; the message is what it said."""


@contextmanager
def temporary_server(programs: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of a new server that runs as long as the context. `programs`: the folder of initdb."""
    user = _unprivileged_user()
    folder = _folder(user)
    try:
        password = secrets.token_urlsafe(24)
        secret = folder / "password"
        secret.write_text(password)
        _hand_over(secret, user)
        _make_cluster(programs, folder, user, secret)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        url = f"postgres://orgdesign:{password}@127.0.0.1:{port}/postgres"
        with _server(programs, folder, user, port) as process:
            _wait(url, folder, process)
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Return who shall run the server; None: we ourselves, who are not root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as(user: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _hand_over(path: Path, user: pwd.struct_passwd | None) -> None:
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)


def _folder(user: pwd.struct_passwd | None) -> Path:
    """Make a folder that the server's user can reach: TMPDIR may be closed to others."""
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  # mkdtemp makes a name of its own
        folder = Path(tempfile.mkdtemp(prefix="orgdesign-postgres-", dir=base))
        _hand_over(folder, user)
        try:
            subprocess.run(["test", "-w", folder], check=True, cwd="/", **_as(user))
        except subprocess.CalledProcessError:
            folder.rmdir()
        else:
            return folder
    raise NotStarted("No temporary folder is open to the user who would run PostgreSQL.")


def _make_cluster(programs: Path, folder: Path, user: pwd.struct_passwd | None, secret: Path) -> None:
    command = [programs / "initdb", "--pgdata", folder / "data", "--username=orgdesign", "--pwfile", secret]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, **_as(user))
    if done.returncode:
        raise NotStarted(f"initdb failed:\n{done.stdout}{done.stderr}")


@contextmanager
def _server(
    programs: Path, folder: Path, user: pwd.struct_passwd | None, port: int
) -> Iterator[subprocess.Popen[bytes]]:
    command = [programs / "postgres", "-D", folder / "data", "-p", str(port)]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder, **_as(user))
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)  # fast: whoever is still connected is cut off
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(SECONDS_TO_START * 5):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.2)
        else:
            return
    raise NotStarted(f"PostgreSQL does not start:\n{(folder / 'log').read_text()}")
