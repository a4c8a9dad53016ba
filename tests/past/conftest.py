"""The instance of commit 9907250, unpacked afresh for each test, on either engine."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests import postgresql
from tests.conftest import with_database
from toguna.instance.api import Instance, open_instance
from toguna.maintenance.api import migrate

FIXTURE = Path(__file__).parent / "fixture"


@pytest.fixture
def past_home(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder as that commit left it; on PostgreSQL its database is there too, and named in TOGUNA_DATABASE."""
    connections.close_all()
    shutil.unpack_archive(FIXTURE / "9907250.tar.xz", tmp_path)
    home = tmp_path / ("postgresql" if engine else "sqlite")
    name = f"past_{os.getpid()}"
    if engine:
        postgresql.run(engine, f"CREATE DATABASE {name}")
        address = with_database(engine, name)
        postgresql.run(address, (tmp_path / "postgresql.sql").read_text(encoding="utf-8"))
        monkeypatch.setenv("TOGUNA_DATABASE", address)
    yield home
    connections.close_all()
    if engine:
        postgresql.run(engine, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def past(past_home: Path) -> Instance:
    """The same, brought forward and opened."""
    migrate(past_home)
    return open_instance(past_home)


def recorded(name: str) -> Any:
    """What that commit answered (`9907250.json`) or named (`9907250-names.json`)."""
    return json.loads((FIXTURE / name).read_text(encoding="utf-8"))
