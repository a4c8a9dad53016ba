"""The room's tables. `VersionSpan` and `Held` are derived and can be made anew; `Resolution` and `Approval` are what persons decided."""

from __future__ import annotations

from django.db import models


class VersionSpan(models.Model):
    """A version of an entity, while it was known to have exactly this content."""

    list_name = models.CharField(max_length=100)
    entity_id = models.CharField(max_length=255)
    number = models.IntegerField()
    label = models.TextField()
    #: Canonical JSON: property to text.
    properties = models.TextField()
    happened = models.DateField()
    #: Blank for a person's own change.
    instance_id = models.CharField(max_length=255)
    base = models.IntegerField(null=True)
    branch_id = models.CharField(max_length=255, null=True)
    forced = models.BooleanField()
    #: ``soft``, ``hard`` or blank.
    conflict = models.CharField(max_length=4)
    #: Canonical JSON: names.
    conflicting = models.TextField()
    settled = models.BooleanField()
    seq_from = models.BigIntegerField()
    seq_to = models.BigIntegerField(null=True)

    class Meta:
        app_label = "registry"
        db_table = "registry_version_span"
        indexes = [
            models.Index(fields=["list_name", "entity_id"], name="registry_span_entity"),
            models.Index(fields=["list_name", "seq_from"], name="registry_span_from"),
            models.Index(fields=["list_name", "seq_to"], name="registry_span_to"),
        ]


class Held(models.Model):
    """An operation that cannot be applied yet."""

    list_name = models.CharField(max_length=100)
    entity_id = models.CharField(max_length=255)
    instance_id = models.CharField(max_length=255)
    #: The sequence of its receipt.
    sequence = models.BigIntegerField()
    reason = models.CharField(max_length=20)
    #: When it will be forced, if it will.
    due = models.DateTimeField(null=True)

    class Meta:
        app_label = "registry"
        db_table = "registry_held"
        indexes = [
            models.Index(fields=["list_name", "entity_id"], name="registry_held_entity"),
            models.Index(fields=["due"], name="registry_held_due"),
        ]


class Resolution(models.Model):
    """A person settled an entity's conflicts, and perhaps said what is so. Never changed."""

    #: The sequence of its act.
    sequence = models.BigIntegerField(primary_key=True)
    list_name = models.CharField(max_length=100)
    entity_id = models.CharField(max_length=255)
    label = models.TextField(blank=True)
    #: Canonical JSON: property to text; empty where nothing was changed.
    properties = models.TextField()
    happened = models.DateField()
    at = models.DateTimeField()

    class Meta:
        app_label = "registry"
        db_table = "registry_resolution"
        indexes = [models.Index(fields=["list_name", "entity_id"], name="registry_resolution_entity")]


class Approval(models.Model):
    """From this act on, whether the list takes entities from approved submissions alone. Never changed."""

    #: The sequence of its act.
    sequence = models.BigIntegerField(primary_key=True)
    list_name = models.CharField(max_length=100, db_index=True)
    required = models.BooleanField()

    class Meta:
        app_label = "registry"
        db_table = "registry_approval"
