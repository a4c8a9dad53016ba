"""Whatever writes into the instance folder, its files are 0600 and its folders 0700; what older instances hold is closed by the migration."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.test_release import FORM, INDICATORS
from tests.revised import revise
from toguna.access.api import acting
from toguna.cli import main
from toguna.collect.api import publish_form
from toguna.instance.api import Instance, close_modes


def open_paths(home: Path) -> list[str]:
    """What in the folder somebody else may reach, with its mode."""
    return [
        f"{path} {stat.S_IMODE(path.stat().st_mode):03o}"
        for path in (home, *home.rglob("*"))
        if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    ]


def test_every_verb_leaves_the_folder_to_its_owner(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "help.md").write_text(FORM, encoding="utf-8")
    publish_form(tmp_path / "help.md", acting(None))
    revise({"indicators/helped.yaml": INDICATORS})
    (tmp_path / "help.csv").write_text("day,sex\n2016-12-01,f\n2016-12-02,m\n", encoding="utf-8")
    home = ["--home", str(instance.home)]
    for words in (
        ["load", str(tmp_path / "help.csv"), "--form", "help"],
        ["figures", "helped", "--period", "2016-12", "--by", "sex"],
        ["trace", "helped", "--period", "2016-12"],
        ["cutoff", "2016-12"],
        ["backup", str(instance.home / "backups" / "one.zip")],
        ["verify"],
    ):
        main([*words, *home])
        capsys.readouterr()
        assert open_paths(instance.home) == [], words
    assert any(instance.lake.rglob("*.parquet")) and any(instance.cache.rglob("*")), "there was something to leave open"


def test_a_folder_is_closed_with_all_that_is_in_it(tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    (inside / "c").write_text("x", encoding="utf-8")
    for path in (tmp_path / "a", inside, inside / "c"):
        path.chmod(0o755)
    close_modes(tmp_path / "a")
    assert open_paths(tmp_path / "a") == []
