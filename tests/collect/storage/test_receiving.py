"""What becomes of a submission (facts: OpenRosa 1.3, table of cases), told as the field lives it; effects are counted."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.collect.storage.conftest import OWNER, ids, take, xml
from tests.collect.submissions.forms import MONTHLY
from toguna.collect.published import publish_form
from toguna.collect.quarantine import quarantined
from toguna.collect.reviewing import review
from toguna.collect.store import models
from toguna.collect.store.counting import counted
from toguna.instance.api import Instance
from toguna.journal.api import acts, head


def kinds() -> list[str]:
    return [act.kind for act in acts() if not act.kind.startswith("form.")]


def spans(
    form: str = "monthly", after: int = 0, until: int | None = None
) -> dict[str, list[tuple[str, int, int | None]]]:
    """By lineage: (instance, from, to) of what counted."""
    end = head().sequence if until is None else until
    found = counted(form, after, end)
    return {lineage: [(one.instance_id, one.seq_from, one.seq_to) for one in own] for lineage, own in found}


def test_a_submission_is_kept_byte_for_byte_with_one_act(published: Instance) -> None:
    receipt = take(xml("uuid:a"), xml("uuid:b"))
    assert receipt.received == ("uuid:a", "uuid:b")
    assert kinds() == ["submission.received"] * 2
    row = models.Submission.objects.get(instance_id="uuid:a")
    assert published.files.get(row.raw_sha256) == xml("uuid:a")
    [(_, [one]), _] = list(counted("monthly", 0, head().sequence))
    assert (one.rows[""][0]["women"], one.form_version, one.version, one.state) == (3, "2016", 1, "received")


def test_the_same_submission_twice_is_one(published: Instance) -> None:
    take(xml("uuid:a"), xml("uuid:a"))
    receipt = take(xml("uuid:a"))
    assert (receipt.received, receipt.duplicates, receipt.refused) == ((), ("uuid:a",), 0)
    assert kinds() == ["submission.received"]


def test_other_content_under_the_same_id_is_kept_in_quarantine(published: Instance) -> None:
    take(xml("uuid:a"))
    receipt = take(xml("uuid:a", women=9))
    assert ids(receipt.problems) == ["collect.content_conflict"]
    [held] = quarantined()
    assert held.raw == xml("uuid:a", women=9)
    assert kinds() == ["submission.received", "submission.refused"]
    take(xml("uuid:a", women=9))
    assert len(list(quarantined())) == 1


def test_a_correction_supersedes_and_both_stay_readable(published: Instance) -> None:
    take(xml("uuid:a"))
    first = head().sequence
    receipt = take(xml("uuid:b", women=5, corrects="uuid:a"))
    second = head().sequence
    assert receipt.corrected == ("uuid:a",)
    [(_, versions)] = list(counted("monthly", 0, second))
    assert [(one.instance_id, one.version, one.state, one.seq_from, one.seq_to) for one in versions] == [
        ("uuid:a", 1, "received", first, second),
        ("uuid:b", 2, "edited", second, None),
    ]
    assert [one.rows[""][0]["women"] for one in versions] == [3, 5]
    assert spans(until=first) == {str(first): [("uuid:a", first, None)]}
    assert spans(after=first) == spans()


def test_a_chain_of_corrections_in_one_batch(published: Instance) -> None:
    receipt = take(xml("uuid:a"), xml("uuid:b", 4, corrects="uuid:a"), xml("uuid:c", 5, corrects="uuid:b"))
    assert receipt.corrected == ("uuid:a", "uuid:b")
    [versions] = spans().values()
    assert [(name, end is None) for name, _, end in versions] == [
        ("uuid:a", False),
        ("uuid:b", False),
        ("uuid:c", True),
    ]


def test_only_the_newest_version_may_be_corrected(published: Instance) -> None:
    take(xml("uuid:a"), xml("uuid:b", 4, corrects="uuid:a"))
    receipt = take(xml("uuid:c", 5, corrects="uuid:a"))
    assert ids(receipt.problems) == ["collect.deprecated_superseded"]
    assert "uuid:b" in receipt.problems[0].what()


def test_a_correction_that_comes_before_its_original_waits_in_quarantine(published: Instance) -> None:
    early = xml("uuid:b", 5, corrects="uuid:a")
    assert ids(take(early).problems) == ["collect.deprecated_unknown"]
    take(xml("uuid:a"))
    assert take(early).corrected == ("uuid:a",)
    assert list(quarantined()) == []
    assert models.Quarantined.objects.get().released == head().sequence


def test_a_correction_of_another_form_is_refused(published: Instance) -> None:
    take(xml("uuid:a"))
    assert ids(take(xml("uuid:b", corrects="uuid:a", form="keyed")).problems) == ["collect.deprecated_of_other_form"]


def test_rows_of_one_key_correct_one_another_however_they_come(published: Instance) -> None:
    take(xml("uuid:a", form="keyed"), xml("uuid:o", form="keyed", place="ML05"))
    receipt = take(xml("uuid:b", women=5, form="keyed"))
    assert receipt.corrected == ("uuid:a",)
    assert [len(versions) for versions in spans("keyed").values()] == [2, 1]
    moved = take(xml("uuid:c", women=5, form="keyed", place="ML05", corrects="uuid:b"))
    assert ids(moved.problems) == ["collect.key_held"]
    old = take(xml("uuid:a", form="keyed"))
    assert (old.duplicates, ids(old.problems)) == (("uuid:a",), ["collect.content_superseded"])


def test_a_key_that_a_correction_mended_is_free_again(published: Instance) -> None:
    take(xml("uuid:a", form="keyed"))
    take(xml("uuid:b", form="keyed", place="ML05", corrects="uuid:a"))
    receipt = take(xml("uuid:c", women=9, form="keyed"))
    assert (receipt.received, receipt.corrected) == (("uuid:c",), ())


def test_all_or_none_takes_nothing_when_one_is_refused(published: Instance) -> None:
    receipt = take(xml("uuid:a"), xml("uuid:b", women=-1), all_or_none=True)
    assert (receipt.received, receipt.refused) == ((), 1)
    assert ids(receipt.problems) == ["collect.constraint_broken", "collect.not_loaded"]
    assert models.Submission.objects.count() == 0


def test_a_review_moves_what_counts_and_a_rejected_correction_does_not_fall_back(published: Instance) -> None:
    take(xml("uuid:a"))
    took = head().sequence
    take(xml("uuid:b", women=5, corrects="uuid:a"))
    corrected = head().sequence
    assert review(["uuid:b"], "rejected", "wrong_value", OWNER, comment="Ce n'est pas le bon mois.") == 1
    rejected = head().sequence
    assert spans() == {str(took): [("uuid:a", took, corrected), ("uuid:b", corrected, rejected)]}
    assert review(["uuid:b"], "approved", "other", OWNER) == 1
    assert spans()[str(took)][-1] == ("uuid:b", head().sequence, None)
    assert models.Comment.objects.get().sequence == rejected
    assert all("mois" not in str(act.detail) for act in acts())


def test_replayed_acts_speak_of_the_day_of_receipt(instance: Instance) -> None:
    publish_form(MONTHLY.encode(), OWNER, at=datetime(2016, 1, 1, tzinfo=UTC))
    day = datetime(2016, 12, 6, 9, tzinfo=UTC)
    take(xml("uuid:a"), at=day, replayed=True)
    *_, act = acts()
    assert (act.kind, act.at) == ("submission.replayed", day)
