"""The examples of docs/checker.md, as a reader copies them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from tests.check.readers.documents import pdf
from tests.house.code import ROOT

PAGE = (ROOT / "docs" / "checker.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.S)
WRONG = "At Mopti 187 persons (87 men, 28 women, 78 children) took part."


def test_the_three_examples_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "update.pdf").write_bytes(pdf(WRONG))
    made = docx.Document()
    made.add_paragraph(WRONG)
    made.save(str(tmp_path / "update.docx"))
    printed = []
    for example in EXAMPLES:
        exec(compile(example, "docs/checker.md", "exec"), {})
        printed.append(capsys.readouterr().out)
    first, second, third = printed
    assert first.startswith("update.pdf, page 1, line 1 The parts (87 + 28 + 78) add up to 193")
    assert second == "" and "font 193" in next(iter(docx.Document(str(tmp_path / "update.checked.docx")).comments)).text
    assert third == "fell 3,120 3,090\n"


@pytest.mark.slow
def test_the_example_for_scripts(tmp_path: Path) -> None:
    (script,) = re.findall(r"```\n(toguna check reports/.*?)```", PAGE, re.S)
    (tmp_path / "reports").mkdir()
    (tmp_path / "toguna").write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec python3 -m toguna "$@"\n', encoding="utf-8")
    (tmp_path / "toguna").chmod(0o755)
    path = f"{tmp_path}:{Path(sys.executable).parent}:/usr/bin:/bin"
    for text, status, words in (
        (WRONG, 1, "do not agree"),
        (WRONG.replace("187", "193"), 0, "The figures agree."),
        ("", 2, "could not be read"),
    ):
        made = docx.Document()
        if text:
            made.add_paragraph(text)
        made.save(str(tmp_path / "reports" / "a.docx"))
        ran = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True, timeout=120
        )
        assert (ran.returncode, words in ran.stdout) == (status, True), ran
