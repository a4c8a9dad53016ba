"""What a verb loads: libraries that cost more than 30 ms are loaded by the modules that pyproject.toml names, and by verbs that use them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from tests.house.code import ROOT, modules

LISTED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["toguna"]["loaded_by_name"]
#: Libraries whose import takes long; a verb loads those that its work needs before it reads anything.
HEAVY = {
    "argon2", "deltalake", "docx", "duckdb", "elementpath", "fastexcel", "highspy", "openpyxl", "PIL", "polars", "psycopg", "pyarrow",
    "pypdfium2", "pyxform", "sqlglot", "xlrd", "xlsxwriter",
}  # fmt: skip
#: The heavy libraries that a verb's module and what it imports load.
LOADED = {
    "backup": set(),
    "doctor": set(),
    "forms": set(),
    "load": {"polars"},
    "review": set(),
    "user": set(),
}

_RUN = """
import json, sys
from pathlib import Path
from toguna.instance.api import configure
configure(Path("no-instance"))
from importlib import import_module
import_module("toguna.cli." + sys.argv[1])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_libraries_loaded_by_name_are_listed() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        for library in re.findall(r'library\("([\w.]+)"\)', path.read_text(encoding="utf-8")):
            found[library.partition(".")[0]].add(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert {name: sorted(where) for name, where in found.items()} == {
        name: sorted(where) for name, where in LISTED.items()
    }


#: What `toguna check` must not load for a text: readers of other kinds, writers, the server, what draws tables.
NOT_FOR_A_TEXT = {
    "lxml",
    "markdown_it",
    "pypdfium2",
    "docx",
    "rich",
    "http.server",
    "socket",
    "logging.config",
    "babel",
    "num2words",
}

_CHECK = """
import json, sys
from toguna.cli import main
status = main(["check", "update.txt"])
print(json.dumps([status, sorted(sys.modules)]))
"""


def test_a_check_of_a_text_loads_little(tmp_path: Path) -> None:
    (tmp_path / "update.txt").write_text(
        "At Mopti 193 persons (87 men, 28 women, 78 children) took part.\n", encoding="utf-8"
    )
    ran = subprocess.run(
        [sys.executable, "-c", _CHECK],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    status, loaded = json.loads(ran.stdout.splitlines()[-1])
    assert status == 0 and "toguna.check.core.engine" in loaded
    assert NOT_FOR_A_TEXT & set(loaded) == set()


@pytest.mark.parametrize("verb", LOADED)
def test_a_verb_loads_what_it_uses(verb: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, verb],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert HEAVY & set(json.loads(ran.stdout)) == LOADED[verb], f"import in toguna {verb} only what it uses"
