"""Every room has the same furniture, and every document that is named is there."""

import re
from importlib import import_module

import pytest

from tests.house.code import HOUSE, ROOT, rooms

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *HOUSE.rglob("README.md")]


#: `pack` is passed through before an instance is chosen, `publish` sets a page without one; they name their doors instead.
NO_DOOR = {"pack", "publish"}
#: The kernel says what a problem is; the command reports the rooms' own.
NO_CATALOGUE = {"cli"}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_has_its_furniture(room) -> None:  # type: ignore[no-untyped-def]
    readme = room / "README.md"
    assert readme.is_file() or room.name == "kernel", (
        f"write {room.name}/README.md: what enters, what leaves, what it never does"
    )
    if readme.is_file():
        assert readme.read_text(encoding="utf-8").count("\n") <= 60, f"{room.name}/README.md is longer than a screen"
    if room.name not in NO_CATALOGUE:
        assert (room / "problems.py").is_file(), f"{room.name} has no catalogue of faults"
    door = getattr(import_module(f"toguna.{room.name}"), "__all__", ())
    assert room.name in NO_DOOR or 1 <= len(door) <= 20, f"{room.name}'s door has {len(door)} names"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_document_that_is_named_is_there(path) -> None:  # type: ignore[no-untyped-def]
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{path.name} names {target}, which is not there"


def test_every_dependency_says_why() -> None:
    why = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    written = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[project.scripts]")[0]
    named = re.findall(
        r'"([A-Za-z0-9_-]+)(?:\[[a-z]+\])?(?:[><=].*)?",?$', written.partition("dependencies = [")[2], re.M
    )
    silent = [name for name in named if name.lower() not in why and name != "setuptools"]
    assert len(named) > 20 and not silent, f"say in docs/dependencies.md why: {silent}"


def test_every_folder_of_tests_is_a_package() -> None:
    """Two test modules of one name in folders that are none stop the whole run."""
    loose = {path.parent for path in (ROOT / "tests").rglob("*.py") if not (path.parent / "__init__.py").exists()}
    assert not loose, f"add an empty __init__.py to {sorted(map(str, loose))}"
