"""``toguna forms publish``: a new version, what it refuses, and that it breaks nothing of the old."""

from __future__ import annotations

from pathlib import Path

import pytest

from toguna.access.api import acting, add_account
from toguna.cli import main
from toguna.collect.api import schema_of
from toguna.instance.api import Instance
from toguna.journal import api as journal

FORM = """
| survey | | | | |
| | type | name | label::English (en) | bind::tg:sensitivity |
| | date | day | Day | internal |
| | TYPE | women | Women | internal |
| settings | | | | |
| | form_id | form_title | version | default_language | tg:date |
| | visit | Visit | VERSION | English (en) | day |
"""


def run(instance: Instance, *words: str) -> int:
    return main([*words, "--home", str(instance.home)])


def written(folder: Path, version: str, kind: str) -> str:
    path = folder / f"visit-{version}.md"
    path.write_text(FORM.replace("VERSION", version).replace("TYPE", kind), encoding="utf-8")
    return str(path)


def test_two_versions_take_in_their_own_submissions(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(instance, "forms", "publish", written(tmp_path, "1", "integer")) == 0
    old = tmp_path / "template-1"
    assert run(instance, "forms", "template", "visit", "--format", "csv", "-o", str(old)) == 0
    assert run(instance, "forms", "publish", written(tmp_path, "2", "decimal"), "--language", "fr") == 0
    assert "visit, version 2, est publié." in capsys.readouterr().out
    assert (schema_of("visit").version, schema_of("visit", "1").version) == ("2", "1")
    sheet = old / "visit.csv"
    sheet.write_bytes(sheet.read_bytes().rstrip() + b"\r\n2016-12-05,3\r\n")
    assert run(instance, "load", str(sheet)) == 0, "last version's template is understood"
    assert len(list(journal.acts(kinds=("form.published",)))) == 2
    assert len(list(journal.acts(kinds=("submission.received",)))) == 1


def test_what_cannot_be_published_is_told_and_the_others_are(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_account("moussa", ["data_manager"], acting(None))
    bad, good = written(tmp_path, "1", "integr"), written(tmp_path, "2", "integer")
    assert run(instance, "forms", "publish", bad, str(tmp_path / "none.md"), good) == 1
    told = capsys.readouterr()
    assert "[forms.type_unknown]" in told.err and "[forms.cannot_open]" in told.err
    assert told.out == "Published visit, version 2.\n"
    assert run(instance, "forms", "publish", written(tmp_path, "3", "text"), "--as", "moussa") == 1
    assert "[access.not_permitted]" in capsys.readouterr().err
    assert len(list(journal.acts(kinds=("form.published",)))) == 1
