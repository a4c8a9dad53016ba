"""What pages say: every sentence is used, and every one that is used is there."""

from __future__ import annotations

import re

import pytest

from tests.house.code import HOUSE
from toguna.access.api import rights
from toguna.figures.core.definition import BASES
from toguna.figures.core.figure import STATUSES
from toguna.web.words import WORDS, said

WEB = HOUSE / "web"
#: Names that are put together from what a figure, a role or a status is.
BUILT = {f"basis_{basis}" for basis in (*BASES, "stated")} | {f"known_{basis}" for basis in BASES}
BUILT |= {f"state_{status}" for status in STATUSES if status != "value"} | {f"role_{role}" for role in rights().roles}
BUILT |= {"sex_f", "sex_m", "more_than_before", "less_than_before", "yes", "no"}


def used() -> set[str]:
    templates = "".join(path.read_text() for path in (WEB / "templates").rglob("*.html"))
    code = "".join(path.read_text() for path in WEB.rglob("*.py") if path.name != "words.py")
    return set(re.findall(r"{% say '(\w+)'", templates)) | set(re.findall(r'"(\w+)"', code))


def test_every_sentence_is_used() -> None:
    split = {
        name
        for name in WORDS
        if name.startswith(("by_", "problem_", "nav_", "row_", "aside_", "arrival_", "edition_", "in_", "file_"))
    }
    assert set(WORDS) - used() - BUILT - split == set()


def test_every_sentence_that_is_used_is_there() -> None:
    templates = "".join(path.read_text() for path in (WEB / "templates").rglob("*.html"))
    assert set(re.findall(r"{% say '(\w+)'", templates)) - set(WORDS) == set()
    assert BUILT - set(WORDS) == set()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_without_details_are_whole(language: str) -> None:
    for name, text in WORDS.items():
        if isinstance(text, str) and "{" not in text:
            assert said(name, language)
