"""Help in the language of the person: every sentence of every verb, and what argparse says itself."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from toguna.cli.command import VERBS, main, parser_of
from toguna.cli.parsing import language_of
from toguna.kernel.core.messages import translated
from tools import messages

FRENCH = {
    entry.id: entry.string for entry in messages.merged("fr", "toguna", messages.by_domain()["toguna"]) if entry.id
}


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser and those of its words."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in dict.fromkeys(action.choices.values()):
                yield from parsers(each)


def of_verb(name: str, language: str) -> list[argparse.ArgumentParser]:
    return list(parsers(parser_of(name, import_module(VERBS[name].module), language=language)))


@pytest.mark.parametrize("name", VERBS)
def test_every_sentence_of_the_help_has_a_french_one(name: str) -> None:
    for parser in of_verb(name, "en"):
        for action in parser._actions:
            if action.help and action.help != argparse.SUPPRESS and action.dest != "state":
                assert action.help in FRENCH, f"{parser.prog} {action.dest}: {action.help}"
            for word in action._choices_actions if isinstance(action, argparse._SubParsersAction) else ():
                assert word.help in FRENCH, f"{parser.prog} {word.dest}: {word.help}"
    assert VERBS[name].does in FRENCH


@pytest.mark.parametrize("name", VERBS)
def test_no_english_is_left_in_french_help(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    for english, french in zip(of_verb(name, "en"), of_verb(name, "fr"), strict=True):
        told, page = english.format_help(), french.format_help()
        for sentence, translation in FRENCH.items():
            if _worded(sentence) and not translation.startswith(sentence):
                assert not (sentence in told and _whole(sentence, page)), f"{french.prog}: {sentence!r} is not French"
        assert "show this help" not in page and "afficher cette aide" in page


def _worded(sentence: object) -> bool:
    return isinstance(sentence, str) and len(sentence) > 6 and "%" not in sentence


def _whole(sentence: str, page: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(sentence)}(?![\w-])", page) is not None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["doctor", "--nothing"], "arguments inconnus : --nothing"),
        (["restore"], "arguments requis manquants : FICHIER"),
        (["doctor", "-o"], "argument -o/--output : un argument est attendu"),
        (["doctor", "--format", "pdf"], "argument --format : choix incorrect : 'pdf' (choisissez parmi 'table', 'csv', 'json')"),
        (["doctor", "--language", "french"], "écrivez deux ou trois lettres"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_words_is_said_in_french(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOGUNA_LANG", "fr")
    with pytest.raises(SystemExit) as stopped:
        main(words)
    told = capsys.readouterr().err.replace("\N{NO-BREAK SPACE}", " ")
    assert stopped.value.code == 2
    assert said in told and told.startswith("usage : toguna")
    assert "error" not in told


def test_the_language_is_that_of_the_option_then_of_the_variable_then_of_the_locale() -> None:
    asked = ["figures", "--language", "es"]
    assert language_of(asked, {"TOGUNA_LANG": "fr"}) == "es"
    assert language_of(["figures", "--language=ar"], {}) == "ar"
    assert language_of(["figures"], {"TOGUNA_LANG": "fr", "LANG": "es_ES.UTF-8"}) == "fr"
    assert language_of(["figures"], {"LANG": "fr_ML.UTF-8"}) == "fr"
    assert language_of(["figures"], {"LC_ALL": "C.UTF-8", "LANG": "fr_ML"}) == "en"
    assert language_of(["figures"], {"LC_ALL": "", "LC_MESSAGES": "fr", "LANG": "en_GB"}) == "fr"
    assert language_of([], {}) == "en"
    # No language: passed over, and refused where it was typed.
    assert language_of(["figures", "--language", "xx"], {"TOGUNA_LANG": "zz", "LANG": "fr_ML"}) == "fr"
    assert language_of(["figures"], {"TOGUNA_LANG": "xx"}) == "en"


@pytest.mark.parametrize("code", ["xx", "zz", "es_ES", "français", "e"])
def test_a_code_that_is_no_language_is_refused_with_a_sentence(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["figures", "refugees"], ["check", "none.docx"], ["verify"], ["update", "check", "2016-12.en"]):
        with pytest.raises(SystemExit) as ended:
            main([*words, f"--language={code}", "--home", "none"])
        assert ended.value.code == 2
        assert "no language is known by this code" in capsys.readouterr().err


def test_an_overview_is_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "fr"]) == 0
    assert "calcule des chiffres" in capsys.readouterr().out
    assert main(["figure", "--language", "fr"]) == 2
    assert "n'a pas de verbe" in capsys.readouterr().err


def test_another_language_reads_english_help() -> None:
    assert of_verb("doctor", "es")[0].format_help() == of_verb("doctor", "en")[0].format_help()


def test_the_words_of_the_process_are_as_before() -> None:
    before = dict(os.environ)
    of_verb("update", "fr")[0].format_help()
    assert dict(os.environ) == before
    assert translated("usage: ", "fr") == "usage\N{NO-BREAK SPACE}: "
