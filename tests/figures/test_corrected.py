"""Figures after a partial correction: they change only in the rows that the file names (issue 9, section 3)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.collect.storage.conftest import OWNER
from tests.collect.storage.test_corrections import ACTIVITIES, VILLAGES, book, look, whole
from tests.collect.storage.test_corrections import home as collected
from tests.revised import revise
from toguna.collect.api import take
from toguna.figures.api import Context, figures, trace
from toguna.instance.api import Instance
from toguna.journal.api import head
from toguna.kernel.api import parse_period
from toguna.pack.consumers import catch_up

INDICATORS = """
women:
  label: {en: women, fr: femmes}
  unit: persons
  basis: reported
  kind: flow
  from: ret/result
  measure: sum women
  date: ^month
  place: place
  persons: attendances
  disaggregate: {activity: activity}
  nil: none = 'yes'
  nil_form: nil = 'yes'
"""
DECEMBER = parse_period("2016-12")
__all__ = ["collected"]


@pytest.fixture
def home(collected: Instance) -> Instance:
    revise({"indicators/test.yaml": INDICATORS})
    return collected


def context(**given: object) -> Context:
    """For figures as of the journal's end: what follows the journal has caught up."""
    assert [outcome.error for outcome in catch_up()] == [None, None]
    return Context(period=DECEMBER, actor=OWNER, **given)  # type: ignore[arg-type]


def by_row(**given: object) -> dict[tuple[str, str], int]:
    """What each row adds to the figure, by activity and village; together they are the figure."""
    found, problems = trace("women", context(**given), "other")
    assert found is not None, [problem.written() for problem in problems]
    added = {(str(row.seen["activity"]), str(row.seen["place"])): int(row.contribution or 0) for row in found.rows}
    assert found.figure.value == sum(added.values())
    return added


rows = st.dictionaries(
    st.tuples(st.sampled_from(ACTIVITIES), st.sampled_from(VILLAGES[:4])), st.integers(1, 500), min_size=1, max_size=5
)


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, min_size=1, max_size=2))
def test_only_the_named_rows_change_and_the_past_stays(home: Instance, files: list[dict[tuple[str, str], int]]) -> None:
    take(look(book(whole()), replaces=True))
    before = by_row()
    assert sum(before.values()) == sum(range(1, 46))
    wanted = dict(before)
    for number, file in enumerate(files):
        then = head().sequence
        lines = [{"activity": a, "place": p, "women": women, "men": 2} for (a, p), women in file.items()]
        assert take(look(book(lines, narrative=f"File {number} {sorted(file.items())}"))).refused == 0
        known = dict(wanted)
        wanted |= file
        assert by_row() == wanted
        assert by_row(as_of=then) == known
    take(look(book(whole()), replaces=True))


def status(reference: str) -> str:
    asked = figures([reference], context())
    [found] = asked.figures
    assert found is not None, [problem.written() for problem in asked.problems]
    return found.status


def test_an_absent_row_is_not_reported_and_a_nil_shows_the_row_that_says_so(home: Instance) -> None:
    take(look(book([row for row in whole() if row["activity"] == "birth"])))
    assert status("women?activity=prenatal") == "not_reported"
    take(look(book([{"activity": "prenatal", "place": "ML07", "none": "yes"}])))
    assert status("women?activity=prenatal") == "nil"
    found, _ = trace("women?activity=prenatal", context(), "other")
    assert found is not None
    [row] = found.rows
    assert (row.seen["activity"], row.seen["none"], row.contribution) == ("prenatal", "yes", None)


def test_a_nil_return_is_what_a_nil_figure_shows(home: Instance) -> None:
    take(look(book([], nil="yes")))
    assert status("women?activity=prenatal") == "nil"
    found, _ = trace("women?activity=prenatal", context(), "other")
    assert found is not None
    [row] = found.rows
    assert (row.table, row.seen["nil"], row.happened, row.contribution) == ("ret", "yes", date(2016, 12, 1), 0)
