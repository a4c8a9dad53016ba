"""The journal's tables. `Act` is written by `append` alone; its table refuses everything else by trigger."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """An act is never changed or deleted: append another one that says what is so."""


class Act(models.Model):
    sequence = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=255)
    #: Canonical JSON, as it went into the digest.
    detail = models.TextField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        app_label = "journal"
        db_table = "journal_act"
        indexes = [
            models.Index(fields=["at", "sequence"], name="journal_act_at"),
            models.Index(fields=["kind", "sequence"], name="journal_act_kind"),
            models.Index(fields=["subject", "sequence"], name="journal_act_subject"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(AppendOnly.__doc__)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(AppendOnly.__doc__)


class Consumer(models.Model):
    """Whoever follows the journal, and the last sequence it has dealt with."""

    name = models.CharField(max_length=100, primary_key=True)
    sequence = models.BigIntegerField()

    class Meta:
        app_label = "journal"
        db_table = "journal_consumer"
