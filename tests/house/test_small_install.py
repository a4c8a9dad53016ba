"""`toguna check` needs the small install alone."""

from __future__ import annotations

import ast
import json
import re
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
    "python-docx": "docx",
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


#: Where the closure begins: the verb, and what it loads by name.
_ROOTS = ("toguna/__main__.py", "toguna/cli/__init__.py", "toguna/cli/check.py", "toguna/check/**/*.py")
#: What Windows has not, or has in another way.
_UNIX = re.compile(
    r"\b(?:import|from) (?:fcntl|grp|pwd|pty|resource|termios|syslog|readline|posix)\b"
    r"|\bos\.(?:getuid|geteuid|getgid|fork|forkpty|symlink|link|chown|fchmod|fchown|mkfifo|killpg|getpgid|setsid|uname|sysconf|O_DIRECTORY|O_NOFOLLOW)\b"
    r"|\.(?:symlink_to|hardlink_to|readlink)\(|\bpath\.(?:owner|group)\("
    r"|signal\.(?:SIGKILL|SIGALRM|SIGHUP|SIGUSR1|alarm)\b"
    r"|[\"'](?:/(?:tmp|etc|usr|var|proc|dev|home|bin)\b|~/)"
    r"|AF_UNIX|\bselect\.(?:poll|epoll)\b"
)


def _closure() -> set[Path]:
    """Every module of ours that the verb may load."""
    waiting = [path for pattern in _ROOTS for path in ROOT.glob(pattern)]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
                if isinstance(node, ast.ImportFrom) and node.module
                else []
            )
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                place = ROOT.joinpath(*name.split("."))
                waiting += [own for own in (place.with_suffix(".py"), place / "__init__.py") if own.is_file()]
    return found


def test_nothing_that_a_check_may_load_is_missing_on_windows() -> None:
    closure = _closure()
    names = {path.relative_to(ROOT).as_posix() for path in closure}
    assert {"toguna/cli/command.py", "toguna/check/server.py", "toguna/kernel/core/ooxml.py"} <= names
    assert not any(name.startswith(("toguna/instance/", "toguna/publish/", "toguna/figures/")) for name in names)
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted(closure)
        for match in _UNIX.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_search_for_what_windows_lacks_finds_it() -> None:
    for line in (
        "import fcntl",
        "os.getuid()",
        "path.symlink_to(x)",
        'open("/tmp/x")',
        "signal.SIGKILL",
        "from resource import getrusage",
    ):
        assert _UNIX.search(line), line
    assert not _UNIX.search('posixpath.join("word/document.xml")')


def test_a_quote_is_printed_where_the_console_cannot_show_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("À Ménaka – ቤት – 187 persons (87 men, 28 women, 78 children)\n", encoding="utf-8")
    for how in ("table", "json", "csv"):
        ran = subprocess.run(
            [sys.executable, "-m", "toguna", "check", "a.txt", "--format", how],
            cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp1252"}, capture_output=True, timeout=60,
        )  # fmt: skip
        assert ran.returncode == 1, ran.stderr
        assert "187 persons" in ran.stdout.decode("utf-8")
