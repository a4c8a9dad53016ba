"""Numbers bound by hand: part of a declared name, or stated from a source that exists and speaks of the thing."""

from datetime import date
from decimal import Decimal

import pytest

from tests.publish.checks.test_free_text import WORDS, check
from toguna.kernel.api import Language
from toguna.publish.core.checks import PackWords
from toguna.publish.core.checks.pack_words import register_of
from toguna.publish.core.numerals import numerals

ROWS = (
    {"source": "security-note-1", "title": "Cleared sentence on a robbery", "scope": "Robbery of staff", "place": "ML06", "as_of": "2016-12-17"},
    {"source": "register-1", "title": "Camps of the region", "scope": "Camps", "place": "ML", "value": "7", "unit": "camps", "as_of": "2016-12-31"},
)  # fmt: skip
PACK = PackWords(
    sensitive=WORDS,
    names=("16 Days of Activism", "Resolution 1325"),
    sources=register_of(ROWS),
    places={"ML06": ("Timbuktu", "Tombouctou"), "ML07": ("Gao",)},
)


def ids(text: str, pack: PackWords = PACK) -> set[str]:
    return {each.problem.id.rpartition(".")[2] for each in check(text, pack=pack) if each.weight != "warning"}


@pytest.mark.parametrize(
    "text",
    [
        "During the [16](text:) Days of Activism, sessions were held.",
        "Women spoke of Resolution [1325](text:) in Gao.",
        "They marched under the words “[16](text:) days are not enough”.",
    ],
)
def test_a_number_in_a_declared_name_or_quotation_is_a_name(text: str) -> None:
    assert "text_binding_doubtful" not in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "[7,777](text:) Ivorian refugees were flown home.",
        "# Some [16](text:) Villages",
        "The [17](text:) Days of Activism were held.",
        "In Group of [7](text:), all is said.",
    ],
)
def test_another_number_is_refused_and_not_waivable(text: str) -> None:
    (found,) = [each for each in check(text, pack=PACK) if each.problem.id.endswith("text_binding_doubtful")]
    assert found.weight == "broken" and found.stops


def test_a_source_exists() -> None:
    (found,) = [
        each
        for each in check("[Three](stated:im?source=no-such) trucks came.", pack=PACK)
        if "source" in each.problem.id
    ]
    assert found.problem.id.endswith("stated_source_unknown") and found.weight == "broken"
    assert not ids("[Three](stated:im?source=no-such) trucks came.", PackWords())


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("In a robbery in Timbuktu, [three](stated:im?source=security-note-1) trucks were taken.", None),
        ("On 17 December, [three](stated:im?source=security-note-1) trucks were taken.", None),
        ("In a robbery in Gao, [three](stated:im?source=security-note-1) trucks were taken.", "stated_off_topic"),
        ("[Three](stated:im?source=security-note-1) wells were dug.", "stated_off_topic"),
        ("[Seven](stated:im?source=register-1) camps are open.", None),
        ("[Eight](stated:im?source=register-1) camps are open.", "stated_value_differs"),
    ],
)
def test_a_source_speaks_of_the_thing_and_gives_its_value(text: str, finding: str | None) -> None:
    assert (ids(text) & {"stated_off_topic", "stated_value_differs"}) == ({finding} if finding else set())


def test_a_stated_number_is_compared_with_the_figure_of_the_same_thing() -> None:
    told = "[5](fig:boreholes) boreholes were installed. Now [four](stated:im?source=x) boreholes are installed."
    assert "stated_value_differs" in ids(told, PackWords())
    assert "stated_value_differs" not in ids(told.replace("four", "five"), PackWords())


def test_a_row_of_the_register_is_read_whatever_its_types() -> None:
    register = register_of(
        [{"source": "a", "as_of": date(2016, 12, 1), "value": Decimal(3)}, {"source": "a", "value": "x"}]
    )
    first, second = register["a"]
    assert (first.as_of, first.value, second.value) == (date(2016, 12, 1), Decimal(3), None)


@pytest.mark.parametrize(
    ("language", "text", "loose"),
    [
        ("en", "In zone 4: 37 households received goats.", ["37"]),
        ("fr", "Dans la zone 4 : 37 ménages ont reçu des chèvres.", ["37"]),
        ("en", "Children aged 0-11 months were weighed.", []),
        ("en", "Children 0-59 months, 6–23 months and 24 to 59 months were weighed.", []),
        ("fr", "Les enfants de 0 à 59 mois et de 6-23 mois ont été pesés.", []),
        ("en", "12 children aged 6 to 59 months came.", ["12"]),
        ("fr", "Les femmes de 15 à 49 ans ; 40 à 50 ménages.", ["40", "50"]),
        ("en", "It took 6-9 months.", ["6", "9"]),
        ("en", "Some 12 people came in 3 to 4 months.", ["12", "3", "4"]),
    ],
)
def test_an_age_range_is_words_and_a_household_is_counted(language: Language, text: str, loose: list[str]) -> None:
    assert [each.text for each in numerals(text, language)] == loose
