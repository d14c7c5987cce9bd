"""A real PostgreSQL for tests and measurements: a cluster of its own in a folder of its own.

It listens on a socket in that folder only.  As root it runs as the user `postgres`, because it
refuses to run as root.  For tests nothing is forced to the disk (`fsync = off`): the folder is
thrown away, and a power cut is not among what is tested here.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

_USER = "postgres"
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_ALWAYS = (
    "listen_addresses=",
    "shared_buffers=64MB",
    "max_connections=200",
    "log_min_messages=log",
)

# Ends with whoever started it, even if that is killed: the pipe to its input closes then.
_WATCHED = '"$@" & server=$!; read -r end; kill -INT $server; wait $server'


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL on this machine."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    in_path = shutil.which("postgres")
    return Path(in_path).resolve().parent if in_path else None


class Cluster:
    """A running PostgreSQL; databases are made in it by the name of a counter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def new_database(self, template: str = "template0") -> str:
        """Make a database and return its URL."""
        name = f"hub_{next(self._numbers)}"
        with self.administration() as connection:
            connection.execute(f'CREATE DATABASE {name} TEMPLATE "{template}" ENCODING "UTF8"')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with self.administration() as connection:
            connection.execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def disconnect_all(self, url: str) -> None:
        """Cut everybody off who is connected to a database."""
        with self.administration() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [_name(url)],
            )

    def url(self, name: str) -> str:
        return f"postgresql://{_USER}@/{name}?host={quote(str(self._folder))}"

    @contextmanager
    def administration(self) -> Iterator[psycopg.Connection]:
        """Give a connection on which every statement is kept at once."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            yield connection


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def running_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Start a cluster for the block; `durable` as it would be for a festival, for measurements."""
    folder_of_programs = programs()
    assert folder_of_programs is not None, "ask programs() first"
    # Not below pytest's own folder: that is closed to the user who runs the server.
    folder = Path(tempfile.mkdtemp(prefix="echoppe-pg-"))
    try:
        _give_away(folder)
        data = folder / "data"
        _run([folder_of_programs / "initdb", "-D", data, "-U", _USER, *_INITDB], folder)
        settings = (*_ALWAYS, f"unix_socket_directories={folder}", *(() if durable else _FAST))
        options = [word for setting in settings for word in ("-c", setting)]
        with _server([folder_of_programs / "postgres", "-D", data, *options], folder):
            yield Cluster(folder)
    finally:
        shutil.rmtree(folder)


_INITDB = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")


@contextmanager
def _server(command: list[str | Path], folder: Path) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            ["sh", "-c", _WATCHED, "sh", *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            **_as_nobody_special(folder),
        )
    try:
        _await_ready(server, folder)
        yield
    finally:
        assert server.stdin is not None
        server.stdin.close()
        server.wait(60)


def _await_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    log = folder / "server.log"
    for _ in range(600):
        if b"database system is ready to accept connections" in log.read_bytes():
            return
        assert server.poll() is None, log.read_text()
        subprocess.run(["sleep", "0.1"], check=True)
    raise AssertionError(log.read_text())


def _run(command: list[str | Path], folder: Path) -> None:
    done = subprocess.run(
        command, capture_output=True, check=False, text=True, **_as_nobody_special(folder)
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, _USER)
    folder.chmod(0o700)


def _as_nobody_special(folder: Path) -> dict[str, Any]:
    """Return how a program is run that refuses to be root."""
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}
    options: dict[str, Any] = {"cwd": folder, "env": environment}
    if os.geteuid() == 0:
        options |= {"user": _USER, "group": _USER, "extra_groups": []}
    return options
