"""The Mali instance, made once: it takes as long as all other tests of the room together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pack.mali import PACK
from toguna.instance.api import Instance, open_instance
from toguna.pack.new import Made, new


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return new(PACK, tmp_path_factory.mktemp("mali") / "home")


@pytest.fixture
def mali(made: Made) -> Iterator[Instance]:
    """The instance, opened. Tests read it and change nothing."""
    yield open_instance(made.home)


@pytest.fixture
def pack_folder() -> Path:
    return PACK
