"""Questions with one right answer, in which engines differ: asked of every engine but ours before anything else.

They are written as the planner writes, so that an answer tests the engine and our fix-ups together. Each is one SELECT of one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from toguna.figures.core.plan.statement import QueryEngine, QueryError, SqlStatement

#: What an answer is where the number does not fit: an error, never another number.
TOO_LARGE = "an error"
_TOP = "CAST(9223372036854775807 AS BIGINT)"


@dataclass(frozen=True, kw_only=True)
class KnownAnswer:
    """A SELECT of one value, and the value."""

    select: str
    answer: Any


KNOWN_ANSWERS: Mapping[str, KnownAnswer] = {
    "months between two dates": KnownAnswer(
        select="SELECT date_diff('month', DATE '2016-01-31', DATE '2016-02-01') AS v", answer=1
    ),
    "days between two dates": KnownAnswer(
        select="SELECT date_diff('day', DATE '2016-02-28', DATE '2016-03-01') AS v", answer=2
    ),
    "a sum past 2^63": KnownAnswer(
        select=f"SELECT sum(t0) AS v FROM (SELECT {_TOP} AS t0 UNION ALL SELECT {_TOP} AS t0) AS n", answer=2**64 - 2
    ),
    "an addition past 2^63": KnownAnswer(
        select=f"SELECT (NULLIF({_TOP}, 0) + NULLIF({_TOP}, 0)) AS v", answer=TOO_LARGE
    ),
    "a sum in millionths past 2^63": KnownAnswer(
        select=f"SELECT CAST(sum(t0) * 1000000 AS HUGEINT)::BIGINT AS v FROM (SELECT {_TOP} AS t0) AS n",
        answer=TOO_LARGE,
    ),
    "a sum in millionths": KnownAnswer(
        select="SELECT CAST(sum(t0) * 1000000 AS HUGEINT)::BIGINT AS v FROM (SELECT CAST(1.5 AS DECIMAL(28,6)) AS t0) AS n",
        answer=1_500_000,
    ),
    "a decimal past its digits": KnownAnswer(
        select="SELECT CAST(CAST('99999999999999999999999' AS DECIMAL(38,6)) AS DECIMAL(28,6)) AS v", answer=TOO_LARGE
    ),
    "rounding of a half": KnownAnswer(
        select="SELECT CAST(ROUND(CAST(-2.5 AS DECIMAL(28,6)), 0) AS DECIMAL(28,6)) AS v", answer=Decimal(-3)
    ),
    "the day of a moment": KnownAnswer(
        select="SELECT CAST(timezone('Asia/Tokyo', CAST('2016-12-31 15:30:00+00' AS TIMESTAMP WITH TIME ZONE)) AS DATE) AS v",
        answer=date(2017, 1, 1),
    ),
    "the order of what is blank": KnownAnswer(
        select="SELECT v FROM (SELECT v, row_number() OVER (ORDER BY v DESC) AS n FROM "
        "(SELECT 1 AS v UNION ALL SELECT CAST(NULL AS INTEGER) AS v UNION ALL SELECT 2 AS v) AS t) AS o WHERE n = 3",
        answer=None,
    ),
    "letters with two spellings": KnownAnswer(
        select="SELECT count(DISTINCT t0) AS v FROM (SELECT '\u00e9' AS t0 UNION ALL SELECT 'e\u0301' AS t0 UNION ALL SELECT 'E' AS t0) AS n",
        answer=3,
    ),
}


@dataclass(frozen=True, kw_only=True)
class WrongAnswer:
    """What was asked, what the engine says, and what is right."""

    asked: str
    found: str
    expected: str


def wrong_answers(engine: QueryEngine) -> list[WrongAnswer]:
    """Every known answer that the engine does not give."""
    found = []
    for asked, known in KNOWN_ANSWERS.items():
        try:
            answer = engine.rows(SqlStatement(select=known.select))[0][0]
        except QueryError as error:
            if known.answer == TOO_LARGE:
                continue
            answer = f"{TOO_LARGE} ({str(error).splitlines()[0]})"
        if answer != known.answer:
            found.append(WrongAnswer(asked=asked, found=str(answer), expected=str(known.answer)))
    return found
