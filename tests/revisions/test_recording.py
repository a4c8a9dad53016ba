"""Revisions of the pack in an instance: written by one, refused to another who read an older state, read as they were."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connections

from tests.revised import revise
from toguna.access.api import acting, add_account
from toguna.instance.api import Instance, current, open_instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.revisions.api import (
    FolderFiles,
    RevisionFiles,
    at,
    head,
    history,
    in_force,
    read,
    read_folder,
    reading,
    record,
    revision,
    settle,
    verify,
    write_folder,
)


def ids(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.id for problem in refused.value.problems]


def test_an_instance_without_a_pack_has_no_files(instance: Instance) -> None:
    assert head().files == {} and in_force().digest == "" and history() == [] and verify() == ()


def test_each_revision_is_one_act_and_is_read_as_it_was(instance: Instance) -> None:
    first = record({"a.md": b"one", "b.md": b"two"}, acting(None), why="first of all")
    second = record({"a.md": b"other", "b.md": None}, acting(None))
    assert [act.kind for act in journal.acts()] == ["pack.recorded", "pack.recorded"]
    assert (first.why, second.why, second.parent, second.actor) == ("first of all", "", first.digest, "owner")
    assert dict(RevisionFiles(first)) == {"a.md": b"one", "b.md": b"two"}
    assert dict(RevisionFiles(head())) == {"a.md": b"other"}
    assert at(first.sequence) == first == revision(first.digest[:12]) and at(0).files == {}
    assert {(change.path, change.state, change.revision.sequence) for change in history()} == {
        ("a.md", "new", first.sequence), ("b.md", "new", first.sequence),
        ("a.md", "changed", second.sequence), ("b.md", "gone", second.sequence),
    }  # fmt: skip
    assert [change.state for change in history("a.md")] == ["changed", "new"]
    assert verify() == ()


def test_the_list_is_the_digest_of_its_paths_and_contents(instance: Instance) -> None:
    found = revise({"b": "2", "a": "1"})
    one, two = (hashlib.sha256(text).hexdigest() for text in (b"1", b"2"))
    assert found.digest == hashlib.sha256(f'{{"a":"{one}","b":"{two}"}}'.encode()).hexdigest()


def test_nothing_changed_is_no_act(instance: Instance) -> None:
    before = revise({"a": "1"})
    assert record({"a": b"1", "missing": None}, acting(None)) == before
    assert journal.head().sequence == before.sequence


def test_a_change_of_what_somebody_changed_meanwhile_is_refused_and_names_them(instance: Instance) -> None:
    add_account("awa", ["information_manager"], acting(None))
    read_by_both = revise({"updates/a.md": "one", "updates/b.md": "one"})
    record({"updates/a.md": b"of awa"}, acting("awa"), if_match=read_by_both.digest)
    with pytest.raises(Refused) as refused:
        record({"updates/a.md": b"mine"}, acting(None), if_match=read_by_both.digest)
    [problem] = refused.value.problems
    assert problem.id == "revisions.changed_meanwhile"
    assert (problem.details["actor"], problem.details["files"]) == ("awa", "updates/a.md")
    assert read(head(), "updates/a.md") == b"of awa"
    record({"updates/b.md": b"mine"}, acting(None), if_match=read_by_both.digest)
    assert dict(RevisionFiles(head())) == {"updates/a.md": b"of awa", "updates/b.md": b"mine"}
    with pytest.raises(Refused) as refused:
        record({"c": b"x"}, acting(None), if_match=read_by_both.digest, whole=True)
    assert ids(refused) == ["revisions.changed_meanwhile"]
    with pytest.raises(Refused) as refused:
        record({"c": b"x"}, acting(None), if_match="0" * 64)
    assert ids(refused) == ["revisions.revision_unknown"]


def test_of_two_who_write_at_once_one_is_refused_and_nothing_is_lost(instance: Instance) -> None:
    before, start = revise({"updates/a.md": "one"}), Barrier(2)
    told: list[str] = []

    def write(words: bytes) -> None:
        try:
            start.wait()
            record({"updates/a.md": words}, acting(None), if_match=before.digest)
            told.append(words.decode())
        except Refused as refused:
            told.append(refused.problems[0].id)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(words,)) for words in (b"first", b"second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "revisions.changed_meanwhile" in told and len(told) == 2
    [won] = set(told) - {"revisions.changed_meanwhile"}
    assert read(head(), "updates/a.md") == won.encode()
    assert [change.state for change in history("updates/a.md")] == ["changed", "new"]


def test_who_drafts_may_write_texts_and_pictures_and_nothing_else(instance: Instance) -> None:
    add_account("moussa", ["reporting_officer"], acting(None))
    add_account("awa", ["reader"], acting(None))
    moussa, reader = acting("moussa"), acting("awa")
    record({"updates/a.md": b"x", "photos/p.svg": b"<svg/>"}, moussa)
    for changes in ({"indicators/a.yaml": b""}, {"updates/a.md": b"y", "operation.toml": b""}, {}):
        with pytest.raises(Refused) as refused:
            record(changes, moussa)
        assert ids(refused) == ["access.not_permitted"]
    with pytest.raises(Refused):
        record({"updates/a.md": b"y"}, reader)
    assert read(head(), "updates/a.md") == b"x"


@pytest.mark.parametrize("path", ["../a", "/etc/a", ".hidden", "a\\b"])
def test_a_path_outside_is_refused_and_nothing_is_written(instance: Instance, path: str) -> None:
    with pytest.raises(Refused) as refused:
        record({path: b"x", "good": b"y"}, acting(None))
    assert ids(refused) == ["revisions.path_invalid"] and head().files == {}


def test_the_settings_in_use_are_those_of_the_revision(instance: Instance) -> None:
    source = instance.operation.source
    assert current().operation.place == "ML"
    first = revise({"operation.toml": source.replace('currency = "XOF"', 'currency = "EUR"')})
    assert current().operation.currency == "EUR" and "EUR" in (instance.home / "operation.toml").read_text()
    (instance.home / "operation.toml").write_text(source.replace('currency = "XOF"', 'currency = "CHF"'))
    open_instance(instance.home)
    assert current().operation.currency == "CHF"
    settle()
    assert current().operation.currency == "EUR"
    assert [problem.id for problem in verify()] == ["revisions.copy_differs"]
    revise({"operation.toml": source})
    with reading(first.digest) as then:
        assert in_force() == then == first and current().operation.currency == "EUR"
    assert in_force() == head() and current().operation.currency == "XOF" and verify() == ()


def test_settings_with_faults_are_refused(instance: Instance) -> None:
    with pytest.raises(Refused):
        record({"operation.toml": b"[operation]\n"}, acting(None))
    assert head().files == {} and (instance.home / "operation.toml").read_text() == instance.operation.source


def test_a_content_changed_on_the_disk_is_not_read(instance: Instance) -> None:
    found = revise({"a": "1"})
    instance.files.path(found.files["a"]).write_bytes(b"2")
    with pytest.raises(Refused) as refused:
        read(found, "a")
    assert ids(refused) == ["revisions.content_differs"]
    with pytest.raises(Refused) as refused:
        read(found, "b")
    assert ids(refused) == ["revisions.file_unknown"]


def test_a_folder_comes_back_as_it_was(instance: Instance, tmp_path: Path) -> None:
    folder, again = tmp_path / "pack", tmp_path / "again"
    write_folder({"a.md": b"1\r\n", "deep/er/b": b"\x00\xff"}, folder)
    for left in ("deep/b~", "a.md.part", ".git/config", "__pycache__/x.pyc"):
        (folder / left).parent.mkdir(exist_ok=True)
        (folder / left).write_text("x")
    revise(read_folder(folder))
    write_folder(RevisionFiles(head()), again)
    assert dict(FolderFiles(again)) == dict(FolderFiles(folder)) == {"a.md": b"1\r\n", "deep/er/b": b"\x00\xff"}
    assert FolderFiles(folder).get("../pack/a.md") is None and "../pack/a.md" not in FolderFiles(folder)
    (folder / "link").symlink_to("/etc/hostname")
    with pytest.raises(Refused) as refused:
        read_folder(folder)
    assert ids(refused) == ["revisions.link"]
    with pytest.raises(Refused) as refused:
        read_folder(tmp_path / "nowhere")
    assert ids(refused) == ["revisions.no_folder"]
