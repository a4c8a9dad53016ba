"""An opened instance for tests that store something, on either engine.

Settings are per process, so Django is configured here once, before any test module is imported; `new_instance` only points the
database elsewhere. ``pytest --engine postgresql`` runs the tests that use an instance, and only those, on PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import settings

from tests import postgresql
from toguna.figures.lake.spark import SparkEngine, SparkSettings
from toguna.instance.api import Instance, building, configure, open_instance, parse_operation

os.environ.pop("TOGUNA_DATABASE", None)
configure(Path("no-instance"))

# The same worlds each time, so that nobody's change fails by chance; `make prove` looks at new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("TOGUNA_WORLDS", "same"))

OPERATION = """
[operation]
id = "sahel"
name = {en = "Sahel", fr = "Sahel"}
languages = ["en", "fr"]
time_zone = "Africa/Bamako"
place = "ML"
demonstration = true
currency = "XOF"
[brackets]
unhcr = ["0-4", "5-11", "12-17", "18-59", "60+"]
children = ["0-17", "18+"]
[[rates]]
from = "XOF"
to = "USD"
rate = "0.00163"
on = "2016-12-01"
[reasons]
codes = ["late_return"]
[numbers]
en = "6,954"
fr = "6 954"
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database of tests that store something",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--engine") == "postgresql":
        storing = [item for item in items if "engine" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in storing])
        items[:] = storing


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """The DSN of a PostgreSQL server, or nothing: SQLite."""
    if request.config.getoption("--engine") == "sqlite":
        yield ""
        return
    with postgresql.server() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def blank_instance(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh instance folder, from which each test gets its copy: migrating takes longer than copying."""
    home = tmp_path_factory.mktemp("blank") / "home"
    if engine:
        postgresql.run(engine, "CREATE DATABASE blank")
        os.environ["TOGUNA_DATABASE"] = with_database(engine, "blank")
    try:
        with building(home, parse_operation(OPERATION)):
            pass
        connections.close_all()
        yield home
    finally:
        os.environ.pop("TOGUNA_DATABASE", None)


@pytest.fixture
def new_instance(
    engine: str, blank_instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Instance]]:
    """Makes a fresh, empty, opened instance each time it is called."""
    made: list[str] = []

    def make() -> Instance:
        connections.close_all()
        number = len(made)
        home = tmp_path / f"instance{number or ''}"
        shutil.copytree(blank_instance, home)
        made.append(f"test_{os.getpid()}_{number}")
        if engine:
            postgresql.run(engine, f"CREATE DATABASE {made[-1]} TEMPLATE blank")
            monkeypatch.setenv("TOGUNA_DATABASE", with_database(engine, made[-1]))
        return open_instance(home)

    yield make
    connections.close_all()
    for name in made if engine else ():
        postgresql.run(engine, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def instance(new_instance: Callable[[], Instance]) -> Instance:
    """A fresh, empty, opened instance."""
    return new_instance()


def with_database(dsn: str, name: str) -> str:
    return postgresql.make_conninfo(dsn, dbname=name)


@pytest.fixture(scope="session")
def sail() -> Iterator[str]:
    """The address of a Sail server on the loopback device."""
    if find_spec("pysail") is None or find_spec("pyspark") is None:
        pytest.skip("pysail or pyspark-client is not installed: run `make spark`")
    server = import_module("pysail.spark").SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    yield f"sc://127.0.0.1:{server.listening_address[1]}"
    server.stop()


@pytest.fixture(scope="session")
def on_sail(sail: str) -> Iterator[Callable[[Path], SparkEngine]]:
    """Gives an engine on Sail that reads a lake's folder."""
    opened: list[SparkEngine] = []

    def engine(folder: Path) -> SparkEngine:
        opened.append(SparkEngine(SparkSettings(address=sail, here=folder, there=str(folder))))
        return opened[-1]

    yield engine
    for one in opened:
        one.close()
