"""The room's tables. A submission's key is the journal sequence of its receipt; nothing of it changes later but who superseded it and its state."""

from __future__ import annotations

from django.db import models


class FormVersion(models.Model):
    """A published version of a form. Never changed."""

    form_id = models.CharField(max_length=100)
    version = models.CharField(max_length=100)
    #: The journal sequence at which it was published.
    sequence = models.BigIntegerField(unique=True)
    published_at = models.DateTimeField()
    #: Canonical JSON of the `Schema`.
    schema = models.TextField()
    schema_digest = models.CharField(max_length=64)
    xform_sha256 = models.CharField(max_length=64)
    source_sha256 = models.CharField(max_length=64)
    source_name = models.CharField(max_length=255)

    class Meta:
        app_label = "collect"
        db_table = "collect_form_version"
        constraints = [models.UniqueConstraint(fields=["form_id", "version"], name="collect_form_version_once")]


class Block(models.Model):
    """Checked values of the submissions of one batch and form version, kept as a file (`blocks.py`)."""

    form_version = models.ForeignKey(FormVersion, models.PROTECT)
    sha256 = models.CharField(max_length=64)

    class Meta:
        app_label = "collect"
        db_table = "collect_block"


class Submission(models.Model):
    """One filled form as received."""

    #: The journal sequence of its receipt.
    sequence = models.BigIntegerField(primary_key=True)
    instance_id = models.CharField(max_length=255, unique=True)
    form_version = models.ForeignKey(FormVersion, models.PROTECT)
    block = models.ForeignKey(Block, models.PROTECT)
    #: The sequence of the first version of what this is a version of, and its number among them, from 1.
    lineage = models.BigIntegerField(db_index=True)
    number = models.IntegerField()
    deprecated_id = models.CharField(max_length=255, blank=True)
    #: Drawn from the form's key columns, where it has some.
    key = models.CharField(max_length=64, blank=True)
    raw_sha256 = models.CharField(max_length=64)
    happened = models.DateField()
    received_at = models.DateTimeField()
    #: The spreadsheet that it was a row of.
    source_sha256 = models.CharField(max_length=64, blank=True)
    source_row = models.IntegerField(default=0)
    #: The sequence of its correction's receipt.
    superseded = models.BigIntegerField(null=True)
    state = models.CharField(max_length=20)
    #: The organisation that its answers name, who sent it, and the way it came.
    organisation = models.CharField(max_length=100, blank=True, default="")
    sent_by = models.CharField(max_length=100, blank=True, default="")
    channel = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        app_label = "collect"
        db_table = "collect_submission"
        indexes = [
            models.Index(fields=["key"], name="collect_submission_key", condition=~models.Q(key="")),
            models.Index(fields=["form_version", "-sequence"], name="collect_submission_form"),
            models.Index(fields=["state", "form_version", "-sequence"], name="collect_submission_state"),
            models.Index(fields=["organisation", "happened"], name="collect_submission_org"),
            models.Index(fields=["sent_by", "-sequence"], name="collect_submission_sender"),
            models.Index(fields=["channel", "-sequence"], name="collect_submission_channel"),
            models.Index(fields=["happened"], name="collect_submission_day"),
        ]


class SubmissionPlace(models.Model):
    """A place that a submission's answers name."""

    submission = models.ForeignKey(Submission, models.PROTECT)
    place = models.CharField(max_length=100)

    class Meta:
        app_label = "collect"
        db_table = "collect_submission_place"
        constraints = [models.UniqueConstraint(fields=["place", "submission"], name="collect_submission_place_once")]


class Review(models.Model):
    """A review state that was set; the reason is a code."""

    sequence = models.BigIntegerField(primary_key=True)
    submission = models.ForeignKey(Submission, models.PROTECT)
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        app_label = "collect"
        db_table = "collect_review"


class Comment(models.Model):
    """Words on a submission; never in the journal."""

    submission = models.ForeignKey(Submission, models.PROTECT)
    #: The act that it comments.
    sequence = models.BigIntegerField()
    actor = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        app_label = "collect"
        db_table = "collect_comment"


class Attachment(models.Model):
    """A file that a submission names. Without a digest it has not come yet."""

    submission = models.ForeignKey(Submission, models.PROTECT)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, blank=True)
    #: The act with which it came: the submission's receipt, or a later one. Unknown of what came before a migration.
    came_at = models.BigIntegerField(null=True)

    class Meta:
        app_label = "collect"
        db_table = "collect_attachment"
        constraints = [models.UniqueConstraint(fields=["submission", "name"], name="collect_attachment_once")]
        indexes = [models.Index(fields=["came_at"], name="collect_attachment_came")]


class EntityOperation(models.Model):
    """What a submission does to one entity."""

    submission = models.ForeignKey(Submission, models.PROTECT)
    list_name = models.CharField(max_length=100)
    entity_id = models.CharField(max_length=255)
    create = models.BooleanField()
    update = models.BooleanField()
    label = models.TextField(null=True)
    #: JSON: property to text.
    properties = models.TextField()
    base_version = models.IntegerField(null=True)
    trunk_version = models.IntegerField(null=True)
    branch_id = models.CharField(max_length=255, null=True)
    table = models.CharField(max_length=100, blank=True)
    row = models.CharField(max_length=100, blank=True)

    class Meta:
        app_label = "collect"
        db_table = "collect_entity_operation"
        indexes = [models.Index(fields=["list_name", "entity_id"], name="collect_entity")]


class Quarantined(models.Model):
    """Received bytes that were not taken in, kept as they came, with the reasons."""

    #: The journal sequence of its refusal.
    sequence = models.BigIntegerField(primary_key=True)
    #: Of bytes, origin and reasons: the same refusal is kept once.
    digest = models.CharField(max_length=64, unique=True)
    raw_sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    source_sha256 = models.CharField(max_length=64, blank=True)
    source_row = models.IntegerField(default=0)
    #: JSON: the problems, with their sentences in English and French.
    problems = models.TextField()
    #: The submission that it corrects and that has not come.
    waits_for = models.CharField(max_length=255, blank=True, db_index=True)
    #: The sequence at which the same bytes were taken in after all.
    released = models.BigIntegerField(null=True)

    class Meta:
        app_label = "collect"
        db_table = "collect_quarantined"


class ReferenceRow(models.Model):
    """A row of a reference table, while it was so."""

    table = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    #: JSON: column to text, in the order of the table.
    values = models.TextField()
    seq_from = models.BigIntegerField()
    seq_to = models.BigIntegerField(null=True)

    class Meta:
        app_label = "collect"
        db_table = "collect_reference_row"
        indexes = [
            models.Index(fields=["table", "seq_from"], name="collect_reference_from"),
            models.Index(fields=["table", "seq_to"], name="collect_reference_to"),
        ]
