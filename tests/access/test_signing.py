"""`--as` names and does not authenticate; a password attests. The password is typed at a real terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest
from django.db import connections

from toguna.access.api import acting, add_account
from toguna.access.signing import sign
from toguna.cli import main
from toguna.instance.api import Instance, writing
from toguna.journal import api as journal
from toguna.kernel.api import Refused

OWNER = acting(None)
PASSWORD = "four unconnected words"


@pytest.fixture
def offices(instance: Instance) -> Instance:
    """Two accounts, of which one has a password."""
    add_account("awa", ["information_manager"], OWNER, password=PASSWORD)
    add_account("ali", ["information_manager"], OWNER)
    return instance


def act(name: str) -> int:
    """Something done under a name that was only given."""
    with journal.attesting("no"), writing():
        return journal.append([journal.NewAct(kind="places.replaced", subject="places")], name).last


def ids(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.id for problem in refused.value.problems]


def test_an_act_under_a_given_name_says_so_until_it_is_signed(offices: Instance) -> None:
    first, foreign, last = act("awa"), act("ali"), act("awa")
    assert [one.detail["attested"] for one in journal.acts(after=first - 1)] == ["no"] * 3
    assert [one.sequence for one in journal.unattested()] == [first, foreign, last]
    assert sign(acting("awa"), PASSWORD, first) == 1
    assert [one.sequence for one in journal.unattested()] == [foreign, last], "what came after is not signed with it"
    assert sign(acting("awa"), PASSWORD, last) == 1
    assert [one.sequence for one in journal.unattested()] == [foreign], "nor what another account did"
    head = journal.head()
    assert sign(acting("awa"), PASSWORD, head.sequence) == 0
    assert journal.head() == head, "nothing to sign, nothing written"
    signed = list(journal.acts(kinds=("acts.attested",)))
    assert [(one.actor, one.subject, one.detail["attested"], one.detail["count"]) for one in signed] == [
        ("awa", "awa", "yes", 1)
    ] * 2


def test_who_does_not_know_the_password_signs_nothing(offices: Instance) -> None:
    last = act("awa")
    before = journal.head()
    for name, password, fault in (
        ("awa", "four unconnected word", "access.password_wrong"),
        ("awa", "", "access.password_wrong"),
        ("ali", "", "access.password_none"),
        (None, PASSWORD, "access.sign_nameless"),
    ):
        with pytest.raises(Refused) as refused:
            sign(acting(name), password, last)
        assert ids(refused) == [fault]
    assert journal.head() == before


def test_the_command_marks_what_is_done_under_a_name_and_verify_counts_it(
    offices: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(offices.home)]
    assert main(["user", "add", "eve", "--role", "reader", *home]) == 0
    assert "attested" not in list(journal.acts(kinds=("user.added",)))[-1].detail, "the owner's folder attests"
    act("awa")
    capsys.readouterr()
    assert main(["sign", "--list", "--as", "awa", "--format", "json", *home]) == 0
    assert [row["kind"] for row in json.loads(capsys.readouterr().out)] == ["places.replaced"]
    assert main(["sign", "--as", "ali", "--language", "fr", *home]) == 2
    assert "n'a pas de mot de passe" in capsys.readouterr().err
    assert main(["sign", *home]) == 2
    assert "[access.sign_nameless]" in capsys.readouterr().err
    main(["verify", *home])
    assert "1 act was done under a name that was only given" in capsys.readouterr().out


def test_the_password_is_typed_at_a_terminal(offices: Instance) -> None:
    act("awa")
    connections.close_all()
    for typed, status in (("wrong words all of them", 2), (PASSWORD, 0)):
        master, slave = pty.openpty()
        command = [sys.executable, "-m", "toguna", "sign", "--as", "awa", "--home", str(offices.home)]
        with subprocess.Popen(
            command, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        ) as running:
            assert running.stderr is not None
            prompt = b""
            while not prompt.rstrip().endswith(b":"):
                read = os.read(running.stderr.fileno(), 1)
                assert read, prompt
                prompt += read
            os.write(master, typed.encode() + b"\n")
            out, error = running.communicate(timeout=120)
            assert running.returncode == status, (out, error)
            assert typed.encode() not in out + error
        os.close(master)
        os.close(slave)
    assert journal.unattested() == []
    assert journal.head().sequence == list(journal.acts(kinds=("acts.attested",)))[-1].sequence
