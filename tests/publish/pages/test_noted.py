"""The notes page: numbers that share a source stand together, a drawing beside its figure, dates that no line breaks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from toguna.publish.core.resolved import Basis, NoteParts, Shown
from toguna.publish.core.tree import Break, Text
from toguna.publish.pages.noted import Notes, asked, grouped, misfits, ranges
from toguna.publish.pages.setting import unbroken, words_after


def parts(label: str = "cash payments", where: str = "Mali", when: str = "Dec 2016", **more: str) -> NoteParts:
    return NoteParts(label=label, short=label, where=where, when_short=when, **more)


def shown(text: str, note: str, of: NoteParts, basis: Basis = "counted", value: str | None = None) -> Shown:
    return Shown(text=text, basis=basis, note=note, value=Decimal(value or text.replace(",", "")), parts=of)


def entries(notes: Notes) -> list[tuple[str, list[str], str]]:
    return [
        (entry["numbers"], [" ".join(filter(None, (item["text"], item["label"]))) for item in entry["items"]], entry["source"])
        for section in grouped(notes)
        for entry in section["entries"]
    ]  # fmt: skip


def test_a_drawing_is_noted_beside_the_figure_that_it_draws() -> None:
    notes = Notes("en", section=("Page 1", "cover"))
    notes.index(shown("94", "a", parts("refugees who went home")))
    notes.index(shown("2,437", "b", parts()))
    notes.index(shown("74", "c", parts("incidents")))
    notes.add("d", "by month", "counted", parts(when="Jan–Dec 2016"), drawn=True)
    assert entries(notes) == [
        (
            "1–4",
            [
                "94 refugees who went home",
                "2,437 cash payments",
                "by month Jan\u2060–\u2060Dec\u00a02016",
                "74 incidents",
            ],
            "Mali, Dec\u00a02016.",
        )
    ]


def test_a_drawing_of_another_figure_or_of_another_state_has_an_entry_of_its_own() -> None:
    notes = Notes("en", section=("Page 1", "cover"))
    notes.index(shown("74", "a", parts("incidents")))
    notes.add("b", "by region", "counted", parts(where=""), drawn=True)
    notes.index(shown("2,437", "c", parts(when="2016")))
    notes.add("d", "by month", "counted", parts(where="", when="2015"), provisional=True, drawn=True)
    assert [items for _, items, _ in entries(notes)] == [
        ["74 incidents"],
        ["by region cash payments"],
        ["2,437 cash payments"],
        ["by month cash payments"],
    ]


def test_one_document_is_one_entry_with_all_its_pages() -> None:
    cited = {"source": "Government, Bulletin", "where": "Mali", "when": "as of 31 Oct 2016"}
    for language, word in (("en", "pp.\u00a01–2"), ("fr", "p.\u00a01–2")):
        notes = Notes(language, section=("Page 1", "cover"))  # type: ignore[arg-type]
        notes.index(shown("363", "a", parts("asylum-seekers", page="2", **cited), "quoted"))
        notes.index(shown("474,231", "b", parts("IDP returnees", page="1", **cited), "quoted"))
        ((numbers, _, source),) = entries(notes)
        assert (numbers, word in source) == ("1–2", True), source


def test_the_place_of_the_whole_text_is_not_said_again() -> None:
    notes = Notes("en", home="Mali", section=("Page 1", "cover"))
    notes.index(shown("94", "a", parts()))
    notes.index(shown("5", "b", parts("incidents", where="Gao")))
    assert [source for _, _, source in entries(notes)] == ["Dec\u00a02016.", "Gao, Dec\u00a02016."]


def test_of_a_long_list_the_count_stands_in_the_notes() -> None:
    notes = Notes("en", section=("Page 1", "cover"))
    notes.index(shown("Gao, Menaka, Mopti and Timbuktu", "a", parts("regions"), value="4"))
    assert entries(notes)[0][1] == ["4 regions"]


def test_what_the_office_counts_is_told_apart_by_the_words_of_the_text() -> None:
    notes = Notes("en", section=("Context", "s1"))
    for number, beside in (("three", "UNHCR staff"), ("three", "armed men"), ("two", "organisations")):
        notes.index(Shown(text=number, basis="stated", note="Stated by the office."), beside)
    assert entries(notes) == [
        ("1–3", ["three UNHCR staff", "three armed men", "two organisations"], "Stated by the office.")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" UNHCR staff were robbed", "UNHCR staff"),
        (" organisations in the region", "organisations"),
        (" agents du HCR", "agents"),
        (" men, who", "men"),
        (". Then", ""),
        ("th of May", ""),
        (" of the", ""),
    ],
)
def test_the_words_after_a_number_go_as_far_as_its_phrase(text: str, words: str) -> None:
    assert words_after(Text(text=text)) == words


def test_a_number_at_the_end_has_no_words_after_it() -> None:
    assert words_after(None) == "" == words_after(Break())


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([5], "5"), ([28, 29, 30], "28–30"), ([7, 8, 26], "7–8, 26"), ([47, 48, 51, 60, 61], "47…61")],
)
def test_numbers_before_an_entry(numbers: list[int], words: str) -> None:
    assert ranges(numbers) == words


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("as of 31 Oct 2016.", "as of 31\u00a0Oct\u00a02016."),
        ("au 1er oct. 2016, p. 12", "au 1er\u00a0oct.\u00a02016, p.\u00a012"),
        ("sept.–déc. 2016 (provisoire)", "sept.\u2060–\u2060déc.\u00a02016 (provisoire)"),
        ("Kayes, pp. 1–2", "Kayes, pp.\u00a01–2"),
        ("aged 0-17, 3 sites", "aged 0-17, 3 sites"),
    ],
)
def test_dates_pages_and_spans_of_months_do_not_break(text: str, joined: str) -> None:
    assert unbroken(text) == joined


@pytest.mark.parametrize(
    ("asks", "source", "told"),
    [
        (("idps?source=cmp-2016-10", "idp_returnees?place=ML&source=cmp-2016-10"), "Government", "cmp-2016-10"),
        (("funded_share", "funding_received"), "Headquarters", "funded_share …"),
        (("funded_share", "funded_share"), "Headquarters", "funded_share"),
        (("idps?source=a", "idps?source=b"), "Government", "idps"),
        (("idps", "idps?source=b"), "Government", "idps"),
        (("community_event_children",), "", ""),
        (("",), "Government", ""),
    ],
)
def test_an_entry_names_what_to_ask_for(asks: tuple[str, ...], source: str, told: str) -> None:
    rows = [{"parts": NoteParts(label="x", short="x", ask=ask, source=source)} for ask in asks]
    assert asked(rows) == told


def test_an_entry_says_once_what_does_not_fit() -> None:
    rows = [{"parts": NoteParts(label="x", short="x", misfit=said)} for said in ("Two dates", "Two dates", "", "Sum")]
    assert misfits([*rows, {"parts": None}]) == ["Two dates", "Sum"]
