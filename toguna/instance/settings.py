"""Django's settings for one instance folder, and pointing them at another one.

Settings are per process. `configure` sets them once; called for another folder it only points the database connection there. Rooms
that store something are Django apps, named here as text: nothing is imported until Django sets them up.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from toguna.instance import problems
from toguna.kernel.api import Refused

#: Rooms that may store something; one is an app once it has a `models` module.
ROOMS = ("journal", "access", "places", "organisations", "collect", "registry", "figures", "publish")
DATABASE = "toguna.sqlite3"
SETTINGS = "instance.toml"
#: The PostgreSQL schema that holds an instance's tables.
SCHEMA = "toguna"
#: How long a writer waits for another one.
BUSY_SECONDS = 60

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": BUSY_SECONDS,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
}
_HOUSE = Path(__file__).parents[1]


class RoomConfig(AppConfig):  # type: ignore[misc]
    """A room as a Django app.

    Django imports an app's package before models may be defined, and our packages' public doors import their models. So the app is
    given as an instance, with a stand-in for the package that only knows where it lies; Django imports the models, and with
    them the package, when it is ready for them.
    """

    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, room: str) -> None:
        self.path = str(_HOUSE / room)
        stand_in = ModuleType(f"toguna.{room}")
        stand_in.__path__ = [self.path]
        super().__init__(f"toguna.{room}", stand_in)


def configure(home: Path) -> None:
    """Settings for this folder. Must run before a module that has models is imported; may run again, for another folder."""
    database = database_settings(home)
    if settings.configured:
        connections.close_all()
        for alias in connections:
            if hasattr(connections._connections, alias):
                del connections[alias]
        connections.settings = connections.configure_settings({"default": database})
        return
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=[RoomConfig(room) for room in ROOMS if _stores(room)],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TIME_ZONE="UTC",
        USE_I18N=False,
        DEBUG=False,
        LOGGING_CONFIG=None,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"],
    )
    django.setup()


def database_settings(home: Path) -> dict[str, Any]:
    """Django's settings of the instance's database: PostgreSQL where a DSN is given, else a file in the folder."""
    dsn = dsn_of(home)
    if not dsn:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(home / DATABASE), "OPTIONS": dict(_SQLITE)}
    try:
        parameters: dict[str, Any] = dict(conninfo_to_dict(dsn))
    except ProgrammingError as error:
        raise Refused(problems.DSN_BROKEN.at(reason=str(error).strip())) from error
    ours = f"-c search_path={SCHEMA} -c synchronous_commit=on -c lock_timeout={BUSY_SECONDS * 1000}"
    parameters["options"] = f"{parameters.get('options', '')} {ours}".strip()
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    named = {django_name: str(parameters.pop(name)) for name, django_name in known.items() if name in parameters}
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": parameters}


def dsn_of(home: Path) -> str:
    """``$TOGUNA_DATABASE``, else what `instance.toml` says, else nothing: SQLite."""
    given = os.environ.get("TOGUNA_DATABASE", "")
    written = home / SETTINGS
    if given or not written.is_file():
        return given
    found = tomllib.loads(written.read_text()).get("database", "")
    return found if isinstance(found, str) else ""


def _stores(room: str) -> bool:
    return (_HOUSE / room / "models.py").is_file() or (_HOUSE / room / "models").is_dir()
