"""A PostgreSQL server for the tests: the one that TOGUNA_TEST_POSTGRESQL names, else a throw-away cluster of the machine's own binaries."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

MISSING = "no PostgreSQL here: install Debian's postgresql, or name a server in TOGUNA_TEST_POSTGRESQL"


@contextmanager
def server() -> Iterator[str]:
    """The DSN of a server on which databases may be created."""
    if given := os.environ.get("TOGUNA_TEST_POSTGRESQL"):
        yield given
        return
    binaries = _binaries()
    user = _user()
    if binaries is None or (os.geteuid() == 0 and user is None):
        pytest.skip(MISSING)
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="toguna-pg-", dir=memory if os.access(memory, os.W_OK) else None))
    try:
        if user is not None:
            shutil.chown(folder, user)
        as_user = {"user": user, "cwd": folder} if user else {"cwd": folder}
        cluster = folder / "cluster"
        initdb = [binaries / "initdb", "-D", cluster, "-U", "postgres", "-E", "UTF8", "-A", "trust", "-k", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, **as_user)  # type: ignore[call-overload]
        postgres = [binaries / "postgres", "-D", cluster, "-c", "listen_addresses=", "-k", folder]
        process = subprocess.Popen(postgres, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_user)  # type: ignore[call-overload]
        try:
            dsn = make_conninfo(host=str(folder), user="postgres", dbname="postgres")
            _wait_for(dsn)
            yield dsn
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(dsn: str, statement: str) -> None:
    """One statement outside a transaction: creating and dropping databases."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _binaries() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _user() -> str | None:
    """Whom to run the server as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return None


def _wait_for(dsn: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(dsn).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
