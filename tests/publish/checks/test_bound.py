"""A bound figure is a checked sentence: what its words say against what the figure is. References are those of the Mali operation."""

import csv
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.publish.checks.test_free_text import check
from toguna.kernel.api import Language, parse_period
from toguna.publish.core.checks.bound_sentence import Contradiction, Declaration, contradictions
from toguna.publish.core.checks.figure_words import FigureWords, figure_words
from toguna.publish.core.checks.hedges import said_ceiling
from toguna.publish.core.checks.subjects import subject_stems
from toguna.publish.core.numerals import HOLE

HERE = Path(__file__).parent / "sentences"
MALI = Path(__file__).parents[3] / "operations" / "mali"
COVERS = parse_period("2016-12")
_BOUND = re.compile(r"\[[^\]]*\]\(fig:([^)]*)\)")


@cache
def vocabulary() -> FigureWords:
    with (MALI / "places.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (MALI / "glossary.csv").open(encoding="utf-8-sig", newline="") as file:
        glossary = list(csv.DictReader(file))
    places = {row["pcode"]: tuple(dict.fromkeys((row["name_en"], row["name_fr"]))) for row in rows}
    return figure_words(glossary, places, {row["pcode"]: row["parent"] for row in rows})


@cache
def indicators() -> dict[str, dict]:  # type: ignore[type-arg]
    found = {}
    for path in sorted((MALI / "indicators").glob("*.yaml")):
        found |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@cache
def source_days() -> dict[str, date]:
    with (MALI / "sources.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["source"]: date.fromisoformat(row["as_of"][:10]) for row in csv.DictReader(file)}


@cache
def subjects(language: Language) -> dict[str, frozenset[str]]:
    labels = {name: spec["label"] for name, spec in indicators().items()}
    return dict(subject_stems(labels, vocabulary(), language))


def declaration(reference: str) -> Declaration:
    name, _, written = reference.partition("?")
    keys = dict(pair.split("=", 1) for pair in written.split("&") if pair)
    spec, source = indicators()[name], keys.get("source", "")
    keys.pop("show", None)
    return Declaration(
        label=spec["label"],
        unit=spec["unit"],
        basis=spec["basis"],
        kind=spec["kind"],
        period=parse_period(keys.pop("period", "2016-12"), COVERS),
        places=tuple(keys.pop("place", "ML").split(",")),
        categories=keys,
        known=frozenset(spec.get("disaggregate", {})),
        as_of=(source_days()[source],) if source in source_days() else (),
    )


def said(text: str, language: Language) -> list[Contradiction]:
    references = _BOUND.findall(text)
    sentence = _BOUND.sub(HOLE, text)
    holes = [match.start() for match in re.finditer(HOLE, sentence)]
    return [
        each
        for offset, reference in zip(holes, references, strict=True)
        for each in contradictions(
            sentence, offset, language, declaration(reference), vocabulary(), COVERS, subjects(language)
        )
    ]


@pytest.mark.parametrize("name", ["figure_build.tsv", "figure_held.tsv", "figure_fresh.tsv"])
def test_wrong_sentences_are_found_and_right_ones_pass(name: str) -> None:
    """Half of the sentences are wrong; at least 85 % of those are found, and nothing is said of a right one."""
    rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    judged = [(row[0], row[2], said(row[2], "fr" if row[1] == "fr" else "en")) for row in rows]
    missed = [text for verdict, text, found in judged if verdict == "wrong" and not found]
    false = [(text, found) for verdict, text, found in judged if verdict == "right" and found]
    assert not false and len(missed) <= 0.15 * sum(verdict == "wrong" for verdict, _, _ in judged), (missed, false)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (
            "In Kidal, [193](fig:hygiene_participants?place=ML05) households were given blankets.",
            {"place", "unit", "subject"},
        ),
        ("By the end of December, [36,690](fig:idps?source=cmp-2016-10) people were displaced.", {"as_of"}),
        ("In [12](fig:hygiene_sessions) sessions in Mopti, all went well.", {"place"}),
        ("In November, [11](fig:social_cohesion_sessions?place=ML01) sessions were held.", {"period"}),
        ("[28](fig:hygiene_participants?place=ML05&sex=f) men came.", {"category"}),
        ("[11](fig:social_cohesion_sessions?place=ML01) sessions on health insurance were held.", {"subject"}),
        ("[193](fig:hygiene_participants?place=ML05) were counted.", set()),
        ("In Mali, [193](fig:hygiene_participants?place=ML05) attendances were counted.", set()),
        ("The work goes on, expected to end in January 2017: [11](fig:social_cohesion_sessions?place=ML01).", set()),
    ],
)
def test_each_kind_of_contradiction_is_named(text: str, about: set[str]) -> None:
    assert {each.about for each in said(text, "en")} == about


@pytest.mark.parametrize(
    ("language", "text", "is_found"),
    [
        ("en", "Shelter kits were given to [193](fig:hygiene_participants?place=ML05) people.", True),
        ("en", "[193](fig:hygiene_participants?place=ML05) people in Mopti received jerrycans.", True),
        ("en", "[193](fig:hygiene_participants?place=ML05) people who came to hygiene sessions received soap.", False),
        ("en", "[2,437](fig:cash_persons?period=2016-09..2016-12) returnees received cash.", False),
        ("en", "[193](fig:hygiene_participants?place=ML05) people came; kits were given to schools.", False),
        ("en", "[22](fig:hygiene_sessions?place=ML05) were held where kits were given.", False),
        ("fr", "Des kits ont été distribués à [513](fig:birth_registration_participants?place=ML01) personnes.", True),
        ("fr", "[513](fig:birth_registration_participants?place=ML01) personnes ont reçu des vivres.", True),
        ("fr", "[708](fig:cash_persons?place=ML06) rapatriés ont reçu une aide monétaire.", False),
    ],
)
def test_goods_given_to_people_who_were_counted_for_something_else(
    language: Language, text: str, is_found: bool
) -> None:
    assert bool([each for each in said(text, language) if each.about == "subject"]) is is_found


@pytest.mark.parametrize(
    ("language", "before", "value", "shown", "after", "is_found"),
    [
        ("en", "Incidents rose by ", -12, "12", ".", True),
        ("en", "Incidents fell by ", -12, "12", ".", False),
        ("en", "Incidents fell by ", -12, "−12", ".", True),
        ("en", "Incidents fell by ", 12, "12", ".", True),
        ("en", "There were ", 12, "12", " fewer incidents.", True),
        ("en", "The change was ", -12, "−12", ".", False),
        ("en", "There was ", -12, "a fall of 12", ".", False),
        ("en", "They rose in Gao and fell by ", -12, "12", " in Kidal.", False),
        ("fr", "Une hausse de ", -12, "12", " incidents.", True),
        ("fr", "Une baisse de ", -12, "12", " incidents.", False),
        ("fr", "", 12, "12", " incidents de moins.", True),
        ("fr", "", 12, "12", " incidents de plus.", False),
        ("en", "Nothing rose by ", 0, "no change", ".", False),
    ],
)
def test_a_rise_is_no_fall(language: Language, before: str, value: int, shown: str, after: str, is_found: bool) -> None:
    sentence = f"{before}{HOLE}{after}"
    declared = replace(declaration("protection_incidents"), kind="change", value=Decimal(value), shown=shown)
    found = contradictions(sentence, len(before), language, declared, vocabulary(), COVERS, {})
    assert bool([each for each in found if each.about == "direction"]) is is_found


@pytest.mark.parametrize(
    ("language", "before", "is_found"),
    [
        ("en", "Fewer than ", True),
        ("en", "No fewer than ", False),
        ("en", "Not less than ", False),
        ("en", "Fewer than the ", False),
        ("en", "under USD ", True),
        ("fr", "Moins de ", True),
        ("fr", "moins d’", True),
        ("fr", "Pas moins de ", False),
    ],
)
def test_words_that_say_that_a_number_lies_above(language: Language, before: str, is_found: bool) -> None:
    assert (said_ceiling(before, language) is not None) is is_found


@pytest.mark.parametrize(("kind", "is_found"), [("flow", True), ("change", False)])
def test_a_change_may_name_the_month_that_it_is_compared_with(kind: str, is_found: bool) -> None:
    sentence = f"Compared to what was held in November, {HOLE} more sessions were held."
    declared = replace(declaration("social_cohesion_sessions?place=ML01"), kind=kind)
    found = contradictions(sentence, sentence.index(HOLE), "en", declared, vocabulary(), COVERS, subjects("en"))
    assert bool([each for each in found if each.about == "period"]) is is_found


def test_the_glossary_gives_synonyms() -> None:
    words = figure_words([{"en": "household", "fr": "ménage", "avoid_fr": "maisonnée, feu"}])
    assert words.codes("unit", "12 maisonnées", "fr") == words.codes("unit", "un feu", "fr") == {"households"}
    assert not figure_words().codes("unit", "12 maisonnées", "fr")


def test_a_contradiction_is_mended_or_waived() -> None:
    (found,) = [each for each in check("[5](fig:boreholes) households came.") if "contradicts" in each.problem.id]
    assert found.weight == "waivable" and found.stops
    assert not [each for each in check("[5](fig:boreholes) were dug.") if "contradicts" in each.problem.id]


def test_each_number_of_a_passage_is_read_in_its_own_sentence() -> None:
    text = "All went well. [5](fig:boreholes) boreholes were dug, and [730](fig:certificates) certificates were handed out. [94](fig:people_repatriated) people left."
    assert not [each for each in check(text) if "contradicts" in each.problem.id]
    wrong = [
        each
        for each in check(text.replace("730](fig:certificates)", "5](fig:boreholes)"))
        if "contradicts" in each.problem.id
    ]
    assert [each.quote for each in wrong] == ["boreholes unit certificates"]
