"""What a backup's manifest may say, and which names may be unpacked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.kernel.api import Refused
from toguna.maintenance.core.manifest import Manifest, Member, Table, check_names, is_safe, parse_manifest

GOOD = Manifest(
    toguna="0.1.0",
    made_at="2016-12-31T08:00:00+00:00",
    engine="sqlite",
    instance="1f0c",
    format=2,
    head=f"1:{'a' * 64}",
    migrations=("journal.0001_initial",),
    tables={"journal_act": Table(columns=("sequence",), rows=1)},
    lake=False,
    members=(Member(name="home/operation.toml", size=3, sha256="b" * 64),),
)
FOUND = [("manifest.json", 900), ("home/operation.toml", 3)]


def test_it_is_read_as_it_was_written() -> None:
    assert parse_manifest(GOOD.written()) == GOOD


@pytest.mark.parametrize(
    "name",
    [
        "home/../x", "home/a/../../x", "/etc/passwd", "home//x", "home/./x", "../home/x", "home\\..\\x", "home", "x/y", "home/a\x00b",
        "home/instance.toml", "home/toguna.sqlite3", "home/toguna.sqlite3-wal", "database/..", "home/" + "a" * 256,
        "home/files", "home/secrets", "home/a\u202egpj.x", "home/a\u200bb",
    ],
)  # fmt: skip
def test_a_name_that_leaves_its_place_is_unsafe(name: str) -> None:
    assert not is_safe(name)
    assert [problem.id for problem in check_names(GOOD, [*FOUND, (name, 1)])] == ["maintenance.backup_unsafe"]


@pytest.mark.parametrize(
    "name",
    [
        "home/files/ab/cd",
        "home/pack/école.csv",
        "database/journal_act.copy",
        "home/.mark",
        "home/lake/x/_month=2016-12/p.parquet",
    ],
)
def test_a_name_of_ours_is_safe(name: str) -> None:
    assert is_safe(name)


@given(st.lists(st.sampled_from(["..", ".", "", "a", "home", "database", "~", "C:"]), min_size=1, max_size=6))
def test_a_safe_name_stays_below_its_folder(parts: list[str]) -> None:
    name = "/".join(parts)
    if is_safe(name):
        assert name.split("/")[0] in ("home", "database") and not {"..", ".", ""} & set(name.split("/"))


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ([("manifest.json", 9)], "missing"),
        ([*FOUND, ("home/more", 1)], "not listed"),
        ([*FOUND, FOUND[1]], "twice"),
        ([FOUND[0], ("home/operation.toml", 4)], "size"),
    ],
)
def test_members_that_are_not_those_of_the_manifest_are_told(found: list[tuple[str, int]], reason: str) -> None:
    assert check_names(GOOD, FOUND) == ()
    [problem] = check_names(GOOD, found)
    assert reason in problem.what()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "x"}, {"engine": "oracle"}, {"instance": "x'; DROP SCHEMA toguna"}, {"head": "1"}, {"lake": 1}, {"format": True},
        {"tables": {"a b": {"columns": [], "rows": 1}}}, {"tables": {"a": {"columns": ['x"'], "rows": 1}}}, {"migrations": ["a b"]},
        {"members": [{"name": "home/a", "size": -1, "sha256": "a" * 64}]}, {"members": [{"name": "home/a", "size": 1, "sha256": "A"}]},
        {"members": 3}, {"tables": []},
    ],
)  # fmt: skip
def test_a_manifest_that_says_something_else_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        parse_manifest(json.dumps({**json.loads(GOOD.written()), **change}).encode())
    assert refused.value.problems[0].id == "maintenance.backup_damaged"


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"3", b"{" * 100_000, b'{"kind": "toguna backup"}'])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        parse_manifest(content)


def test_a_newer_layout_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="layout 9"):
        parse_manifest(json.dumps({**json.loads(GOOD.written()), "layout": 9}).encode())


def test_its_size_is_that_of_all_members() -> None:
    assert replace(GOOD, members=GOOD.members * 3).size == 9
