"""The merge of a correction, held against an oracle that knows only what the rule says: named rows are the file's, the others stay."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collect.submissions.forms import schema_of
from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.merging import merge, row_keys
from toguna.collect.core.submissions.values import SINCE, Row

NESTED = """
| survey | | | | |
| | type | name | label | required |
| | text | partner | Partner | yes |
| | begin_repeat | result | Results | |
| | select_one kind | activity | Activity | yes |
| | select_one kind | group | Group | yes |
| | integer | women | Women | |
| | integer | men | Men | |
| | begin_repeat | visit | Visits | |
| | date | day | Day | yes |
| | text | remark | Remark | |
| | end_repeat | | | |
| | end_repeat | | | |
| choices | | | |
| | list_name | name | label |
| | kind | a | A |
| | kind | b | B |
| | kind | c | C |
| settings | | |
| | form_id | version |
| | nested | 1 |
"""
SCHEMA = schema_of(NESTED)
ALL = {table.name: frozenset(table.by_name) for table in SCHEMA.tables}
#: By (activity, group): women, men, and by day its remark.
Result = tuple[int | None, int | None, Mapping[str, str | None]]
Version = Mapping[tuple[str, str], Result]
_SMALL = st.none() | st.integers(0, 3)
versions = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc")),
    st.tuples(
        _SMALL, _SMALL, st.dictionaries(st.sampled_from(["1", "2", "3"]), st.none() | st.sampled_from("xy"), max_size=3)
    ),
    max_size=6,
)


def rows_of(version: Version) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {"": [{"_row": "", "_parent_row": "", "partner": "p"}], "result": [], "visit": []}
    for at, ((activity, group), (women, men, visits)) in enumerate(version.items()):
        row = {"_row": str(at), "_parent_row": "", "activity": activity, "group": group, "women": women, "men": men}
        rows["result"].append({name: value for name, value in row.items() if value is not None})
        for number, (day, remark) in enumerate(visits.items()):
            visit = {"_row": f"{at}.{number}", "_parent_row": str(at), "day": day, "remark": remark}
            rows["visit"].append({name: value for name, value in visit.items() if value is not None})
    return {name: own for name, own in rows.items() if own}


def version_of(rows: Mapping[str, list[Row]]) -> Version:
    found = {}
    for row in rows.get("result", []):
        visits = {one["day"]: one.get("remark") for one in rows.get("visit", []) if one["_parent_row"] == row["_row"]}
        found[row["activity"], row["group"]] = (row.get("women"), row.get("men"), visits)
    return found


def expected(held: Version, told: Version) -> Version:
    merged = dict(held)
    for key, (women, men, visits) in told.items():
        before = held[key][2] if key in held else {}
        merged[key] = (women, men, {**before, **visits})
    return merged


@given(versions, versions)
def test_named_rows_are_the_files_and_the_others_stay(held: Version, told: Version) -> None:
    before = rows_of(held)
    merged = merge(SCHEMA, before, rows_of(told), ALL, base="old")
    assert merged.ambiguous == ()
    assert version_of(merged.rows) == expected(held, told)
    assert merged.is_unchanged == (expected(held, told) == held)
    names = [(table, row["_row"]) for table, own in merged.rows.items() for row in own]
    assert len(set(names)) == len(names)
    kept = {row["_row"]: (row["activity"], row["group"]) for row in before.get("result", [])}
    assert all(
        (row["activity"], row["group"]) == kept[row["_row"]]
        for row in merged.rows.get("result", [])
        if row["_row"] in kept
    )


@given(versions, versions)
def test_a_row_stands_from_the_old_version_exactly_where_it_is_the_old_row(held: Version, told: Version) -> None:
    before = {(table, row["_row"]): row for table, own in rows_of(held).items() for row in own}
    merged = merge(SCHEMA, rows_of(held), rows_of(told), ALL, base="old")
    for table, own in merged.rows.items():
        for row in own:
            plain = {name: value for name, value in row.items() if name != SINCE}
            assert (row.get(SINCE) == "old") == (before.get((table, row["_row"])) == plain)


@given(versions, versions)
def test_with_replace_what_remains_is_the_file(held: Version, told: Version) -> None:
    merged = merge(SCHEMA, rows_of(held), rows_of(told), ALL, base="old", replace=True)
    assert version_of(merged.rows) == told
    gone = [change.key for change in merged.changes if change.kind == "gone" and change.table == "result"]
    assert sorted(gone) == sorted(", ".join(key) for key in held if key not in told)


@given(versions, versions)
def test_laid_over_twice_it_changes_nothing_more(held: Version, told: Version) -> None:
    once = merge(SCHEMA, rows_of(held), rows_of(told), ALL, base="old")
    assert merge(SCHEMA, once.rows, rows_of(told), ALL, base="new").is_unchanged


@pytest.mark.parametrize(
    ("settings", "keys"),
    [
        ("", {"result": ("activity", "group"), "visit": ("day",)}),
        ("result: activity", {"result": ("activity",), "visit": ("day",)}),
        ("visit: day remark ; result: group", {"result": ("group",), "visit": ("day", "remark")}),
    ],
)
def test_row_keys_are_those_declared_or_the_required_choices_and_dates(
    settings: str, keys: Mapping[str, tuple[str, ...]]
) -> None:
    schema = Schema(**{**vars_of(SCHEMA), "settings": {"tg:rows": settings} if settings else {}})
    assert row_keys(schema) == keys


def vars_of(schema: Schema) -> dict[str, object]:
    return {name: getattr(schema, name) for name in Schema.__dataclass_fields__}
