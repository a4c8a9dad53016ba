"""The journal: one chain, one door, and nothing that was done behind its back stays hidden."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from toguna.instance.api import Instance, writing
from toguna.journal import api as journal
from toguna.journal.api import Head, NewAct
from toguna.journal.store import models
from toguna.kernel.api import Refused
from toguna.kernel.core import clock

NOON = datetime(2017, 1, 8, 12, tzinfo=UTC)
BAMAKO = ZoneInfo("Africa/Bamako")


def append(*subjects: str, at: datetime | None = None, kind: str = "submission.received") -> journal.Appended:
    with writing():
        return journal.append([NewAct(kind=kind, subject=subject, at=at) for subject in subjects], "awa")


def test_acts_are_chained_without_gap(instance: Instance) -> None:
    with clock.at(NOON):
        first = append("a", "b")
        second = append("c")
    acts = list(journal.acts())
    assert (first.first, first.last, second.first, second.last) == (1, 2, 3, 3)
    assert [act.sequence for act in acts] == [1, 2, 3]
    assert [act.previous for act in acts] == ["0" * 64, acts[0].digest, acts[1].digest]
    assert journal.head() == Head(sequence=3, digest=second.head, at=NOON)
    assert journal.verify(journal.head()) == ()


def test_an_empty_journal_has_a_head_and_an_empty_batch_changes_nothing(instance: Instance) -> None:
    assert journal.head() == Head()
    done = append()
    assert (done.first, done.last, done.head) == (1, 0, "0" * 64)
    assert journal.verify(Head()) == ()


def test_acts_are_appended_only_in_a_transaction_and_go_with_it(instance: Instance) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        journal.append([NewAct(kind="form.published", subject="water")], "awa")
    with pytest.raises(ZeroDivisionError), writing():
        journal.append([NewAct(kind="form.published", subject="water")], "awa")
        raise ZeroDivisionError
    assert journal.head().sequence == 0


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "received", "subject": "a"},
        {"kind": "Submission.received", "subject": "a"},
        {"kind": "a.b", "subject": ""},
        {"kind": "a.b", "subject": "line\nbreak"},
        {"kind": "a.b", "subject": "a", "detail": {"reason": "she asked for it"}},
        {"kind": "a.b", "subject": "a", "detail": {"rows": [{"name": "Awa Diarra"}]}},
        {"kind": "a.b", "subject": "a", "at": datetime(2017, 1, 1)},
    ],
)
def test_words_and_naive_instants_cannot_be_put_into_an_act(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        NewAct(**bad)  # type: ignore[arg-type]


def test_time_only_moves_forward(instance: Instance) -> None:
    append("a", at=NOON)
    with pytest.raises(ValueError, match="replay in order"):
        append("b", at=NOON - timedelta(seconds=1))
    with clock.at(NOON - timedelta(hours=1)):
        append("c")
    assert [act.at for act in journal.acts()] == [NOON, NOON]


def test_what_a_reader_means_by_as_of(instance: Instance) -> None:
    append("a", at=datetime(2016, 12, 31, 23, 30, tzinfo=UTC))
    append("b", at=datetime(2017, 1, 8, 18, 0, tzinfo=UTC))
    append("c", at=datetime(2017, 1, 8, 18, 0, 1, tzinfo=UTC))
    meant = [
        "2016-12-30",
        "2016-12",
        "2016-12-31",
        "2017-01-08T18:00",
        "2017-01-08T19:00+01:00",
        "2017-01-08",
        "2",
        "0",
    ]
    assert [journal.as_of(text, BAMAKO) for text in meant] == [0, 1, 1, 2, 2, 3, 2, 0]
    assert journal.as_of("2016-12-31", ZoneInfo("Asia/Tokyo")) == 0
    for bad in ("4", "yesterday", "2016-13-01", "2017-01-08T25:00", ""):
        with pytest.raises(Refused):
            journal.as_of(bad, BAMAKO)


def test_acts_by_kind_range_and_subject(instance: Instance) -> None:
    append("a", "b")
    append("a", kind="submission.reviewed")
    assert [act.subject for act in journal.acts(after=1, until=2)] == ["b"]
    assert [act.sequence for act in journal.acts(kinds={"submission.reviewed"})] == [3]
    assert [act.sequence for act in journal.acts_on("a")] == [1, 3]


def test_a_consumer_keeps_its_place(instance: Instance) -> None:
    assert journal.reached("lake") == 0
    with writing():
        journal.advance("lake", 7)
    assert journal.reached("lake") == 7
    with pytest.raises(ValueError, match="rewind"), writing():
        journal.advance("lake", 6)
    journal.rewind("lake")
    assert journal.reached("lake") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_act SET actor = 'nobody' WHERE sequence = 1",
        "DELETE FROM journal_act WHERE sequence = 2",
        "DELETE FROM journal_act",
        "INSERT INTO journal_act SELECT sequence + 5, kind, subject, detail, at, actor, digest, digest FROM journal_act WHERE sequence = 2",
        "INSERT INTO journal_act SELECT sequence + 1, kind, subject, detail, at, actor, previous, digest FROM journal_act WHERE sequence = 2",
    ],
)
def test_the_table_refuses_everything_but_the_next_act(instance: Instance, statement: str) -> None:
    append("a", "b")
    before = journal.head()
    with pytest.raises(DatabaseError, match="journal_act"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert journal.head() == before
    assert journal.verify(before) == ()


def test_the_table_refuses_to_be_emptied_or_replaced(instance: Instance) -> None:
    append("a", "b")
    row = "2, 'a.b', 'x', '{}', '2017-01-01', 'eve', '" + "0" * 64 + "', '" + "1" * 64 + "'"
    statement = {"sqlite": f"INSERT OR REPLACE INTO journal_act VALUES ({row})", "postgresql": "TRUNCATE journal_act"}
    with pytest.raises(DatabaseError, match="journal_act"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement[connection.vendor])
    assert journal.verify(journal.head()) == ()
    assert journal.head().sequence == 2


def test_the_model_refuses_what_its_table_refuses(instance: Instance) -> None:
    append("a")
    act = models.Act.objects.get()
    with pytest.raises(models.AppendOnly, match="never changed"):
        act.save()
    with pytest.raises(models.AppendOnly):
        act.delete()


def test_a_trigger_taken_away_is_told(instance: Instance) -> None:
    append("a")
    on = "" if connection.vendor == "sqlite" else " ON journal_act"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER journal_act_no_update{on}")
    assert [problem.id for problem in journal.verify()] == ["journal.trigger_missing"]


def test_a_head_is_written_and_read_back(instance: Instance) -> None:
    append("a")
    head = journal.head()
    read = journal.parse_head(head.written())
    assert (read.sequence, read.digest) == (head.sequence, head.digest)
    for bad in ("", "1", "1:abc", f"x:{head.digest}", f"1:{head.digest.upper()}"):
        with pytest.raises(Refused):
            journal.parse_head(bad)
