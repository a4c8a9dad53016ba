"""Sail answers Spark Connect in this process; it is installed by `make spark`, which ``.ci/run`` calls."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from toguna.figures.lake.spark import SparkEngine, SparkSettings


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
