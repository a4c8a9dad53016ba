"""`toguna check` as a person runs it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import docx
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
    assert "nowhere.txt: Le fichier ne s'ouvre pas\N{NO-BREAK SPACE}: il n'y en a pas de ce nom." in err


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
    monkeypatch.setattr(
        verb.checker, "check", lambda read: tuple(replace(one, confidence="low") for one in check(read))
    )
    assert main(["check", "wrong.txt"]) == 0
    assert "1 more that are only possible; --all shows them." in capsys.readouterr().out
    assert main(["check", "wrong.txt", "--all"]) == 1
    assert "187" in capsys.readouterr().out


def test_a_copy_with_comments_stands_beside_the_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = docx.Document()
    made.add_paragraph(WRONG.strip())
    made.save(str(folder / "update.docx"))
    before = (folder / "update.docx").read_bytes()
    assert main(["check", "update.docx", "--comment"]) == 1
    assert "Wrote update.checked.docx." in capsys.readouterr().out
    (comment,) = docx.Document(str(folder / "update.checked.docx")).comments
    assert "add up to 193" in comment.text
    assert main(["check", "update.docx", "--comment", "--language", "fr", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) and "update.checked-2.docx" in err
    assert "font 193" in next(iter(docx.Document(str(folder / "update.checked-2.docx")).comments)).text
    assert (folder / "update.docx").read_bytes() == before
    assert main(["check", "wrong.txt", "--comment"]) == 2
    assert "check.no_comments" in capsys.readouterr().err
    assert main(["check", "right.txt", "--comment"]) == 0


def test_ignored_with_name_and_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "wrong.txt", "--format", "json"])
    (finding,) = json.loads(capsys.readouterr().out)
    for more in ([], ["--name", "A. Diallo"], ["--name", "  ", "--reason", "x"]):
        assert main(["check", "wrong.txt", "--ignore", finding["id"], *more]) == 2
        assert "check.ignore_unsigned" in capsys.readouterr().err
    assert main(["check", "wrong.txt", "--ignore", "sum-0000000000", "--name", "A", "--reason", "b"]) == 2
    assert "has no finding sum-0000000000" in capsys.readouterr().err
    assert not (folder / "wrong.txt.toguna-ignore").exists()
    reason = "Six came | twice."
    assert main(["check", "wrong.txt", "--ignore", finding["id"], "--name", "A. Diallo", "--reason", reason]) == 0
    assert f"{finding['id']} | A. Diallo | Six came / twice." in (folder / "wrong.txt.toguna-ignore").read_text()
    capsys.readouterr()
    assert main(["check", "wrong.txt"]) == 0
    assert "1 finding is ignored in wrong.txt.toguna-ignore; --all shows it." in capsys.readouterr().out
    assert main(["check", "wrong.txt", "--all"]) == 1


def test_an_ignored_finding_that_is_gone_is_told_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ignored = folder / "right.txt.toguna-ignore"
    ignored.write_text("# ours\n\nsum-1234567890 | A. Diallo | gone since\n", encoding="utf-8")
    assert main(["check", "right.txt", "--language", "fr"]) == 0
    assert "sum-1234567890" in capsys.readouterr().out
    ignored.write_text("sum-1234567890 | A. Diallo\n", encoding="utf-8")
    assert main(["check", "right.txt"]) == 2
    assert "right.txt.toguna-ignore, line 1" in capsys.readouterr().err


def test_since_another_run_shows_what_is_new(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "wrong.txt", "--format", "json"]) == 1
    (folder / "run.json").write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["check", "wrong.txt", "--since", "run.json"]) == 0
    assert "1 finding was in run.json already." in capsys.readouterr().out
    (folder / "wrong.txt").write_text(WRONG + "In Gao, 23 of 104 wells (32.1%) are dry.\n", encoding="utf-8")
    assert main(["check", "wrong.txt", "--since", "run.json", "--format", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert finding["kind"] == "percentage"
    for broken in ("{", "{}", '[{"id": 1}]', "[" * 100_000):
        (folder / "broken.json").write_text(broken, encoding="utf-8")
        assert main(["check", "wrong.txt", "--since", "broken.json"]) == 2
        assert "check.not_a_run" in capsys.readouterr().err
    assert main(["check", "wrong.txt", "--since", "nowhere.json"]) == 2
