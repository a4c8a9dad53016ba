"""`make wheel`, and the wheel installed into a clean environment as an officer does it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from tests.check.readers.documents import pdf
from tests.check.readers.test_office import SLIDE, presentation, workbook
from tests.house.code import ROOT

pytestmark = pytest.mark.slow
WRONG = "At Mopti 187 persons (87 men, 28 women, 78 children) took part."
#: The system's own Python, which has pip.
PYTHON = (
    shutil.which(
        "python3",
        path=os.pathsep.join(own for own in os.environ.get("PATH", "").split(os.pathsep) if ".venv" not in own),
    )
    or ""
)


def ran(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source") / "toguna"
    kept = ("toguna", "pyproject.toml", "README.md", "Makefile", "LICENSE")
    source.mkdir()
    for name in kept:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, source / name)
    made = ran("make", "wheel", f"PYTHON={PYTHON}", cwd=source)
    if made.returncode:
        pytest.skip(
            f"the wheel cannot be built: pip has no index to take setuptools from, or is missing: {made.stderr[-200:]}"
        )
    (found,) = (source / "dist").glob("toguna-*.whl")
    return found


@pytest.fixture
def documents(tmp_path: Path) -> list[str]:
    made = docx.Document()
    made.add_paragraph(WRONG)
    made.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.pdf").write_bytes(pdf(WRONG))
    (tmp_path / "c.xlsx").write_bytes(
        workbook(("S", [["", "Men"], ["Gao", 14], ["Mopti", 16], ["Ségou", 19], ["Total", 69]]))
    )
    (tmp_path / "d.pptx").write_bytes(presentation(SLIDE))
    (tmp_path / "e.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / "f.html").write_text(f"<p>{WRONG}</p>", encoding="utf-8")
    return sorted(path.name for path in tmp_path.iterdir())


def checked(toguna: Path, documents: list[str], folder: Path) -> None:
    run = ran(str(toguna), "check", *documents, "--format", "json", cwd=folder)
    assert run.returncode == 1, run.stderr
    assert {row["file"] for row in json.loads(run.stdout)} == set(documents)
    run = ran(str(toguna), "check", "a.docx", "b.pdf", "--comment", "--language", "fr", cwd=folder)
    assert run.returncode == 1 and "font 193" in run.stdout, run.stderr
    assert (folder / "a.checked.docx").exists() and (folder / "b.checked.pdf").exists()


def test_pip_install_into_a_clean_environment(wheel: Path, documents: list[str], tmp_path: Path) -> None:
    home = tmp_path.parent / f"{tmp_path.name}-env"
    assert ran(PYTHON, "-m", "venv", "--without-pip", str(home), cwd=tmp_path).returncode == 0
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    installed = ran(
        PYTHON, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet", str(wheel), cwd=tmp_path
    )
    if installed.returncode:
        pytest.skip(f"the wheel's libraries cannot be installed: no index: {installed.stderr[-200:]}")
    listed = ran(PYTHON, "-m", "pip", "--python", str(scripts / "python"), "list", "--format", "json", cwd=tmp_path)
    names = {own["name"].lower() for own in json.loads(listed.stdout)}
    assert names == {"toguna", "lxml", "markdown-it-py", "mdurl", "pypdfium2", "rich", "pygments"}
    checked(scripts / "toguna", documents, tmp_path)


def test_pipx_install(wheel: Path, documents: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipx = shutil.which("pipx")
    if pipx is None:
        pytest.skip("pipx is not installed")
    home = tmp_path.parent / f"{tmp_path.name}-pipx"
    monkeypatch.setenv("PIPX_HOME", str(home))
    monkeypatch.setenv("PIPX_BIN_DIR", str(home / "bin"))
    installed = ran(pipx, "install", str(wheel), cwd=tmp_path)
    if installed.returncode:
        pytest.skip(f"the wheel's libraries cannot be installed: no index: {installed.stderr[-200:]}")
    checked(home / "bin" / "toguna", documents, tmp_path)
