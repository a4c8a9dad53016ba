"""The address of an engine: read strictly, and what opens it stands in no message."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.figures.core.plan.statement import SqlStatement
from toguna.figures.engine_settings import engine_beside, remote_engine
from toguna.figures.lake.spark_address import parse_address, shown_address
from toguna.kernel.api import Refused

GOOD = {
    "sc://here": "sc://here:15002",
    "sc://here:7": "sc://here:7",
    "sc://here:7/": "sc://here:7",
    "sc://a.b-c.org:7/;token=hush": "sc://a.b-c.org:7",
    "sc://[::1]:7/;use_ssl=true;token=hu%3Dsh;x-cluster-id=1-2": "sc://[::1]:7",
}
BAD = (
    "sc://h:7;token=hush",
    "sc://h:7/x;token=hush",
    "sc://h:x;token=hush",
    "http://x/?token=hush",
    "sc://h:7/;token hush",
    "sc://h:7/;token=hush=",
    "sc://h:7/?token=hush",
    "sc://user:hush@h:7/",
    "sc://hush@h:7",
    "SC://h:7/;token=hush",
    "sc://h:7/;token=hush;bad",
    "sc://h:7/;token=hush#x",
    "sc://h:7#token=hush",
    " sc://h:7/;token=hush",
    "sc://h:7/a/;token=hush",
    "sc://h:7/;use_ssl=maybe;token=hush",
    "sc://h:7/;session_id=hush",
    "sc://h:7/;token=hush\nx",
    "sc://h:7/;token=hush;token=hush",
    "sc://h:70000/;token=hush",
    "sc://h:0/;token=hush",
    "hush",
)


@pytest.mark.parametrize("written", GOOD)
def test_an_address_is_shown_without_what_opens_it(written: str) -> None:
    found = parse_address(written)
    assert found is not None and found.shown == GOOD[written]
    assert parse_address(found.url) == found


@pytest.mark.parametrize("written", BAD)
def test_what_is_no_address_is_refused_without_what_follows_the_host(written: str, tmp_path: Path) -> None:
    for asked in (
        lambda: remote_engine(tmp_path, {}, {"TOGUNA_ENGINE": written}),
        lambda: remote_engine(tmp_path, {"engine": written}, {}),
        lambda: engine_beside(written, tmp_path, {}, {"TOGUNA_ENGINE": "sc://other"}),
    ):
        with pytest.raises(Refused) as refusal:
            asked()
        told = str(refusal.value) + repr(refusal.value.problems)
        assert "hush" not in told and "engine_setting" in told


def test_a_verb_names_its_own_option(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"--engine"):
        engine_beside("sc://h:7;token=hush", tmp_path, {"engine": "sc://x"}, {"TOGUNA_ENGINE": "sc://y"})


@given(st.text(max_size=12), st.sampled_from(["sc://h:7", "sc://h", "sc://", "", "sc://h:7/;token="]))
def test_no_text_after_the_host_is_repeated(rest: str, start: str) -> None:
    written = f"{start}{rest}hush-1234"
    if parse_address(written) is None and not written.startswith(("sc://h", "sc://")):
        assert "hush-1234" not in shown_address(written)
    found = parse_address(f"sc://h:7/;token=hush-1234{rest}")
    assert found is None or "hush" not in found.shown


def test_a_token_comes_from_the_environment(tmp_path: Path) -> None:
    found = remote_engine(tmp_path, {"engine": "sc://h:7"}, {"TOGUNA_ENGINE_TOKEN": "hu=sh"})
    assert found is not None
    address = found.engine.settings.parsed
    assert dict(address.parameters) == {"token": "hu%3Dsh"} and "hu" not in found.engine.settings.shown
    assert address.without_secrets("Bearer hu=sh, hu%3Dsh") == "Bearer ..., ..."
    own = parse_address("sc://h:7/;token=own", "other")
    assert own is not None and dict(own.parameters) == {"token": "own"}
    with pytest.raises(Refused) as refusal:
        remote_engine(tmp_path, {"engine": "sc://h:7"}, {"TOGUNA_ENGINE_TOKEN": "hu sh"})
    assert "engine_token" in str(refusal.value) and "hu sh" not in str(refusal.value)


@pytest.mark.parametrize(
    ("setting", "value", "fault"),
    [
        ("TOGUNA_ENGINE_ABOVE", "9" * 5000, "engine_above"),
        ("TOGUNA_ENGINE_SECONDS", "0", "engine_seconds"),
        ("TOGUNA_ENGINE_SECONDS", "9" * 5000, "engine_seconds"),
        ("TOGUNA_ENGINE_CONNECT_SECONDS", "soon", "engine_seconds"),
    ],
)
def test_a_number_that_says_nothing_of_use_is_refused(setting: str, value: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        remote_engine(tmp_path, {"engine": "sc://here:1"}, {setting: value})
    (problem,) = refusal.value.problems
    assert problem.id == f"figures.{fault}" and setting in problem.written("en") and len(problem.written("fr")) < 300


def test_an_address_that_nobody_answers_is_told_without_its_token(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark-client is not installed")
    found = remote_engine(tmp_path, {"engine": "sc://127.0.0.1:1/;x-key=hush"}, {"TOGUNA_ENGINE_TOKEN": "hush2"})
    assert found is not None
    with pytest.raises(Refused) as refusal:
        found.engine.rows(SqlStatement(select="SELECT 1 AS a"))
    assert "hush" not in str(refusal.value) and "sc://127.0.0.1:1" in str(refusal.value)
