"""Grammar 3 and 5: what a definition may say. Each rule has one definition that keeps it and one that breaks it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.examples import SOURCES
from toguna.figures.core.definition import Indicator
from toguna.figures.core.reading import read_indicators
from toguna.kernel.api import Problem, errors

LABEL = "label: {en: a thing, fr: une chose}"


def read(text: str, **further: object) -> tuple[Mapping[str, Indicator], list[Problem]]:
    return read_indicators({"i.yaml": dedent(text)}, SOURCES, **further)  # type: ignore[arg-type]


def one(body: str) -> Indicator:
    found, problems = read(f"x:\n  {LABEL}\n{indent(dedent(body), '  ')}")
    assert not problems, [problem.written() for problem in problems]
    return found["x"]


def faults(body: str) -> list[tuple[str, int | None]]:
    """Names and lines of the faults; the body's first line is line 3."""
    found, problems = read(f"x:\n  {LABEL}\n{indent(dedent(body).strip(), '  ')}")
    assert "x" not in found and errors(problems)
    assert all(problem.place.file == "i.yaml" for problem in problems)
    return [(problem.id.removeprefix("figures."), problem.place.line) for problem in problems]


SESSIONS = """
unit: sessions
basis: reported
kind: flow
from: monthly_return/result
measure: sum sessions
date: ^month
place: place
"""


def test_a_flow() -> None:
    sessions = one(SESSIONS)
    assert (sessions.kind, sessions.basis, sessions.table, sessions.sensitivity) == (
        "flow",
        "reported",
        "monthly_return/result",
        "internal",
    )
    assert sessions.date is not None and sessions.date.written == "^month"
    assert sessions.place is not None and sessions.place.column.is_place
    assert sessions.at.line == 1


def test_what_is_read_decides_the_sensitivity() -> None:
    body = """
    unit: incidents
    basis: reported
    kind: flow
    from: incident_table/incident
    measure: sum incidents
    date: ^month
    """
    assert one(body).sensitivity == "confidential"


def test_a_change_of_the_definition_changes_its_digest() -> None:
    assert one(SESSIONS).digest != one(SESSIONS + "where: activity = 'school_kit'\n").digest
    assert one(SESSIONS).digest == one("\n" + SESSIONS + "\n# a remark\n").digest


BROKEN = {
    "unknown key": (SESSIONS + "wher: sessions > 1", [("key_unknown", 10)]),
    "unknown table": (SESSIONS.replace("monthly_return/result", "monthly_return/results"), [("table_unknown", 6)]),
    "unknown kind": (SESSIONS.replace("flow", "flux"), [("value_unknown", 5)]),
    "unknown measure": (SESSIONS.replace("sum sessions", "average sessions"), [("measure_wrong", 7)]),
    "unknown column": (SESSIONS.replace("sum sessions", "sum session"), [("column_unknown", 7)]),
    "column of another form": (SESSIONS + "disaggregate: {status: status}", [("column_elsewhere", 10)]),
    "several faults in one run": (
        SESSIONS.replace("^month", "month").replace("place: place", "place: plce") + "where: activity = 'tea'",
        [("choice_not_offered", 10), ("column_elsewhere", 8), ("column_unknown", 9)],
    ),
    "no unit": (SESSIONS.replace("unit: sessions\n", ""), [("key_missing", 1)]),
    "no basis": (SESSIONS.replace("basis: reported\n", ""), [("key_missing", 1)]),
    "flow without a date": (SESSIONS.replace("date: ^month\n", ""), [("flow_date", 1)]),
    "date that is none": (SESSIONS.replace("^month", "activity"), [("column_type", 8)]),
    "place that is none": (SESSIONS.replace("place: place", "place: activity"), [("place_needed", 9)]),
    "flow with an interval": (SESSIONS + "valid: {since: ^month, until: ^month}", [("kind_key", 10)]),
    "flow of the latest": (SESSIONS.replace("sum sessions", "latest sessions"), [("kind_measure", 7)]),
    "stock without interval or latest": (
        SESSIONS.replace("kind: flow", "kind: stock").replace("date: ^month\n", ""),
        [("stock_needs", 1)],
    ),
    "interval of a form without versions": (
        SESSIONS.replace("kind: flow", "kind: stock").replace("date: ^month", "valid: {since: ^month, until: next}"),
        [("valid_by", 8)],
    ),
    "persons unsaid": (SESSIONS.replace("unit: sessions", "unit: persons"), [("persons_missing", 1)]),
    "persons of another unit": (SESSIONS + "persons: served", [("persons_unit", 10)]),
    "distinct persons without an id": (
        SESSIONS.replace("unit: sessions", "unit: persons") + "persons: distinct",
        [("persons_distinct", 10)],
    ),
    "persons made of households": (
        SESSIONS.replace("unit: sessions", "unit: persons").replace("sum sessions", "sum households * 4.45")
        + "persons: served",
        [("converted", 7)],
    ),
    "choices that overlap": (SESSIONS + "disaggregate: {theme: themes}", [("codes_split", 10)]),
    "category with a key's name": (SESSIONS + "disaggregate: {place: population}", [("category_name", 10)]),
    "expected returns of what is counted": (
        SESSIONS.replace("reported", "counted") + "expected: {from: agreements, organisation: organisation}",
        [("basis_key", 10)],
    ),
    "threshold too low": (
        SESSIONS.replace("monthly_return/result", "incident_table/incident")
        .replace("sum sessions", "sum incidents")
        .replace("place: place", "place: region")
        + "suppress_below: 3",
        [("threshold_lowered", 10)],
    ),
    "release of what is not confidential": (
        SESSIONS + "release: {by: protection_officer, reason: small_but_harmless}",
        [("release_wrong", 10)],
    ),
    "quoted from nobody": (SESSIONS.replace("reported", "quoted"), [("quoted_owner", 6)]),
    "estimated without a method": (SESSIONS.replace("reported", "estimated"), [("estimated_method", 1)]),
    "money in unnamed currencies": (
        SESSIONS.replace("unit: sessions", "unit: XOF").replace("sum sessions", "sum amount"),
        [("currency_unnamed", 1)],
    ),
    "currency of what is no money": (SESSIONS + "currency: currency", [("not_money", 10)]),
    "stale returns": (SESSIONS + "stale_after: 60", [("basis_key", 10)]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_faults_have_their_line(case: str) -> None:
    body, expected = BROKEN[case]
    assert sorted(faults(body)) == sorted(expected)


WIDE = SESSIONS.replace("unit: sessions", "unit: persons").replace("sum sessions", "sum women + men + children")
WIDE += "persons: attendances\n"


def test_wide_columns_are_cells() -> None:
    indicator = one(WIDE + "disaggregate: {sex: {women: f, men: m, children: null}}")
    sex = indicator.categories["sex"].wide
    assert sex is not None and dict(sex.cells) == {"women": "f", "men": "m", "children": None}


def test_wide_columns_name_all_that_is_summed() -> None:
    assert faults(WIDE + "disaggregate: {sex: {women: f, men: m}}") == [("wide_missing", 11)]
    assert faults(WIDE + "disaggregate: {sex: {women: f, men: m, children: null, boys: m}}") == [("wide_further", 11)]
    assert faults(WIDE.replace("men +", "men * 1 +") + "disaggregate: {sex: {women: f, men: m, children: null}}") == [
        ("wide_plain_sum", 11)
    ]
    counted = SESSIONS.replace("sum sessions", "count") + "disaggregate: {sex: {women: f}}"
    assert faults(counted) == [("wide_needs_sum", 10)]


def test_another_partition_of_the_same_total_is_legal() -> None:
    indicator = one(
        WIDE + "disaggregate: {sex: {women: f, men: m, children: null}, group: {refugees: REF, hosts: HST}}"
    )
    assert set(indicator.categories) == {"sex", "group"}


def test_attendances_are_never_called_persons_reached() -> None:
    body = f"x:\n  label: {{en: persons reached, fr: personnes atteintes}}\n{indent(dedent(WIDE), '  ')}"
    found, problems = read(body)
    assert not found and [problem.id for problem in problems] == ["figures.attendances_reached"]


PERSONS = """
unit: persons
basis: counted
kind: flow
from: repatriation/person
measure: distinct person
date: ^departed_on
place: ^origin
persons: distinct
"""


def test_ages_from_a_birth_date() -> None:
    indicator = one(PERSONS + "disaggregate: {sex: sex, age: {birth: birth_month}}")
    age = indicator.categories["age"].age
    assert age is not None and age.birth is not None and age.brackets == "unhcr"
    assert faults(PERSONS + "disaggregate: {age: {birth: ^departed_on}}") == [("birth_needed", 11)]
    assert faults(PERSONS + "disaggregate: {age: {brackets: unhcr}}") == [("age_needs", 11)]
    assert faults(PERSONS + "disaggregate: {age: {birth: birth_month, brackets: who}}") == [("brackets_unknown", 11)]


def test_different_persons_are_not_attendances() -> None:
    assert faults(PERSONS.replace("persons: distinct", "persons: attendances")) == [("persons_not_distinct", 10)]


def test_a_stock_of_entities_by_interval() -> None:
    body = """
    unit: boreholes
    basis: counted
    kind: stock
    from: water_points
    measure: count
    where: type = 'borehole' and status = 'delayed'
    valid: {since: status_on, until: next}
    place: site
    disaggregate: {cause: cause, region: site@1}
    """
    assert faults(body) == [("category_name", 11)]
    indicator = one(body.replace("region: site@1", "in_region: site@1"))
    assert indicator.valid is not None and indicator.valid.until is None and indicator.valid.key is not None
    assert indicator.valid.key.column.name == "_entity"
    assert indicator.categories["in_region"].long is not None and indicator.categories["in_region"].long.level == 1


DERIVED = f"""
a:
  {LABEL}
{indent(SESSIONS, "  ")}
b:
  {LABEL}
{indent(SESSIONS, "  ")}
c:
  {LABEL}
{indent(PERSONS, "  ")}
"""


def derived(body: str) -> tuple[Indicator | None, list[str]]:
    found, problems = read(DERIVED + f"x: {body}\n")
    return found.get("x"), [problem.id.removeprefix("figures.") for problem in errors(problems)]


def test_derived_indicators() -> None:
    share, problems = derived("{kind: ratio, of: [a, b], unit: percent, where: activity = 'school_kit'}")
    assert share is not None and not problems
    assert (share.basis, share.of, share.is_share) == ("reported", ("a", "b"), True)
    assert share.numerator_where is not None


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("{kind: ratio, of: [a], unit: percent}", "of_wrong"),
        ("{kind: ratio, of: [a, z], unit: percent}", "of_unknown"),
        ("{kind: ratio, of: [a, x], unit: percent}", "of_circle"),
        ("{kind: ratio, of: [a, c], unit: percent}", "units_differ"),
        ("{kind: sum, of: [a, c], unit: sessions}", "units_differ"),
        ("{kind: sum, of: [a, b], unit: persons}", "units_differ"),
        ("{kind: sum, of: [c, c], unit: persons}", "sum_distinct"),
        ("{kind: sum, of: [a, b], unit: sessions, from: visit}", "key_unknown"),
        ("{kind: difference, of: [a, b, c], unit: sessions}", "of_wrong"),
        ("{kind: change, of: [a, b], unit: sessions}", "of_wrong"),
        ("{kind: change, of: [a], unit: persons}", "units_differ"),
        ("{kind: change, of: [a], unit: sessions, where: sessions > 1}", "key_unknown"),
        ("{kind: ratio, of: [a, c], unit: per 1, per: 1}", "key_wants"),
        ("{kind: ratio, of: [a, c], unit: daily, a_day: often}", "value_unknown"),
        ("{kind: ratio, of: [a, b], unit: percent, per: 1000}", "rate_percent"),
        ("{kind: ratio, of: [a, b], unit: percent, a_day: true}", "rate_percent"),
    ],
)
def test_faults_of_derived_indicators(body: str, fault: str) -> None:
    found, problems = derived(body)
    assert found is None and fault in problems


def test_what_needs_a_faulty_indicator_is_left_out_with_it() -> None:
    text = DERIVED.replace("sum sessions", "sum seances", 1) + "x: {kind: ratio, of: [a, b], unit: percent}\n"
    found, problems = read(text)
    assert set(found) == {"b", "c"}
    assert [problem.id for problem in errors(problems)] == ["figures.column_unknown", "figures.of_faulty"]


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("a: [1, 2", "yaml_wrong", 1),
        ("a: &x {kind: flow}\nb: *x\n", "yaml_alias", 1),
        ("a: " + "[" * 50 + "]" * 50, "yaml_too_deep", 1),
        ("- a\n- b\n", "indicators_wanted", 1),
        ("A b: {kind: flow}", "indicator_name", 1),
        ("a: 3\n", "indicators_wanted", 1),
        ("a:\n  kind: flow\n  kind: stock\n", "yaml_key_twice", 3),
    ],
)
def test_texts_that_are_no_indicators(text: str, fault: str, line: int) -> None:
    found, problems = read_indicators({"i.yaml": text}, SOURCES)
    assert not found
    assert (f"figures.{fault}", line) in [(problem.id, problem.place.line) for problem in problems]


def test_an_indicator_declared_in_two_files() -> None:
    text = f"x:\n  {LABEL}\n{indent(SESSIONS, '  ')}"
    found, problems = read_indicators({"a.yaml": text, "b.yaml": text}, SOURCES)
    assert set(found) == {"x"} and [problem.id for problem in problems] == ["figures.indicator_twice"]
    assert problems[0].place.file == "b.yaml"


def test_an_empty_file_declares_nothing() -> None:
    assert read_indicators({"a.yaml": "", "b.yaml": "# nothing\n"}, SOURCES) == ({}, [])


FURTHER = {
    "a key that is a list": (SESSIONS + "where: [1, 2]", "key_wants"),
    "a label in one language": (SESSIONS + "definition: {en: only}", "language_missing"),
    "an age that is none": (WIDE + "disaggregate: {age: {women: adults, men: 18+, children: 0-17}}", "age_wrong"),
    "money that is counted": (
        SESSIONS.replace("unit: sessions", "unit: XOF").replace("sum sessions", "count") + "currency: currency",
        "money_counted",
    ),
    "latest_by of a sum": (SESSIONS + "latest_by: ^month", "latest_by_alone"),
    "a path that is none": (SESSIONS.replace("^month", "month("), "path_wrong"),
    "a character that is none": (SESSIONS + "where: activity = `x`", "expression_character"),
    "a word that is none": (SESSIONS + "where: sessions like 'x'", "expression_not_read"),
    "a since that is no day": (SESSIONS.replace("flow", "counter") + "since: 2016-02-30", "key_wants"),
    "a threshold that is no number": (SESSIONS + "suppress_below: five", "key_wants"),
    "a release without a reason": (SESSIONS + "release: {by: protection_officer}", "key_wants"),
    "a convert that is none": (
        SESSIONS.replace("unit: sessions", "unit: XOF") + "currency: currency\nconvert: today",
        "value_unknown",
    ),
    "a convert without a currency": (
        SESSIONS.replace("unit: sessions", "unit: XOF") + "convert: period_end\nwhere: currency = 'XOF'",
        "key_missing",
    ),
    "an expected table that is none": (
        SESSIONS + "expected: {from: contracts, organisation: organisation}",
        "table_unknown",
    ),
    "a cell of text": (WIDE + "disaggregate: {sex: {activity: f}}", "wide_cell"),
    "a latest of text": (SESSIONS.replace("flow", "stock").replace("sum sessions", "latest activity"), "column_type"),
    "a distinct level of what is no place": (SESSIONS.replace("sum sessions", "distinct activity@1"), "place_needed"),
}


@pytest.mark.parametrize("case", FURTHER)
def test_further_faults(case: str) -> None:
    body, fault = FURTHER[case]
    assert fault in [name for name, _ in faults(body)]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("{kind: ratio, of: [s, a], unit: percent, where: sessions > 1}", "where_of_derived"),
        ("{kind: sum, of: [p, q], unit: persons}", "sum_kinds"),
        ("{kind: sum, of: [a, t], unit: sessions}", "sum_times"),
        ("{kind: sum, of: [r, r], unit: percent}", "add_ratio"),
        ("{kind: change, of: [r], unit: percent}", "change_wrong"),
        ("{kind: change, of: [k], unit: sessions}", "change_wrong"),
        ("{kind: sum, of: [k, k], unit: sessions}", "change_wrong"),
        ("{kind: ratio, of: [k, a], unit: each}", "change_wrong"),
        ("{kind: ratio, of: [t, a], unit: daily, a_day: true}", "rate_daily"),
    ],
)
def test_further_faults_of_derived_indicators(body: str, fault: str) -> None:
    text = DERIVED + dedent(
        f"""
        s: {{kind: sum, of: [a, b], unit: sessions, {LABEL}}}
        r: {{kind: ratio, of: [a, b], unit: percent, {LABEL}}}
        k: {{kind: change, of: [a], unit: sessions, {LABEL}}}
        """
    )
    for name, persons in (("p", "attendances"), ("q", "newly_served")):
        text += f"{name}:\n  {LABEL}\n{indent(WIDE.replace('attendances', persons), '  ')}"
    text += f"t:\n  {LABEL}\n{indent(SESSIONS.replace('flow', 'counter'), '  ')}"
    found, problems = read(text + f"x: {body}\n")
    assert set(found) == {"a", "b", "c", "s", "r", "k", "p", "q", "t"}
    assert fault in [problem.id.removeprefix("figures.") for problem in errors(problems)]


def test_a_target_is_planned_and_in_the_unit_of_what_it_aims_at() -> None:
    target = f"""
x:
  {LABEL}
  unit: UNIT
  basis: BASIS
  kind: target
  of: [a]
  from: targets
  measure: sum value
  valid: {{since: starts, until: ends}}
"""
    found, problems = read(DERIVED + target.replace("UNIT", "sessions").replace("BASIS", "planned"))
    assert found["x"].of == ("a",) and not errors(problems)
    for unit, basis, fault in (("households", "planned", "units_differ"), ("sessions", "counted", "target_planned")):
        found, problems = read(DERIVED + target.replace("UNIT", unit).replace("BASIS", basis))
        assert "x" not in found and [problem.id for problem in errors(problems)] == [f"figures.{fault}"]


def test_an_indicator_without_a_label_is_read_and_told() -> None:
    found, problems = read(f"two_words:\n{indent(SESSIONS, '  ')}")
    assert found["two_words"].label == {"en": "two words", "fr": "two words"}
    assert [(problem.id, problem.is_error) for problem in problems] == [("figures.label_missing", False)]


PAGE = (Path(__file__).parents[2] / "docs" / "indicators.md").read_text()
GOOD = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.S))
LINES = GOOD.splitlines()


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(LINES) - 1),
            st.sampled_from(["drop", "empty", "swap", "null", "list", "map", "indent", "noise"]),
            st.integers(0, len(LINES) - 1),
            st.text("{}[]:,'\"&*#-x0 \n", max_size=4),
        ),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=60, deadline=None)
def test_a_spoilt_page_is_read_or_told_never_broken(spoils: list[tuple[int, str, int, str]]) -> None:
    lines = list(LINES)
    for at, how, other, noise in spoils:
        key = lines[at].partition(":")[0]
        lines[at] = {
            "drop": "",
            "empty": f"{key}:",
            "swap": lines[other],
            "null": f"{key}: null",
            "list": f"{key}: [a, [b]]",
            "map": f"{key}: {{a: {{b: c}}}}",
            "indent": f"  {lines[at]}",
            "noise": lines[at] + noise,
        }[how]
    found, problems = read_indicators({"i.yaml": "\n".join(lines)}, SOURCES)
    assert found or problems
    for problem in problems:
        assert problem.place.file == "i.yaml" and problem.written("en") and problem.written("fr")
