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
