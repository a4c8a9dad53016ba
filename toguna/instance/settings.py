"""Which database an instance folder uses, and starting Django for it.

`configure` starts Django once a process with ``toguna.project.settings``; called for another folder it points the database connection
there. psycopg is loaded only for PostgreSQL.
"""

from __future__ import annotations

import os
import tomllib
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import connections

from toguna.instance import problems
from toguna.kernel.api import Refused

DATABASE = "toguna.sqlite3"
SETTINGS = "instance.toml"
#: The environment variable that names the instance folder, and the folder where none is named.
HOME = "TOGUNA_HOME"
DEFAULT_HOME = "var"
#: The file of the key with which sessions and tokens are signed, in the folder `secrets`.
SIGNING_KEY = "signing"
#: The PostgreSQL schema that holds an instance's tables.
SCHEMA = "toguna"
#: Bytes of room that SQLite needs to open a database for writing: the index of its log, and the log itself.
_LEAST_ROOM = 128 * 1024
#: How long a writer waits for another one.
BUSY_SECONDS = 60

#: For a folder that cannot be written, or a file that cannot: nothing is changed, so nothing can be lost.
_SQLITE_READING = {
    "transaction_mode": "DEFERRED",
    "timeout": BUSY_SECONDS,
    "init_command": "PRAGMA query_only=ON; PRAGMA foreign_keys=ON;",
}
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": BUSY_SECONDS,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
}

#: Connections stay open between requests: opening one sets and checks what makes the database safe.
_KEPT = {"CONN_MAX_AGE": None}


#: The folder that Django was last pointed to.
_configured: list[Path] = []


def configured_home() -> Path:
    """The folder that Django was last pointed to: migrations run before it is open. Refuses (`RuntimeError`) where there is none."""
    if not _configured:
        raise RuntimeError("Django is not configured for a folder: call configure first")
    return _configured[0]


def configure(home: Path) -> None:
    """Start Django for this folder, or point its database and signing key there. Must run before a module that has models is imported."""
    _configured[:] = [home]
    if not apps.ready:
        _start(home)
        return
    database = database_settings(home)
    connections.close_all()
    connections.databases.update(connections.configure_settings({"default": database}))
    with suppress(AttributeError):
        del connections["default"]
    settings.SECRET_KEY = secret_key(home)


def _start(home: Path) -> None:
    """Django reads its settings once; while it does, the environment names this folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toguna.project.settings")
    before = os.environ.get(HOME)
    os.environ[HOME] = str(home)
    try:
        django.setup()
    finally:
        if before is None:
            del os.environ[HOME]
        else:
            os.environ[HOME] = before


def secret_key(home: Path) -> str:
    """The instance's own signing key, in hexadecimal digits; a key for this process alone where the folder has none yet."""
    path = home / "secrets" / SIGNING_KEY
    return path.read_bytes().hex() if path.is_file() else token_urlsafe(48)


def database_settings(home: Path) -> dict[str, Any]:
    """Django's settings of the instance's database: PostgreSQL where a DSN is given, else a file in the folder. Refuses a DSN that psycopg cannot read."""
    dsn = dsn_of(home)
    if not dsn and is_read_only(home):
        return {
            "ENGINE": "django.db.backends.sqlite3", "NAME": _reading(home / DATABASE), "OPTIONS": dict(_SQLITE_READING), **_KEPT,
        }  # fmt: skip
    if not dsn:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(home / DATABASE), "OPTIONS": dict(_SQLITE), **_KEPT}
    psycopg = import_module("psycopg")
    try:
        parameters: dict[str, Any] = dict(psycopg.conninfo.conninfo_to_dict(dsn))
    except psycopg.ProgrammingError as error:
        raise Refused(problems.DSN_BROKEN.at(reason=str(error).strip())) from error
    ours = f"-c search_path={SCHEMA} -c synchronous_commit=on -c lock_timeout={BUSY_SECONDS * 1000}"
    parameters["options"] = f"{parameters.get('options', '')} {ours}".strip()
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    named = {django_name: str(parameters.pop(name)) for name, django_name in known.items() if name in parameters}
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": parameters, **_KEPT}


def is_read_only(home: Path) -> bool:
    """Whether the instance's folder, or its database file, is there and cannot be written by this process: for want of rights or of room."""
    database = home / DATABASE
    if not home.is_dir():
        return False
    if not database.exists():
        return not os.access(home, os.W_OK)
    return not (os.access(home, os.W_OK) and os.access(database, os.W_OK) and _has_room(home))


def _has_room(home: Path) -> bool:
    """Whether SQLite can make the index of its log beside the database; without it not even a read is answered."""
    found = os.statvfs(home)
    blocks, names = (found.f_bfree, found.f_ffree) if os.geteuid() == 0 else (found.f_bavail, found.f_favail)
    return blocks * found.f_frsize >= _LEAST_ROOM and (names > 0 or not found.f_files)


def _reading(path: Path) -> str:
    """The address under which SQLite opens the file for reading alone.

    A file with a write-ahead log is read together with it, which another process may go on writing. Without one nobody
    writes, and SQLite may leave its locks, for which it would write to the folder.
    """
    log = path.with_name(f"{path.name}-wal")
    return f"{path.absolute().as_uri()}?mode=ro" + ("" if log.exists() else "&immutable=1")


def dsn_of(home: Path) -> str:
    """``$TOGUNA_DATABASE``, else what `instance.toml` says, else nothing: SQLite."""
    given = os.environ.get("TOGUNA_DATABASE", "")
    written = home / SETTINGS
    if given or not written.is_file():
        return given
    found = tomllib.loads(written.read_text()).get("database", "")
    return found if isinstance(found, str) else ""
