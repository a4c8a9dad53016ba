"""Texts that no officer writes: the engine neither breaks on them nor hangs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.check.api import Block, Cell, Document, Table, check

PIECES = [
    "people 12 (3 men, 4 women), ",
    "Gao (12), ",
    "( 12 men ",
    "including 12 men, ",
    "12 (34%) of 56, ",
    "two hundred and ",
    "9" * 40,
]


def document(text: str) -> Document:
    return Document(name="x", parts=(Block(text=text), Table(rows=((Cell(text=text), Cell(text="1 / 0 (5%)")),))))


@pytest.mark.parametrize("piece", PIECES)
def test_a_sentence_without_end_takes_no_more_than_its_length(piece: str) -> None:
    start = time.perf_counter()
    check(document(piece * 500))
    assert time.perf_counter() - start < 15


@given(st.text(st.sampled_from("0123456789 ,.%()/-–:;\n'’aAàeédnostFMHUSD$€"), max_size=300))
def test_no_text_breaks_the_engine(text: str) -> None:
    for finding in check(document(text)):
        assert finding.message("en")
        assert finding.message("fr")
