"""What verbs say of their own stands in one table, in English and French."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from toguna.cli.words import WORDS

CLI = Path(__file__).parents[2] / "toguna" / "cli"


@pytest.mark.parametrize("path", sorted(CLI.glob("*.py")), ids=lambda path: path.name)
def test_no_verb_prints_a_sentence_of_its_own(path: Path) -> None:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("print", "progress"):
            for part in (one for argument in call.args for one in _texts(argument)):
                assert not re.search(r"[A-Za-z]{2}", part.replace("toguna", "")), (
                    f"{path.name}:{call.lineno}: put {part!r} into words.py"
                )


def test_every_stretch_of_work_has_a_name() -> None:
    """Rooms name what a progress bar is about; `toguna new` says it in the reader's language."""
    named = set(re.findall(r'progress\("(\w+)"', (CLI.parent / "pack" / "new.py").read_text(encoding="utf-8")))
    assert named and named <= set(WORDS)


def _texts(node: ast.expr) -> list[str]:
    """What is printed as it stands: a text, or the fixed parts of one."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return [text for part in node.values for text in _texts(part)]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body), *_texts(node.orelse)]
    if isinstance(node, ast.BinOp):
        return [*_texts(node.left), *_texts(node.right)]
    return []
