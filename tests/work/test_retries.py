"""Who may run a consumer, and when one that failed runs again: values alone."""

from datetime import UTC, datetime, timedelta

import pytest

from toguna.work.core.retries import (
    FIRST_WAIT,
    LEASE,
    LONGEST_WAIT,
    Holder,
    Lease,
    done,
    failed,
    is_due,
    may_take,
    taken,
)

NOW = datetime(2017, 1, 9, 8, tzinfo=UTC)
ME, OTHER = Holder(host="office", process=10), Holder(host="office", process=11)
FREE = Lease(consumer="lake")


@pytest.mark.parametrize(
    ("held_by", "after", "alive", "expected"),
    [
        (None, timedelta(0), True, True),
        (ME, timedelta(0), True, True),
        (OTHER, timedelta(0), True, False),
        (OTHER, LEASE - timedelta(seconds=1), True, False),
        (OTHER, LEASE, True, True),
        (OTHER, timedelta(0), False, True),
        (Holder(host="elsewhere", process=11), timedelta(0), False, False),
    ],
)
def test_a_lease_is_taken_over_when_it_ran_out_or_its_process_died(
    held_by: Holder | None, after: timedelta, alive: bool, expected: bool
) -> None:
    lease = taken(FREE, held_by, NOW) if held_by else FREE
    assert may_take(lease, ME, NOW + after, lambda process: alive) is expected


def test_the_wait_doubles_with_each_failure_and_ends_with_success() -> None:
    lease = FREE
    waits = []
    for _ in range(14):
        lease = failed(taken(lease, ME, NOW), "OSError", NOW)
        assert lease.next_at is not None
        waits.append(lease.next_at - NOW)
    assert waits[:3] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4] and waits[-1] == LONGEST_WAIT
    assert (lease.attempts, lease.error, lease.holder) == (14, "OSError", "")
    assert not is_due(lease, NOW + LONGEST_WAIT - timedelta(seconds=1)) and is_due(lease, NOW + LONGEST_WAIT)
    assert done(lease) == FREE and is_due(FREE, NOW)
