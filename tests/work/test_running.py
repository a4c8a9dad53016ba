"""Consumers run in an opened instance: one fails and the others go on; a process that holds a lease is waited for."""

from __future__ import annotations

from datetime import timedelta

from toguna.instance.api import Instance
from toguna.kernel.api import Catalogue, Refused
from toguna.kernel.core import clock
from toguna.work.api import Consumer, follow, leases, run_now
from toguna.work.core.retries import Holder, Lease, taken
from toguna.work.store.queries import change

FAULT = Catalogue("test").error("bad", "{name} is bad.", "Stop.")


def test_one_failure_stops_no_other_and_says_no_value(instance: Instance) -> None:
    ran: list[str] = []

    def fails() -> int:
        ran.append("fails")
        raise Refused(FAULT.at(name="Awa Diallo"))

    def works() -> int:
        ran.append("works")
        return 7

    consumers = [Consumer(name="a", run=fails), Consumer(name="b", run=works)]
    outcomes = run_now(consumers)
    assert [(one.consumer, one.reached, type(one.error)) for one in outcomes] == [
        ("a", None, Refused),
        ("b", 7, type(None)),
    ]
    first, second = leases()
    assert (first.consumer, first.attempts, first.error) == ("a", 1, "Refused test.bad")
    assert second == Lease(consumer="b") and first.next_at is not None
    with clock.at(first.next_at - timedelta(seconds=1)):
        assert [one.error for one in follow(consumers)] == [None, None]
    with clock.at(first.next_at):
        follow(consumers)
    assert ran == ["fails", "works", "works", "fails", "works"]
    assert leases()[0].attempts == 2


def test_what_another_process_runs_is_left_to_it(instance: Instance) -> None:
    consumer = Consumer(name="a", run=lambda: 7)
    change("a", lambda lease: taken(lease, Holder(host="elsewhere", process=1), clock.now()))
    (outcome,) = run_now([consumer], wait_seconds=0.3)
    assert (outcome.reached, outcome.error) == (None, None)
    change("a", lambda lease: Lease(consumer="a"))
    assert run_now([consumer])[0].reached == 7
