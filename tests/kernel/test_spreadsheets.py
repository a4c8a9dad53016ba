"""What a spreadsheet would run is made harmless; numbers stay numbers."""

import pytest

from toguna.kernel.core.spreadsheets import defused


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "-", "+-1", "-1+2"],
)
def test_a_formula_is_shown_and_not_run(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-12", "+3", "-1 234,5", "-4.5 %", "1,200", "Gao", "#sector", "a=b", "", "-1e6", "12-13"]
)
def test_a_number_and_a_word_stay(text: str) -> None:
    assert defused(text) == text
