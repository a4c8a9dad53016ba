"""Organisation, places, sender, channel, day and state of a submission are columns: lists and queues ask them without opening a block."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps

from tests.collect.storage.conftest import OWNER
from tests.collect.storage.test_corrections import book, home, whole
from toguna.collect.arrivals import Received
from toguna.collect.loading import preview, take
from toguna.collect.published import publish_form
from toguna.collect.store import models
from toguna.instance.api import Instance
from toguna.organisations.api import load_organisations

__all__ = ["home"]
FORM = """
| survey | | | |
| | type | name | label |
| | select_one_from_file organisations.csv | partner | Partner |
| | select_one_from_file places.csv | place | Place |
| | begin_repeat | visit | Visits |
| | select_one_from_file places.csv | seen_in | Seen in |
| | end_repeat | | |
| settings | | |
| | form_id | version |
| | visits | 1 |
"""
XML = (
    '<data id="visits" version="1"><partner>amss</partner><place>ML07</place><visit><seen_in>ML05</seen_in></visit>'
    "<visit><seen_in>ML07</seen_in></visit><meta><instanceID>uuid:v</instanceID></meta></data>"
)


def told(instance_id: str) -> tuple[str, str, str, list[str]]:
    one = models.Submission.objects.get(instance_id=instance_id)
    places = models.SubmissionPlace.objects.filter(submission=one).order_by("place")
    return one.organisation, one.sent_by, one.channel, list(places.values_list("place", flat=True))


def test_they_are_written_with_the_submission_and_filled_for_older_ones(home: Instance) -> None:
    load_organisations(
        [
            {
                "code": "amss",
                "name_en": "AMSS",
                "name_fr": "AMSS",
                "acronym": "AMSS",
                "kind": "ngo",
                "aliases": "",
                "valid_from": "",
                "valid_to": "",
            }
        ]
    )
    publish_form(FORM.encode(), OWNER, name="visits.md")
    receipt = take(preview([Received(name="v.xml", content=XML.encode(), actor=OWNER, channel="phone")], OWNER))
    assert receipt.refused == 0, [problem.written() for problem in receipt.problems]
    wanted = ("amss", OWNER.name, "phone", ["ML05", "ML07"])
    assert told("uuid:v") == wanted
    take(preview([Received(name="r.xlsx", content=book(whole()), actor=OWNER)], OWNER))
    assert models.SubmissionPlace.objects.count() == 2 + 15
    models.SubmissionPlace.objects.all().delete()
    models.Submission.objects.update(organisation="", sent_by="", channel="")
    import_module("toguna.collect.store.migrations.0002_belonging").fill(apps, None)
    assert told("uuid:v") == (*wanted[:2], "file", wanted[3])
    assert models.SubmissionPlace.objects.count() == 2 + 15
