"""An instance of commit 9907250 answers today as it answered then, on both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.past.conftest import recorded
from toguna.cli import main
from toguna.instance.api import Instance

THEN: Mapping[str, Any] = recorded("9907250.json")
LAST = "23"


def test_the_fixture_stays_small() -> None:
    assert sum(path.stat().st_size for path in (Path(__file__).parent / "fixture").iterdir()) < 300_000


@pytest.mark.slow
def test_figures_and_their_trace_are_what_they_were(past: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    for reference in (key for key in THEN if key not in ("trace", "user list", "update editions")):
        now = told(past, capsys, "figures", reference, "--period", "2020-04", "--as-of", LAST)
        assert headless(now) == headless(THEN[reference])
    trace = told(past, capsys, "trace", "hygiene_participants", "--period", "2020-04", "--as-of", LAST)
    assert headless(trace) == headless(THEN["trace"])


def test_lists_have_every_key_that_they_had(past: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("user list", "update editions"):
        assert set(keys(THEN[verb])) <= set(keys(told(past, capsys, *verb.split())))


@pytest.mark.slow
def test_it_verifies_and_its_edition_is_made_again(past: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--editions", "--home", str(past.home)]) == 0, capsys.readouterr().err


def told(past: Instance, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main([*words, "--home", str(past.home), "--format", "json"]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def headless(answer: Any) -> Any:
    """Without the journal's head, which is another one on PostgreSQL, and without the engines, which traces did not name then."""
    if isinstance(answer, dict):
        return {key: headless(value) for key, value in answer.items() if key not in ("head", "engines")}
    return [headless(item) for item in answer] if isinstance(answer, list) else answer


def keys(answer: Any, under: str = "") -> Iterator[str]:
    """Every key, with the keys above it."""
    for key, value in answer.items() if isinstance(answer, dict) else ():
        yield f"{under}.{key}"
        yield from keys(value, f"{under}.{key}")
    for item in answer if isinstance(answer, list) else ():
        yield from keys(item, under)
