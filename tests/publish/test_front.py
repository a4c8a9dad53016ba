"""Front matter: the range it covers, and every fault at once with its line."""

from datetime import date, datetime

import pytest

from toguna.kernel.api import Period, Refused
from toguna.publish.core.front import Front, read_front
from toguna.publish.core.parse import parse_update

WHOLE = """---
product: operational_update
title: Operational update
place: MLI
covers: 2016-12
cut_off: 2017-01-08T18:00
language: en
languages: [en, fr]
---
"""


def front(source: str) -> Front:
    return read_front(parse_update(source, "2016-12.en.md").update)


def test_a_months_update() -> None:
    read = front(WHOLE)
    assert read.covers == Period(start=date(2016, 12, 1), end=date(2016, 12, 31))
    assert read.cut_off == datetime(2017, 1, 8, 18)
    assert (read.languages, read.slug) == (("en", "fr"), "2016-12")


@pytest.mark.parametrize(
    ("covers", "slug"), [("2021-12..2022-01", "2021-12_2022-01"), ("2016", "2016"), ("2016-12-21", "2016-12-21")]
)
def test_an_update_may_cover_any_range(covers: str, slug: str) -> None:
    assert front(WHOLE.replace("2016-12\n", covers + "\n", 1)).slug == slug


def test_every_fault_at_once_with_its_line() -> None:
    wrong = (
        WHOLE.replace("2016-12\n", "december\n", 1).replace("language: en", "language: xx").replace("title:", "titel:")
    )
    with pytest.raises(Refused) as refused:
        front(wrong)
    assert [(problem.id, problem.place.line) for problem in refused.value.problems] == [
        ("publish.front_key_unknown", 3),
        ("publish.front_key_missing", 1),
        ("publish.front_value_wrong", 7),
        ("publish.front_value_wrong", 5),
    ]
