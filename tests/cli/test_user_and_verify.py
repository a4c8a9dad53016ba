"""``toguna user`` and ``toguna verify``, as a person at the keyboard meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection

from toguna.cli import main
from toguna.instance.api import Instance, writing
from toguna.journal import api as journal
from toguna.organisations import api as organisations
from toguna.places import api as places


def run(instance: Instance, *words: str) -> int:
    return main([*words, "--home", str(instance.home)])


def test_accounts_are_added_listed_and_disabled(instance: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(instance, "user", "add", "awa", "--role", "auditor", "--role", "reader") == 0
    assert run(instance, "user", "disable", "awa") == 0
    capsys.readouterr()
    assert run(instance, "user", "list", "--format", "json") == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["name"], listed["roles"], listed["active"]) == ("awa", ["auditor", "reader"], False)
    assert [act.kind for act in journal.acts()] == ["user.added", "user.disabled"]


def test_what_cannot_be_done_is_told_in_a_sentence(instance: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(instance, "user", "add", "awa", "--role", "reportng_officer", "--language", "fr") == 2
    told = capsys.readouterr().err
    assert "Il n'y a pas de rôle 'reportng_officer' (reporting_officer?)" in told and "[access.role_unknown]" in told
    assert run(instance, "user", "list", "--as", "nobody") == 2
    assert main(["user", "list", "--home", str(instance.home / "none")]) == 2


def test_all_is_well_and_the_head_is_printed_to_be_kept(instance: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    instance.files.put(b"content")
    run(instance, "user", "add", "awa", "--role", "auditor")
    capsys.readouterr()
    assert run(instance, "verify") == 0
    printed = capsys.readouterr().out
    assert f"All is well. Head: {journal.head().written()}" in printed
    assert run(instance, "verify", "--head", journal.head().written()) == 0


def test_a_cut_journal_and_a_changed_file_are_found(instance: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    path = instance.files.path(instance.files.put(b"content"))
    path.write_bytes(b"contend")
    head = f"5:{'a' * 64}"
    assert run(instance, "verify", "--head", head) == 1
    told = capsys.readouterr()
    assert "journal.truncated" in told.err and "instance.content_changed" in told.err and "2 faults." in told.out
    with writing():
        journal.append([journal.NewAct(kind="a.b", subject="x")] * 5, "awa")
    assert run(instance, "verify", "--head", head, "--format", "json") == 1
    assert "journal.head_differs" in [fault["id"] for fault in json.loads(capsys.readouterr().out)]
    assert run(instance, "verify", "--head", "five") == 2


def test_tables_below_the_journal_are_held_to_what_it_tells(
    instance: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    digests = {
        "places.replaced": places.load_places([{"pcode": "ML", "slug": "mali", "name_en": "Mali", "level": "0"}]),
        "organisations.replaced": organisations.load_organisations([{"code": "sun", "name_en": "Sun"}]),
    }
    assert run(instance, "verify") == 1
    assert capsys.readouterr().err.count("cli.table_untold") == 2
    with writing():
        journal.append(
            [journal.NewAct(kind=kind, subject="x", detail={"digest": own}) for kind, own in digests.items()], "owner"
        )
    assert run(instance, "verify") == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE places_place SET name_en = 'Other'")
        cursor.execute("UPDATE organisations_organisation SET name_en = 'Other'")
    capsys.readouterr()
    assert run(instance, "verify") == 1
    told = capsys.readouterr().err
    assert "places.changed" in told and "cli.table_untold" in told


def test_every_word_has_help_without_an_instance(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for words in (["user", "--help"], ["user", "add", "--help"], ["verify", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--home", str(tmp_path / "none")])
        assert ended.value.code == 0
        assert "usage: toguna" in capsys.readouterr().out
