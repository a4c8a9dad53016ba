"""`toguna check` needs the small install alone."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: The import names of what a distribution of another name brings.
_NAMES = {
    "argon2-cffi": "argon2",
    "pyyaml": "yaml",
    "psycopg[binary]": "psycopg",
    "Jinja2": "jinja2",
    "pillow": "PIL",
}

_RUN = """
import json, sys
from toguna.cli import main
status = main(["check", *sys.argv[1:], "--html", "page.html", "--format", "json"])
print(json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def _server_modules() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set()
    for line in project["optional-dependencies"]["server"]:
        distribution = line.lower()
        for mark in (">", "<", "=", " ", "~"):
            distribution = distribution.partition(mark)[0]
        named.add(_NAMES.get(distribution, distribution.partition("[")[0]))
    return named


def test_checking_a_document_loads_no_library_of_the_server(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("193 persons (87 men, 28 women, 78 children)\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("| a | b |\n|---|---|\n| 1 | 2 |\n", encoding="utf-8")
    (tmp_path / "c.html").write_text("<p>12 wells</p>", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, "a.txt", "b.md", "c.html"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    status, modules = json.loads(ran.stdout.splitlines()[-1])
    assert status == 0
    loaded = _server_modules() & set(modules)
    assert not loaded, (
        f"toguna.check or toguna.cli.check imports {sorted(loaded)}; keep the checker on the small install"
    )
    assert len(_server_modules()) >= 15
    assert not {"toguna.instance", "django"} & set(modules)
