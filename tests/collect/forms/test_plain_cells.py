"""The quick reading of large sheets gives what the parser gives, or leaves the part to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collect.workbooks import WRITERS, by_xlsxwriter, changed
from toguna.collect.core.forms import plain_cells, worksheets
from toguna.collect.core.forms.worksheets import XlsxFile
from toguna.kernel.core.ooxml import Limits, Package

LIMITS = Limits(parts=100, unpacked=10**8)
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)
special = st.sampled_from(
    ["&amp;", "<b>", "&#128;", "a&b", "_x0041_", " padded ", "line\nbreak", "é", "\u00a0", '"', "]]>"]
)
values = st.one_of(
    st.none(),
    texts.filter(lambda text: not text.startswith("=")),
    special,
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(lambda day: datetime(day.year, day.month, day.day)),
)


def rows(content: bytes, monkeypatch: pytest.MonkeyPatch, *, quick: bool) -> list[tuple[int, dict[int, Any]]]:
    monkeypatch.setattr(worksheets, "LARGE", 0 if quick else 10**9)
    return [(number, cells) for number, cells in XlsxFile(Package(content, LIMITS)).rows("m") if cells]


@pytest.mark.parametrize("write", WRITERS)
@settings(max_examples=60, deadline=None)
@given(table=st.lists(st.lists(values, max_size=4), max_size=4))
def test_both_readings_are_one(write: Any, table: list[list[Any]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        content = write({"m": table})
        assert rows(content, patch, quick=True) == rows(content, patch, quick=False)


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


@pytest.mark.parametrize(
    ("part", "pattern", "written"),
    [
        (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c r="B1" t="inlineStr"><is><t>x</t></is></c>'),
        (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c r="B1" t="e"><v>#N/A</v></c>'),
        (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c r="B1"><f>A1</f></c>'),
        (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c t="s" r="B1"><v>1</v></c>'),
        (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c t="s"><v>1</v></c>'),
        (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c r="B1" t="s"><v>&#49;</v></c>'),
        (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c r="B1" t="s"><v>1</v><!-- <c r="C1"><v>9</v></c> --></c>'),
        (SHEET, '<c r="B1" t="s"><v>1</v></c>', '<c r="B1" t="s"><v>99</v></c>'),
        (SHEET, '<row r="1"', "<row"),
        (STRINGS, "<si><t>two</t></si>", "<si><r><t>t</t></r><r><t>wo</t></r></si>"),
        (STRINGS, "<si><t>two</t></si>", "<si><t><![CDATA[two]]></t></si>"),
        (STRINGS, "<si><t>two</t></si>", "<si><t>a&#128;b\r\n</t></si>"),
        (STRINGS, "<si><t>two</t></si>", "<si/>"),
    ],
)
def test_what_is_written_otherwise_is_left_to_the_parser(
    part: str, pattern: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = changed(by_xlsxwriter({"m": [["one", "two", 3], ["x", None, 4.5]]}), part, pattern, written)
    assert rows(content, monkeypatch, quick=True) == rows(content, monkeypatch, quick=False)


def test_prefixed_elements_are_left_to_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Open XML SDK writes `x:row` and `x:c`."""
    content = changed(by_xlsxwriter({"m": [["one", 2]]}), SHEET, r"<(/?)(worksheet|sheetData|row|c|v)\b", r"<\1x:\2")
    content = changed(content, SHEET, "<x:worksheet xmlns=", "<x:worksheet xmlns:x=")
    assert rows(content, monkeypatch, quick=True) == [(1, {1: "one", 2: 2})]


def test_a_plain_sheet_is_read_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """That the quick reading is used at all: the parser is taken away."""
    content = by_xlsxwriter({"m": [["one", 2, True, 4.5], [None, "x"]]})
    monkeypatch.setattr(Package, "pushed", None)
    assert rows(content, monkeypatch, quick=True) == [(1, {1: "one", 2: 2, 3: True, 4: 4.5}), (2, {2: "x"})]
    assert plain_cells.LARGE < plain_cells.LARGEST
