"""Who sees what of a submission, and that what is stored is what the journal tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collect.storage.conftest import OWNER, ids, take, xml
from toguna.access.api import Actor
from toguna.collect.api import submission_as_seen, verify
from toguna.collect.loading import load
from toguna.collect.published import publish_form
from toguna.collect.reviewing import review
from toguna.collect.store import models
from toguna.instance.api import Instance
from toguna.journal.api import acts
from toguna.kernel.api import Refused

READER = Actor(name="r", roles=("reader",))
OFFICER = Actor(name="o", roles=("sector_officer",))
PROTECTION = Actor(name="p", roles=("protection_officer",))
FORM = """
| survey | | | | |
| | type | name | label | bind::tg:sensitivity |
| | date | report_date | Day | public |
| | integer | women | Women | internal |
| | text | payee | Payee | confidential |
| | select_one kind | kind | Kind | confidential |
| choices | | | | |
| | list_name | name | label | |
| | kind | a | A | |
| settings | | | | |
| | form_id | version | | |
| | seen | 1 | | |
"""
FILLED = b"""<data id="seen" version="1"><report_date>2016-12-05</report_date><women>3</women><payee>somebody</payee><kind>a</kind>
<meta><instanceID>uuid:s</instanceID></meta></data>"""


@pytest.fixture
def filled(instance: Instance, tmp_path: Path) -> Instance:
    publish_form(FORM.encode(), OWNER, name="seen.md")
    (tmp_path / "s.xml").write_bytes(FILLED)
    assert load([tmp_path / "s.xml"], OWNER).received == ("uuid:s",)
    return instance


@pytest.mark.parametrize(
    ("actor", "reason", "shown"),
    [
        (READER, None, {"report_date"}),
        (OFFICER, None, {"report_date", "women", "kind"}),
        (PROTECTION, None, {"report_date", "women", "kind"}),
        (PROTECTION, "audit", {"report_date", "women", "kind", "payee"}),
        (OWNER, "audit", {"report_date", "women", "kind", "payee"}),
    ],
)
def test_values_are_shown_by_sensitivity(filled: Instance, actor: Actor, reason: str | None, shown: set[str]) -> None:
    seen = submission_as_seen("uuid:s", actor, reason)
    assert set(seen.rows[""][0]) == shown
    assert set(seen.hidden) == {"report_date", "women", "kind", "payee"} - shown
    assert [act.actor for act in acts(kinds=["confidential.read"])] == ([actor.name] if reason else [])


def test_confidential_values_are_refused_to_others_whatever_their_reason(filled: Instance) -> None:
    with pytest.raises(Refused):
        submission_as_seen("uuid:s", OFFICER, "audit")
    with pytest.raises(Refused):
        submission_as_seen("uuid:none", OWNER)


def test_what_the_journal_does_not_tell_is_found(published: Instance) -> None:
    take(xml("uuid:a"), xml("uuid:b"), xml("uuid:c", 5, corrects="uuid:b"))
    review(["uuid:a"], "approved", "other", OWNER)
    assert verify() == ()
    rows = models.Submission.objects
    rows.filter(instance_id="uuid:a").update(state="rejected")
    assert ids(verify()) == ["collect.state_untold"]
    rows.filter(instance_id="uuid:a").update(state="approved", raw_sha256="0" * 64)
    assert ids(verify()) == ["collect.raw_changed", "collect.raw_missing"]
    rows.filter(instance_id="uuid:b").update(instance_id="uuid:x")
    assert "collect.submission_untold" in ids(verify())
