"""Accounts, the roles they have, the places where these hold."""

from __future__ import annotations

from django.db import models


class Account(models.Model):
    name = models.CharField(max_length=60, primary_key=True)
    #: Code of the organisation it acts for; blank for any.
    organisation = models.CharField(max_length=70)
    #: Argon2id, in its own writing; blank where the account cannot sign in.
    password = models.CharField(max_length=200)
    active = models.BooleanField()
    added_at = models.DateTimeField()

    class Meta:
        app_label = "access"
        db_table = "access_account"


class Grant(models.Model):
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=60)

    class Meta:
        app_label = "access"
        db_table = "access_grant"
        constraints = [models.UniqueConstraint(fields=["account", "role"], name="access_grant_once")]


class Scope(models.Model):
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="scopes")
    #: P-code.
    place = models.CharField(max_length=40)

    class Meta:
        app_label = "access"
        db_table = "access_scope"
        constraints = [models.UniqueConstraint(fields=["account", "place"], name="access_scope_once")]
