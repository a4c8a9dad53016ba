"""`toguna check` as a person runs it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from toguna.check.api import check
from toguna.cli import check as verb
from toguna.cli import main

WRONG = "At Mopti 187 persons (87 men, 28 women, 78 children) took part.\n"
RIGHT = "At Mopti 193 persons (87 men, 28 women, 78 children) took part.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "right.txt").write_text(RIGHT, encoding="utf-8")
    return tmp_path


def test_statuses(folder: Path) -> None:
    assert main(["check", "right.txt"]) == 0
    assert main(["check", "right.txt", "wrong.txt"]) == 1
    assert main(["check", "nowhere.txt"]) == 2


def test_json_has_the_grammars_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "wrong.txt", "--format", "json"])
    (finding,) = json.loads(capsys.readouterr().out)
    keys = ["id", "file", "kind", "quote", "page", "line", "expected", "found", "confidence", "message"]
    assert list(finding)[: len(keys)] == keys
    assert (finding["file"], finding["kind"], finding["line"]) == ("wrong.txt", "sum", 1)
    assert (finding["expected"], finding["found"]) == ("193", "187")


def test_json_of_nothing_is_an_empty_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "right.txt", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "wrong.txt", "--format", "csv"])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["expected"] == "193"


def test_one_bad_file_does_not_hide_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    assert main(["check", "scan.pdf", "wrong.txt", "nowhere.txt", "--language", "fr"]) == 2
    out, err = capsys.readouterr()
    assert "187" in out
    assert "scan.pdf: Le PDF est abîmé ou tronqué." in err
    assert "nowhere.txt: Le fichier ne s'ouvre pas : il n'y en a pas de ce nom." in err


def test_html_is_written_whole_or_not_at_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "wrong.txt", "right.txt", "--html", "out.html"]) == 1
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert page.count("<article>") == 2 and page.endswith("</html>\n")
    assert main(["check", "wrong.txt", "--html", "wrong.txt"]) == 2
    assert (folder / "wrong.txt").read_text(encoding="utf-8") == WRONG
    assert main(["check", "wrong.txt", "--html", "nowhere/out.html"]) == 2
    assert "check.html_not_written" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["out.html", "right.txt", "wrong.txt"]


def test_what_is_only_possible_is_told_of_and_shown_on_asking(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verb, "check", lambda read: tuple(replace(one, confidence="low") for one in check(read)))
    assert main(["check", "wrong.txt"]) == 0
    assert "1 more that are only possible; --all shows them." in capsys.readouterr().out
    assert main(["check", "wrong.txt", "--all"]) == 1
    assert "187" in capsys.readouterr().out
