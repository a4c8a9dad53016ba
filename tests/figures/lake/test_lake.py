"""The lake holds what the records make: after any number of syncs, crashes, rebuilds, and for every act asked."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.figures.lake.stories import VISIT, MemoryFeed, column, drawn, schema, visit
from toguna.figures.lake import Lake, Snapshot
from toguna.figures.lake.writing import MOST_SMALL

SECRET = b"s" * 32


def rows(lake: Lake, name: str) -> list[tuple]:
    """Every row of a table, as one sorted list."""
    snapshot = lake.snapshot(name)
    assert snapshot is not None
    return rows_of(snapshot)


def rows_of(snapshot: Snapshot) -> list[tuple]:
    found = []
    for path in snapshot.paths():
        for row in pq.read_table(path, partitioning=None).to_pylist():
            found.append(tuple(sorted((key, str(value)) for key, value in row.items())))
    return sorted(found)


def expected(feed: MemoryFeed, part: str, until: int) -> int:
    return sum(len(interval.rows.get(part, ())) for _, intervals in feed.touched(0, until) for interval in intervals)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(1, 120), max_size=5))
def test_many_syncs_make_the_lake_that_one_makes(tmp_path_factory, seed, cuts) -> None:
    feed = drawn(seed, 120)
    stepped, whole = (Lake(tmp_path_factory.mktemp("lake"), SECRET) for _ in range(2))
    for until in [*sorted(cuts), 120]:
        stepped.sync([feed], until)
    whole.sync([feed], 120)
    for name in ("visit", "visit__people"):
        assert rows(stepped, name) == rows(whole, name)
    assert len(rows(whole, "visit")) == expected(feed, "", 120)
    assert stepped.verify([feed]) == ()


def test_deleted_and_rebuilt_it_holds_the_same_rows(tmp_path: Path) -> None:
    feed = drawn(7, 200)
    lake = Lake(tmp_path / "lake", SECRET)
    lake.sync([feed], 90)
    lake.sync([feed], 200)
    before = rows(lake, "visit"), rows(lake, "visit__people")
    lake.rebuild([feed], 200)
    assert (rows(lake, "visit"), rows(lake, "visit__people")) == before
    assert lake.reached() == 200


def test_a_table_deleted_alone_comes_back_whole(tmp_path: Path) -> None:
    feed = drawn(3, 100)
    lake = Lake(tmp_path, SECRET)
    lake.sync([feed], 100)
    held = rows(lake, "visit__people")
    subprocess.run(["rm", "-rf", str(tmp_path / "visit__people")], check=True)
    feed.record("l1", date(2016, 3, 3), visit(date(2016, 3, 3)))
    lake.sync([feed], 101)
    gone = {dict(row)["_lineage"] for row in held} & {"l1"}
    assert len(rows(lake, "visit__people")) == expected(feed, "people", 101)
    assert lake.verify([feed]) == (), gone


def test_a_new_submission_adds_a_file_and_rewrites_none(tmp_path: Path) -> None:
    feed = MemoryFeed()
    for n in range(5):
        feed.record(f"a{n}", date(2016, 12, 1), visit(date(2016, 12, 1)))
    lake = Lake(tmp_path, SECRET)
    lake.sync([feed], 5)
    before = set(lake.snapshot("visit").paths())
    feed.record("b", date(2016, 12, 2), visit(date(2016, 12, 2)))
    lake.sync([feed], 6)
    after = set(lake.snapshot("visit").paths())
    assert before < after
    assert len(after - before) == 1


def test_a_correction_rewrites_its_month_alone_and_ends_the_old_row(tmp_path: Path) -> None:
    feed = MemoryFeed()
    for month in (10, 11, 12):
        feed.record(f"m{month}", date(2016, month, 1), visit(date(2016, month, 1), users=month))
    lake = Lake(tmp_path, SECRET)
    lake.sync([feed], 3)
    before = {file.month: file.path for file in lake.snapshot("visit").files}
    feed.record("m11", date(2016, 12, 5), visit(date(2016, 12, 5), users=99))
    lake.sync([feed], 4)
    found = [dict(row) for row in rows(lake, "visit")]
    assert {(row["users"], row["_seq_from"], row["_seq_to"]) for row in found if row["_lineage"] == "m11"} == {
        ("11", "2", "4"),
        ("99", "4", "None"),
    }
    after = {file.month: file.path for file in lake.snapshot("visit").files if file.month != "2016-12"}
    assert after["2016-10"] == before["2016-10"]
    assert after["2016-11"] != before["2016-11"]


def test_small_files_are_merged(tmp_path: Path) -> None:
    feed = MemoryFeed()
    lake = Lake(tmp_path, SECRET)
    for n in range(1, 30):
        feed.record(f"a{n}", date(2016, 12, 1), visit(date(2016, 12, 1)))
        lake.sync([feed], n)
    assert len(lake.snapshot("visit").files) <= MOST_SMALL + 1
    assert lake.snapshot("visit").rows == 29


def test_nothing_new_makes_no_commit(tmp_path: Path) -> None:
    feed = drawn(1, 30)
    lake = Lake(tmp_path, SECRET)
    assert lake.sync([feed], 30) is True
    version = lake.snapshot("visit").version
    assert lake.sync([feed], 30) is False
    assert lake.sync([MemoryFeed(acts=[*feed.acts])], 30) is False
    assert lake.snapshot("visit").version == version


def test_a_new_version_adds_a_column_and_old_rows_stay(tmp_path: Path) -> None:
    feed = MemoryFeed()
    feed.record("a", date(2016, 11, 1), visit(date(2016, 11, 1)))
    lake = Lake(tmp_path, SECRET)
    lake.sync([feed], 1)
    second = schema(*VISIT.tables[0].columns, column("depth", "integer"), version="2")
    feed.schemas = (VISIT, second)
    feed.record("b", date(2016, 12, 1), {"": [{"_row": "", "on": date(2016, 12, 1), "depth": 30}]})
    lake.sync([feed], 2)
    snapshot = lake.snapshot("visit")
    assert snapshot.evolved
    assert "depth" in snapshot.columns
    assert snapshot.rows == 2


def test_a_column_that_changes_type_gets_a_column_beside_it(tmp_path: Path) -> None:
    feed = MemoryFeed()
    feed.record("a", date(2016, 11, 1), visit(date(2016, 11, 1), users=4))
    lake = Lake(tmp_path, SECRET)
    lake.sync([feed], 1)
    feed.schemas = (VISIT, schema(column("on", "date"), column("users", "decimal"), version="2"))
    feed.record("b", date(2016, 11, 2), {"": [{"_row": "", "on": date(2016, 11, 2), "users__decimal": Decimal("0.5")}]})
    lake.sync([feed], 2)
    found = [dict(row) for row in rows(lake, "visit")]
    assert [(row["users"], row.get("users__decimal", "None")) for row in found] == [("4", "None"), ("None", "0.500000")]


def test_a_table_that_cannot_take_the_new_shape_is_made_anew(tmp_path: Path) -> None:
    feed = MemoryFeed(schemas=(schema(column("on", "date"), column("users", "decimal")),))
    feed.record("a", date(2016, 11, 1), {"": [{"_row": "", "on": date(2016, 11, 1), "users": Decimal(4)}]})
    lake = Lake(tmp_path, SECRET)
    lake.sync([feed], 1)
    feed.schemas = (VISIT,)
    feed.acts[0] = ("a", date(2016, 11, 1), visit(date(2016, 11, 1), users=4))
    lake.sync([feed], 1)
    assert [dict(row)["users"] for row in rows(lake, "visit")] == ["4"]


def test_what_is_kept_closely_stays_out_or_is_veiled(tmp_path: Path) -> None:
    form = schema(
        column("on", "date"),
        column("name", "text", sensitivity="confidential"),
        column("card", "text", sensitivity="confidential", lake=True),
        column("remark", "text"),
        column("note", "text", lake=True),
        column("spot", "geopoint"),
        column("photo", "attachment"),
        column("born", "date", birth=True, sensitivity="confidential"),
        column("act", "select_one", sensitivity="strictly_confidential"),
        column("sex", "select_one", sensitivity="confidential"),
    )
    feed = MemoryFeed(schemas=(form,))
    row = {"_row": "", "on": date(2016, 12, 1), "name": "Awa", "card": "ML-12", "remark": "x", "note": "seen"}
    feed.record("a", row["on"], {"": [row | {"spot": "16 -3", "born": date(1990, 5, 17), "act": "rape", "sex": "f"}]})
    lake = Lake(tmp_path, SECRET)
    lake.sync([feed], 1)
    (found,) = [dict(found) for found in rows(lake, "visit")]
    own = {name: value for name, value in found.items() if not name.startswith("_")}
    assert set(own) == {"on", "card", "note", "born", "sex"}
    assert (own["born"], own["note"], own["sex"]) == ("1990-05-01", "seen", "f")
    assert own["card"] != "ML-12"
    assert len(own["card"]) == 32
    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*.parquet"))
    assert b"Awa" not in raw
    assert b"ML-12" not in raw


def test_verify_names_a_changed_a_missing_and_a_cut_file(tmp_path: Path) -> None:
    feed = drawn(5, 60)
    lake = Lake(tmp_path, SECRET)
    lake.sync([feed], 60)
    paths = lake.snapshot("visit").paths()
    changed = Path(paths[0])
    changed.write_bytes(changed.read_bytes()[:-9] + b"x" * 9)
    Path(paths[1]).unlink()
    found = lake.verify([feed])
    assert [problem.id for problem in found] == ["lake.file_changed"] * 2
    log = sorted((tmp_path / "visit" / "_delta_log").glob("*.json"))[0]
    log.write_text("{")
    assert "lake.table_broken" in {problem.id for problem in Lake(tmp_path, SECRET).verify([feed])}
    lake.sync([feed], 60)
    lake.rebuild([feed], 60)
    assert lake.verify([feed]) == ()


CHILD = """
import sys
from pathlib import Path
from toguna.instance.api import configure
configure(Path("no-instance"))
from tests.figures.lake.stories import drawn
from toguna.figures.lake import Lake
feed, lake = drawn(11, 250, 40), Lake(Path(sys.argv[1]), b"s" * 32)
for until in range(int(sys.argv[2]), 251, int(sys.argv[3])):
    lake.sync([feed], until)
    print(until, flush=True)
lake.sync([feed], 250)
print("done", flush=True)
"""


@pytest.mark.slow
def test_killed_at_any_moment_it_loses_and_doubles_nothing(tmp_path: Path) -> None:
    draw = Random(20161231)
    done = False
    kills = 0
    start = 1
    while not done:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path), str(start), "7"], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        if kills < 8:
            child.stdout.readline()
            time.sleep(draw.random() * 0.25)
            os.kill(child.pid, signal.SIGKILL)
            kills += 1
        told = child.stdout.read().split()
        child.wait()
        done = "done" in told
    feed = drawn(11, 250, 40)
    lake = Lake(tmp_path, SECRET)
    fresh = Lake(tmp_path.parent / f"{tmp_path.name}-fresh", SECRET)
    fresh.sync([feed], 250)
    for name in ("visit", "visit__people"):
        assert rows(lake, name) == rows(fresh, name)
    assert lake.verify([feed]) == ()
    assert kills == 8


@pytest.mark.slow
def test_several_processes_sync_and_read_at_once(tmp_path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path), str(start), "21"], stdout=subprocess.DEVNULL)
        for start in (1, 5, 9)
    ]
    lake, feed = Lake(tmp_path, SECRET), drawn(11, 250, 40)
    seen = []
    while any(child.poll() is None for child in children):
        snapshot = lake.snapshot("visit")
        if snapshot is not None:
            seen.append(snapshot.reached)
            assert len(rows_of(snapshot)) == expected(feed, "", snapshot.reached)
    assert [child.returncode for child in children] == [0, 0, 0]
    assert seen == sorted(seen)
    assert json.loads((tmp_path / "state.json").read_text()) == {"visit": 250, "visit__people": 250}
    assert lake.verify([feed]) == ()
