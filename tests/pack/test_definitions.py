"""What the definitions of the Mali indicators promise is held by a rule; a definition without one is struck, or says so here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
import yaml

from tests.pack.mali import PACK, schemas, table
from toguna.collect.core.schema import Column
from toguna.kernel.core.hedges import TOLERANCE

Spec = Mapping[str, Any]


@cache
def specs() -> Mapping[str, Spec]:
    found: dict[str, Spec] = {}
    for path in sorted((PACK / "indicators").glob("*.yaml")):
        found |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def question(form: str, name: str) -> Column:
    return next(column for each in schemas()[form].tables for column in each.columns if column.name == name)


def counts_only(condition: str) -> Callable[[Spec], bool]:
    return lambda spec: spec.get("where") == condition


def is_quoted(spec: Spec) -> bool:
    """The owner's value as it is registered: nothing is computed from it."""
    return spec["basis"] in ("quoted", "estimated") and str(spec["measure"]).startswith("latest ")


def is_never_below_ten(spec: Spec) -> bool:
    return spec["suppress_below"] >= 10 and "release" not in spec


def is_paid_once(spec: Spec) -> bool:
    [once] = [row for row in table("expectations.csv") if row["kind"] == "once" and row["form"] == spec["from"]]
    same = {word for status in ("paid", "reconciled") for word in (f"'{status}'",)}
    return once["columns"] == "household" and all(word in once["where"] and word in spec["where"] for word in same)


def has_range(form: str, low: str, high: str, when: str) -> bool:
    """Both ends are asked and required where there is an estimate."""
    asked = [question(form, name) for name in (low, high)]
    return all(one.required == "true()" and when in (one.relevant or "") for one in asked)


#: By indicator, what holds its definition.
HELD: Mapping[str, Callable[[Spec], bool]] = {
    "cash_persons": is_paid_once,
    "protection_actors": lambda spec: spec["where"] == "^criterion = 'active'" and "kind" in spec["disaggregate"],
    "verified_estimate": lambda spec: (
        has_range("verification_exercise", "estimate_low", "estimate_high", "${estimate}")
        and question("verification_exercise", "estimate_method").relevant == "${estimate} != ''"
    ),
    "gbv_survivors_served": lambda spec: (
        is_never_below_ten(spec) and "consented" in question("agreed_table", "survivors").label["en"]
    ),
    "event_children": lambda spec: (
        spec["where"] == "counted_by = 'guess'" and has_range("public_event", "low", "high", "guess")
    ),
    "funding_gap_share": is_quoted,
    "referred_income_support": is_never_below_ten,
    "school_kits": lambda spec: (
        is_never_below_ten(spec)
        and set(spec["disaggregate"]) == {"sex", "age", "attendee", "population", "organisation"}
    ),
    "documents_handed_over": counts_only("state = 'handed_over'"),
    "return_arrivals": lambda spec: spec["date"] == "arrived_on" and spec["from"] == "return_arrival",
    "specific_needs_served": lambda spec: spec["persons"] == "distinct" and spec["measure"] == "distinct person",
    "idp_returnees": is_quoted,
    "mauritanian_refugees": is_quoted,
    "community_event_children": lambda spec: spec["basis"] == "estimated" and TOLERANCE * 10 == 1,
    "people_repatriated": counts_only("boarded = 'yes'"),
    "protection_incidents": lambda spec: spec["measure"] == "sum incidents",
}


def test_every_definition_is_held_by_a_rule_or_struck() -> None:
    assert {name for name, spec in specs().items() if "definition" in spec} == set(HELD)


@pytest.mark.parametrize("name", HELD)
def test_what_a_definition_says_is_enforced(name: str) -> None:
    assert HELD[name](specs()[name]), specs()[name]["definition"]["en"]
