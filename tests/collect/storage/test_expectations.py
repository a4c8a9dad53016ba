"""What an operation expects beyond a form's rules: questioned at the preview, refused without a named reason (issue 9, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.collect.storage.conftest import OWNER, ids
from tests.collect.storage.test_receiving import kinds
from toguna.access.api import Actor, acting, add_account, list_accounts
from toguna.cli.command import main
from toguna.collect.arrivals import Options, Received
from toguna.collect.core.submissions.values import Receipt
from toguna.collect.loading import Preview, load, preview, take
from toguna.collect.published import publish_form
from toguna.collect.quarantine import quarantined
from toguna.collect.references import load_reference
from toguna.collect.reviewing import review
from toguna.collect.store import models
from toguna.instance.api import Instance
from toguna.journal.api import acts
from toguna.kernel.api import Refused

CASH = """
| survey | | | | |
| | type | name | label | required |
| | text | payment | Payment | yes |
| | text | household | Household | yes |
| | text | list_version | List | |
| | integer | persons | Persons | yes |
| | integer | amount | Amount | yes |
| | select_one status | status | Status | yes |
| | text | statement | Statement | |
| | date | paid_on | Paid on | |
| choices | | | |
| | list_name | name | label |
| | status | listed | Listed |
| | status | paid | Paid |
| | status | reconciled | Reconciled |
| settings | | | | |
| | form_id | version | tg:key | tg:most |
| | cash | 1 | payment | {most} |
"""
PAID = "${status} = 'paid' or ${status} = 'reconciled'"
EXPECTATIONS = [
    {"id": "paid_once", "kind": "once", "columns": "household", "where": PAID, "expect": "", "en": "Paid already.", "fr": "Déjà payé."},
    {"id": "on_a_list", "kind": "listed", "columns": "list_version", "where": "", "expect": "payment_lists", "en": "Unknown list."},
    {"id": "has_a_list", "kind": "rule", "columns": "list_version", "where": PAID, "expect": "${list_version} != ''", "en": "No list."},
    {"id": "entitlement", "kind": "rule", "columns": "amount", "where": "", "expect": "${amount} <= 100 * ${persons}", "en": "Too much."},
    {"id": "statement", "kind": "rule", "columns": "statement", "where": "${status} = 'reconciled'", "expect": "${statement} != ''", "en": "No statement."},
]  # fmt: skip
GOOD = {
    "payment": "P1",
    "household": "H1",
    "list_version": "L1",
    "persons": 4,
    "amount": 400,
    "status": "paid",
    "paid_on": "2016-12-05",
}
Row = Mapping[str, object]


@pytest.fixture
def home(instance: Instance) -> Instance:
    publish_form(CASH.format(most="").encode(), OWNER, name="cash.md")
    load_reference("payment_lists", [{"list": "L1", "name": "December"}], OWNER)
    load_reference("expectations", [{"id": "", "form": "cash", "fr": "", **row} for row in EXPECTATIONS], OWNER)
    return instance


def named(role: str) -> Actor:
    """An account with this role, added the first time."""
    name = role.replace("_", "-")
    known = {account.name for account in list_accounts()}
    return acting(name) if name in known else add_account(name, [role], OWNER)


def sheet(*rows: Row) -> bytes:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [",".join(str(row.get(column, "")) for column in columns) for row in rows]
    return "\n".join([",".join(columns), *lines]).encode()


def look(*rows: Row, reason: str = "", actor: Actor | None = None) -> Preview:
    """Looked at by the owner; with a reason by somebody who may give one."""
    actor = actor or (named("information_manager") if reason else OWNER)
    return preview([Received(name="cash.csv", content=sheet(*rows), actor=actor)], actor, Options(reason=reason))


def questions(receipt: Receipt) -> list[object]:
    return [problem.details["question"] for problem in receipt.problems if "question" in problem.details]


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({}, None),
        ({"list_version": "L9"}, "on_a_list"),
        ({"list_version": ""}, "has_a_list"),
        ({"amount": 401}, "entitlement"),
        ({"amount": 400}, None),
        ({"status": "reconciled"}, "statement"),
        ({"status": "reconciled", "statement": "S-7"}, None),
        ({"status": "listed", "list_version": ""}, None),
        ({"persons": 10_000_000, "amount": 1}, None),
        ({"persons": 10_000_001, "amount": 1}, "implausible"),
    ],
)
def test_each_is_questioned_and_refused_without_a_reason(home: Instance, changes: Row, question: str | None) -> None:
    seen = look({**GOOD, **changes})
    assert questions(seen.receipt) == ([question] if question else [])
    assert take(seen) == seen.receipt
    assert models.Submission.objects.count() == (0 if question else 1)
    assert len(list(quarantined())) == (1 if question else 0)


def test_with_a_named_reason_it_is_taken_in_and_the_journal_says_why(home: Instance) -> None:
    row = {**GOOD, "amount": 900}
    assert take(look(row)).refused == 1
    seen = look(row, reason="other")
    assert ids(seen.receipt.problems) == ["collect.question_answered"]
    assert take(seen).refused == 0
    [act] = acts(kinds=["submission.received"])
    assert (act.detail["reason"], act.detail["questions"]) == ("other", ["entitlement"])
    assert act.actor == "information-manager", "the act names who gave the reason"
    assert list(quarantined()) == []
    with pytest.raises(Refused, match="because"):
        look(row, reason="because")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("enumerator", False),
        ("data_manager", False),
        ("field_office", True),
        ("information_manager", True),
        ("protection_officer", True),
    ],
)
def test_who_may_send_may_not_therefore_give_a_reason(home: Instance, role: str, may: bool) -> None:
    row = {**GOOD, "amount": 900}
    assert questions(look(row, actor=named(role)).receipt) == ["entitlement"], "everybody named here may send"
    if may:
        assert take(look(row, reason="other", actor=named(role))).refused == 0
    else:
        with pytest.raises(Refused, match="not_permitted"):
            look(row, reason="other", actor=named(role))
        assert models.Submission.objects.count() == 0


def test_the_owner_has_no_name_to_give_a_reason_under(home: Instance) -> None:
    with pytest.raises(Refused, match="reason_nameless"):
        look({**GOOD, "amount": 900}, reason="other", actor=OWNER)


def test_a_household_is_paid_once(home: Instance) -> None:
    assert take(look(GOOD)).refused == 0
    again = {**GOOD, "payment": "P2"}
    seen = look(again)
    assert questions(seen.receipt) == ["paid_once"]
    assert "Déjà payé" in seen.receipt.problems[0].what("fr")
    assert take(seen).refused == 1
    assert take(look({**again, "household": "H2"}, {**again, "payment": "P3", "status": "listed"})).refused == 0
    reconciled = {**GOOD, "status": "reconciled", "statement": "S-1"}
    assert take(look(reconciled)).corrected != (), "the same payment may be corrected"


def test_a_second_payment_in_the_same_file_is_questioned(home: Instance) -> None:
    seen = look(GOOD, {**GOOD, "payment": "P2"}, {**GOOD, "payment": "P3", "household": "H3"})
    assert questions(seen.receipt) == ["paid_once"]
    receipt = take(seen)
    assert (len(receipt.received), receipt.refused) == (2, 1)


def test_a_rejected_or_corrected_payment_claims_nothing(home: Instance) -> None:
    first = take(look(GOOD)).received[0]
    review([first], "rejected", "duplicate", OWNER)
    assert questions(look({**GOOD, "payment": "P2"}).receipt) == []
    review([first], "received", "other", OWNER)
    take(look({**GOOD, "status": "listed"}))
    assert questions(look({**GOOD, "payment": "P2"}).receipt) == []


def test_a_payment_accepted_with_a_reason_is_not_asked_about_again_when_it_is_reconciled(home: Instance) -> None:
    take(look(GOOD))
    second = {**GOOD, "payment": "P2"}
    take(look(second, reason="other"))
    assert questions(look({**second, "status": "reconciled", "statement": "S"}).receipt) == []


def test_two_previews_of_the_same_household_are_not_both_taken(home: Instance) -> None:
    one, other = look(GOOD), look({**GOOD, "payment": "P2"})
    assert (one.receipt.refused, other.receipt.refused) == (0, 0)
    take(one)
    assert take(other).refused == 1


def test_a_phone_is_asked_likewise_and_its_record_waits_for_the_reason(home: Instance, tmp_path: Path) -> None:
    take(look(GOOD))
    body = "".join(f"<{name}>{value}</{name}>" for name, value in {**GOOD, "payment": "P2"}.items())
    phone = tmp_path / "phone.xml"
    phone.write_text(f'<data id="cash" version="1">{body}<meta><instanceID>uuid:p</instanceID></meta></data>')
    assert questions(load([phone], OWNER)) == ["paid_once"]
    command = ["load", str(phone), "--home", str(home.home), "--reason", "other"]
    assert main(command) == 2
    assert main([*command, "--as", named("information_manager").name]) == 0
    assert list(quarantined()) == []
    assert kinds().count("submission.received") == 2


def test_a_number_that_no_spreadsheet_keeps_is_refused_whatever_the_reason(home: Instance) -> None:
    for number in (2**63 - 1, 2**53 + 1):
        seen = look({**GOOD, "persons": number, "amount": 1}, reason="other")
        assert ids(seen.receipt.problems) == ["collect.value_too_large"]
    assert look({**GOOD, "persons": 2**53, "amount": 1}, reason="other").receipt.refused == 0


def test_form_and_pack_say_how_large_a_number_may_be(home: Instance) -> None:
    publish_form(CASH.format(most="50").replace("| cash | 1 |", "| cash | 2 |").encode(), OWNER, name="cash.md")
    assert questions(look({**GOOD, "persons": 51, "amount": 50}).receipt) == ["implausible"]
    most = {
        "id": "amounts",
        "form": "cash",
        "kind": "most",
        "columns": "amount",
        "where": "",
        "expect": "300",
        "en": "",
        "fr": "",
    }
    load_reference("expectations", [most], OWNER)
    assert questions(look({**GOOD, "persons": 50, "amount": 301}).receipt) == ["amounts"]
    assert questions(look({**GOOD, "persons": 51, "amount": 300}).receipt) == ["implausible"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"kind": "twice"}, "kind"),
        ({"form": "cahs"}, "form"),
        ({"columns": "housold"}, "housold"),
        ({"where": "${statis} = 'paid'"}, "statis"),
        ({"kind": "most", "columns": "", "expect": "many"}, "many"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_at_each_load(home: Instance, wrong: Row, named: str) -> None:
    line = {"id": "", "form": "cash", "fr": "", **EXPECTATIONS[0], **wrong}
    load_reference("expectations", [line], OWNER)  # type: ignore[list-item]
    seen = look(GOOD)
    assert ids(seen.receipt.problems) == ["collect.expectation_broken"]
    assert named in seen.receipt.problems[0].what()
    assert seen.receipt.refused == 0
