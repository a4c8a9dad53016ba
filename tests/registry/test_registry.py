"""Entities as the instance keeps them: received through collect, folded, read back as known at any sequence, on both engines."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from toguna.access import api as access
from toguna.collect import api as collect
from toguna.collect.core.submissions.values import Checked, EntityOperation
from toguna.collect.receiving import receive
from toguna.instance.api import Instance, writing
from toguna.journal import api as journal
from toguna.kernel.api import Refused, digest, drawn_id
from toguna.kernel.core import clock
from toguna.registry import api as registry

FORM = """
| survey | | | | | | |
| | type | name | label | bind::tg:sensitivity | save_to | bind::tg:lake |
| | date | seen_on | Day | internal | | |
| | text | well | Well | internal | | |
| | text | status | Status | internal | status | yes |
| | integer | depth | Depth | internal | depth | |
| entities | | | | | |
| | list_name | label | entity_id | create_if | update_if |
| | wells | ${well} | ${well} | ${status} = 'new' | ${status} != 'new' |
| settings | | | |
| | form_id | form_title | version |
| | well_visit | Well visit | 1 |
"""
START = datetime(2016, 12, 1, 8, tzinfo=UTC)
WELLS = [drawn_id("well", str(number)) for number in range(5)]
OWNER = access.acting(None)


def visit(
    number: int,
    well: str = WELLS[0],
    *,
    create: bool = False,
    base: int | None = None,
    branch: str | None = None,
    corrects: str | None = None,
    days: int = 0,
    **properties: str,
) -> Checked:
    operation = EntityOperation(
        list_name="wells",
        entity_id=well,
        create=create,
        update=not create,
        label="Well" if create else None,
        properties=properties,
        base_version=base,
        trunk_version=1 if branch else None,
        branch_id=branch,
    )
    raw = f"{number} {well} {properties}".encode()
    return Checked(
        instance_id=f"uuid:{number}",
        form_id="well_visit",
        form_version="1",
        raw=raw,
        sha256=digest(raw),
        received_at=START + timedelta(days=days),
        rows={"": [{"_row": "", "_parent_row": "", "well": well}]},
        deprecated_id=corrects,
        happened=date(2016, 12, 1) + timedelta(days=days),
        entities=(operation,),
    )


def take(*visits: Checked) -> int:
    """Receive them as one batch, at the time of the last; returns the journal's end."""
    with clock.at(visits[-1].received_at):
        receipt = receive(visits, (), OWNER)
    assert len(receipt.received) == len(visits), receipt
    registry.fold()
    return journal.head().sequence


def tick(days: float) -> int:
    """Something else happens, so many days on."""
    with clock.at(START + timedelta(days=days)), writing():
        last = journal.append([journal.NewAct(kind="a.b", subject="x")], "owner").last
        registry.fold()
        return last


@pytest.fixture
def wells(instance: Instance) -> Instance:
    with clock.at(START - timedelta(hours=1)):
        collect.publish_form(FORM.encode(), OWNER, name="well_visit.md")
    return instance


def newest(at: int | None = None) -> dict[str, tuple[int, dict[str, str]]]:
    return {one.entity_id: (one.version, dict(one.properties)) for one in registry.entities("wells", at)}


def told(after: int, until: int) -> dict[str, list[tuple[int, str, int, int | None]]]:
    return {
        entity_id: [(one.version, one.properties.get("status", ""), one.seq_from, one.seq_to) for one in knowns]
        for entity_id, knowns in registry.known("wells", after, until)
    }


def test_entities_are_folded_from_submissions_and_known_as_of_any_sequence(wells: Instance) -> None:
    first = take(visit(1, create=True, status="new"), visit(2, WELLS[1], create=True, status="new"))
    second = take(visit(3, base=1, status="dug", depth="60"))
    assert newest(first) == {well: (1, {"status": "new"}) for well in WELLS[:2]}
    assert newest()[WELLS[0]] == (2, {"status": "dug", "depth": "60"})
    assert newest(first - 2) == {}
    assert [one.instance_id for one in registry.history("wells", WELLS[0])] == ["uuid:1", "uuid:3"]
    assert registry.entity("wells", WELLS[0], first).version == 1  # type: ignore[union-attr]
    assert registry.entity("wells", WELLS[2]) is None
    with pytest.raises(Refused):
        registry.history("wells", WELLS[2])
    assert second == journal.head().sequence == journal.reached("registry")


def test_the_lake_is_told_what_changed_and_of_that_everything(wells: Instance) -> None:
    first = take(visit(1, create=True, status="new"), visit(2, WELLS[1], create=True, status="new"))
    second = take(visit(3, base=1, status="dug"))
    third = take(visit(4, corrects="uuid:3", base=1, status="done"))
    assert told(0, first) == {WELLS[0]: [(1, "new", 2, None)], WELLS[1]: [(1, "new", 3, None)]}
    assert told(first, second) == {WELLS[0]: [(1, "new", 2, None), (2, "dug", 4, None)]}
    assert told(second, third) == {WELLS[0]: [(1, "new", 2, None), (2, "dug", 4, third), (2, "done", third, None)]}
    assert told(third, third) == {}
    with clock.at(START + timedelta(days=1)):
        collect.review(["uuid:1"], "rejected", "duplicate", OWNER)
    registry.fold()
    last = journal.head().sequence
    assert {end for *_, end in told(third, last)[WELLS[0]]} == {third, last}
    assert list(newest()) == [WELLS[1]]


def test_folding_again_does_nothing_and_a_rebuild_gives_the_same(wells: Instance) -> None:
    take(*(visit(number, well, create=True, status="new") for number, well in enumerate(WELLS)))
    take(*(visit(10 + number, well, base=1, status="dug") for number, well in enumerate(WELLS)))
    assert registry.fold() == 0
    before = {well: registry.history("wells", well) for well in WELLS}
    assert registry.rebuild() == 5
    assert {well: registry.history("wells", well) for well in WELLS} == before
    assert registry.verify() == ()


def test_folded_at_once_or_after_every_batch_is_the_same(wells: Instance) -> None:
    batches: Sequence[Sequence[Checked]] = [
        [visit(1, create=True, status="new"), visit(2, base=2, branch="b1", status="late")],
        [visit(3, WELLS[1], base=1, status="early")],
        [visit(4, base=1, branch="b1", status="dug"), visit(5, WELLS[1], create=True, status="new")],
        [visit(6, corrects="uuid:4", base=1, branch="b1", depth="70")],
    ]
    for batch in batches:
        take(*batch)
    step_by_step = told(0, journal.head().sequence)
    registry.rebuild()
    assert told(0, journal.head().sequence) == step_by_step
    assert newest() == {WELLS[0]: (3, {"status": "late", "depth": "70"}), WELLS[1]: (2, {"status": "early"})}


def test_what_waits_is_told_and_forced_after_five_days(wells: Instance) -> None:
    take(
        visit(1, create=True, status="new"),
        visit(2, base=3, branch="b1", status="late"),
        visit(3, WELLS[1], status="lost"),
    )
    waiting = registry.waiting()
    assert [(one.instance_id, one.reason, one.due) for one in waiting] == [
        ("uuid:2", "no_predecessor", START + timedelta(days=5)),
        ("uuid:3", "no_entity", None),
    ]
    assert "waits five days" in waiting[0].problem.written()
    quiet = tick(4.9)
    assert newest(quiet)[WELLS[0]] == (1, {"status": "new"})
    due = tick(5)
    assert newest()[WELLS[0]] == (2, {"status": "late"})
    assert told(quiet, due) == {WELLS[0]: [(1, "new", 2, None), (2, "late", due, None)]}
    assert [one.reason for one in registry.waiting("wells")] == ["no_entity"]
    assert registry.verify() == ()


def test_a_conflict_is_settled_by_a_person(wells: Instance) -> None:
    take(visit(1, create=True, status="new"), visit(2, base=1, status="dug"), visit(3, base=1, status="dry"))
    (conflict,) = registry.conflicts()
    assert (conflict.entity_id, conflict.conflict, conflict.version) == (WELLS[0], "hard", 3)
    officer = access.add_account("awa", ["information_manager"], OWNER)
    settled = registry.resolve("wells", WELLS[0], officer, base_version=3, properties={"status": "dug"})
    assert (settled.version, dict(settled.properties), settled.conflict) == (4, {"status": "dug"}, None)
    assert registry.conflicts() == () and registry.conflicts("wells") == ()
    act = next(iter(journal.acts(kinds={"entity.resolved"})))
    assert (act.subject, act.actor, act.detail["changed"]) == (WELLS[0], "awa", ["status"])
    assert "dug" not in str(act.detail)
    assert registry.history("wells", WELLS[0])[-1].instance_id == ""
    assert registry.entity("wells", WELLS[0], act.sequence - 1).conflict == "hard"  # type: ignore[union-attr]
    assert registry.verify() == ()


def test_a_conflict_is_settled_without_a_change(wells: Instance) -> None:
    last = take(visit(1, create=True, status="new"), visit(2, base=1, status="dug"), visit(3, base=1, status="dry"))
    before = told(0, last)
    settled = registry.resolve("wells", WELLS[0], OWNER, base_version=3)
    assert (settled.version, settled.conflict) == (3, None)
    assert told(0, journal.head().sequence) == before
    with pytest.raises(Refused, match="no conflict"):
        registry.resolve("wells", WELLS[0], OWNER, base_version=3)


def test_what_cannot_be_resolved_is_refused_and_nothing_is_written(wells: Instance) -> None:
    last = take(visit(1, create=True, status="new"), visit(2, base=1, status="dug"), visit(3, base=1, status="dry"))
    reader = access.Actor(name="x", roles=("reader",))
    attempts = {
        "registry.version_moved": lambda: registry.resolve("wells", WELLS[0], OWNER, base_version=2),
        "registry.entity_unknown": lambda: registry.resolve("wells", WELLS[3], OWNER, base_version=1),
        "registry.list_unknown": lambda: registry.resolve("well", WELLS[0], OWNER, base_version=3),
        "registry.property_unknown": lambda: registry.resolve(
            "wells", WELLS[0], OWNER, base_version=3, properties={"statu": ""}
        ),
        "access.not_permitted": lambda: registry.resolve("wells", WELLS[0], reader, base_version=3),
    }
    for fault, attempt in attempts.items():
        with pytest.raises(Refused) as refused:
            attempt()
        assert [problem.id for problem in refused.value.problems] == [fault]
    assert journal.head().sequence == last


def test_a_list_that_requires_approval_takes_the_approved_alone(wells: Instance) -> None:
    take(visit(1, create=True, status="new"))
    with clock.at(START):
        registry.require_approval("wells", True, OWNER)
    take(visit(2, WELLS[1], create=True, status="new"), visit(3, base=1, status="dug"))
    assert newest() == {WELLS[0]: (2, {"status": "dug"})}
    with clock.at(START + timedelta(days=1)):
        collect.review(["uuid:2"], "approved", "other", OWNER)
    registry.fold()
    assert newest()[WELLS[1]] == (1, {"status": "new"})


def test_properties_have_the_types_of_the_columns_that_save_to_them(wells: Instance) -> None:
    later = FORM.replace("| integer | depth |", "| decimal | depth |").replace("Well visit | 1", "Well visit | 2")
    assert dict(registry.list_properties("wells")) == {"depth": "integer", "status": "text"}
    collect.publish_form(later.encode(), OWNER, name="well_visit.md")
    assert dict(registry.list_properties("wells")) == {"depth": "decimal", "status": "text"}
    schema = registry.list_schema("wells")
    assert (schema["status"].lake, schema["depth"].sensitivity) == (True, "internal")
    assert registry.entity_lists() == ("wells",)
    with pytest.raises(Refused, match=r"no entity list 'wels' \(wells\?\)"):
        registry.list_properties("wels")


def test_what_was_changed_behind_its_back_is_found(wells: Instance) -> None:
    take(visit(1, create=True, status="new"), visit(2, WELLS[1], create=True, status="new"))
    statements = (
        "UPDATE registry_version_span SET label = 'Other' WHERE entity_id = %s",
        "DELETE FROM registry_version_span WHERE entity_id = %s",
    )
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute(statement, [WELLS[0]])
        assert [problem.details["entity_id"] for problem in registry.verify()] == [WELLS[0]]
        registry.rebuild()
        assert registry.verify() == ()


_SENDER = """
import sys
from pathlib import Path
from toguna.instance.api import configure, open_instance
home, phone = Path(sys.argv[1]), sys.argv[2]
configure(home)
open_instance(home)
from tests.registry.test_registry import WELLS, take, visit
from toguna.registry import api as registry
for base in range(1, 9):
    take(visit(100 * (int(phone) + 1) + base, WELLS[base % 2], base=(base + 1) // 2, branch=f"b{phone}", **{f"p{phone}": str(base)}))
    registry.fold()
"""


@pytest.mark.slow
def test_phones_that_send_at_once_are_folded_one_after_another(wells: Instance) -> None:
    """One entity is never derived by two at once (ODK Central takes a lock an entity; here there is one writer)."""
    take(visit(1, create=True, status="new"), visit(2, WELLS[1], create=True, status="new"))
    command = [sys.executable, "-c", _SENDER, str(wells.home)]
    root = Path(__file__).parents[2]
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "TOGUNA_DATABASE")}
    senders = [
        subprocess.Popen([*command, str(phone)], cwd=root, env=environment, stderr=subprocess.PIPE)
        for phone in range(3)
    ]
    said = [sender.communicate(timeout=240)[1].decode() for sender in senders]
    assert [sender.returncode for sender in senders] == [0] * 3, said
    last = {WELLS[0]: "8", WELLS[1]: "7"}
    assert {
        one.entity_id: {one.properties.get(f"p{phone}") for phone in range(3)} for one in registry.entities("wells")
    } == {well: {value} for well, value in last.items()}
    assert registry.waiting() == () and registry.verify() == () and journal.verify(journal.head()) == ()
