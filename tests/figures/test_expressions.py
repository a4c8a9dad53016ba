"""Grammar 3: what an expression may hold, what it means, and that its SQL means the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.figures.examples import RESULT, SOURCES, VISIT, WATER_POINTS
from toguna.figures.core.expressions import evaluate, parse_expression, reads, terms, write_sql
from toguna.figures.core.tables import SourceTable


def parsed(text: str, table: SourceTable = RESULT, wants: str = "condition"):
    tree, problems = parse_expression(text, table, SOURCES, wants)  # type: ignore[arg-type]
    assert tree is not None, [problem.written() for problem in problems]
    return tree


def faults(text: str, table: SourceTable = RESULT, wants: str = "condition") -> list[str]:
    tree, problems = parse_expression(text, table, SOURCES, wants)  # type: ignore[arg-type]
    assert (tree is None) == bool(problems)
    for problem in problems:
        assert problem.written("en") != problem.written("fr")
    return [problem.id.removeprefix("figures.") for problem in problems]


SQL = {
    "activity = 'hygiene_session' and sessions > 2": """("activity" = 'hygiene_session' AND "sessions" > 2)""",
    "not (women is null or men is not null)": """(NOT (("women" IS NULL) OR (NOT ("men" IS NULL))))""",
    "population in ('REF', 'IDP')": """("population" IN ('REF', 'IDP'))""",
    "amount between 1 and 2.5": """("amount" BETWEEN 1 AND CAST('2.5' AS DECIMAL(28,6)))""",
    "selected(themes, 'water')": """(LIST_CONTAINS("themes", 'water'))""",
    "^nil = 'no'": """("nil" = 'no')""",
    "^organisation.kind = 'it''s'": """("kind" = 'it''s')""",
    "^month >= '2016-12-01'": """("month" >= DATE '2016-12-01')""",
    "date '2016-12-01' = ^month": """(DATE '2016-12-01' = "month")""",
    "women - men * 2 > -1": """(("women" - ("men" * 2)) > -1)""",
    "1 / women < 0.5": """(CAST(CAST(1 AS DOUBLE) / NULLIF(CAST("women" AS DOUBLE), 0) AS DECIMAL(28,6)) < CAST('0.5' AS DECIMAL(28,6)))""",
    "if(women > men, women, men) > 0": """((CASE WHEN ("women" > "men") THEN "women" ELSE "men" END) > 0)""",
    "coalesce(women, 0) = 0": """((COALESCE("women", 0)) = 0)""",
    "true or _state = 'approved'": """(TRUE OR ("_state" = 'approved'))""",
}


@pytest.mark.parametrize("text", SQL)
def test_sql_is_ours(text: str) -> None:
    written = write_sql(parsed(text), lambda read: "")
    assert written.replace("(", "").replace(")", "") == SQL[text].replace("(", "").replace(")", "")


def test_a_column_of_two_types_is_read_over_both() -> None:
    tree = parsed("litres > 2", VISIT)
    assert write_sql(tree, lambda read: "t") == (
        """(COALESCE(CAST(t."litres__integer" AS DECIMAL(28,6)), t."litres__decimal") > 2)"""
    )


def test_a_moment_is_read_as_its_day_in_the_operations_zone() -> None:
    written = write_sql(parsed("seen_at = '2016-12-31'", VISIT), lambda read: "", "Africa/Bamako")
    assert written == """(CAST(timezone('Africa/Bamako', "seen_at") AS DATE) = DATE '2016-12-31')"""


def test_paths_follow_references_and_parents() -> None:
    (read,) = reads(parsed("point.status = 'delayed'", VISIT))
    assert (read.up, [hop.to for hop in read.hops], read.table) == (0, ["water_points"], "water_points")
    (read,) = reads(parsed("^organisation.kind = 'ngo'"))
    assert (read.up, [hop.to for hop in read.hops], read.written) == (1, ["organisations"], "^organisation.kind")


FAULTS = {
    "": "expression_empty",
    "activity == 'x'": "expression_not_read",
    "activty = 'hygiene_session'": "column_unknown",
    "installed_on is null": "column_elsewhere",
    "activity = 'hygiene'": "choice_not_offered",
    "activity in ('school_kit', 'kit')": "choice_not_offered",
    "activity < 'b'": "no_order",
    "activity = 1": "types_differ",
    "^month = '2016-02-31'": "date_wrong",
    "^month > 3": "types_differ",
    "themes = 'water'": "codes_compared",
    "women = null": "null_compared",
    "women": "expression_wants",
    "women and men > 1": "expression_wants",
    "photo is null": "column_not_readable",
    "^^month is null": "path_no_parent",
    "activity.name = 'x'": "path_no_reference",
    "place.level = 1": "path_no_reference",
    "women in (men)": "list_of_literals",
    "lower(activity) = 'x'": "function_unknown",
    "abs(activity) = 1": "function_takes",
    "year(^month, 2) = 1": "function_arguments",
    "women + activity > 1": "not_a_number",
    "selected(themes, activity)": "function_takes",
    "women > 12345678901234567890": "number_too_long",
    "women between 1 and '2'": "types_differ",
    "women = women = women": "types_differ",
    "round(amount, 9) = 1": "function_takes",
}


@pytest.mark.parametrize("text", FAULTS)
def test_faults_are_named(text: str) -> None:
    assert faults(text) == [FAULTS[text]]


def test_all_faults_of_an_expression_come_in_one_run() -> None:
    assert faults("activty = 'x' and population = 'MARS' and themes = 'water'") == [
        "column_unknown",
        "choice_not_offered",
        "codes_compared",
    ]


def test_a_column_that_changed_its_kind_cannot_be_read() -> None:
    assert faults("odd is null", VISIT) == ["column_not_readable"]


def test_a_fault_names_the_tables_that_could_give_the_column() -> None:
    _, (problem,) = parse_expression("boarded = 'yes'", WATER_POINTS, SOURCES)
    assert "repatriation/person" in problem.written("en") and "repatriation/person" in problem.written("fr")


def test_a_sum_is_taken_apart_at_its_additions() -> None:
    tree = parsed("women + men + (girls + boys) - children * 2", wants="number")
    assert len(terms(tree)) == 1, "a difference is one term"
    assert len(terms(parsed("women + men + (girls + boys)", wants="number"))) == 4


MEANING = [
    ("women > 2", {"women": 3}, True),
    ("women > 2", {"women": None}, None),
    ("women > 2 or true", {"women": None}, True),
    ("women > 2 and false", {"women": None}, False),
    ("not women > 2", {"women": None}, None),
    ("women in (1, 2)", {"women": 2}, True),
    ("women in (1, 2)", {"women": None}, None),
    ("women not in (1, 2)", {"women": 3}, True),
    ("women between 1 and men", {"women": 5, "men": None}, None),
    ("women between 1 and men", {"women": 0, "men": None}, False),
    ("women is null", {"women": None}, True),
    ("1 / women > 0", {"women": 0}, None),
    ("selected(themes, 'water')", {"themes": frozenset({"water", "health"})}, True),
    ("selected(themes, 'water')", {"themes": None}, None),
    ("if(women > 0, 1, 2) = 2", {"women": None}, True),
    ("coalesce(women, men, 7) = 7", {"women": None, "men": None}, True),
    ("least(women, men) = 4", {"women": None, "men": 4}, True),
    ("round(amount, 1) = 0.3", {"amount": Decimal("0.25")}, True),
    ("floor(amount) = -1", {"amount": Decimal("-0.5")}, True),
    ("days_between(^month, '2016-12-31') = 30", {"month": date(2016, 12, 1)}, True),
    ("month(^month) = 12 and year(^month) = 2016", {"month": date(2016, 12, 1)}, True),
]


@pytest.mark.parametrize(("text", "row", "meaning"), MEANING)
def test_meaning(text: str, row: dict, meaning: bool | None) -> None:
    assert evaluate(parsed(text), lambda read: row[read.column.name]) is meaning
