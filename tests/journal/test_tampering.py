"""Whatever is done to the journal behind its triggers' back is found, against a head kept elsewhere; and many writers make one chain."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.instance.api import Instance, writing
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.journal.core.acts import Head, Line, chained, check_chain, digest_of
from toguna.kernel.core import clock

ACTS = 40
_COLUMNS = ("sequence", "kind", "subject", "detail", "at", "actor", "previous", "digest")
_DISARM = {
    "sqlite": [f"DROP TRIGGER journal_act_{name}" for name in ("follows", "no_update", "no_delete")],
    "postgresql": ["ALTER TABLE journal_act DISABLE TRIGGER USER"],
}


def execute(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(_COLUMNS)} FROM journal_act ORDER BY sequence")
        return list(cursor.fetchall())


def edit(chance: random.Random) -> None:
    """One value of one act is another."""
    column = chance.choice(_COLUMNS[1:])
    sequence = chance.randint(1, ACTS)
    if column == "at":
        shift = {"sqlite": "datetime(at, '+1 second')", "postgresql": "at + interval '1 second'"}[connection.vendor]
        execute(f"UPDATE journal_act SET at = {shift} WHERE sequence = %s", sequence)
        return
    before = str(rows()[sequence - 1][_COLUMNS.index(column)])
    at = chance.randrange(len(before))
    letter = chance.choice([letter for letter in "0123456789abcdefxyz " if letter != before[at]])
    after = chance.choice([before[:at] + letter + before[at + 1 :], before + letter, before[:at] + before[at + 1 :]])
    execute(
        f"UPDATE journal_act SET {column} = %s WHERE sequence = %s",
        after[: 64 if column in ("previous", "digest") else 255],
        sequence,
    )


def drop(chance: random.Random) -> None:
    """One act, or several in a row, are gone; perhaps the rest are numbered anew."""
    first = chance.randint(1, ACTS - 1)
    last = min(ACTS - 1, first + chance.randint(0, 3))
    execute("DELETE FROM journal_act WHERE sequence BETWEEN %s AND %s", first, last)
    if chance.random() < 0.5:
        renumber(last, first - last - 1)


def swap(chance: random.Random) -> None:
    """Two acts change their places; perhaps with digests that link again."""
    first, second = chance.sample(range(1, ACTS + 1), 2)
    for before, after in ((first, 9001), (second, first), (9001, second)):
        execute("UPDATE journal_act SET sequence = %s WHERE sequence = %s", after, before)
    if chance.random() < 0.5:
        forge(from_sequence=min(first, second))


def truncate(chance: random.Random) -> None:
    """The end is cut off, perhaps all."""
    execute("DELETE FROM journal_act WHERE sequence > %s", chance.randint(0, ACTS - 1))


def insert(chance: random.Random) -> None:
    """An act is slipped in, and all after it are numbered and linked anew."""
    at = chance.randint(1, ACTS)
    renumber(at - 1, 1)
    execute(
        "INSERT INTO journal_act SELECT %s, kind, 'slipped-in', detail, at, actor, previous, digest FROM journal_act WHERE sequence = %s",
        at,
        at + 1,
    )
    forge(from_sequence=at)


def rewrite(chance: random.Random) -> None:
    """One act is changed by somebody who knows how acts are chained."""
    sequence = chance.randint(1, ACTS)
    execute("UPDATE journal_act SET actor = 'somebody' WHERE sequence = %s", sequence)
    forge(from_sequence=sequence)


def renumber(after: int, by: int) -> None:
    execute("UPDATE journal_act SET sequence = sequence + 9000 WHERE sequence > %s", after)
    execute("UPDATE journal_act SET sequence = sequence - 9000 + %s WHERE sequence > 9000", by)


def forge(from_sequence: int) -> None:
    """Make the chain whole again from here on."""
    previous = "0" * 64
    for row in journal.acts():
        if row.sequence >= from_sequence:
            detail = rows_by_sequence(row.sequence)
            own = digest_of(row.sequence, row.kind, row.subject, detail, row.at, row.actor, previous)
            execute(
                "UPDATE journal_act SET previous = %s, digest = %s WHERE sequence = %s", previous, own, row.sequence
            )
            previous = own
        else:
            previous = row.digest


def rows_by_sequence(sequence: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail FROM journal_act WHERE sequence = %s", [sequence])
        return str(cursor.fetchone()[0])


MUTATIONS: list[Callable[[random.Random], None]] = [edit, edit, drop, swap, truncate, insert, rewrite]


def found(head: Head | None) -> bool:
    """Whether the chain itself tells: that the triggers are gone is another finding."""
    return any(problem.id != "journal.trigger_missing" for problem in journal.verify(head))


class _Undo(Exception):
    pass


@pytest.mark.slow
def test_a_thousand_random_mutations_are_all_found(instance: Instance) -> None:
    chance = random.Random(20161231)
    with writing():
        kinds = ("submission.received", "submission.reviewed", "form.published")
        acts = [
            NewAct(
                kind=kinds[number % 3], subject=f"uuid:{number}", detail={"rows": number, "list": ["a", f"{number}"]}
            )
            for number in range(ACTS)
        ]
        journal.append(acts, "awa")
    head = journal.head()
    assert journal.verify(head) == ()
    for statement in _DISARM[connection.vendor]:
        execute(statement)
    untouched = rows()
    missed, missed_without_head, tried = [], 0, 0
    while tried < 1000:
        mutate = chance.choice(MUTATIONS)
        try:
            with transaction.atomic():
                mutate(chance)
                if rows() != untouched:
                    tried += 1
                    if not found(head):
                        missed.append((tried, mutate.__name__))
                    missed_without_head += not found(None)
                raise _Undo
        except _Undo:
            pass
    assert missed == []
    assert missed_without_head > 100, "a cut or a forgery shows only against a head: the mutations are too tame"
    assert rows() == untouched


@pytest.mark.parametrize("column", _COLUMNS)
def test_every_column_goes_into_the_digest(column: str) -> None:
    (line,) = chained([NewAct(kind="a.b", subject="s", detail={"n": 1})], "awa", Head(), clock.now())
    others = {
        "sequence": 2,
        "detail": '{"n": 1}',
        "at": line.at + timedelta(microseconds=1),
        "previous": "1" * 64,
        "digest": "1" * 64,
    }
    changed = replace(line, **{column: others.get(column, "other.word")})
    assert list(check_chain([line])) == []
    assert list(check_chain([changed])) != []


@settings(max_examples=100, deadline=None)
@given(
    batches=st.lists(
        st.lists(st.tuples(st.integers(0, 5), st.text("abc-:.", min_size=1, max_size=6)), max_size=5), max_size=6
    ),
    choice=st.randoms(use_true_random=False),
)
def test_any_batches_chain_and_any_line_left_out_is_found(
    batches: list[list[tuple[int, str]]], choice: random.Random
) -> None:
    lines: list[Line] = []
    head = Head()
    for batch in batches:
        new = chained(
            [NewAct(kind="a.b", subject=subject, detail={"n": n}) for n, subject in batch], "awa", head, clock.now()
        )
        lines += new
        if new:
            head = Head(sequence=new[-1].sequence, digest=new[-1].digest, at=new[-1].at)
    assert [line.sequence for line in lines] == list(range(1, len(lines) + 1))
    assert list(check_chain(lines, head)) == []
    if lines:
        without = lines.copy()
        del without[choice.randrange(len(lines))]
        assert list(check_chain(without, head)) != []


_APPENDER = """
import sys
from pathlib import Path
from toguna.instance.api import configure, open_instance, writing
home = Path(sys.argv[1])
configure(home)
open_instance(home)
from toguna.journal import api as journal
for number in range(25):
    with writing():
        before = journal.head().sequence
        done = journal.append([journal.NewAct(kind="a.b", subject=f"{sys.argv[2]}-{number}")] * 4, sys.argv[2])
        assert (done.first, done.last) == (before + 1, before + 4), "somebody wrote in between"
"""


@pytest.mark.slow
def test_many_processes_make_one_chain_without_gap(instance: Instance) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", _APPENDER, str(instance.home)]
    workers = [subprocess.Popen([*command, f"p{number}"], cwd=root, stderr=subprocess.PIPE) for number in range(4)]
    told = [worker.communicate(timeout=120)[1].decode() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 4, told
    acts = list(journal.acts())
    assert [act.sequence for act in acts] == list(range(1, 401))
    assert {act.actor for act in acts} == {"p0", "p1", "p2", "p3"}
    assert journal.verify(journal.head()) == ()
