"""What the room stores: when periods were closed for drafting."""

from __future__ import annotations

from django.db import models


class Cutoff(models.Model):
    """One closing of a period. Closed again, a period gets another row: the newest holds."""

    start = models.DateField()
    end = models.DateField()
    #: The journal's sequence as of which texts on the period are drafted.
    sequence = models.BigIntegerField()
    #: The instant that the text states.
    at = models.DateTimeField()
    #: The act that says so.
    act = models.BigIntegerField(unique=True)

    class Meta:
        app_label = "figures"
        db_table = "figures_cutoff"
        indexes = [models.Index(fields=["start", "end", "act"], name="figures_cutoff_period")]


class PrintedFigure(models.Model):
    """One figure of a sensitive table that an edition has printed: the disclosure ledger. Rows are never changed or deleted."""

    #: ``operational_update-ML-2016-12-en-1``.
    edition = models.CharField(max_length=200)
    reference = models.CharField(max_length=1000)
    indicator = models.CharField(max_length=100)
    #: The definition's digest when it was printed.
    definition = models.CharField(max_length=64)
    #: None: from the beginning.
    start = models.DateField(null=True)
    end = models.DateField()
    places = models.JSONField()
    categories = models.JSONField()
    #: The journal's sequence as of which it was computed.
    sequence = models.BigIntegerField()
    #: Between which bounds a reader knows it, as decimals in text.
    low = models.CharField(max_length=60)
    high = models.CharField(max_length=60)
    #: The names that a list printed; None of a number alone.
    listed = models.JSONField(null=True)

    class Meta:
        app_label = "figures"
        db_table = "figures_printed"
        indexes = [models.Index(fields=["edition"], name="figures_printed_edition")]


class PublicationPlan(models.Model):
    """What of one indicator may be printed of a period that was closed. A coarser plan is another row: the newest holds.

    Rows are never changed or deleted.
    """

    start = models.DateField()
    end = models.DateField()
    indicator = models.CharField(max_length=100)
    #: The journal's sequence of the cut-off.
    sequence = models.BigIntegerField()
    #: Each printable cell: its place, and its value of each category.
    cells = models.JSONField()
    #: The act that made it, or made it coarser.
    act = models.BigIntegerField()

    class Meta:
        app_label = "figures"
        db_table = "figures_publication_plan"
        constraints = [models.UniqueConstraint(fields=["indicator", "start", "end", "act"], name="figures_plan_once")]
        indexes = [models.Index(fields=["indicator", "end", "act"], name="figures_plan_of")]
