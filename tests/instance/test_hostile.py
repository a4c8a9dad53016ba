"""Whatever is written into the operation or a table: a value, or every fault in a sentence; never another exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import OPERATION
from toguna.instance.api import parse_operation
from toguna.kernel.api import Problem, Refused
from toguna.organisations import api as organisations
from toguna.places import api as places

PLACES = """\
pcode,slug,name_en,name_fr,level,kind,parent,valid_from,valid_to,aliases,lat,lon
ML,mali,Mali,Mali,0,country,,,,,,
ML07,gao,Gao,Gao,1,region,ML,,2016-01-18,"Gao; Kawkaw",16.27,-0.04
ML07,gao,Gao,Gao,1,region,ML,2016-01-19,,,,
"""
ORGANISATIONS = "code,name_en,acronym,aliases,valid_from,valid_to\nsun,Sun,S,Soleil,2015-01-01,2016-01-01\n"
#: What breaks readers: quotes, brackets, separators, digits of other scripts, a byte order mark, dates at the edge of time.
_PIECES = [
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    "\n",
    "=",
    "-",
    "٣",
    "²",
    "\ufeff",
    "\x00",
    "0001-01-01",
    "9999-12-31",
    "1e999",
    "nan",
    "-0",
    " ",
]


@st.composite
def mutilated(draw: st.DrawFn, text: str) -> str:
    """The text with a few pieces put in, taken out or put in place of others."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.sampled_from(_PIECES)) + text[end:]
    return text


def are_whole(problems: tuple[Problem, ...]) -> bool:
    return all(problem.written("en") and problem.written("fr") for problem in problems)


@settings(max_examples=300, deadline=None)
@given(text=mutilated(OPERATION))
def test_an_operation_is_read_or_refused(text: str) -> None:
    try:
        parse_operation(text)
    except Refused as refused:
        assert are_whole(refused.problems)
        assert all(problem.place.line for problem in refused.problems)


@settings(max_examples=300, deadline=None)
@given(text=mutilated(PLACES))
def test_places_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = written(tmp_path_factory, text)
    found, problems = places.read_places(path)
    assert are_whole(problems)
    if not problems:
        list(places.spans(found))


@settings(max_examples=150, deadline=None)
@given(text=mutilated(ORGANISATIONS))
def test_organisations_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert are_whole(organisations.read_organisations(written(tmp_path_factory, text))[1])


def written(factory: pytest.TempPathFactory, text: str) -> Path:
    path = factory.getbasetemp() / "hostile.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"pcode\n", b"\n\n\n", b"pcode," * 5000 + b"\n" + b"x," * 5000]
)
def test_tables_that_are_none_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(content)
    found, problems = places.read_places(path)
    assert found == () and are_whole(problems)
    missing = places.read_places(tmp_path / "none.csv")
    assert [problem.id for problem in missing[1]] == ["instance.table_unreadable"]
