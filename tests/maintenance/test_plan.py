"""Which steps bring an instance forward, and what is refused."""

from __future__ import annotations

import pytest

from toguna.instance.opening import FORMAT
from toguna.kernel.api import Refused
from toguna.maintenance.core.steps import STEPS, FormatStep, plan_migration
from toguna.maintenance.migrating import _STEPS

THREE = (FormatStep(format=2, name="a"), FormatStep(format=2, name="b"), FormatStep(format=3, name="c"))


@pytest.mark.parametrize(("found", "known", "names"), [(1, 3, "abc"), (2, 3, "c"), (1, 2, "ab"), (3, 3, "")])
def test_the_steps_between_two_formats_are_taken_in_order(found: int, known: int, names: str) -> None:
    plan = plan_migration(found, known, (), (), THREE)
    assert "".join(step.name for step in plan.steps) == names
    assert plan.is_needed is (found != known)


def test_a_pending_migration_alone_is_a_reason() -> None:
    assert plan_migration(2, 2, ("x.0002_y",), (), THREE).is_needed


def test_a_newer_instance_is_refused() -> None:
    with pytest.raises(Refused, match="format 4"):
        plan_migration(4, 3, (), (), THREE)
    with pytest.raises(Refused, match=r"x\.0009_later"):
        plan_migration(3, 3, (), ("x.0009_later",), THREE)


def test_every_step_is_in_order_and_does_something() -> None:
    assert [step.format for step in STEPS] == sorted(step.format for step in STEPS)
    assert {step.name for step in STEPS} == set(_STEPS)
    assert max(step.format for step in STEPS) == FORMAT
