"""Numbers in words, both languages: what num2words writes is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from toguna.kernel.core.number_words import parse_words, run_length


@given(st.integers(0, 999_999_999), st.sampled_from(["en", "fr"]))
def test_what_is_written_is_read_back(value: int, language: str) -> None:
    words = num2words(value, lang=language).replace(",", "").split()
    assert parse_words(words) == value
    assert run_length(words) == len(words)


@pytest.mark.parametrize("words", ["two three", "vingt trente", "hundred two hundred", "people", "six of nine"])
def test_two_numbers_are_not_one(words: str) -> None:
    assert parse_words(words.split()) is None


def test_a_run_ends_where_the_number_does() -> None:
    assert run_length(["two", "hundred", "and", "six", "people"]) == 4
    assert run_length(["three", "and", "a", "half"]) == 1
    assert run_length(["deux", "cent", "trente-deux", "nouveaux", "contacts"]) == 3
