"""What was changed behind the command's back is found and named by `verify`: tables, files, pages of the database, the journal itself."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from tests.collect.storage.conftest import OWNER, xml
from tests.collect.submissions.forms import NOW
from tests.figures.test_opened import DECEMBER, opened, take
from tests.journal.test_tampering import _DISARM, execute, forge
from tests.publish.test_editions import Office
from tests.revised import revise
from toguna.cli import main
from toguna.cli.verify import check_all
from toguna.collect.api import review
from toguna.figures.api import cutoff
from toguna.instance.api import Instance, open_instance
from toguna.instance.store.database import damaged
from toguna.journal import api as journal
from toguna.journal.core.acts import Head
from toguna.journal.core.heads import differing, parse_heads
from toguna.kernel.core import clock
from toguna.pack.consumers import catch_up
from toguna.publish import verifying

__all__ = ["opened"]
LATER = datetime(2017, 1, 9, tzinfo=UTC)
#: What is changed, and the fault that names it.
ATTACKS = {
    "UPDATE collect_submission SET happened = '2016-11-05' WHERE instance_id = 'uuid:1'": "collect.submission_changed",
    "UPDATE collect_submission SET received_at = '2016-12-01 00:00:00+00' WHERE instance_id = 'uuid:1'": "collect.submission_changed",
    "UPDATE collect_submission SET superseded = NULL WHERE instance_id = 'uuid:2'": "collect.submission_changed",
    "UPDATE collect_submission SET lineage = sequence WHERE instance_id = 'uuid:3'": "collect.submission_changed",
    "UPDATE collect_submission SET state = 'approved' WHERE instance_id = 'uuid:1'": "collect.state_untold",
    "UPDATE collect_review SET state = 'approved'": "collect.review_untold",
    "DELETE FROM collect_review": "collect.review_untold",
    "UPDATE collect_form_version SET xform_sha256 = source_sha256": "collect.form_untold",
    "UPDATE collect_reference_row SET values = '{}'": "collect.reference_untold",
    "UPDATE collect_reference_row SET seq_to = 999": "collect.reference_untold",
    "UPDATE figures_cutoff SET sequence = sequence - 1": "lake.cut_off_untold",
    "UPDATE figures_cutoff SET at = '2017-01-07 18:00:00+00'": "lake.cut_off_untold",
    "UPDATE figures_cutoff SET start = '2016-11-01'": "lake.cut_off_untold",
    "DELETE FROM figures_cutoff": "lake.cut_off_untold",
}


@pytest.fixture
def story(opened: Instance) -> Instance:
    """Submissions received, corrected and reviewed; a period closed; the pack's files recorded."""
    take(xml("uuid:1", women=3), xml("uuid:2", women=5))
    take(xml("uuid:3", women=7, corrects="uuid:2"), at=NOW + timedelta(hours=1))
    with clock.at(LATER):
        review(["uuid:3"], "rejected", "duplicate", OWNER)
        cutoff(DECEMBER, None, OWNER)
        assert [outcome.error for outcome in catch_up()] == [None, None]
    return opened


@contextmanager
def undone() -> Iterator[None]:
    """What the block does to the database is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def found() -> set[str]:
    return {problem.id for problem in check_all("en")} - {"cli.table_untold"}


def test_whatever_a_figure_reads_is_held_to_the_journal(story: Instance) -> None:
    assert found() == set()
    missed = {}
    for statement, fault in ATTACKS.items():
        with undone():
            quoted = statement.replace(" values ", ' "values" ') if "collect_reference_row" in statement else statement
            assert execute(quoted) > 0, statement
            if fault not in (told := found()):
                missed[statement] = told
    assert missed == {}
    assert found() == set()


def test_an_edited_content_of_the_pack_is_named_and_the_copy_of_the_settings_is_not_read(story: Instance) -> None:
    kept = revise({"operation.toml": story.operation.source, "indicators/more.yaml": "# nothing yet\n"})
    assert found() == set()
    with (story.home / "operation.toml").open("a") as file:
        file.write("# half of it\n")
    assert found() == {"revisions.copy_differs"}
    revise({"indicators/more.yaml": "# nothing\n"})
    assert found() == set(), "the next revision writes the copy again"
    path = story.files.path(kept.files["indicators/more.yaml"])
    path.write_bytes(b"other")
    assert found() == {"instance.content_changed"}
    path.unlink()
    assert found() == {"revisions.content_missing"}, "of an earlier revision too"
    story.files.path(kept.digest).unlink()
    assert found() == {"revisions.list_missing"}


def test_clearances_waivers_and_owners_are_held_to_the_journal(tmp_path: Path, instance: Instance) -> None:
    office = Office(tmp_path)
    office.clear()
    office.issue()
    assert verifying.verify() == ()
    missed = {}
    for statement, fault in {
        "DELETE FROM publish_clearance WHERE kind = 'whole'": "publish.clearance_untold",
        "UPDATE publish_clearance SET cleared_by = 'somebody' WHERE kind = 'whole'": "publish.clearance_untold",
        "UPDATE publish_clearance SET cleared_on = '2017-01-01' WHERE kind = 'whole'": "publish.clearance_untold",
        "UPDATE publish_clearance SET letter = ''": "publish.clearance_untold",
        "UPDATE publish_clearance SET recorded_by = 'somebody'": "publish.clearance_untold",
        "UPDATE publish_edition SET sequence = sequence + 1": "publish.edition_record_altered",
        "UPDATE publish_edition SET state = 'withdrawn'": "publish.edition_record_altered",
        "UPDATE publish_edition SET start = '2016-11-01'": "publish.edition_record_altered",
        "DELETE FROM publish_edition": "publish.edition_gone",
    }.items():
        with undone():
            assert execute(statement) > 0
            if fault not in (told := {problem.id for problem in verifying.verify()}):
                missed[statement] = told
    assert missed == {}


def test_a_journal_chained_again_to_its_end_is_found_and_the_cure_keeps_the_proof(
    story: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    for statement in _DISARM[connection.vendor]:
        execute(statement)
    execute("UPDATE journal_act SET actor = 'somebody' WHERE sequence = 3")
    forge(from_sequence=3)
    assert {problem.id for problem in journal.verify()} == {"journal.trigger_missing"}, "a chain like any other"
    assert "journal.kept_head_differs" in found()
    # The lake deleted or made anew, as an older cure said: what the heads were is still known.
    shutil.rmtree(story.lake)
    catch_up()
    assert "journal.kept_head_differs" in found()
    capsys.readouterr()
    assert main(["verify", "--home", str(story.home)]) == 1
    assert "delete the" not in capsys.readouterr().err.lower()
    # Without the file, the cut-off's own act remembers.
    (story.home / "heads").unlink()
    assert "journal.kept_head_differs" in found()


def test_a_journal_that_was_cut_is_found_by_the_heads_kept(story: Instance) -> None:
    for statement in _DISARM[connection.vendor]:
        execute(statement)
    last = journal.head().sequence
    execute("DELETE FROM journal_act WHERE sequence = %s", last)
    assert "journal.kept_head_gone" in {problem.id for problem in check_all("en")}


def test_only_the_same_digest_at_the_same_act_is_the_same_head() -> None:
    there = {1: "a" * 64, 2: "b" * 64}

    def ids(*heads: Head | None) -> list[str]:
        return [problem.id for problem in differing([("x", head) for head in heads], lambda _: there)]

    assert ids(Head(sequence=1, digest="a" * 64), Head(sequence=2, digest="b" * 64)) == []
    assert ids(Head(sequence=1, digest="b" * 64)) == ["journal.kept_head_differs"]
    assert ids(Head(sequence=2, digest="b" * 63 + "a")) == ["journal.kept_head_differs"]
    assert ids(Head(sequence=3, digest="a" * 64)) == ["journal.kept_head_gone"]
    assert ids(None) == ["journal.heads_broken"]
    whole, half = f"1:{'a' * 64}", f"2:{'b' * 60}"
    assert list(parse_heads(f"{whole}\n{half}")) == [Head(sequence=1, digest="a" * 64)], (
        "a line cut off by a power loss"
    )
    assert list(parse_heads(f"{half}\n{whole}\n")) == [None, Head(sequence=1, digest="a" * 64)]


def test_acts_after_the_verified_head_are_verified_and_all_verifies_everything(
    story: Instance,
) -> None:
    for statement in _DISARM[connection.vendor]:
        execute(statement)
    middle = journal.head_at(5)
    execute("UPDATE journal_act SET actor = 'somebody' WHERE sequence = 3")

    def ids(since: Head | None) -> set[str]:
        return {problem.id for problem in journal.verify(None, since)} - {"journal.trigger_missing"}

    assert ids(middle) == set()
    assert ids(None) == {"journal.act_edited"}
    execute("UPDATE journal_act SET actor = 'somebody' WHERE sequence = 6")
    assert ids(middle) == {"journal.act_edited"}
    assert ids(Head(sequence=5, digest="0" * 64)) == {"journal.kept_head_differs"}


def test_bytes_are_read_again_where_a_file_was_written_since(story: Instance) -> None:
    path = next(path for path in story.files.folder.glob("[0-9a-f][0-9a-f]/*"))
    after = path.stat().st_ctime + 1000
    path.write_bytes(b"other")
    assert [problem.id for problem in story.files.verify()] == ["instance.content_changed"]
    assert [problem.id for problem in story.files.verify(path.stat().st_ctime)] == ["instance.content_changed"]
    assert story.files.verify(after) == ()


def test_damaged_pages_are_named_and_never_a_traceback(story: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks after its pages with checksums")
    assert damaged() == ()
    connections.close_all()
    path = story.home / "toguna.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.execute("PRAGMA page_size").fetchone()[0]
    database.close()
    whole = path.read_bytes()
    for first in range(1, len(whole) // size, 23):
        damage = bytearray(whole)
        for page in (first, first + 7):
            damage[page * size : (page + 1) * size] = b"\x5a" * size
        path.write_bytes(damage[: len(whole)])
        status = main(["verify", "--home", str(story.home)])
        told = capsys.readouterr()
        assert status in (1, 2) and "All is well" not in told.out, first
        assert "Traceback" not in told.err
        connections.close_all()
    path.write_bytes(whole)
    open_instance(story.home)
    assert damaged() == ()
