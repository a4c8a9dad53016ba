"""The threshold of a confidential indicator is lifted by the role that it names, once, by an act that says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.figures.test_reading import one
from toguna.access.api import Actor
from toguna.figures.core.disclosure.suppression import threshold_of
from toguna.figures.releasing import release, released
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused

INCIDENTS = """
unit: incidents
basis: reported
kind: flow
from: incident_table/incident
measure: sum incidents
date: ^month
release: {by: protection_officer, reason: small_but_harmless}
"""
OFFICER = Actor(name="aminata", roles=("protection_officer",))


def test_it_is_journalled_and_holds_for_this_definition(instance: Instance) -> None:
    indicator = one(INCIDENTS)
    assert released({"x": indicator}) == frozenset()
    release(indicator, OFFICER)
    (act,) = journal.acts(kinds=("figure.released",))
    assert (act.subject, act.actor, act.detail["reason"]) == ("x", "aminata", "small_but_harmless")
    assert released({"x": indicator}) == {"x"}
    changed = one(INCIDENTS + "where: incidents > 1\n")
    assert released({"x": changed}) == frozenset(), "another definition has to be released again"


def test_who_has_not_the_role_is_refused_and_nothing_is_written(instance: Instance) -> None:
    before = journal.head().sequence
    for roles in (("sector_officer",), ("enumerator",), ()):
        with pytest.raises(Refused):
            release(one(INCIDENTS), Actor(name="moussa", roles=roles))
    representative = one(INCIDENTS.replace("protection_officer", "representative"))
    with pytest.raises(Refused) as refused:
        release(representative, OFFICER)
    assert [problem.id for problem in refused.value.problems] == ["figures.release_role"]
    plain = one(INCIDENTS.replace("release: {by: protection_officer, reason: small_but_harmless}\n", ""))
    with pytest.raises(Refused) as refused:
        release(plain, OFFICER)
    assert [problem.id for problem in refused.value.problems] == ["figures.release_none"]
    assert journal.head().sequence == before


def test_thresholds_only_rise() -> None:
    indicator = one(INCIDENTS)
    assert threshold_of(indicator) == 5
    assert threshold_of(indicator, {"confidential": 8}) == 8
    assert threshold_of(indicator, {"confidential": 2}) == 5, "an operation cannot lower it"
    assert threshold_of(replace(indicator, suppress_below=20)) == 20
    assert threshold_of(indicator, released=True) == 1
    strict = replace(indicator, sensitivity="strictly_confidential")
    assert threshold_of(strict, released=True) == 10, "never released"
    assert threshold_of(replace(indicator, sensitivity="internal")) == 1
