"""Sections, clearances, waivers and editions. Values and words, never people's rows."""

from __future__ import annotations

from django.db import models


class Section(models.Model):
    """Who writes a section of one update in one language. Its state is derived from clearances, never stored."""

    #: ``operational_update/ML/2016-12/en``.
    text = models.CharField(max_length=200)
    #: The heading's words.
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=100)
    set_at = models.DateTimeField()

    class Meta:
        app_label = "publish"
        db_table = "publish_section"
        constraints = [models.UniqueConstraint(fields=["text", "title"], name="publish_section_once")]


class Clearance(models.Model):
    """Somebody's word that something may go out, as it stood: a changed word voids it."""

    text = models.CharField(max_length=200)
    #: ``section``, ``paragraph`` (before the whole, for a topic), ``whole``, ``translation``.
    kind = models.CharField(max_length=20)
    #: Of a section its title, of a paragraph its topic.
    scope = models.CharField(max_length=200)
    #: Digest of the words cleared.
    digest = models.CharField(max_length=64)
    cleared_by = models.CharField(max_length=200)
    cleared_on = models.DateField()
    #: ``account``, ``e-mail``, ``telephone``, ``meeting``.
    means = models.CharField(max_length=20)
    #: SHA-256 of the e-mail that says so; blank where there is none.
    letter = models.CharField(max_length=64, default="")
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "publish"
        db_table = "publish_clearance"
        indexes = [models.Index(fields=["text", "digest"], name="publish_clearance_text")]


class Waiver(models.Model):
    """A named person's reason to print in spite of a finding."""

    text = models.CharField(max_length=200)
    #: The finding's ten letters.
    finding = models.CharField(max_length=10)
    fault = models.CharField(max_length=100)
    quote = models.TextField()
    name = models.CharField(max_length=200)
    reason = models.TextField()
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "publish"
        db_table = "publish_waiver"
        constraints = [models.UniqueConstraint(fields=["text", "finding"], name="publish_waiver_once")]


class Edition(models.Model):
    """One issued text in one language, frozen. `record` is what was issued, and its digest stands in the journal."""

    #: ``operational_update-ML-2016-12-en-1``.
    id = models.CharField(max_length=200, primary_key=True)
    text = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    product = models.CharField(max_length=100)
    place = models.CharField(max_length=100)
    language = models.CharField(max_length=2)
    #: First and last day of the period it covers.
    start = models.DateField()
    end = models.DateField()
    #: ``issued``, ``superseded`` (by a restated or replaced one), ``withdrawn``.
    state = models.CharField(max_length=20)
    #: ``first``, ``restated`` or ``replaced``: why it came after another.
    nature = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)
    #: The journal's sequence as of which its figures were computed.
    sequence = models.BigIntegerField()
    record = models.JSONField()
    digest = models.CharField(max_length=64)
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")

    class Meta:
        app_label = "publish"
        db_table = "publish_edition"
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="publish_edition_once")]
        indexes = [models.Index(fields=["product", "place", "language", "end"], name="publish_edition_of")]
