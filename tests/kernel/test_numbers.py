"""The one lexer of numbers: what a text prints in digits and words, both languages, and why lookalikes count nothing."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from toguna.check.core.quantities import read
from toguna.kernel.api import Language
from toguna.kernel.core.numbers import Number, read_numbers
from toguna.publish.core.numerals import numerals, value_of

#: A sentence, its language, and the values that it prints.
SENTENCES: list[tuple[str, Language, list[str]]] = [
    ("In zone 4: 37 households were met.", "en", ["37"]),
    ("Dans la zone 4 : 37 ménages ont été vus.", "fr", ["37"]),
    ("The session began at 10:45 with 37 women.", "en", ["37"]),
    ("La séance a commencé à 10 h 30 avec 37 femmes.", "fr", ["37"]),
    ("Two thousand three hundred people returned.", "en", ["2300"]),
    ("Two thousand, three hundred and six people returned.", "en", ["2306"]),
    ("Deux mille trois cents personnes sont revenues.", "fr", ["2300"]),
    ("Deux mille personnes sont revenues, dont trois cents femmes.", "fr", ["2000", "300"]),
    ("Six hundred thirty-seven thousand, three hundred sixty-four cases.", "en", ["637364"]),
    ("Trois mille trois cent septante huit personnes.", "fr", ["3378"]),
    ("Quatre-vingt-dix-sept mille écoliers.", "fr", ["97000"]),
    ("Deux-mille-trois-cents personnes.", "fr", ["2300"]),
    ("A thousand kits and a hundred tents.", "en", ["1000", "100"]),
    ("Two dozen tents and 12 latrines.", "en", ["24", "12"]),
    ("Some 6,954 people, 135 985 refugees and 17.041 returnees.", "en", ["6954", "135985", "17041"]),
    ("Environ 1,2 million de personnes et 49,5 % des ménages.", "fr", ["1200000", "49.5"]),
    ("On 12 June 2016, 40 people came; since 2014, 90.", "en", ["40", "90"]),
    ("Le 1er mai 2016, neuf personnes ont reçu un véhicule neuf.", "fr", ["9"]),
    ("The 2025 Response Plan counts 300 partners.", "en", ["300"]),
    ("En 2016, les 2016 personnes de la liste.", "fr", ["2016"]),
    ("Resolution 2100 and Law 98-040 concern 12 sites.", "en", ["12"]),
    ("COVID-19 and H1N1: 7 cases on page 4 of report #39.", "en", ["7"]),
    ("One teacher stayed; one of them left; each one is paid.", "en", ["1"]),
    ("Ten per cent of 40 people; dix pour cent.", "en", ["10", "40"]),
    ("Sept. 2020: sept personnes, seven people.", "fr", ["7"]),
    ("In zone 4:37 households and in camp 10:30 families were met; doors open at 10:30.", "en", ["37", "30"]),
    ("About 12\u2007345 people.", "en", ["12345"]),
    ("On January 24 returnees (14 women) came home; January 24 was a Monday.", "en", ["24", "14"]),
]


@pytest.mark.parametrize(("text", "language", "expected"), SENTENCES)
def test_compiler_and_checker_read_the_same_values(text: str, language: Language, expected: list[str]) -> None:
    values = [Decimal(value) for value in expected]
    assert [number.value for number in read_numbers(text, language).numbers] == values
    assert [numeral.value for numeral in numerals(text, language)] == values
    assert set(values) <= {quantity.value for quantity in read(text).quantities}


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("at 10:45", "time"),
        ("on 2016-12-01", "date"),
        ("on 3 May", "date"),
        ("in 2016", "year"),
        ("at 6 pm", "time"),
        ("the 12th round", "ordinal"),
        ("form A4", "code"),
        ("6-59 sites", "range"),
        ("under 5", "age"),
        ("Grade 9", "name"),
        ("12,345,6 people", "code"),
        ("1.234.56 people", "code"),
        ("1e6 people", "code"),
        ("un demi-million de personnes", "vague"),
        ("½ of people", "vague"),
        ("several hundred people", "vague"),
        ("des centaines de familles", "vague"),
    ],
)
def test_a_lookalike_says_why_it_is_no_number(text: str, because: str) -> None:
    read = read_numbers(text)
    assert [lookalike.because for lookalike in read.lookalikes] == [because]
    assert read.numbers == ()


@pytest.mark.parametrize(
    "text", ["half a million people", "two thirds of households", "deux tiers des ménages", "three quarters of them"]
)
def test_a_part_of_a_whole_or_of_a_power_is_no_number(text: str) -> None:
    read = read_numbers(text)
    assert read.numbers == () and {lookalike.because for lookalike in read.lookalikes} == {"vague"}


def test_ranges_ages_and_vague_words_are_figures_for_the_compiler() -> None:
    text = "300-400 children under 5 and dozens of teachers"
    assert [numeral.text for numeral in numerals(text, "en")] == ["300", "400", "5", "dozens"]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("6,954", "en", 6954),
        ("6 954", "fr", 6954),
        ("5%", "en", 5),
        ("49.2 million", "en", 49_200_000),
        ("twenty-two", "en", 22),
        ("about 300", "en", 300),
        ("aucune", "fr", 0),
        ("one", "en", 1),
        ("2016", "en", 2016),
        ("twenty-two", "fr", None),
        ("people", "en", None),
    ],
)
def test_the_value_of_what_is_shown(text: str, language: Language, value: int | None) -> None:
    assert value_of(text, language) == value


def only(text: str, language: Language) -> Number:
    (number,) = read_numbers(text, language).numbers
    return number


@given(st.integers(2, 999_999_999), st.sampled_from([("en", "people"), ("fr", "personnes")]))
def test_a_number_in_words_is_one_number_within_its_sentence(value: int, said: tuple[Language, str]) -> None:
    language, noun = said
    words = num2words(value, lang=language)
    text = f"({words} {noun} today)"
    number = only(text, language)
    assert (number.value, text[number.start : number.end]) == (value, words)


@given(
    st.lists(st.integers(1, 9_999_999), min_size=1, max_size=5),
    st.sampled_from([",", " ", "\u00a0", "\u202f", ".", "'", ""]),
    st.sampled_from(["people", "personnes", "kits", "%"]),
)
def test_digits_are_read_in_any_grouping_and_span_themselves(values: list[int], mark: str, noun: str) -> None:
    shown = [f"{value:,}".replace(",", mark) for value in values]
    shown = [text for text, value in zip(shown, values, strict=True) if not 1900 <= value <= 2099 or mark]
    text = "; ".join(f"reached {one} {noun}" for one in shown)
    numbers = read_numbers(text).numbers
    assert [text[number.start : number.bare_end] for number in numbers] == shown
    assert all(number.unit == ("%" if noun == "%" else "") for number in numbers)


@given(st.text(max_size=200))
def test_any_text_is_read_in_order_without_overlap(text: str) -> None:
    read = read_numbers(text)
    spans = sorted((own.start, own.end) for own in (*read.numbers, *read.lookalikes))
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 300", "about"),
        ("près de 300", "about"),
        ("over 300", "over"),
        ("plus de 300", "over"),
        ("at least 300", "at-least"),
        ("pas moins de 300", "at-least"),
        ("moins de 300", "nearly"),
        ("nearly USD 300", "nearly"),
        ("exactly 300", ""),
    ],
)
def test_the_hedge_before_a_number(text: str, hedge: str) -> None:
    assert read_numbers(text).numbers[0].hedge == hedge
