"""Whose a submission is, where it lies, who sent it and how, as columns: until now this stood only in blocks and in the journal."""

import json
from collections.abc import Iterator
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_ROWS = 2_000


def fill(apps: Any, schema_editor: Any) -> None:
    """Fill the columns of stored submissions from their blocks and the journal. Needs the instance's files."""
    submissions = apps.get_model("collect", "Submission")
    if not submissions.objects.exists():
        return
    from toguna.collect.core.schema import schema_from_json  # noqa: PLC0415  (old instances alone need them)
    from toguna.collect.core.submissions.belonging import organisation_of, places_of  # noqa: PLC0415
    from toguna.collect.core.submissions.blocks import instances_of, read_block  # noqa: PLC0415
    from toguna.instance.api import FileStore  # noqa: PLC0415
    from toguna.instance.settings import configured_home  # noqa: PLC0415

    files, schemas = FileStore(folder=configured_home() / "files"), {}
    for version in apps.get_model("collect", "FormVersion").objects.all():
        schemas[version.pk] = schema_from_json(json.loads(version.schema))
    for block in apps.get_model("collect", "Block").objects.order_by("pk").iterator():
        rows = dict(instances_of(read_block(files.get(block.sha256))))
        schema = schemas[block.form_version_id]
        own = list(submissions.objects.filter(block_id=block.pk))
        senders = dict(_senders(apps, [one.pk for one in own]))
        places = []
        for one in own:
            answers = rows.get(one.instance_id, {})
            one.organisation = organisation_of(schema, answers)
            one.sent_by, one.channel = senders.get(one.pk, ""), "file"
            places += [(one.pk, place) for place in places_of(schema, answers)]
        submissions.objects.bulk_update(own, ["organisation", "sent_by", "channel"], batch_size=500)
        place = apps.get_model("collect", "SubmissionPlace")
        place.objects.bulk_create([place(submission_id=pk, place=code) for pk, code in places], batch_size=_ROWS)


def _senders(apps: Any, sequences: list[int]) -> Iterator[tuple[int, str]]:
    act = apps.get_model("journal", "Act")
    for start in range(0, len(sequences), _ROWS):
        yield from act.objects.filter(sequence__in=sequences[start : start + _ROWS]).values_list("sequence", "actor")


class Migration(migrations.Migration):
    dependencies = [("collect", "0001_initial"), ("journal", "0002_append_only")]

    operations = [
        migrations.AddField("submission", "organisation", models.CharField(blank=True, default="", max_length=100)),
        migrations.AddField("submission", "sent_by", models.CharField(blank=True, default="", max_length=100)),
        migrations.AddField("submission", "channel", models.CharField(blank=True, default="", max_length=20)),
        migrations.CreateModel(
            name="SubmissionPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=100)),
                (
                    "submission",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="collect.submission"),
                ),
            ],
            options={"db_table": "collect_submission_place"},
        ),
        migrations.AddConstraint(
            "submissionplace",
            models.UniqueConstraint(fields=("place", "submission"), name="collect_submission_place_once"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex("submission", models.Index(fields=["form_version", "-sequence"], name="collect_submission_form")),
        migrations.AddIndex(
            "submission",
            models.Index(fields=["state", "form_version", "-sequence"], name="collect_submission_state"),
        ),
        migrations.AddIndex("submission", models.Index(fields=["organisation", "happened"], name="collect_submission_org")),
        migrations.AddIndex("submission", models.Index(fields=["sent_by", "-sequence"], name="collect_submission_sender")),
        migrations.AddIndex("submission", models.Index(fields=["channel", "-sequence"], name="collect_submission_channel")),
        migrations.AddIndex("submission", models.Index(fields=["happened"], name="collect_submission_day")),
    ]
