"""An instance with a form, records and a text that is cleared, to be copied for each trial."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.collect.storage.conftest import xml
from tests.collect.submissions.forms import NOW
from tests.figures.test_opened import opened, take
from tests.publish.test_editions import Office
from toguna.instance.api import Instance
from toguna.pack.consumers import catch_up

__all__ = ["opened"]


@pytest.fixture
def ready(opened: Instance, tmp_path: Path) -> Path:
    """The folder of an instance at rest: its database has no log beside it. Skips what needs SQLite or strace and has neither."""
    if connection.vendor != "sqlite":
        pytest.skip("the trials read SQLite's own files; PostgreSQL is tried by its makers")
    take(xml("uuid:1", women=3), xml("uuid:2", women=5))
    assert [outcome.error for outcome in catch_up()] == [None, None]
    take(xml("uuid:3", women=7, corrects="uuid:2"), at=NOW + timedelta(hours=1))
    Office(tmp_path / "office").clear()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    return opened.home


@pytest.fixture
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("no strace here: install Debian's strace")
    return found
