"""Texts that no officer writes: the engine neither breaks on them nor hangs, and twice the text is twice the work."""

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.check.api import Block, Cell, Document, Table, check, read_document

PIECES = [
    "people 12 (3 men, 4 women), ",
    "Gao (12), ",
    "( 12 men ",
    "including 12 men, ",
    "12 (34%) of 56, ",
    "two hundred and ",
    "9" * 40,
    "(12 ",
    "Of these 12 (34%) of 56, ",
    "1 200 cas dont 300 à Bunia et 900 à Beni, ",
    "12% A, 34% B, and 54% others. ",
    "43 people died and 12 were injured. ",
    "$640.4M\nRequis\n$192.1M\nReçu\n50%\nProgrès\n",
    "In May 412 cases, an increase of 12% compared to 380 in April. ",
    "from 12 to 34 (5%) and ",
    "Total: 3 men: 1 women: 2 ",
]


def document(text: str) -> Document:
    return Document(name="x", parts=(Block(text=text), Table(rows=((Cell(text=text), Cell(text="1 / 0 (5%)")),))))


def work(text: str) -> int:
    """How many calls a check of one block, and of a table of it, takes: the same on every machine."""
    return calls_of(document(text))


def work_of(text: str) -> int:
    """The same of a whole text."""
    return calls_of(read_document(text.encode(), "update.txt"))


def calls_of(read: Document) -> int:
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        check(read)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", PIECES)
def test_a_sentence_without_end_twice_as_long_takes_twice_the_work(piece: str) -> None:
    assert work(piece * 400) < 2.2 * work(piece * 200)


def test_opening_brackets_cost_a_handful_of_calls_each() -> None:
    many = 30_000
    assert work("(" * many) < 16 * many


@given(st.text(st.sampled_from("0123456789 ,.%()/-–:;\n'’aAàeédnostFMHUSD$€"), max_size=300))
def test_no_text_breaks_the_engine(text: str) -> None:
    for finding in check(document(text)):
        assert finding.message("en")
        assert finding.message("fr")
