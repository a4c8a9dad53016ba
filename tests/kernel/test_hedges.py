"""Grammar 2: a hedge is true or false of a value; the same table serves compiler and checker."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.kernel.core.hedges import HEDGE_TABLE, HEDGES, Hedge, hedge_holds, hedge_of


@pytest.mark.parametrize(
    ("hedge", "exact", "printed", "true"),
    [
        ("about", 297, 300, True),
        ("about", 273, 300, True),
        ("about", 272, 300, False),
        ("about", 330, 300, True),
        ("about", 334, 300, False),
        ("about", 0, 0, True),
        ("over", 301, 300, True),
        ("over", 300, 300, False),
        ("over", 333, 300, True),
        ("over", 334, 300, False),
        ("at-least", 300, 300, True),
        ("at-least", 900, 300, True),
        ("at-least", 299, 300, False),
        ("nearly", 299, 300, True),
        ("nearly", 300, 300, False),
        ("nearly", 273, 300, True),
        ("nearly", 272, 300, False),
    ],
)
def test_conditions(hedge: Hedge, exact: int, printed: int, true: bool) -> None:
    assert hedge_holds(hedge, Decimal(exact), Decimal(printed)) is true


def test_every_hedge_has_words_and_a_condition_in_both_languages() -> None:
    assert set(HEDGE_TABLE) == set(HEDGES)
    for language in ("en", "fr"):
        words = [word for entry in HEDGE_TABLE.values() for word in entry.words[language]]
        assert len(words) == len(set(words)), "a word says one hedge only"
        assert all(entry.condition[language] for entry in HEDGE_TABLE.values())


def test_words_are_read() -> None:
    assert hedge_of("More  than", "en") == "over"
    assert hedge_of("plus d'", "fr") == "over"
    assert hedge_of("près de", "fr") == "about"
    assert hedge_of("exactly", "en") is None


@given(st.integers(0, 10**7), st.sampled_from([1, 10, 100, 1000]))
def test_rounding_the_hedges_way_never_says_more_than_is_so(exact: int, step: int) -> None:
    value = Decimal(exact)
    for hedge in ("over", "at-least"):
        rounded = (value / step).to_integral_value(HEDGE_TABLE[hedge].rounding) * step
        assert rounded <= value
    assert (value / step).to_integral_value(HEDGE_TABLE["nearly"].rounding) * step >= value
