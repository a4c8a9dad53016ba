"""The scored table: documents written by program, one figure altered or none (`docs/checker.md`)."""

import pytest

from tests.check.written import documents, found, traps
from tests.house.code import forms_of
from toguna.check.core.sentences import FINDINGS
from toguna.kernel.api import LANGUAGES


def test_altered_figures_are_found_and_the_others_left_alone() -> None:
    altered = held = hits = false = 0
    for document in documents(seed=3, rounds=1):
        shown = bool(found(document.text))
        if document.altered:
            altered, hits = altered + 1, hits + shown
        else:
            held, false = held + 1, false + shown
    assert altered == held > 80
    assert hits / altered >= 0.9
    assert false == 0


@pytest.mark.slow
def test_the_scored_table_keeps_its_promise() -> None:
    outcome = [(document.altered, bool(found(document.text))) for document in documents(seed=5, rounds=6)]
    altered = [shown for was_altered, shown in outcome if was_altered]
    held = [shown for was_altered, shown in outcome if not was_altered]
    assert len(altered) == len(held) > 500
    assert sum(altered) / len(altered) >= 0.92
    assert sum(held) / len(held) <= 0.02


@pytest.mark.parametrize("text", list(traps()))
def test_a_trap_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_findings_are_said_in_both_languages() -> None:
    for fault in FINDINGS.values():
        for language in LANGUAGES:
            for sentence in (fault.what, fault.cure):
                assert all(form.endswith(".") for form in forms_of(sentence, language, fault.domain))
