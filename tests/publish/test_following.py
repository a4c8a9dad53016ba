"""The following month's draft: what moves, what rolls over with the year, how each sentence is marked."""

from tests.publish.memory import MemoryFigures
from toguna.publish.core.following import Drafted, draft_following
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolve import resolve
from toguna.publish.core.tree import bound

FRONT = """---
product: operational_update
title: Operational update
subtitle: Mali, December 2016
place: ML
covers: 2016-12
cut_off: 2017-01-08T18:00
language: en
---
"""
DECEMBER = (
    FRONT
    + """
The office works in a volatile setting. In December, [94](fig:people_repatriated) people left.

- **Cash:** since January 2016, [8,453](fig:cash_recipients?period=2016-01..2016-12) were paid; from September to December
  it was [2,437](fig:cash_recipients?period=2016-09..2016-12). On 20 December, a workshop was held.
- The flight took [94](fig:people_repatriated?movement=civ-2016-12) home.
- There are [474,231](fig:idp_returnees) IDP returnees, e.g. in the north.
- Gao saw [12](fig:incidents?period=2016-12) incidents.

| Region | Paid |
| --- | --- |
| Gao | [962](fig:cash_recipients?period=2016-09..2016-12&place=ML07) |
"""
)
JANUARY = {
    "people_repatriated@2017-01": 12,
    "people_repatriated?movement=civ-2016-12": 94,
    "cash_recipients@2016-09..2017-01": 3000,
    "cash_recipients@2017-01": 563,
    "cash_recipients?place=ML07@2016-09..2017-01": 1000,
    "incidents@2017-01": "not_reported",
}


def drafted(source: str = DECEMBER, earlier: tuple[tuple[str, str], ...] = ()) -> Drafted:
    figures = MemoryFigures({**JANUARY})
    return draft_following(resolve(parse_update(source, "2016-12.en.md").update, figures), figures, earlier)


def test_each_sentence_is_marked() -> None:
    marks = [(each.mark, each.words.split(",")[0]) for each in drafted().sentences]
    assert marks == [
        ("same", "The office works in a volatile setting."),
        ("moved", "In January"),
        ("moved", "Cash: since January 2017"),
        ("event of last month: delete?", "On 20 December"),
        ("event of last month: delete?", "The flight took 94 home."),
        ("moved", "There are 474"),
        ("no data", "Gao saw not reported incidents."),
    ]


def test_periods_move_and_the_year_rolls_over() -> None:
    source = drafted().source
    assert (
        "covers: 2017-01\n" in source
        and "subtitle: Mali, January 2017\n" in source
        and "cut_off: 2017-02-08T18:00" in source
    )
    assert [(number.shown, number.reference) for number in bound(parse_update(source, "u.md").update)] == [
        ("12", "people_repatriated"),
        ("563", "cash_recipients?period=2017-01"),
        ("3,000", "cash_recipients?period=2016-09..2017-01"),
        ("94", "people_repatriated?movement=civ-2016-12"),
        ("474,231", "idp_returnees"),
        ("not reported", "incidents?period=2017-01"),
        ("1,000", "cash_recipients?period=2016-09..2017-01&place=ML07"),
    ]
    assert "from September to January\n" in source


def test_a_standing_sentence_says_since_when_it_stands() -> None:
    november = FRONT + "\nThe office works in a volatile setting. More.\n"
    october = FRONT + "\nOther words.\n"
    since = drafted(earlier=(("2016-11", november), ("2016-10", october))).sentences[0].since
    assert since == "2016-11"


def test_drafting_twice_leaves_one_mark() -> None:
    again = drafted(drafted().source.replace("covers: 2017-01", "covers: 2016-12"))
    assert all(line.count("<!--") <= 2 for line in again.source.split("\n"))
    assert len(again.sentences) == len(drafted().sentences)
