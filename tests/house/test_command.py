"""docs/command.md says of each verb what the verb says of itself, and every command in our documents is one."""

import os
import re
from importlib import import_module

import pytest

from tests.house.code import ROOT
from toguna.cli.command import VERBS, main, parser_of
from toguna.kernel.core.messages import translated

PAGES = {"en": ROOT / "docs" / "command.md", "fr": ROOT / "docs" / "fr" / "commande.md"}
_HEADS = {
    "en": (
        "# The command",
        "",
        "`toguna` works on an instance folder: `--home DIR`, else `$TOGUNA_HOME`, else `./var`. Exit status: 0 done, 1 found faults, 2 could not run.",
        "Without installing it: `.venv/bin/python -m toguna`. In French: [fr/commande.md](fr/commande.md).",
        "",
        "| verb | does |",
        "| --- | --- |",
    ),
    "fr": (
        "# La commande",
        "",
        "`toguna` travaille sur le dossier d'une instance : `--home DIR`, sinon `$TOGUNA_HOME`, sinon `./var`. Code de sortie : 0 fait, 1 fautes trouvées,",
        "2 n'a pas pu s'exécuter. Sans l'installer : `.venv/bin/python -m toguna`. Pour la lire en français : `--language fr` ou `TOGUNA_LANG=fr`.",
        "",
        "| verbe | ce qu'il fait |",
        "| --- | --- |",
    ),
}
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "toguna").rglob("README.md")]


def page(language: str) -> str:
    """The page, from the verbs themselves."""
    parts = [*_HEADS[language]]
    parts += [f"| [`{name}`](#{name}) | {translated(verb.does, language)} |" for name, verb in VERBS.items()]
    for name, verb in VERBS.items():
        told = parser_of(name, import_module(verb.module), language=language).format_help().strip()
        parts += ["", f"## {name}", "", "```", told, "```"]
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("language", PAGES)
def test_the_page_says_what_the_verbs_say(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.delenv("TOGUNA_HOME", raising=False)
    path = PAGES[language]
    if os.environ.get("TOGUNA_WRITE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(language), encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    assert kept == page(language), "write it anew: TOGUNA_WRITE=1 python -m pytest tests/house/test_command.py"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_a_document_shows_is_one(path) -> None:  # type: ignore[no-untyped-def]
    for block in re.findall(r"```[a-z]*\n(.*?)```", path.read_text(encoding="utf-8"), re.S):
        for verb in re.findall(r"^\s*(?:\$ )?(?:\S*python -m )?toguna ([a-z]+)", block, re.M):
            assert verb in VERBS or verb == "help", f"{path.name}: toguna {verb} is no verb"


def test_an_unknown_verb_is_told_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figure"]) == 2
    assert "no verb 'figure'" in capsys.readouterr().err


def test_a_path_that_cannot_be_read_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "pages", "operations/mali", "-o", "/proc/nowhere/docs", "--language", "fr"]) == 2
    told = capsys.readouterr().err
    assert "le système dit" in told and "Traceback" not in told
