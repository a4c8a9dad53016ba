"""The note of a quoted figure: whose it is in the text's language, what does not fit, since when it stands, what to ask for."""

from dataclasses import replace
from datetime import date

import pytest

from tests.publish.memory import MemoryFigures
from toguna.kernel.api import Language, parse_period
from toguna.publish.core.figure_source import Asked, Fact, SourceLine
from toguna.publish.core.notes import note_of, parts_of

LINE = SourceLine(
    id="cmp-2016-10",
    owner="Government",
    owner_fr="Gouvernement",
    title="Movements",
    title_fr="Mouvements",
    page="2",
    as_of=date(2016, 10, 31),
    misfit="Parts and total differ.",
    misfit_fr="Les parties et le total diffèrent.",
    unchanged_since=date(2016, 8, 31),
)


def fact(reference: str, line: SourceLine = LINE) -> Fact:
    asked = Asked(period=parse_period("2016-12"), place="ML", language="en")
    (found,) = MemoryFigures().facts([reference], asked).facts
    assert found is not None
    return replace(found, sources=(line,))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Quoted: Government, Movements, p. 2.", "Unchanged since August 2016.", "Misfit: Parts and total differ.", "Ask for refugees_abroad?source=cmp-2016-10."]),
        ("fr", ["Cité : Gouvernement, Mouvements, p. 2.", "Inchangé depuis août 2016.", "Discordance : Les parties et le total diffèrent.", "À demander : refugees_abroad?source=cmp-2016-10."]),
    ],
)  # fmt: skip
def test_the_note_of_a_quoted_figure_says_what_an_auditor_needs(language: Language, words: list[str]) -> None:
    note = note_of(fact("refugees_abroad?source=cmp-2016-10"), language)
    assert all(each in note for each in words) and ".." not in note, note


def test_a_source_with_one_language_is_cited_in_it() -> None:
    english = replace(LINE, owner_fr="", title_fr="", misfit_fr="", unchanged_since=None)
    note = note_of(fact("idp_returnees", english), "fr")
    assert (
        "Cité : Government, Movements, p. 2. Discordance : Parts and total differ. À demander : idp_returnees." in note
    )
    french = replace(LINE, owner="", title="", misfit="")
    assert parts_of(fact("idp_returnees", french), "en").source == "Gouvernement, Mouvements"


def test_of_a_counted_figure_the_note_says_no_way_to_a_query() -> None:
    counted = note_of(fact("people_repatriated?sex=f"), "en")
    assert "Ask for" not in counted and "Misfit" not in counted and "?" not in counted


def test_a_withheld_quoted_figure_has_no_remark_and_nothing_to_ask_for() -> None:
    hidden = replace(fact("idp_returnees"), value=None, status="withheld")
    assert "Misfit" not in note_of(hidden, "en") and "Ask for" not in note_of(hidden, "en")
