"""`operation.toml`: what it may say, and every fault with its line."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from tests.conftest import OPERATION
from toguna.instance.api import Bracket, Rate, parse_operation
from toguna.kernel.api import Refused


def faults(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(Refused) as refused:
        parse_operation(text)
    return [(problem.id, problem.place.line) for problem in refused.value.problems]


def changed(before: str, after: str) -> str:
    assert OPERATION.count(before) == 1
    return OPERATION.replace(before, after)


def test_an_operation_is_read_whole() -> None:
    operation = parse_operation(OPERATION)
    assert (operation.id, operation.place, operation.currency, operation.demonstration) == ("sahel", "ML", "XOF", True)
    assert operation.name == {"en": "Sahel", "fr": "Sahel"}
    assert operation.time_zone.key == "Africa/Bamako"
    assert operation.counting_states == ("received", "edited", "approved")
    assert operation.thresholds == {"public": 1, "internal": 1, "confidential": 5, "strictly_confidential": 10}
    assert (operation.cut_off_day, operation.cut_off_time) == (8, time(18))
    assert operation.brackets["children"] == (Bracket(min_age=0, max_age=17), Bracket(min_age=18))
    assert [bracket.code for bracket in operation.brackets["unhcr"]] == ["0-4", "5-11", "12-17", "18-59", "60+"]
    assert operation.rates == (Rate(source="XOF", target="USD", rate=Decimal("0.00163"), on=date(2016, 12, 1)),)
    assert "late_return" in operation.reasons and "duplicate" in operation.reasons
    assert operation.number_style == {"en": "6,954", "fr": "6 954"}
    assert operation.source == OPERATION


def test_a_bracket_holds_ages_ends_included() -> None:
    assert [age in Bracket(min_age=5, max_age=11) for age in (4, 5, 11, 12)] == [False, True, True, False]
    assert 99 in Bracket(min_age=60)


def test_thresholds_are_only_raised() -> None:
    assert parse_operation(OPERATION + "[thresholds]\nconfidential = 10").thresholds["confidential"] == 10
    assert faults(OPERATION + "[thresholds]\nconfidential = 3")[0][0] == "instance.threshold_lowered"


@pytest.mark.parametrize(
    ("before", "after", "fault", "line"),
    [
        ('id = "sahel"', 'id = "Sahel 1"', "value_wrong", 3),
        ('id = "sahel"\n', "", "key_missing", 2),
        (', fr = "Sahel"}', "}", "value_wrong", 4),
        ('languages = ["en", "fr"]', 'languages = ["en", "xx"]', "value_wrong", 5),
        ('"Africa/Bamako"', '"Africa/Gao"', "value_wrong", 6),
        ('"Africa/Bamako"', '"../../etc/passwd"', "value_wrong", 6),
        ('place = "ML"', 'place = "Mali"', "value_wrong", 7),
        ("demonstration = true", 'demonstration = "yes"', "value_wrong", 8),
        ('currency = "XOF"', 'curency = "XOF"', "key_missing", 2),
        ('"5-11"', '"6-11"', "brackets_broken", 11),
        ('"60+"', '"60 and more"', "value_wrong", 11),
        ('rate = "0.00163"', 'rate = "0,00163"', "value_wrong", 16),
        ('on = "2016-12-01"', 'on = "2016-31-12"', "value_wrong", 17),
        ('codes = ["late_return"]', 'codes = ["came too late"]', "value_wrong", 19),
        ('en = "6,954"', 'en = "6;954"', "value_wrong", 21),
        ("[numbers]", "[nombres]", "key_unknown", 20),
        ("[numbers]", "[numbers", "toml_broken", 20),
    ],
)
def test_every_fault_names_its_line(before: str, after: str, fault: str, line: int) -> None:
    assert faults(changed(before, after))[0] == (f"instance.{fault}", line)


def test_all_faults_are_told_in_one_run() -> None:
    text = changed('id = "sahel"', "id = 7").replace('place = "ML"', 'palce = "ML"').replace('"5-11"', '"6-11"')
    assert [fault for fault, _ in faults(text)] == [
        "instance.key_missing",
        "instance.value_wrong",
        "instance.key_unknown",
        "instance.brackets_broken",
    ]


def test_a_rate_written_as_a_number_stays_exact() -> None:
    assert parse_operation(changed('"0.00163"', "0.00163")).rates[0].rate == Decimal("0.00163")
