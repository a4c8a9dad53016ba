"""The places of the operation, as the table holds them."""

from __future__ import annotations

from django.db import models


class PlaceRow(models.Model):
    code = models.CharField(max_length=40)
    slug = models.CharField(max_length=70)
    name_en = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200)
    #: JSON by language; empty where there are none.
    other_names = models.TextField(default="")
    level = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    parent = models.CharField(max_length=40, null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    #: Separated by semicolons.
    aliases = models.TextField()
    lat = models.DecimalField(max_digits=12, decimal_places=8, null=True)
    lon = models.DecimalField(max_digits=12, decimal_places=8, null=True)

    class Meta:
        app_label = "places"
        db_table = "places_place"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="places_place_once")]


class Loaded(models.Model):
    """One row: the digest of the table that was loaded last."""

    digest = models.CharField(max_length=64)

    class Meta:
        app_label = "places"
        db_table = "places_loaded"
