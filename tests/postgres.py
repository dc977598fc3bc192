"""A PostgreSQL server of its own for the tests: `postgres_url` is a fresh, empty database for each test that asks."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

OWNER = "postgres"
"""The server refuses to run as root; the Debian package makes this user."""


def _programs() -> Path:
    """The folder with initdb and postgres of the newest version that is installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    if not folders and on_path is None:
        pytest.fail("PostgreSQL is missing: install the package `postgresql` (initdb and postgres are needed)")
    return folders[-1] if folders else Path(str(on_path)).resolve().parent


def _as_owner(command: list[str]) -> list[str]:
    return ["runuser", "-u", OWNER, "--", *command] if os.geteuid() == 0 else command


class Server:
    """A server on a unix socket in a temporary folder, without a network port."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._programs = folder, _programs()
        self._log = folder / "log"

    def _run(self, *command: str) -> None:
        done = subprocess.run(_as_owner(list(command)), cwd=self._folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            log = self._log.read_text() if self._log.exists() else ""
            pytest.fail(f"{Path(command[0]).name} failed: {done.stderr.strip()} {log[-2000:]}")

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self._folder, OWNER)
        data = str(self._folder / "data")
        self._run(
            str(self._programs / "initdb"), "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off -c shared_buffers=32MB -c max_connections=60"
        self._run(
            str(self._programs / "pg_ctl"), "-D", data, "-l", str(self._log), "-w", "-t", "60", "-o", options, "start"
        )

    def stop(self) -> None:
        self._run(str(self._programs / "pg_ctl"), "-D", str(self._folder / "data"), "-m", "immediate", "stop")

    def execute(self, statement: str) -> None:
        with psycopg.connect(host=str(self._folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def create(self, template: str = "template1") -> str:
        """The name of a new database, a copy of the template."""
        name = f"karogs_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self._folder}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for the whole run; the folder is short because a socket's path may have 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    server = Server(folder)
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of an empty database that is dropped after the test."""
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)
