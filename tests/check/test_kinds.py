"""Kinds of miss and of false finding, by generated documents: what must be found is found, what must stay silent is silent."""

from collections import Counter

import pytest

from tests.check.kinds.generator import Drawn, documents, templates
from toguna.check.api import Finding, check, read_document

#: By kind, how many of 100 altered documents are to be found at least.
FOUND = {
    "M1": 95,
    "M2": 95,
    "M3": 90,
    "M4": 80,
    "M5": 85,
    "M6": 85,
    "M7": 90,
    "M8": 75,
    "M11": 85,
    "M12": 75,
    "M13": 90,
}
KINDS = sorted({kind for kind, *_ in templates()})
DRAWN = list(documents(held=False))


def shown(document: Drawn) -> list[Finding]:
    found = check(read_document(document.text.encode(), "update.txt"))
    return [finding for finding in found if finding.confidence != "low"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_holds_is_left_alone(kind: str) -> None:
    quiet = [document for document in DRAWN if document.kind == kind and not document.altered]
    assert quiet
    assert [document.text for document in quiet if shown(document)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_holds_is_left_alone_where_each_line_is_a_paragraph(kind: str) -> None:
    texts = [own.text.replace("\n", "</p><p>") for own in DRAWN if own.kind == kind and not own.altered]
    told = [
        text
        for text in texts
        for own in check(read_document(f"<p>{text}</p>".encode(), "u.html"))
        if own.confidence != "low"
    ]
    assert told == []


@pytest.mark.parametrize("kind", sorted(FOUND))
def test_an_altered_figure_is_found(kind: str) -> None:
    altered = [document for document in DRAWN if document.kind == kind and document.altered]
    missed = [document.text for document in altered if not shown(document)]
    assert altered and 100 * (len(altered) - len(missed)) >= FOUND[kind] * len(altered), missed


def test_high_means_it_and_is_not_spared() -> None:
    """Of the findings marked `high` nine in ten are true, and half of the true ones are marked so."""
    told = Counter((finding.confidence, document.altered) for document in DRAWN for finding in shown(document))
    assert told["high", True] >= 0.9 * (told["high", True] + told["high", False])
    assert told["high", True] >= 0.5 * (told["high", True] + told["medium", True])
