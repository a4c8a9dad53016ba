"""Rows of the disclosure ledger and of publication plans are only added, and `verify` names what was changed behind the triggers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from tests.figures.disclosure.table_in_memory import INDICATORS, OWN, printed
from toguna.figures.disclosure_ledger import keep
from toguna.figures.planned import PlannedFigures, digest_of_plans, keep_plans, planned_figures
from toguna.figures.verifying import verify
from toguna.instance.api import Instance, writing
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.kernel.api import parse_period

EDITION = "update-ML-2016-12-en-1"
TABLES = ("figures_printed", "figures_publication_plan")


@pytest.fixture
def kept(instance: Instance) -> Instance:
    """One edition's prints and one plan of two months, each told by an act."""
    figures = [printed("incidents?place=ML06", 108, at=1), printed("incidents", (100, 110), at=1)]
    months = [parse_period(one) for one in ("2016-11", "2016-12")]
    plans = [
        PlannedFigures(
            indicator="incidents", period=one, at=1, figures=tuple(replace(each, period=one) for each in figures)
        )
        for one in months
    ]
    with writing():
        told = {"printed": keep(EDITION, figures, INDICATORS)}
        journal.append([NewAct(kind="edition.issued", subject=EDITION, detail=told)], "owner")
        act = journal.append(
            [
                NewAct(
                    kind="publication.coarsened",
                    subject="2016-11..2016-12",
                    detail={"plans": digest_of_plans(plans)},
                )
            ],
            "owner",
        )
        keep_plans(plans, act.first)
    return instance


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def found() -> set[str]:
    return {problem.id for problem in verify() if "untold" in problem.id or "trigger" in problem.id}


def test_an_act_may_make_plans_of_several_months(kept: Instance) -> None:
    assert {one.period.written() for one in planned_figures()} == {"2016-11", "2016-12"}
    assert {one.period for one in planned_figures(OWN)} == {OWN}
    assert found() == set()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET indicator = 'other'", "DELETE FROM {}", "replace"])
def test_the_database_refuses_to_change_a_row(kept: Instance, table: str, change: str) -> None:
    if change == "replace":
        replace = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        change = replace if connection.vendor == "sqlite" else f"TRUNCATE {table}"
    with pytest.raises(DatabaseError, match="never"):
        execute(change.format(table))
    assert found() == set()


@pytest.fixture
def unguarded(kept: Instance) -> Iterator[None]:
    """Whoever may alter the schema takes the triggers away, changes rows, and puts the triggers back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'figures_p%'")
            made = cursor.fetchall()
            for name, _ in made:
                cursor.execute(f"DROP TRIGGER {name}")
            yield
            for _, sql in made:
                cursor.execute(sql)
        else:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield


CHANGES = {
    "a bound moved": ("UPDATE figures_printed SET low = '109' WHERE low = '108'", "printed_untold"),
    "another definition": ("UPDATE figures_printed SET definition = 'x' WHERE low = '108'", "printed_untold"),
    "another act": ("UPDATE figures_printed SET sequence = 2 WHERE low = '108'", "printed_untold"),
    "a row removed": ("DELETE FROM figures_printed WHERE low = '108'", "printed_untold"),
    "all rows removed": ("DELETE FROM figures_printed", "printed_untold"),
    "rows of no edition": (
        'INSERT INTO figures_printed (edition, reference, indicator, definition, start, "end", places, categories, '
        "sequence, low, high) SELECT 'nobody', reference, indicator, definition, start, \"end\", places, categories, "
        "sequence, low, high FROM figures_printed WHERE low = '108'",
        "printed_untold",
    ),
    "a plan emptied": ("UPDATE figures_publication_plan SET cells = '[]' WHERE start = '2016-12-01'", "plan_untold"),
    "a plan removed": ("DELETE FROM figures_publication_plan WHERE start = '2016-12-01'", "plan_untold"),
    "a plan of no act": ("UPDATE figures_publication_plan SET act = 900 WHERE start = '2016-12-01'", "plan_untold"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_behind_the_triggers_is_found(unguarded: None, change: str) -> None:
    statement, problem = CHANGES[change]
    execute(statement)
    assert f"lake.{problem}" in found() or f"figures.{problem}" in found(), found()


def test_a_trigger_that_is_gone_is_named(kept: Instance) -> None:
    on = "" if connection.vendor == "sqlite" else " ON figures_printed"
    execute(f"DROP TRIGGER figures_printed_no_delete{on}")
    assert len(found()) == 1 and next(iter(found())).endswith("trigger_gone")
