"""The following month's draft: what moves, what rolls over with the year, how each sentence is marked."""

import pytest

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
        ("event of last month: delete?", "Cash: since January 2016"),
        ("event of last month: delete?", "On 20 December"),
        ("event of last month: delete?", "The flight took 94 home."),
        ("no data", "There are 474"),
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
        ("2,437", "cash_recipients?period=2016-09..2016-12"),
        ("94", "people_repatriated?movement=civ-2016-12"),
        ("474,231", "idp_returnees"),
        ("not reported", "incidents?period=2017-01"),
        ("962", "cash_recipients?period=2016-09..2016-12&place=ML07"),
    ]
    assert "from September to December\n" in source


def test_a_standing_sentence_says_since_when_it_stands() -> None:
    november = FRONT + "\nThe office works in a volatile setting. More.\n"
    october = FRONT + "\nOther words.\n"
    since = drafted(earlier=(("2016-11", november), ("2016-10", october))).sentences[0].since
    assert since == "2016-11"


def test_drafting_twice_leaves_one_mark() -> None:
    again = drafted(drafted().source.replace("covers: 2017-01", "covers: 2016-12"))
    assert all(line.count("<!--") <= 2 for line in again.source.split("\n"))
    assert len(again.sentences) == len(drafted().sentences)


def marks(body: str, front: str = FRONT, **values: object) -> list[tuple[str, str]]:
    figures = MemoryFigures({**JANUARY, **values})
    resolution = resolve(parse_update(front + "\n" + body + "\n", "2016-12.en.md").update, figures)
    return [(each.mark, each.words) for each in draft_following(resolution, figures).sentences]


EVENT = "event of last month: delete?"


@pytest.mark.parametrize(
    ("body", "mark", "words"),
    [
        ("Since January 2016, [135,985](fig:refugees_abroad?source=cmp-2016-10) people were helped.", "no data", "Since January 2016, 135,985"),
        ("A practical guide was written in December.", EVENT, "A practical guide was written in December."),
        ("By the portal at the end of December, [135,985](fig:refugees_abroad?source=cmp-2016-10) refugees live abroad.", "no data", "By the portal at the end of December"),
        ("[Five](fig:boreholes?show=words) boreholes in schools of the communes of Tonka and Haribomo.", "no data", "Zero"),
        ("Since June, [627](fig:cash_recipients?period=2016-06..) have been paid.", EVENT, "Since June"),
        ("[6,000](fig:cash_target) returnees to be paid.", "no data", "6,000 returnees"),
        ("Since January, [8,453](fig:cash_recipients?period=ytd) were paid.", "moved", "Since January, 563 were paid."),
        ("In December, [94](fig:people_repatriated) people left.", "moved", "In January, 12 people left."),
        ("The office works in a volatile setting.", "same", "The office works"),
    ],
)  # fmt: skip
def test_only_what_a_moved_figure_carries_moves(body: str, mark: str, words: str) -> None:
    values = {"boreholes@2017-01": 0, "cash_recipients@2016-06..2016-12": 627}
    ((found, told),) = marks(body, **values)
    assert found == mark and told.startswith(words)


def test_a_caption_without_a_figure_is_an_event_and_stays() -> None:
    caption = "```photo\nfile: drawing.svg\ncredit: Office\nalt: A drawing\nPeople set out for home from Bamako, December.\n```"
    assert marks(caption) == [(EVENT, "People set out for home from Bamako, December.")]


def test_within_the_year_a_counter_goes_on() -> None:
    november = FRONT.replace("2016-12\n", "2016-11\n").replace("December", "November")
    body = "Since June, [100](fig:cash_recipients?period=2016-06..) were paid; from June to November, [100](fig:cash_recipients?period=2016-06..2016-11)."
    values = {"cash_recipients@2016-06..2016-11": 100, "cash_recipients@2016-06..2016-12": 120}
    assert marks(body, november, **values) == [("moved", "Since June, 120 were paid; from June to December, 120.")]


@pytest.mark.parametrize(
    ("cut_off", "following"),
    [("2016-12-31", "2017-01-31"), ("2017-01-31", "2017-02-28"), ("2017-02-28", "2017-03-31"), ("2016-04-30", "2016-05-31"), ("2017-01-29", "2017-02-28"), ("2017-01-08", "2017-02-08")],
)  # fmt: skip
def test_a_cut_off_keeps_its_day_at_the_month_end(cut_off: str, following: str) -> None:
    source = drafted(DECEMBER.replace("2017-01-08T", f"{cut_off}T")).source
    assert f"cut_off: {following}T18:00" in source
