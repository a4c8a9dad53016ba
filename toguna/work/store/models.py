"""Leases of the journal's consumers. How far each has come stands with the journal (`journal_consumer`) or with what it made."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    consumer = models.CharField(max_length=100, primary_key=True)
    #: ``host:process``; blank when nobody runs it.
    holder = models.CharField(max_length=300)
    until = models.DateTimeField(null=True)
    attempts = models.IntegerField()
    error = models.CharField(max_length=300)
    next_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "work"
        db_table = "work_lease"
