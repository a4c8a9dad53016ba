"""Every room has the same furniture, and every document that is named is there."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.house.code import HOUSE, ROOT, rooms

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *HOUSE.rglob("README.md")]


#: Rooms that no other room calls.
NO_DOOR = {"cli", "project"}
#: Names of a room's store that others take past its door, which is full at 20 names.
PAST_THE_DOOR = {
    "toguna.collect.store.counting": {"toguna.figures.opened", "toguna.registry.store.queries"},
    "toguna.journal.store.queries": {"toguna.maintenance.pack_files", "toguna.revisions.recording"},
}
#: The kernel says what a problem is; the command reports the rooms' own.
NO_CATALOGUE = {"cli", "kernel", "project"}
#: A library for others, `from toguna.check import check`, and the command's entry point.
OFFERS = {"check", "cli"}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_has_its_furniture(room: Path) -> None:
    readme = room / "README.md"
    assert readme.is_file(), f"write {room.name}/README.md: what enters, what leaves, what it never does"
    assert readme.read_text(encoding="utf-8").count("\n") <= 60, f"{room.name}/README.md is longer than a screen"
    if room.name not in NO_CATALOGUE:
        assert (room / "problems.py").is_file(), f"{room.name} has no catalogue of faults"
    if room.name not in OFFERS:
        package = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
        assert len(package.body) == 1 and ast.get_docstring(package), (
            f"{room.name}/__init__.py holds more than a docstring"
        )
    if room.name not in NO_DOOR:
        door = import_module(f"toguna.{room.name}.api").__all__
        assert 1 <= len(door) <= 20, f"the door of {room.name} has {len(door)} names"


def test_a_rooms_store_is_its_own() -> None:
    """Tables are read and written by their room alone. What `instance.store` offers (bulk inserts, locks, durable files) is every room's tool."""
    found: dict[str, set[str]] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            for other in named:
                match other.split("."):
                    case ["toguna", room, "store", *_] if room not in (module.split(".")[1], "instance"):
                        found.setdefault(".".join(other.split(".")[:4]), set()).add(module)
    reached = {store: where for store, where in found.items() if store.count(".") == 3}
    assert reached == PAST_THE_DOOR, "call the room's api or core, not its store"


_WALK = """
import sys
from importlib import import_module
from django.conf import settings
for name in sys.argv[1:]:
    import_module(name)
    assert not settings.configured, f"{name} configures Django"
"""


def test_every_core_imports_without_settings() -> None:
    """A heart that wants a configured Django is no heart: the compilers run in a worker or on an auditor's laptop."""
    cores = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(HOUSE.glob("*/core/**/*.py"))
    ]
    assert len(cores) > 150
    ran = subprocess.run([sys.executable, "-c", _WALK, *cores], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr[-2000:]


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
