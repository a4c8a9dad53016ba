"""Accounts, the roles they have, the places where these hold."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models


class Account(AbstractBaseUser):
    """Who acts and may sign in: the project's `AUTH_USER_MODEL`. Added and disabled by acts alone; when one signed in is not kept here."""

    #: Not stored: the journal says when a session was opened.
    last_login = None
    name = models.CharField(max_length=60, primary_key=True)
    #: Code of the organisation it acts for; blank for any.
    organisation = models.CharField(max_length=70)
    #: As Django's Argon2 hasher writes it; blank where the account cannot sign in.
    password = models.CharField(max_length=200)
    active = models.BooleanField()
    added_at = models.DateTimeField()

    objects = BaseUserManager()
    USERNAME_FIELD = "name"
    REQUIRED_FIELDS = ()

    class Meta:
        app_label = "access"
        db_table = "access_account"

    @property
    def is_active(self) -> bool:
        return bool(self.active)

    def check_password(self, raw_password: str) -> bool:
        """Whether this is the password. Writes nothing: a password is set by an act alone."""
        return bool(check_password(raw_password, self.password))


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
