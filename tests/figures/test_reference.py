"""Grammar 2: references are read, written in one way, and checked against the indicators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.strategies import INDICATORS
from toguna.figures.core.reference import STYLES, FigureReference, Show, check_reference, parse_reference
from toguna.kernel.api import parse_period
from toguna.kernel.core.hedges import HEDGES


def parsed(text: str) -> FigureReference:
    reference, problems = parse_reference(text)
    assert reference is not None, [problem.written() for problem in problems]
    return reference


def faults(text: str) -> list[str]:
    reference, problems = parse_reference(text)
    if reference is not None:
        problems = check_reference(reference, INDICATORS)
    return [problem.id.removeprefix("figures.") for problem in problems]


CANONICAL = {
    "sessions": "sessions",
    "sessions?place=ML07,ML01&period=2016-12": "sessions?period=2016-12&place=ML01,ML07",
    "attendance?sex=m,f": "attendance?sex=f,m",
    "attendance?sex=f,f&show=number": "attendance?sex=f",
    "sessions?show=million,digits=2,over": "sessions?show=digits=2,million,over",
    "sessions?show=digits:2": "sessions?show=digits=2",
    "sessions?as_of=2016-12-31&edition=ml-2016-12": "sessions?as_of=2016-12-31&edition=ml-2016-12",
    "quoted?source=cmp-2016-10": "quoted?source=cmp-2016-10",
}


@pytest.mark.parametrize("text", CANONICAL)
def test_one_writing(text: str) -> None:
    assert parsed(text).written() == CANONICAL[text]
    assert parsed(CANONICAL[text]) == parsed(text)
    assert hash(parsed(CANONICAL[text])) == hash(parsed(text))


@pytest.mark.parametrize(
    "written", ["2016", "2016-Q4", "2016-12", "2016-12-21", "2016-06..2016-08", "2016-06..", "..2016-12", "ytd", "-1"]
)
def test_periods_are_seen_from_the_texts_own(written: str) -> None:
    own = parse_period("2016-12")
    assert parsed(f"sessions?period={written}").resolved_period(own) == parse_period(written, own)
    assert parsed("sessions").resolved_period(own) == own


BROKEN = {
    "Sessions": "reference_wrong",
    "sessions?": "reference_wrong",
    "": "reference_wrong",
    "sessions?place": "reference_pair",
    "sessions?place=": "reference_pair",
    "sessions?place=Ségou": "reference_pair",
    "sessions?place=ML07,": "reference_pair",
    "sessions?place=ML07&place=ML08": "reference_key_twice",
    "sessions?period=2016-13": "reference_period",
    "sessions?period=2017,2018": "reference_one_value",
    "sessions?period=..": "reference_period",
    "sessions?show=roughly": "show_unknown",
    "sessions?show=about,over": "show_twice",
    "sessions?show=list,about": "show_twice",
    "session": "indicator_unknown",
    "sessions?plce=ML07": "reference_key_unknown",
    "sessions?sex=f": "category_elsewhere",
    "sessions?activity=tea": "category_value_unknown",
    "attendance?sex=x": "category_value_unknown",
    "attendance?age=young": "category_value_unknown",
    "attendance?age=0-4": "age_not_given",
    "attendance?sex=f&group=REF": "categories_not_crossed",
    "gap?show=list": "show_list_of_derived",
    "share?sex=f&period=2016-12": "",
    "attendance?age=0-17,18%2B": "reference_pair",
    "attendance?age=unknown": "category_value_unknown",
    "attendance?age=0-17,18+": "",
    "attendance?sex=f,unknown": "",
    "persons?age=5-11,60+": "",
    "persons?sex=unknown": "",
    "sessions?" + "&".join(f"a{n}=b" for n in range(400)): "reference_wrong",
}


@pytest.mark.parametrize("text", BROKEN)
def test_faults(text: str) -> None:
    assert faults(text) == ([BROKEN[text]] if BROKEN[text] else [])


def test_all_faults_in_one_run() -> None:
    _, problems = parse_reference("sessions?period=x&show=loud&place=é")
    assert len(problems) == 3


def test_a_category_it_does_not_have_names_the_indicators_that_do() -> None:
    (problem,) = check_reference(parsed("sessions?sex=f"), INDICATORS)
    assert "attendance" in problem.written("en") and "persons" in problem.written("fr")


items = st.text("abcML0123456789_.:+-", min_size=1, max_size=8)


@given(
    st.dictionaries(st.sampled_from(["sex", "age", "cause"]), st.sets(items, min_size=1, max_size=3)),
    st.sets(items, max_size=3),
    st.sampled_from(STYLES[:4]),
    st.none() | st.sampled_from(HEDGES),
    st.none() | st.integers(-9, 9),
    st.booleans(),
)
def test_what_is_written_reads_back(categories, places, style, hedge, digits, currency) -> None:  # type: ignore[no-untyped-def]
    reference = FigureReference(
        indicator="x",
        place=tuple(sorted(places)),
        show=Show(style=style, hedge=hedge, digits=digits, currency=currency),
        categories={key: tuple(sorted(values)) for key, values in categories.items()},
    )
    assert parsed(reference.written()) == reference


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    reference, problems = parse_reference(text)
    assert (reference is None) == bool(problems)
