"""The Mali operation's rules of payments and of plausible numbers, at their boundaries, at both doors (issue 9, section 3)."""

from __future__ import annotations

import pytest

from tests.pack.mali import PACK, table
from toguna.access.api import acting
from toguna.collect.arrivals import Received
from toguna.collect.core.submissions.values import Receipt
from toguna.collect.loading import preview, take
from toguna.collect.published import publish_form
from toguna.collect.references import load_reference
from toguna.collect.store import models
from toguna.instance.api import Instance
from toguna.organisations.api import load_organisations
from toguna.places.api import load_places

OWNER = acting(None)
PAID = {
    "payment": "P-1",
    "organisation": "mercycorps",
    "list_version": "L-1",
    "household": "H-1",
    "payee": "x",
    "women": "1",
    "men": "1",
    "girls": "0",
    "boys": "1",
    "payment_place": "ML07",
    "return_place": "ML07",
    "status": "paid",
    "listed_on": "2016-12-01",
    "paid_on": "2016-12-05",
    "amount": "108000",
    "currency": "XOF",
}


@pytest.fixture
def home(instance: Instance) -> Instance:
    load_places(table("places.csv"))
    load_organisations(table("organisations.csv"))
    load_reference("expectations", table("expectations.csv"), OWNER)
    for form in ("cash_payment.md", "monthly_return.md"):
        publish_form((PACK / "forms" / form).read_bytes(), OWNER, name=form)
    return instance


def sent(**changes: str) -> tuple[Receipt, Receipt]:
    """What a look says and what taking in does."""
    line = PAID | changes
    content = f"{','.join(line)}\n{','.join(line.values())}".encode()
    seen = preview([Received(name="cash.csv", content=content, actor=OWNER)], OWNER)
    return seen.receipt, take(seen)


def questions(receipt: Receipt) -> list[object]:
    return [problem.details["question"] for problem in receipt.problems if "question" in problem.details]


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({}, None),
        ({"amount": "108001"}, "entitlement"),
        ({"amount": "108001", "currency": "USD"}, None),
        ({"list_version": ""}, "on_a_list"),
        ({"list_version": "", "status": "listed", "paid_on": ""}, None),
        ({"status": "reconciled", "reconciled_on": "2016-12-08"}, "statement"),
        ({"status": "reconciled", "reconciled_on": "2016-12-08", "statement": "S-1"}, None),
    ],
)
def test_a_payment_is_questioned_at_both_doors(home: Instance, changes: dict[str, str], question: str | None) -> None:
    looked, taken = sent(**changes)
    assert questions(looked) == questions(taken) == ([question] if question else [])
    assert looked.refused == taken.refused == (1 if question else 0)
    assert models.Submission.objects.count() == (0 if question else 1)


def test_a_household_is_paid_once_by_whatever_payment(home: Instance) -> None:
    assert sent()[1].refused == 0
    for status in ("paid", "reconciled"):
        more = {"reconciled_on": "2016-12-08", "statement": "S-1"} if status == "reconciled" else {}
        looked, taken = sent(payment="P-2", status=status, **more)
        assert questions(looked) == questions(taken) == ["paid_once"]
    assert questions(sent(payment="P-3", household="H-2")[1]) == []
    assert models.Submission.objects.count() == 2
