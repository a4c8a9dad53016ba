"""The organisations of the operation, as the table holds them."""

from __future__ import annotations

from django.db import models


class OrganisationRow(models.Model):
    code = models.CharField(max_length=70)
    name_en = models.CharField(max_length=300)
    name_fr = models.CharField(max_length=300)
    #: JSON by language; empty where there are none.
    other_names = models.TextField(default="")
    acronym = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    #: Separated by semicolons.
    aliases = models.TextField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        app_label = "organisations"
        db_table = "organisations_organisation"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="organisations_once")]
