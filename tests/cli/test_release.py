"""``toguna figures`` marks what may not be printed, ``toguna release`` lifts the threshold; faults speak the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.revised import revise
from toguna.access.api import acting, add_account
from toguna.cli import main
from toguna.collect.api import publish_form
from toguna.collect.loading import load
from toguna.figures.api import indicator_faults
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import parse_period
from toguna.kernel.core import clock
from toguna.pack.consumers import catch_up

FORM = """
# Help

| survey | | | | | |
| | type | name | label::English (en) | label::Français (fr) | bind::tg:sensitivity | constraint | constraint_message::English (en) | constraint_message::Français (fr) |
| | date | day | Day | Jour | internal | . <= today() | Not in the future. | Pas dans l'avenir. |
| | select_one sex | sex | Sex | Sexe | confidential | | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::Français (fr) |
| | sex | f | F | F |
| | sex | m | M | H |
| settings | | | | |
| | form_id | form_title | version | default_language | tg:date |
| | help | Help | 1 | English (en) | day |
"""
INDICATORS = """
helped:
  label: {en: persons helped, fr: personnes aidées}
  unit: persons
  basis: counted
  kind: flow
  from: help
  measure: count
  where: sex is not null
  date: day
  disaggregate: {sex: sex}
  persons: served
  release: {by: protection_officer, reason: small_but_harmless}
"""


@pytest.fixture
def helped(instance: Instance, tmp_path: Path) -> Instance:
    """Nine persons helped: seven women, two men."""
    (tmp_path / "help.md").write_text(FORM, encoding="utf-8")
    publish_form(tmp_path / "help.md", acting(None))
    revise({"indicators/helped.yaml": INDICATORS})
    rows = "".join(f"2016-12-{day:02},{'m' if day > 7 else 'f'}\n" for day in range(1, 10))
    (tmp_path / "help.csv").write_text("day,sex\n" + rows, encoding="utf-8")
    assert load([tmp_path / "help.csv"], acting(None), form_id="help").refused == 0
    catch_up()
    assert not indicator_faults()
    add_account("aminata", ["protection_officer"], acting(None))
    add_account("moussa", ["reporting_officer"], acting(None))
    return instance


def run(instance: Instance, *words: str) -> int:
    return main([*words, "--home", str(instance.home)])


def printed(instance: Instance, capsys: pytest.CaptureFixture[str], *words: str) -> list[Mapping[str, Any]]:
    capsys.readouterr()
    asked = ("figures", "helped", "--period", "2016-12", "--by", "sex", "--format", "json", *words)
    assert run(instance, *asked) == 0
    rows: list[Mapping[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_what_is_withheld_in_print_is_marked_until_it_is_released(
    helped: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    # Two men are below 5; the seven women would tell them, were the nine known.
    assert [(row["value"], row["in_print"]) for row in printed(helped, capsys)] == [
        (7, "withheld"),
        (2, "withheld"),
        (9, "as_shown"),
    ]
    assert [row["value"] for row in printed(helped, capsys, "--public")] == [None, None, None], "no plan yet"
    assert run(helped, "figures", "helped", "--period", "2016-12", "--by", "sex", "--language", "fr") == 0
    assert "2 de ces chiffres sont retenus" in capsys.readouterr().err
    assert run(helped, "release", "helped", "--as", "moussa") == 2
    assert "[access.not_permitted]" in capsys.readouterr().err
    assert run(helped, "release", "helped", "--as", "aminata", "--language", "fr") == 0
    assert "helped est libéré" in capsys.readouterr().out
    (act,) = journal.acts(kinds=("figure.released",))
    assert (act.subject, act.actor) == ("helped", "aminata")
    assert [(row["value"], row["in_print"]) for row in printed(helped, capsys)] == [
        (7, "as_shown"),
        (2, "as_shown"),
        (9, "as_shown"),
    ]
    assert [row["value"] for row in printed(helped, capsys, "--public")] == [7, 2, 9]


def test_what_may_be_released_is_listed(helped: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(helped, "release", "--format", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["indicator"], row["withheld_below"], row["by"], row["released"]) == (
        "helped",
        5,
        "protection_officer",
        False,
    )
    assert run(helped, "release", "helpt", "--language", "fr") == 2
    assert "[figures.indicator_unknown]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("figures", "helped", "--period", "2016-13"), "cli.period_broken"),
        (("trace", "helped", "--period", "December"), "cli.period_broken"),
        (("cutoff", "soon"), "cli.period_broken"),
        (("cutoff", "2016-12", "--at", "yesterday"), "cli.instant_broken"),
        (("figures", "helped", "--as-of", "soon"), "journal.as_of_broken"),
    ],
)
def test_a_time_that_is_none_is_told_in_french(
    helped: Instance, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], fault: str
) -> None:
    before = journal.head()
    assert run(helped, *words, "--language", "fr") == 2
    told = capsys.readouterr().err
    assert f"[{fault}]" in told and "Écrivez" in told
    assert journal.head() == before


@pytest.mark.parametrize(("language", "message"), [("en", "Not in the future."), ("fr", "Pas dans l'avenir.")])
def test_a_rule_of_the_form_speaks_the_readers_language(
    helped: Instance, capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str, message: str
) -> None:
    (tmp_path / "late.csv").write_text("day,sex\n2999-12-01,f\n", encoding="utf-8")
    assert run(helped, "load", str(tmp_path / "late.csv"), "--form", "help", "--language", language) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "is_said"),
    [
        (("helped",), True),
        (("helped?period=-1",), True),
        (("helped?period=2016-12", "helped"), True),
        (("helped?period=2016-12",), False),
        (("helped", "--period", "2016-12"), False),
    ],
)
def test_a_figure_without_a_period_says_which_it_chose(
    helped: Instance, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], is_said: bool
) -> None:
    chosen = parse_period(f"{clock.now():%Y-%m}").before().written()
    capsys.readouterr()
    for language, sentence in (("en", f"No period was given: {chosen}"), ("fr", f"Aucune période indiquée : {chosen}")):
        assert run(helped, "figures", *words, "--format", "json", "--language", language) == 0
        out, err = capsys.readouterr()
        assert (sentence in err) is is_said
        periods = [row["period"] for row in json.loads(out)]
        assert (words != ("helped",)) or periods == [chosen]
